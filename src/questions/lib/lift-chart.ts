/**
 * What everything that is ranked by lift shows alike: its columns, and a chart of bars with their intervals
 * and the line of what was expected.
 */
import type { Column, Row } from '../../core/answer.ts';
import { INTERVALS_EXPLAINED, withAlt } from '../../core/chart-alt.ts';
import type { BarsSpec, ChartPoint } from '../../core/chart-spec.ts';
import { isCalled } from '../../core/verdict.ts';

/** Columns for `lift` and `liftLow`, the lower end of its 90% interval. */
export const LIFT_COLUMNS: readonly Column[] = [
  { key: 'lift', label: 'Lift', kind: 'ratio' },
  { key: 'liftLow', label: 'At least', kind: 'ratio' },
];

/** How a bar of a lift is read; what is behind it, a full stop too, is added by whoever draws it. */
export const LIFT_CAPTION = INTERVALS_EXPLAINED.replace(/\.$/, '');

/**
 * One bar a row, in the rows' order.
 * @param rows the called ones first, each group by the low end of its interval, so that order and picture
 *   agree; with `lift`, `liftLow` and `liftHigh`, and the name under `key`, a noun such as `artist`;
 *   called are those whose `verdict` says so, or all that have no verdict
 */
export const liftChart = (title: string, rows: readonly Row[], key: string): BarsSpec =>
  withAlt<BarsSpec>(
    {
      kind: 'bars',
      title,
      unit: 'sales relative to expected',
      format: 'ratio',
      caption: LIFT_CAPTION,
      series: [
        {
          label: 'Lift',
          points: rows.map(row => pointOf(row, key)),
        },
      ],
      reference: { value: 1, label: 'as expected' },
    },
    `${key}s`,
  );

const pointOf = (row: Row, key: string): ChartPoint => ({
  x: String(row[key]),
  y: Number(row.lift),
  low: Number(row.liftLow),
  high: Number(row.liftHigh),
  ...((row.verdict === undefined || isCalled(row.verdict)) && { called: true }),
});
