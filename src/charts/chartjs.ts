/**
 * ChartSpec → one Chart.js 4 configuration that is pure JSON: our renderer and any QuickChart server draw it.
 */
import { titleOf } from '../core/answer.ts';
import type { ChartSize, ChartSpec, ThemeName } from '../core/chart-spec.ts';
import { areasHeight, areasParts } from './areas.ts';
import { barsHeight, barsParts } from './bars.ts';
import { type ChartConfig, type Frame, PADDING, type Parts } from './config.ts';
import { balance, tidy, wrap } from './labels.ts';
import { linesHeight, linesParts } from './lines.ts';
import { mapHeight, mapParts } from './map.ts';
import { multiplesHeight, multiplesParts } from './multiples.ts';
import { scatterHeight, scatterParts } from './scatter.ts';
import { slopeHeight, slopeParts } from './slope.ts';
import { sparklinesHeight, sparklinesParts } from './sparklines.ts';
import { LINE_HEIGHT, THEMES, type Theme, TYPE } from './theme.ts';

const WIDTH = 680;
const EMPTY_HEIGHT = 150;
const MAX_TITLE_LINES = 2;
const MAX_CAPTION_LINES = 4;
/** What bold letters are wider than the estimate for regular ones. */
const BOLD = 1.08;

const isEmpty = (spec: ChartSpec): boolean => spec.series.every(({ points }) => points.length === 0);

/** The lines that title and caption take in what a picture of that width leaves them. */
function texts(spec: ChartSpec, width: number): { title: string[]; caption: string[] } {
  const room = width - PADDING.left - PADDING.right;
  return {
    title: spec.title === '' ? [] : balance(tidy(titleOf(spec)), room / (TYPE.title * BOLD), MAX_TITLE_LINES),
    caption: spec.caption === '' ? [] : wrap(tidy(spec.caption), room / TYPE.caption, MAX_CAPTION_LINES),
  };
}

/**
 * CSS pixels of a spec's picture: what is asked for, else a width of ours and the height that its content
 * needs.
 */
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
  return { width, height: Math.round(frame + plotHeight(spec, width)) };
}

function plotHeight(spec: ChartSpec, width: number): number {
  switch (spec.kind) {
    case 'bars':
      return barsHeight(spec);
    case 'lines':
      return linesHeight();
    case 'areas':
      return areasHeight();
    case 'multiples':
      return multiplesHeight(spec, width);
    case 'sparklines':
      return sparklinesHeight(spec);
    case 'slope':
      return slopeHeight(spec);
    case 'scatter':
      return scatterHeight();
    case 'map':
      return mapHeight(spec, width);
  }
}

function partsOf(spec: ChartSpec, frame: Frame): Parts {
  if (isEmpty(spec)) return emptyParts(frame.theme);
  switch (spec.kind) {
    case 'bars':
      return barsParts(spec, frame);
    case 'lines':
      return linesParts(spec, frame);
    case 'areas':
      return areasParts(spec, frame);
    case 'multiples':
      return multiplesParts(spec, frame);
    case 'sparklines':
      return sparklinesParts(spec, frame);
    case 'slope':
      return slopeParts(spec, frame);
    case 'scatter':
      return scatterParts(spec, frame);
    case 'map':
      return mapParts(spec, frame);
  }
}

/**
 * The configuration of a spec. Pure, and JSON to the last value: no functions, no undefined.
 * @throws UserError when a point over time is at no instant.
 */
export function chartConfig(
  spec: ChartSpec,
  themeName: ThemeName = 'light',
  size: ChartSize = {},
): ChartConfig {
  const theme = THEMES[themeName];
  const { width } = chartSize(spec, size);
  const { type, data, options, below = 0 } = partsOf(spec, { theme, width });
  const { title, caption } = texts(spec, width);
  return {
    type,
    data,
    options: {
      ...options,
      layout: { padding: PADDING },
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
          display: caption.length > 0 || below > 0,
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
