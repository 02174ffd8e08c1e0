/**
 * ChartSpec → one Chart.js 4 configuration that is pure JSON: our renderer and any QuickChart server draw it.
 */
import { type ChartSize, type ChartSpec, MOST_CHAT_ROWS, type ThemeName } from '../core/chart-spec.ts';
import { areasHeight, areasParts } from './areas.ts';
import { barsHeight, barsParts } from './bars.ts';
import { CHAT_PADDING, type ChartConfig, type Frame, PADDING, type Parts } from './config.ts';
import { balance, tidy, wrap } from './labels.ts';
import { linesHeight, linesParts } from './lines.ts';
import { mapHeight, mapParts } from './map.ts';
import { multiplesHeight, multiplesParts } from './multiples.ts';
import { scatterHeight, scatterParts } from './scatter.ts';
import { firstSubjects } from './shorten.ts';
import { slopeHeight, slopeParts } from './slope.ts';
import { sparklinesHeight, sparklinesParts } from './sparklines.ts';
import { CHAT_TYPE, LINE_HEIGHT, THEMES, TYPE } from './theme.ts';

const WIDTH = 680;
/** Phones show it 290 pixels wide, desktops up to 570. */
const CHAT_WIDTH = 420;
const EMPTY_HEIGHT = 150;
const MAX_TITLE_LINES = 2;
const MAX_CAPTION_LINES = 4;
/** CSS pixels between plot and caption. */
const CAPTION_GAP = 12;
/** What bold letters are wider than the estimate for regular ones. */
const BOLD = 1.08;

const isEmpty = (spec: ChartSpec): boolean => spec.series.every(({ points }) => points.length === 0);

/** The lines that title and caption take in what a picture of that width leaves them. */
function texts(spec: ChartSpec, width: number): { title: string[]; caption: string[] } {
  const room = width - PADDING.left - PADDING.right;
  return {
    title: spec.title === '' ? [] : balance(tidy(spec.title), room / (TYPE.title * BOLD), MAX_TITLE_LINES),
    caption: spec.caption === '' ? [] : wrap(tidy(spec.caption), room / TYPE.caption, MAX_CAPTION_LINES),
  };
}

/** The message around a picture in a chat has its title and its source, and a link to what is left out. */
const forSurface = (spec: ChartSpec, { surface }: ChartSize): ChartSpec =>
  surface === 'chat' ? { ...firstSubjects(spec, MOST_CHAT_ROWS), title: '', caption: '' } : spec;

function frameOf({ surface, width, theme = 'light' }: ChartSize): Frame {
  const chat = surface === 'chat';
  return {
    theme: THEMES[theme],
    width: width ?? (chat ? CHAT_WIDTH : WIDTH),
    type: chat ? CHAT_TYPE : TYPE,
    padding: chat ? CHAT_PADDING : PADDING,
    chat,
  };
}

/**
 * CSS pixels of a spec's picture: what is asked for, else a width of ours and the height that its content
 * needs.
 */
export function chartSize(whole: ChartSpec, size: ChartSize = {}): { width: number; height: number } {
  const frame = frameOf(size);
  const { width, padding, type } = frame;
  if (size.height !== undefined) return { width, height: size.height };
  if (isEmpty(whole)) return { width, height: EMPTY_HEIGHT };
  const spec = forSurface(whole, size);
  const { title, caption } = texts(spec, width);
  const around =
    padding.top +
    padding.bottom +
    title.length * type.title * LINE_HEIGHT +
    caption.length * type.caption * LINE_HEIGHT +
    (caption.length > 0 ? CAPTION_GAP : 0);
  return { width, height: Math.round(around + plotHeight(spec, frame)) };
}

function plotHeight(spec: ChartSpec, frame: Frame): number {
  switch (spec.kind) {
    case 'bars':
      return barsHeight(spec, frame);
    case 'lines':
      return linesHeight(frame);
    case 'areas':
      return areasHeight(frame);
    case 'multiples':
      return multiplesHeight(spec, frame);
    case 'sparklines':
      return sparklinesHeight(spec);
    case 'slope':
      return slopeHeight(spec, frame);
    case 'scatter':
      return scatterHeight(frame);
    case 'map':
      return mapHeight(spec, frame);
  }
}

function partsOf(spec: ChartSpec, frame: Frame): Parts {
  if (isEmpty(spec)) return emptyParts(frame);
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
  whole: ChartSpec,
  themeName: ThemeName = 'light',
  size: ChartSize = {},
): ChartConfig {
  const spec = forSurface(whole, size);
  const frame = frameOf({ ...size, theme: themeName });
  const { theme, width, padding, chat } = frame;
  const { type, data, options, below = 0, beside = 0 } = partsOf(spec, frame);
  const { title, caption } = texts(spec, width);
  return {
    type,
    data,
    options: {
      ...options,
      // What our plugins take their sizes from, too.
      ...(chat && { font: { size: frame.type.tick } }),
      ...(options.scales && chat && { scales: withTicksOf(options.scales, frame.type.tick) }),
      layout: { padding: { ...padding, right: padding.right + beside } },
      plugins: {
        legend: { display: false },
        title: {
          display: title.length > 0,
          align: 'start',
          color: theme.ink,
          font: { size: frame.type.title },
          padding: { top: 0, bottom: 6 },
          text: title,
        },
        subtitle: {
          display: caption.length > 0 || below > 0,
          align: 'start',
          position: 'bottom',
          color: theme.soft,
          font: { size: frame.type.caption },
          padding: { top: (caption.length > 0 ? CAPTION_GAP : 0) + below, bottom: 0 },
          text: caption,
        },
        ...options.plugins,
      },
    },
  };
}

type Scales = NonNullable<ChartConfig['options']>['scales'];

/** Ticks take their size from Chart.js' defaults, not from the chart's own font. */
const withTicksOf = (scales: NonNullable<Scales>, size: number): Scales =>
  Object.fromEntries(
    Object.entries(scales).map(([id, scale]) => {
      const { ticks } = (scale ?? {}) as { ticks?: object };
      return [id, { ...scale, ticks: { font: { size }, ...ticks } }];
    }),
  ) as Scales;

/** A quiet sentence where the plot would be, as the title of an axis that shows nothing else. */
const emptyParts = ({ theme, type }: Frame): Parts => ({
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
          color: theme.soft,
          font: { size: type.label },
          text: 'No data in this window',
        },
      },
      y: { display: false },
    },
  },
});
