/** What every kind of chart's configuration is made of: its types, its numbers, and the options that our renderer adds to Chart.js. */
import type { ChartConfiguration, ChartType } from 'chart.js';
import type { ChartSpec } from '../core/chart-spec.ts';
import { formatCount, formatMoney, formatPercent, formatRatio } from '../core/numbers.ts';
import type { Theme } from './theme.ts';

export type ChartConfig = ChartConfiguration<'bar' | 'line', (number | null | [number, number])[], string>;

/** What a kind brings; the frame around it (title, caption, fonts) is alike for all. */
export interface Parts {
  type: 'bar' | 'line';
  data: ChartConfig['data'];
  options: NonNullable<ChartConfig['options']>;
  /** CSS pixels around everything, where names stand outside the plot. */
  padding?: Padding;
  /** CSS pixels kept free between the plot and the caption. */
  below?: number;
}

/** What a kind needs besides its spec. */
export interface Frame {
  theme: Theme;
  /** CSS pixels of the whole picture. */
  width: number;
}

/** Options of the renderer's own plugins. Another QuickChart server ignores them: it draws the legend and the axis instead. */
declare module 'chart.js' {
  interface PluginOptionsByType<TType extends ChartType> {
    /** Each horizontal bar's value beside it. */
    valueLabels?: { format: ChartSpec['format']; color: string };
    /** Each line's name (or, of a lone one, its last value) at its end, in place of the legend. */
    endLabels?: { format: ChartSpec['format'] };
    /** A dashed line across horizontal bars. */
    referenceLine?: { value: number; label: string; color: string };
    /** Stretches of a category axis, as positions between 0 and the last category. */
    bands?: { color: string; labelColor: string; list: { from: number; until: number; label: string }[] };
  }
}

/** CSS pixels around everything. */
export const PADDING: Padding = { top: 18, left: 20, right: 20, bottom: 14 };

interface Padding {
  top: number;
  left: number;
  right: number;
  bottom: number;
}

/** A spec's number as the config holds it: US cents become dollars, and no digits that nobody can see. */
export const configValue = (value: number, format: ChartSpec['format']): number =>
  Number((format === 'usd' ? value / 100 : value).toPrecision(6));

/** A number of a config as people read it. */
export function formatValue(value: number, format: ChartSpec['format']): string {
  if (format === 'usd') return formatMoney(Math.round(value * 100), 'USD');
  return { count: formatCount, ratio: formatRatio, percent: formatPercent }[format](value);
}

const digits = (most: number) => ({ minimumFractionDigits: 0, maximumFractionDigits: most });

/** How `Intl.NumberFormat` writes an axis' ticks. The digits are said because Chart.js derives them before the "K": 1500 would be "2K". */
const TICK_FORMAT: Record<ChartSpec['format'], Intl.NumberFormatOptions> = {
  count: { notation: 'compact', ...digits(2) },
  ratio: digits(2),
  usd: { style: 'currency', currency: 'USD', notation: 'compact', ...digits(2) },
  percent: { style: 'percent', ...digits(1) },
};

/** For an axis' `ticks`: how they are written, and that there are no halves of a sale. */
export const tickFormat = (format: ChartSpec['format']) => ({
  format: TICK_FORMAT[format],
  ...(format === 'count' && { precision: 0 }),
});
