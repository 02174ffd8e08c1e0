/**
 * The chart of everything that is ranked by lift: bars with their intervals, and the line of what was
 * expected.
 */
import type { Row } from '../../core/answer.ts';
import { withAlt } from '../../core/chart-alt.ts';
import type { BarsSpec } from '../../core/chart-spec.ts';

/** @param rows with `lift`, `liftLow` and `liftHigh`, and the name under `key`, a noun such as `artist` */
export const liftChart = (title: string, rows: readonly Row[], key: string): BarsSpec =>
  withAlt<BarsSpec>(
    {
      kind: 'bars',
      title,
      unit: 'times the expected sales',
      format: 'ratio',
      caption: 'Lift, with the interval that holds it at 90%',
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
