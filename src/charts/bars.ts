/** Ranked horizontal bars of quantities, from zero, with their values beside them. Ratios: `intervals.ts`. */
import type { BarsSpec, ChartPoint } from '../core/chart-spec.ts';
import { configValue, type Frame, formatColumn, type Parts, tickFormat } from './config.ts';
import { areIntervals, intervalsHeight, intervalsParts } from './intervals.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import { ratioStops } from './ratio-axis.ts';
import { pick, type TypeScale } from './theme.ts';

/** Names take at most this share of the width; in a chat so many CSS pixels. */
const LABEL_SHARE = 0.38;
const CHAT_LABELS = 130;
const LABEL_GAP = 14;
/**
 * One that is so many times the median of all dwarfs the rest, which would be shorter than a twentieth of its
 * bar: then the axis is logarithmic, from one sale or dollar, and says so.
 */
const DWARFS_FROM = 20;
const LEAST_ROWS_DWARFED = 3;

/** CSS pixels of plot, axis and legend; the bars keep their thickness however many there are. */
export function barsHeight(spec: BarsSpec, frame: Pick<Frame, 'chat'>): number {
  if (areIntervals(spec)) return intervalsHeight(spec, frame);
  const { chat } = frame;
  const count = spec.series.length;
  const row = count === 1 ? (chat ? 32 : 28) : 14 + (chat ? 18 : 15) * count;
  return namesOf(spec).length * row + (chat ? 32 : 50) + (count > 1 ? 28 : 0);
}

/**
 * Names in the order of the first series, then what only later ones have. A name that a series has twice is
 * two rows.
 */
function namesOf(spec: BarsSpec): { name: string; nth: number }[] {
  const rows: { name: string; nth: number }[] = [];
  for (const { points } of spec.series) {
    const seen = new Map<string, number>();
    for (const { x } of points) {
      const nth = seen.get(x) ?? 0;
      seen.set(x, nth + 1);
      if (!rows.some(row => row.name === x && row.nth === nth)) rows.push({ name: x, nth });
    }
  }
  return rows;
}

const pointOf = (
  points: readonly ChartPoint[],
  { name, nth }: { name: string; nth: number },
): ChartPoint | undefined => points.filter(({ x }) => x === name)[nth];

/** The bars' part of a configuration. */
export function barsParts(spec: BarsSpec, frame: Frame): Parts {
  if (areIntervals(spec)) return intervalsParts(spec, frame);
  const { theme, width, type, chat } = frame;
  const rows = namesOf(spec);
  const room = chat ? CHAT_LABELS : width * LABEL_SHARE;
  const names = rows.map(({ name }) => isolate(cutEnd(tidy(name), room / type.label)));
  const lone = spec.series.length === 1;
  const axis = axisOf(spec, names, frame);
  const unit = tidy(spec.unit);
  return {
    type: 'bar',
    data: {
      labels: names,
      datasets: spec.series.map(({ label, points }, index) => ({
        label: tidy(label),
        data: rows.map(row => {
          const point = pointOf(points, row);
          return point ? configValue(point.y, spec.format) : null;
        }),
        backgroundColor: pick(theme.bars, index),
        maxBarThickness: chat ? 12 : 14,
        ...(axis.type === 'logarithmic' && { base: 1 }),
      })),
    },
    options: {
      indexAxis: 'y',
      scales: {
        y: {
          grid: { display: false },
          border: { color: theme.edge },
          ticks: {
            autoSkip: false,
            crossAlign: 'far',
            color: theme.ink,
            padding: 6,
            font: { size: type.label },
          },
        },
        x: {
          position: 'top',
          ...axis,
          grid: { color: theme.line, drawTicks: false },
          border: { display: false },
          ticks: {
            color: theme.soft,
            includeBounds: false,
            maxRotation: 0,
            padding: 6,
            maxTicksLimit: chat ? 4 : 6,
            ...tickFormat(spec.format),
            ...(spec.format === 'ratio' && { stops: ratioStops(axis.min ?? 1, axis.max), suffix: '×' }),
          },
          title: {
            display: !chat,
            align: 'start',
            color: theme.soft,
            font: { size: type.unit },
            padding: { top: 0, bottom: 0 },
            text: axis.type === 'logarithmic' && spec.format !== 'ratio' ? `${unit}, logarithmic` : unit,
          },
        },
      },
      plugins: {
        valueLabels: { format: spec.format, color: theme.ink },
        ...(!lone && {
          legend: {
            align: 'start',
            labels: { boxWidth: 12, boxHeight: 12, color: theme.ink, font: { size: type.tick } },
          },
        }),
        ...(spec.reference && {
          referenceLine: {
            value: configValue(spec.reference.value, spec.format),
            label: '',
            color: theme.ink,
          },
        }),
      },
    },
  };
}

type BarAxis = { type?: 'logarithmic'; min?: number; max: number };

/** The value axis: its end leaves room for the value label that stands beside the longest bar. */
function axisOf(spec: BarsSpec, names: readonly string[], { width, type, padding }: Frame): BarAxis {
  const { format } = spec;
  const values = spec.series.flatMap(({ points }) => points.map(({ y }) => configValue(y, format)));
  const longest = Math.max(...values, spec.reference ? configValue(spec.reference.value, format) : 0);
  if (longest <= 0) return { max: 1 };
  const labels = Math.max(...names.map(widthOf)) * type.label;
  const plot = Math.max(width - padding.left - padding.right - labels - 12, 80);
  const share = Math.min(labelWidth(values, format, type) / plot, 0.6);
  if (!(format === 'ratio' || isDwarfing(values, format)))
    return { max: Number((longest / (1 - share)).toPrecision(3)) };
  const min = format === 'ratio' ? Math.min(1, Math.max(Math.min(...values), 0.1)) : 1;
  return {
    type: 'logarithmic',
    min,
    max: Number((min * (longest / min) ** (1 / (1 - share))).toPrecision(3)),
  };
}

const labelWidth = (values: readonly number[], format: BarsSpec['format'], type: TypeScale): number =>
  Math.max(...formatColumn(values, format).map(widthOf)) * type.value + LABEL_GAP;

/**
 * Whether one of these dwarfs the rest. Shares are of one whole, so that one may well be all.
 * @param values as they are drawn: money in whole dollars
 */
export function isDwarfing(values: readonly number[], format: BarsSpec['format']): boolean {
  if (format === 'percent' || values.length < LEAST_ROWS_DWARFED) return false;
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return (sorted.at(-1) as number) >= DWARFS_FROM * Math.max(median, 1);
}
