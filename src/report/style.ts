/** The report's look: paper, margins, type and colours, for print and so always light. */
import { THEMES } from '../charts/theme.ts';
import type { Font } from './boxes.ts';
import type { Paper } from './report.ts';

/** Points. */
export const PAPERS: Record<Paper, { width: number; height: number }> = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
};

/** Points from the page's edges to what flows; running heads and page numbers stand outside. */
export const MARGIN = { side: 39.7, top: 64, bottom: 52 } as const;
export const HEAD_BASELINE = 44;
/** From the page's lower edge. */
export const FOOT_BASELINE = 28;

/** Nothing is smaller than 8 points. */
export const TYPE = {
  /** A report's front, as large as its headline allows. */
  front: { size: 33, bold: true },
  section: { size: 24, bold: true },
  lead: { size: 11.5 },
  answer: { size: 11.5, bold: true },
  body: { size: 9.5 },
  name: { size: 9.5, bold: true },
  cell: { size: 9 },
  label: { size: 8 },
  small: { size: 8 },
} as const satisfies Record<string, Font>;

/** CSS pixels across a chart that is as wide as the text: its smallest letters are 8 points. */
export const CHART_WIDTH = 740;

/** Line height as a multiple of the size: Thai and Devanagari need the room above and below. */
export const LEADING = 1.45;

const { ink, soft, line, edge, signal, signalpale, mid, midpale, band, paper, land, above } = THEMES.light;

/** What each is for: see the design language. The ground of print is white. */
export const COLOR = {
  ink,
  muted: soft,
  rule: line,
  strong: ink,
  edge,
  accent: '#0b5c74',
  signal,
  signalPale: signalpale,
  bar: mid,
  barPale: midpale,
  band,
  note: '#fdf3d7',
  noteInk: '#5a4300',
  paper,
} as const;

const [little, more, much, most] = above;

/** Fills of a heat map by the least factor that they stand for, and the text on them. */
export const HEAT: readonly { from: number; fill: string; text: string }[] = [
  { from: 3, fill: most, text: paper },
  { from: 2, fill: much, text: paper },
  { from: 1.2, fill: more, text: ink },
  { from: 0.8, fill: little, text: ink },
  { from: 0.5, fill: midpale, text: ink },
  { from: 0, fill: mid, text: paper },
];
/** Too few sales to tell. */
export const HEAT_NONE = land;
