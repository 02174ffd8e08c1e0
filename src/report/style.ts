/** The report's look: paper, margins, one type scale, and the charts' light colours. */
import { THEMES } from '../charts/theme.ts';
import type { Font } from './boxes.ts';
import type { Paper } from './report.ts';

/** Points. */
export const PAPERS: Record<Paper, { width: number; height: number }> = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
};

/** Points from the page's edges to what flows; running heads and page numbers stand outside. */
export const MARGIN = { side: 54, top: 76, bottom: 64 } as const;
export const HEAD_BASELINE = 44;
/** From the page's lower edge. */
export const FOOT_BASELINE = 36;

export const TYPE = {
  section: { size: 21, bold: true },
  answer: { size: 12.5, bold: true },
  lead: { size: 10.5 },
  body: { size: 9.5 },
  cell: { size: 9 },
  label: { size: 7.5, bold: true },
  small: { size: 7.5 },
} as const satisfies Record<string, Font>;

/** CSS pixels across a chart: its letters become as large as a table's. */
export const CHART_WIDTH = 800;

/** Line height as a multiple of the size: Thai and Devanagari need the room above and below. */
export const LEADING = 1.45;

const { ink, soft, line, edge, lines, mid, signal } = THEMES.light;
export const COLOR = {
  ink,
  muted: soft,
  rule: line,
  strong: edge,
  accent: lines[0] as string,
  bar: mid,
  /** The cover's ground, and what stands on it. */
  deep: '#12405f',
  deepPattern: '#184a6f',
  onDeep: '#ffffff',
  onDeepMuted: '#b9d3e6',
  up: lines[1] as string,
  down: signal,
} as const;
