/** What sells beyond its share: counts against what was expected of them, and how sure that is. */

import type { Column, Row } from '../../core/answer.ts';
import type { BarsSpec, MapSpec } from '../../core/chart-spec.ts';
import { round } from '../../core/numbers.ts';
import { countryName } from '../../core/places/country.ts';
import type { Sum } from '../../db/read/totals.ts';
import { liftOf } from '../../stats/lift.ts';
import { LIFT_CAPTION, LIFT_COLUMNS } from './lift-chart.ts';

/** With fewer sales it is chance. */
const LEAST_SALES = 5;

/** What was sold of something, and how much its overall share would have made. */
export interface Counted extends Sum {
  name: string;
  expected: number;
}

/** The same with the lift and the ends of its 90% interval. */
export interface Measured extends Counted {
  lift: number;
  low: number;
  high: number;
}

/**
 * What sells beyond its share, by the lower end of the lift's 90% interval, the largest first. What has fewer
 * than five sales, or no expectation, is left out.
 */
export const strongest = (counted: readonly Counted[]): Measured[] =>
  counted
    .filter(({ sales, expected }) => sales >= LEAST_SALES && expected > 0)
    .map(one => ({ ...one, ...liftOf(one.sales, one.expected) }))
    .sort((a, b) => b.low - a.low || b.sales - a.sales || a.name.localeCompare(b.name, 'en'));

/** The columns of `overIndexRows` beside the name. */
export const OVER_INDEX_COLUMNS: Column[] = [
  { key: 'sales', label: 'Sales', kind: 'count' },
  { key: 'expected', label: 'Expected', kind: 'count' },
  ...LIFT_COLUMNS,
];

/** Rows with `sales`, `expected` (one decimal), `lift` and `liftLow` (two). */
export const overIndexRows = (measured: readonly Measured[]): Row[] =>
  measured.map(({ name, sales, expected, lift, low }) => ({
    name,
    sales,
    expected: round(expected, 1),
    lift: round(lift, 2),
    liftLow: round(low, 2),
  }));

/** Countries by their lift, parted at what was expected. */
export const liftMap = (title: string, measured: readonly Measured[]): MapSpec => ({
  kind: 'map',
  title,
  unit: 'sales relative to expected',
  format: 'ratio',
  alt: `World map of sales against what was expected; ${countryName(measured[0]?.name ?? '')} leads.`,
  caption: "Lift, by the buyers' country",
  series: [{ label: 'lift', points: measured.map(({ name, lift }) => ({ x: name, y: round(lift, 2) })) }],
  reference: { value: 1, label: 'as expected' },
});

/** Bars of lifts with their intervals, and a line at what was expected. */
export const liftBars = (title: string, measured: readonly Measured[]): BarsSpec => ({
  kind: 'bars',
  title,
  unit: 'sales relative to expected',
  format: 'ratio',
  alt:
    `Bar chart of ${measured.length} by lift; ${measured[0]?.name} leads with ` +
    `${round(measured[0]?.lift ?? 0, 1)} times the expected sales.`,
  caption: LIFT_CAPTION,
  series: [
    {
      label: 'Lift',
      points: measured.map(({ name, lift, low, high }) => ({
        x: name,
        y: round(lift, 2),
        low: round(low, 2),
        high: round(high, 2),
      })),
    },
  ],
  reference: { value: 1, label: 'as expected' },
});
