/**
 * What a chart shows, without how it looks: the renderers bring colours, fonts and sizes. A new kind is drawn
 * by a file of its own in charts/. It is named in core/chart-alt.ts, in chartjs.ts, interactive.ts and
 * shorten.ts of charts/, in its config.ts and quickchart.ts (whether others can draw it) and in
 * web/chart-client.ts (tooltips).
 */

/** Rows of a picture in a chat: the message beside it has more. */
export const MOST_CHAT_ROWS = 8;

export interface ChartPoint {
  /** A category's name, an ISO instant on a time axis, a country's code on a map. */
  x: string;
  y: number;
  /** Bounds of the interval that is drawn around `y`. */
  low?: number;
  high?: number;
  /** It is called trending or emerging: drawn in the warm colour, its name in bold. */
  called?: true;
}

export interface ChartSeries {
  label: string;
  points: ChartPoint[];
  /** What the others are compared with: drawn quietly. */
  muted?: true;
}

/** A stretch of the x axis to shade, such as a Bandcamp Friday. */
export interface ChartBand {
  /** ISO instants. */
  from: string;
  until: string;
  label: string;
  /** Nothing is known of it: hatched in grey. */
  unread?: true;
}

/** How a number is written: 1,234 · 1.6× · $12.50 (US cents) · 12%. */
export type ChartFormat = 'count' | 'ratio' | 'usd' | 'percent';

interface ChartBase {
  /** '' for none, where what stands around the chart says it. */
  title: string;
  /** What `y` counts, as an axis title: "sales relative to expected". */
  unit: string;
  /** How `y` is written. */
  format: ChartFormat;
  /** What a person who cannot see the chart should know, in a sentence or two: `describeChart` says it. */
  alt: string;
  /** Window, as-of and source, in small print below. */
  caption: string;
  series: ChartSeries[];
}

/** A value that all others are seen against, such as 1 "as expected". */
interface Reference {
  value: number;
  label: string;
}

interface OverTime extends ChartBase {
  /** IANA zone that the time axis is labelled in; UTC unless given. */
  zone?: string;
  bands?: ChartBand[];
}

/**
 * Ranked horizontal bars, as they are ordered: quantities from zero, ratios of one series from 1 on a
 * logarithmic axis, solid up to the low end of their interval. Long names are cut at their end.
 */
export interface BarsSpec extends ChartBase {
  kind: 'bars';
  reference?: Reference;
}

/** Values over time in one plot, the most important first: those beyond five are drawn in grey. */
export interface LinesSpec extends OverTime {
  kind: 'lines';
}

/** Parts of a whole over time, stacked, the largest first: those beyond five are added up as others. */
export interface AreasSpec extends OverTime {
  kind: 'areas';
}

/** A small plot over time for each series, all with the same axes unless each has its own scale. */
export interface MultiplesSpec extends OverTime {
  kind: 'multiples';
  /** The usual course of each, by the series' label: drawn quietly behind it. */
  usual?: ChartSeries[];
  ownScale?: true;
}

/** A line without axes and its last value for each series, one below the other, each on its own scale. */
export interface SparklinesSpec extends OverTime {
  kind: 'sparklines';
}

/**
 * Ranks at two or more times: `x` names the time, alike in all series, `y` is the rank from 1. A missing
 * point is below the last rank.
 */
export interface SlopeSpec extends ChartBase {
  kind: 'slope';
}

export interface ScatterPoint {
  name: string;
  x: number;
  y: number;
  low?: number;
  high?: number;
}

/** Size against lift, or any two numbers: the first points of a series are named where there is room. */
export interface ScatterSpec extends Omit<ChartBase, 'series'> {
  kind: 'scatter';
  xUnit: string;
  xFormat: ChartFormat;
  series: { label: string; points: ScatterPoint[] }[];
  /** Across, at a value of `y`. */
  reference?: Reference;
}

/** Countries by value, of the first series. With a reference the colours part there: below it and above. */
export interface MapSpec extends ChartBase {
  kind: 'map';
  reference?: Reference;
  /** Its classes from below, each from its least value on; without them they are found in the values. */
  classes?: readonly { from: number; label: string }[];
}

export type ChartSpec =
  | BarsSpec
  | LinesSpec
  | AreasSpec
  | MultiplesSpec
  | SparklinesSpec
  | SlopeSpec
  | ScatterSpec
  | MapSpec;

export type ImageFormat = 'png' | 'jpg' | 'webp' | 'svg' | 'pdf';
export type ThemeName = 'light' | 'dark';

export interface ChartSize {
  /** CSS pixels. */
  width?: number;
  height?: number;
  /** Device pixels for each CSS pixel, 2 by default. */
  scale?: number;
  format?: ImageFormat;
  theme?: ThemeName;
  /**
   * `page` by default. `chat`: for a message that says the rest, and for a phone: 420 wide, large type, no
   * title, 8 rows.
   */
  surface?: 'page' | 'chat';
}

export interface ConfigImage extends ChartSize {
  background?: string;
}
