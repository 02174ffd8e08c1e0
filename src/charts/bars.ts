/** Ranked horizontal bars from zero, with whiskers, value labels and a reference line. */
import type { BarsSpec, ChartPoint } from '../core/chart-spec.ts';
import { configValue, type Frame, formatValue, PADDING, type Parts, tickFormat } from './config.ts';
import { cutMiddle, isolate, tidy, widthOf } from './labels.ts';
import { pick, TYPE } from './theme.ts';

/** Names take at most this share of the width. */
const LABEL_SHARE = 0.38;
/**
 * Whiskers longer than this many times the longest bar are cut at the edge: one wild interval must not
 * flatten all others.
 */
const MAX_WHISKER = 1.75;
const LABEL_GAP = 14;
/** For the reference line's label, which stands below the plot. */
const REFERENCE_ROOM = 16;

/**
 * CSS pixels of plot, axis, legend and reference label; the bars keep their thickness however many there are.
 */
export function barsHeight(spec: BarsSpec): number {
  const rows = namesOf(spec).length;
  const row = spec.series.length === 1 ? 30 : 14 + 15 * spec.series.length;
  return 74 + rows * row + (spec.reference ? REFERENCE_ROOM : 0) + (spec.series.length > 1 ? 28 : 0);
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
export function barsParts(spec: BarsSpec, { theme, width }: Frame): Parts {
  const rows = namesOf(spec);
  const value = (amount: number) => configValue(amount, spec.format);
  const names = rows.map(({ name }) => isolate(cutMiddle(tidy(name), (width * LABEL_SHARE) / TYPE.label)));
  const lone = spec.series.length === 1;
  const datasets = spec.series.flatMap(({ label, points }, index): Parts['data']['datasets'] => {
    const found = rows.map(row => pointOf(points, row));
    const bar = {
      label: tidy(label),
      data: found.map(point => (point ? value(point.y) : null)),
      backgroundColor: pick(theme.bars, index),
      maxBarThickness: 22,
      ...(!lone && { stack: `${index}` }),
    };
    if (!found.some(point => point?.low !== undefined && point.high !== undefined)) return [bar];
    const whisker = {
      label: '',
      data: found.map((point): [number, number] | null =>
        point?.low !== undefined && point.high !== undefined ? [value(point.low), value(point.high)] : null,
      ),
      backgroundColor: theme.whisker,
      maxBarThickness: 2,
      // Bars of one stack stand in one place; that they are not added up is said on the value axis.
      ...(lone ? { grouped: false } : { stack: `${index}` }),
      order: -1,
    };
    return [bar, whisker];
  });
  return {
    type: 'bar',
    data: { labels: names, datasets },
    options: {
      indexAxis: 'y',
      scales: {
        y: {
          ...(!lone && { stacked: true }),
          grid: { display: false },
          border: { color: theme.axis },
          ticks: { crossAlign: 'far', color: theme.ink, font: { size: TYPE.label } },
        },
        x: {
          ...(!lone && { stacked: false }),
          position: 'top',
          max: maximum(spec, names, width),
          grid: { color: theme.grid, drawTicks: false },
          border: { display: false },
          ticks: { color: theme.muted, includeBounds: false, maxTicksLimit: 6, ...tickFormat(spec.format) },
          title: {
            display: true,
            align: 'start',
            color: theme.muted,
            font: { size: TYPE.unit },
            padding: { top: 0, bottom: 2 },
            text: tidy(spec.unit),
          },
        },
      },
      plugins: {
        valueLabels: { format: spec.format, color: theme.ink },
        ...(!lone && {
          legend: { align: 'start', labels: { boxWidth: 12, boxHeight: 12, color: theme.ink } },
        }),
        ...(spec.reference && {
          referenceLine: {
            value: value(spec.reference.value),
            label: tidy(spec.reference.label),
            color: theme.reference,
          },
        }),
      },
    },
    ...(spec.reference && { below: REFERENCE_ROOM }),
  };
}

/** The value axis' end: the longest bar or whisker, and room for the value label that stands beside it. */
function maximum(spec: BarsSpec, names: readonly string[], width: number): number {
  const points = spec.series.flatMap(series => series.points);
  const longest = Math.max(...points.map(({ y }) => y), spec.reference?.value ?? 0);
  if (longest <= 0) return 1;
  const reach = Math.min(Math.max(longest, ...points.map(({ high }) => high ?? 0)), longest * MAX_WHISKER);
  const labels = Math.max(...names.map(widthOf)) * TYPE.label;
  const plot = Math.max(width - PADDING.left - PADDING.right - labels - 12, 80);
  const widest = Math.max(
    ...points.map(({ y }) => widthOf(formatValue(configValue(y, spec.format), spec.format))),
  );
  const share = Math.min((widest * TYPE.value + LABEL_GAP) / plot, 0.6);
  return configValue(Number((reach / (1 - share)).toPrecision(3)), spec.format);
}
