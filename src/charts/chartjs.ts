/** ChartSpec → one Chart.js 4 configuration that is pure JSON: our renderer and any QuickChart server draw it. */
import type { ChartSize, ChartSpec, ThemeName } from '../core/chart-spec.ts';
import { barsHeight, barsParts } from './bars.ts';
import { type ChartConfig, type Frame, PADDING, type Parts } from './config.ts';
import { tidy, wrap } from './labels.ts';
import { linesHeight, linesParts } from './lines.ts';
import { LINE_HEIGHT, THEMES, type Theme, TYPE } from './theme.ts';

export const WIDTH = 680;
const EMPTY_HEIGHT = 150;
const MAX_TITLE_LINES = 2;
const MAX_CAPTION_LINES = 4;
/** What bold letters are wider than the estimate for regular ones. */
const BOLD = 1.08;

const isEmpty = (spec: ChartSpec): boolean => spec.series.every(({ points }) => points.length === 0);

/** The lines that title and caption take in what a picture of that width leaves them. */
function texts(spec: ChartSpec, width: number, { left, right } = PADDING): { title: string[]; caption: string[] } {
  const room = width - left - right;
  return {
    title: spec.title === '' ? [] : wrap(tidy(spec.title), room / (TYPE.title * BOLD), MAX_TITLE_LINES),
    caption: wrap(tidy(spec.caption), room / TYPE.caption, MAX_CAPTION_LINES),
  };
}

/** CSS pixels of a spec's picture: what is asked for, else a width of ours and the height that its content needs. */
export function chartSize(spec: ChartSpec, size: ChartSize = {}): { width: number; height: number } {
  const width = size.width ?? WIDTH;
  if (size.height !== undefined) return { width, height: size.height };
  if (isEmpty(spec)) return { width, height: EMPTY_HEIGHT };
  const { title, caption } = texts(spec, width);
  const frame =
    PADDING.top +
    PADDING.bottom +
    title.length * TYPE.title * LINE_HEIGHT +
    caption.length * TYPE.caption * LINE_HEIGHT;
  return { width, height: Math.round(frame + (spec.kind === 'bars' ? barsHeight(spec) : linesHeight())) };
}

function partsOf(spec: ChartSpec, frame: Frame): Parts {
  if (isEmpty(spec)) return emptyParts(frame.theme);
  switch (spec.kind) {
    case 'bars':
      return barsParts(spec, frame);
    case 'lines':
      return linesParts(spec, frame);
  }
}

/**
 * The configuration of a spec. Pure, and JSON to the last value: no functions, no undefined.
 * @throws UserError when a point of `lines` is no instant.
 */
export function chartConfig(spec: ChartSpec, themeName: ThemeName = 'light', size: ChartSize = {}): ChartConfig {
  const theme = THEMES[themeName];
  const { width } = chartSize(spec, size);
  const { type, data, options, padding = PADDING, below = 0 } = partsOf(spec, { theme, width });
  const { title, caption } = texts(spec, width, padding);
  return {
    type,
    data,
    options: {
      ...options,
      layout: { padding },
      plugins: {
        legend: { display: false },
        title: {
          display: title.length > 0,
          align: 'start',
          color: theme.ink,
          font: { size: TYPE.title },
          padding: { top: 0, bottom: 6 },
          text: title,
        },
        subtitle: {
          display: true,
          align: 'start',
          position: 'bottom',
          color: theme.muted,
          font: { size: TYPE.caption },
          padding: { top: 12 + below, bottom: 0 },
          text: caption,
        },
        ...options.plugins,
      },
    },
  };
}

/** A quiet sentence where the plot would be, as the title of an axis that shows nothing else. */
const emptyParts = (theme: Theme): Parts => ({
  type: 'bar',
  data: { labels: [], datasets: [] },
  options: {
    scales: {
      x: {
        grid: { display: false },
        border: { display: false },
        ticks: { display: false },
        title: {
          display: true,
          align: 'start',
          color: theme.muted,
          font: { size: TYPE.label },
          text: 'No data in this window',
        },
      },
      y: { display: false },
    },
  },
});
