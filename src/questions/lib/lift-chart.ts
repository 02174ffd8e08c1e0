/**
 * What everything that is ranked by lift shows alike: its columns, and a chart of bars with their intervals
 * and the line of what was expected.
 */
import type { Column, Row } from '../../core/answer.ts';
import { withAlt } from '../../core/chart-alt.ts';
import type { BarsSpec } from '../../core/chart-spec.ts';

/** Of rows with `lift` and `liftLow`, the lower end of its interval. */
export const LIFT_COLUMNS: readonly Column[] = [
  { key: 'lift', label: 'Lift', kind: 'ratio' },
  { key: 'liftLow', label: 'At least', kind: 'ratio' },
];

/** @param rows with `lift`, `liftLow` and `liftHigh`, and the name under `key`, a noun such as `artist` */
export const liftChart = (title: string, rows: readonly Row[], key: string): BarsSpec =>
  withAlt<BarsSpec>(
    {
      kind: 'bars',
      title,
      unit: 'sales relative to expected',
      format: 'ratio',
      caption: 'Lift and its 90% interval',
      series: [
        {
          label: 'Lift',
          points: rows.map(row => ({
            x: String(row[key]),
            y: Number(row.lift),
            low: Number(row.liftLow),
            high: Number(row.liftHigh),
          })),
        },
      ],
      reference: { value: 1, label: 'as expected' },
    },
    `${key}s`,
  );
