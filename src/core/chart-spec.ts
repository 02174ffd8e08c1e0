/** What a chart shows, without how it looks: the renderers bring colours, fonts and sizes. */

export interface ChartPoint {
  /** A category's name, or an ISO instant on a time axis. */
  x: string;
  y: number;
  /** Bounds of the interval that is drawn around `y`. */
  low?: number;
  high?: number;
}

export interface ChartSeries {
  label: string;
  points: ChartPoint[];
  /** What the others are compared with: drawn quietly. */
  muted?: true;
}

/** A stretch of the x axis to shade, such as a Bandcamp Friday. */
export interface ChartBand {
  from: string;
  until: string;
  label: string;
}

interface ChartBase {
  /** '' for none, where what stands around the chart says it. */
  title: string;
  /** What `y` counts, as an axis title: "times the expected sales". */
  unit: string;
  /** How `y` is written: 1,234 · 1.6× · $12.50 (US cents) · 12%. */
  format: 'count' | 'ratio' | 'usd' | 'percent';
  /** What a person who cannot see the chart should know, in a sentence or two. */
  alt: string;
  /** Window, as-of and source, in small print below. */
  caption: string;
  series: ChartSeries[];
  bands?: ChartBand[];
}

/** Ranked horizontal bars, longest name first to be cut in the middle; `reference` is a line across them ("as expected"). */
export interface BarsSpec extends ChartBase {
  kind: 'bars';
  reference?: { value: number; label: string };
}

/** Values over time. */
export interface LinesSpec extends ChartBase {
  kind: 'lines';
  /** IANA zone that the time axis is labelled in; UTC unless given. */
  zone?: string;
}

export type ChartSpec = BarsSpec | LinesSpec;

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
}

export interface ConfigImage extends ChartSize {
  background?: string;
}
