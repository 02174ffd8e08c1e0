/**
 * Ranked ratios: a bar from 1× on a logarithmic axis, solid up to the low end of the interval, pale from
 * there to the high end, with a mark at the estimate. All of it is plain datasets, so that any Chart.js draws
 * it.
 */
import type { BarsSpec, ChartPoint } from '../core/chart-spec.ts';
import { configValue, type Frame, formatValue, type Parts } from './config.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import { ratioStops } from './ratio-axis.ts';

/** Names take at most this share of the width; in a chat so many CSS pixels. */
const LABEL_SHARE = 0.38;
const CHAT_LABELS = 130;
/** CSS pixels of the column of values, at least. */
const VALUES = 54;
/** What bold letters are wider than the estimate for regular ones. */
const BOLD = 1.06;
/** CSS pixels between names and axis. */
const NAME_GAP = 14;
/**
 * An interval is cut at so many times the largest estimate, and at so small a ratio: one wild interval must
 * not flatten all others.
 */
const MOST_ABOVE = 2.5;
const LEAST_BELOW = 0.5;
/** A logarithmic axis has no zero. */
const LEAST = 0.01;

const pointsOf = ({ series }: BarsSpec): readonly ChartPoint[] => series[0]?.points ?? [];

/** Whether these bars are ratios of one series, which stand here. */
export const areIntervals = ({ format, series }: BarsSpec): boolean =>
  format === 'ratio' && series.length === 1;

const rowHeight = (chat: boolean): number => (chat ? 32 : 28);

/** CSS pixels of plot and axis. */
export const intervalsHeight = (spec: BarsSpec, { chat }: Pick<Frame, 'chat'>): number =>
  pointsOf(spec).length * rowHeight(chat) + (chat ? 32 : 50);

/** The bars' part of a configuration. */
export function intervalsParts(spec: BarsSpec, frame: Frame): Parts {
  const { theme, width, type, chat, padding } = frame;
  const rows = pointsOf(spec).map(intervalRow);
  const room = chat ? CHAT_LABELS : width * LABEL_SHARE;
  const names = rows.map(({ name, called }) =>
    isolate(cutEnd(tidy(name), room / type.label / (called ? BOLD : 1))),
  );
  const texts = rows.map(({ low }) => formatValue(low, spec.format));
  const head = rows.some(({ isInterval }) => isInterval) ? 'at least' : '';
  const headWidth = widthOf(head) * type.tick;
  const values = Math.max(VALUES, headWidth, ...texts.map(text => widthOf(text) * type.value * BOLD)) + 6;
  const labels = Math.max(...names.map((name, at) => widthOf(name) * (rows[at]?.called ? BOLD : 1)));
  const plot = Math.max(width - padding.left - padding.right - labels * type.label - NAME_GAP - values, 80);
  const axis = intervalAxis(rows, spec.reference?.value ?? 1);
  const perPixel = Math.log(axis.max / axis.min) / plot;
  const stops = ratioStops(axis.min, axis.max).filter(stop => {
    const end = Math.log(stop / axis.min) / perPixel + (widthOf(`${stop}×`) / 2) * type.tick;
    return end + 8 < plot + values - headWidth;
  });
  const half = Math.exp(perPixel);
  const colors = (called: string, other: string) => rows.map(row => (row.called ? called : other));
  const thickness = chat ? 12 : 10;
  return {
    type: 'bar',
    data: {
      labels: names,
      datasets: [
        {
          // Two pixels around the estimate.
          label: tidy(spec.series[0]?.label ?? ''),
          data: rows.map(({ y }): [number, number] => [digits(y / half), digits(y * half)]),
          backgroundColor: theme.ink,
          barThickness: thickness + 6,
          order: -1,
        },
        {
          label: '',
          data: rows.map(({ low, high }): [number, number] => [low, high]),
          backgroundColor: colors(theme.signalpale, theme.midpale),
        },
        {
          label: '',
          data: rows.map(({ low }) => (low > 1 ? low : null)),
          base: 1,
          backgroundColor: colors(theme.signal, theme.mid),
        },
      ],
    },
    options: {
      indexAxis: 'y',
      // All three in one place.
      datasets: { bar: { grouped: false, borderSkipped: false, barThickness: thickness } },
      scales: {
        y: {
          grid: { display: false },
          border: { display: false },
          ticks: {
            autoSkip: false,
            crossAlign: 'far',
            color: theme.ink,
            padding: NAME_GAP - 4,
            font: fontsOf(rows, type.label),
          },
        },
        x: {
          type: 'logarithmic',
          position: 'top',
          ...axis,
          grid: { color: theme.line, drawTicks: false },
          border: { display: false },
          ticks: { color: theme.soft, maxRotation: 0, padding: 6, stops, suffix: '×' },
          title: {
            display: !chat,
            align: 'start',
            color: theme.soft,
            font: { size: type.unit },
            padding: { top: 0, bottom: 0 },
            text: tidy(spec.unit),
          },
        },
      },
      plugins: {
        valueColumn: {
          head,
          texts,
          bold: rows.flatMap(({ called }, row) => (called ? [row] : [])),
          beyond: rows.flatMap(({ high }, row) => (high > axis.max ? [row] : [])),
          ink: theme.ink,
          soft: theme.soft,
        },
        referenceLine: { value: spec.reference?.value ?? 1, label: '', color: theme.ink },
      },
    },
    beside: values,
  };
}

/** One a name; Chart.js takes a list of fonts as it does of colours, but its types do not say so. */
const fontsOf = (rows: readonly IntervalRow[], size: number): { size: number } =>
  rows.map(({ called }) => ({ size, ...(called && { weight: 'bold' }) })) as unknown as { size: number };

/** A ratio as it is drawn: none is below the axis' least. */
export interface IntervalRow {
  name: string;
  y: number;
  low: number;
  high: number;
  isInterval: boolean;
  called: boolean;
}

/** Without an interval the bar is solid up to its value. */
export function intervalRow({ x, y, low, high, called }: ChartPoint): IntervalRow {
  const value = (ratio: number) => configValue(Math.max(ratio, LEAST), 'ratio');
  return {
    name: x,
    y: value(y),
    low: value(low ?? y),
    high: value(high ?? y),
    isInterval: low !== undefined && high !== undefined,
    called: called ?? false,
  };
}

const digits = (value: number): number => Number(value.toPrecision(4));

/** From 1, or from below it where an interval is; to the highest end, but not far beyond the estimates. */
export function intervalAxis(rows: readonly IntervalRow[], reference: number): { min: number; max: number } {
  const least = Math.min(reference, ...rows.map(({ low }) => low));
  const largest = Math.max(reference, ...rows.map(({ y }) => y));
  const reach = Math.min(Math.max(...rows.map(({ high }) => high)), largest * MOST_ABOVE);
  return {
    min: digits(Math.max(least, LEAST_BELOW * reference)),
    max: digits(Math.max(reach * 1.01, 1.6 * reference)),
  };
}
