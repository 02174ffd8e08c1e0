/**
 * What every kind of chart's configuration is made of: its types, its numbers, and the options that our
 * renderer adds to Chart.js.
 */
import type { ChartConfiguration, ChartType } from 'chart.js';
import type {} from 'chartjs-chart-geo';
import type { ChartFormat } from '../core/chart-spec.ts';
import { formatCount, formatMoney, formatPercent, formatRatio } from '../core/numbers.ts';
import type { Theme, TypeScale } from './theme.ts';

type Kind = 'bar' | 'line' | 'scatter' | 'choropleth';
type Datum = number | null | [number, number] | { x: number; y: number | null };
export type ChartConfig = ChartConfiguration<Kind, Datum[], string>;

/** What a kind brings; the frame around it (title, caption, fonts) is alike for all. */
export interface Parts {
  type: Kind;
  data: ChartConfig['data'];
  options: NonNullable<ChartConfig['options']>;
  /** CSS pixels kept free between the plot and the caption. */
  below?: number;
  /** CSS pixels kept free right of the plot: an axis there would narrow the one at the left. */
  beside?: number;
}

/** What a kind needs besides its spec. */
export interface Frame {
  theme: Theme;
  /** CSS pixels of the whole picture. */
  width: number;
  type: TypeScale;
  padding: Padding;
  /** It is drawn for a chat. */
  chat: boolean;
}

interface NamedBand {
  from: number;
  until: number;
  label: string;
  /** Hatched, not shaded. */
  unread?: true;
}

/**
 * Options of the renderer's own plugins. Another QuickChart server ignores them: it draws the legend and the
 * axis instead.
 */
declare module 'chart.js' {
  interface TickOptions {
    /** Of a logarithmic axis: where its ticks stand, in place of 1, 2, 5, 10 … */
    stops?: number[];
    /** Written behind each number of a logarithmic axis. */
    suffix?: string;
  }
  interface PluginOptionsByType<TType extends ChartType> {
    /**
     * A column at the right: a text for each category, those of `bold` so; at rows `beyond`, a mark that
     * says that the bar goes on.
     */
    valueColumn?: {
      head: string;
      texts: string[];
      bold: number[];
      beyond: number[];
      ink: string;
      soft: string;
    };
    /** Each horizontal bar's value beside it. */
    valueLabels?: { format: ChartFormat; color: string };
    /**
     * Each line's name (or, of a lone one, its last value) at its end, in place of the legend; of areas in
     * the given colours.
     */
    endLabels?: { format: ChartFormat; colors?: string[] };
    /** A dashed line across horizontal bars, or at a value of `axis`. */
    referenceLine?: { value: number; label: string; color: string; axis?: 'x' | 'y' };
    /** Stretches of a category axis, as positions between 0 and the last category. */
    bands?: { color: string; hatch: string; labelColor: string; list: NamedBand[]; over?: boolean };
    /**
     * Name, ground and top line of each small plot of a grid. `pad`: empty slots at both ends of its x axis.
     */
    panels?: {
      ink: string;
      muted: string;
      grid: string;
      axis: string;
      band: string;
      hatch: string;
      pad: number;
      list: { x: string; y: string; top: number; text: string }[];
      bands: NamedBand[];
    };
    /** Name and last value beside each line of a stack. */
    rowLabels?: { ink: string; rule: string; last: string[] };
    /** Rank and name at both ends of each line, and how far it climbed. */
    slopeLabels?: { ink: string; muted: string; onlyGone?: boolean };
    /** The names of points, dataset by dataset; of each the first `most` are written where there is room. */
    pointLabels?: { color: string; ground: string; names: string[][]; most: number };
    /** Land, leading countries and key of a map. */
    world?: {
      land: string;
      ink: string;
      muted: string;
      leading: { name: string; value: string }[];
      keys: { label: string; color: string }[];
    };
  }
}

export interface Padding {
  top: number;
  left: number;
  right: number;
  bottom: number;
}

/** CSS pixels around everything. */
export const PADDING: Padding = { top: 18, left: 20, right: 20, bottom: 14 };
/** The same in a picture for a chat. */
export const CHAT_PADDING: Padding = { top: 6, left: 14, right: 14, bottom: 12 };

/**
 * For a y axis that takes so many CSS pixels beside the plot: an empty title is the only thing that reserves
 * them in pure JSON.
 */
export const sideRoom = (pixels: number) => ({
  display: true,
  ticks: { display: false },
  grid: { display: false, drawTicks: false },
  border: { display: false },
  title: {
    display: true,
    text: '',
    font: { size: 1 },
    padding: { top: Math.max(0, Math.round(pixels)), bottom: 0 },
  },
});

/** An axis that holds room for names right of the plot. */
export const rightRoom = (pixels: number) => ({
  axis: 'y' as const,
  position: 'right' as const,
  ...sideRoom(pixels),
});

/** A spec's number as the config holds it: US cents become dollars, and no digits that nobody can see. */
export const configValue = (value: number, format: ChartFormat): number =>
  Number((format === 'usd' ? value / 100 : value).toPrecision(6));

/** Dollars from which cents are noise. */
const WHOLE_FROM = 100;
const WHOLE = /\.00$/;
const usdCents = (dollars: number): number =>
  100 * (Math.abs(dollars) >= WHOLE_FROM ? Math.round(dollars) : Math.round(dollars * 100) / 100);

/** Numbers of a column: all alike, without cents where one has none to show. */
export function formatColumn(values: readonly number[], format: ChartFormat): string[] {
  const whole = format === 'usd' && values.some(value => Math.abs(value) >= WHOLE_FROM);
  return values.map(value => formatValue(whole ? Math.round(value) : value, format));
}

/** A number of a config as people read it. */
export function formatValue(value: number, format: ChartFormat): string {
  if (format === 'usd') return formatMoney(usdCents(value), 'USD').replace(WHOLE, '');
  return { count: formatCount, ratio: formatRatio, percent: formatPercent }[format](value);
}

const digits = (most: number) => ({ minimumFractionDigits: 0, maximumFractionDigits: most });

/**
 * How `Intl.NumberFormat` writes an axis' ticks. The digits are said because Chart.js derives them before the
 * "K": 1500 would be "2K".
 */
const TICK_FORMAT: Record<ChartFormat, Intl.NumberFormatOptions> = {
  count: { notation: 'compact', ...digits(2) },
  ratio: digits(2),
  usd: { style: 'currency', currency: 'USD', notation: 'compact', ...digits(2) },
  percent: { style: 'percent', ...digits(1) },
};

/** For an axis' `ticks`: how they are written, and that there are no halves of a sale. */
export const tickFormat = (format: ChartFormat) => ({
  format: TICK_FORMAT[format],
  ...(format === 'count' && { precision: 0 }),
});
