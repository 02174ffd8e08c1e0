/** Values over time: one slot a bucket on a category axis, since Chart.js has no time axis in pure JSON; ribbons for intervals, shaded bands. */
import type { ChartBand, ChartSeries, LinesSpec } from '../core/chart-spec.ts';
import { type Instant, parseInstant } from '../core/instant.ts';
import { configValue, type Frame, PADDING, type Parts, tickFormat } from './config.ts';
import { cutMiddle, isolate, tidy, widthOf } from './labels.ts';
import { pick, TYPE } from './theme.ts';
import { slotsOf, tickLabels } from './time-axis.ts';

/** A line's name at its end takes at most this share of the width. */
const END_LABEL_SHARE = 0.26;
const PLOT_HEIGHT = 300;
/** Opacity of a ribbon, two hexadecimal digits. */
const RIBBON = '24';

/** CSS pixels of plot and axes. */
export const linesHeight = (): number => PLOT_HEIGHT;

/** The lines' part of a configuration. @throws UserError when a point's `x` is no instant. */
export function linesParts(spec: LinesSpec, { theme, width }: Frame): Parts {
  const slots = slotsOf(spec.series.flatMap(({ points }) => points.map(({ x }) => parseInstant(x))));
  const lone = spec.series.length === 1;
  const names = spec.series.map(({ label }) => isolate(cutMiddle(tidy(label), (width * END_LABEL_SHARE) / TYPE.value)));
  const endRoom = lone ? 44 : Math.max(...names.map(widthOf)) * TYPE.value + 8;
  const bands = bandsOf(spec.bands ?? [], slots);
  const shared = { ticks: { display: false }, grid: { display: false }, border: { display: false } };
  return {
    type: 'line',
    padding: { ...PADDING, right: Math.round(PADDING.right + endRoom) },
    data: {
      labels: tickLabels(slots, spec.zone),
      datasets: spec.series.flatMap((series, index) =>
        datasetsOf(series, names[index] as string, slots, spec.format, {
          color: series.muted ? theme.muted : pick(theme.lines, index),
          dashed: index >= theme.lines.length,
        }),
      ),
    },
    options: {
      scales: {
        x: {
          // A single slot stands in the middle.
          ...(slots.length === 1 && { offset: true }),
          grid: { display: false },
          border: { color: theme.axis },
          ticks: { color: theme.muted, autoSkip: false, maxRotation: 0 },
        },
        y: {
          beginAtZero: true,
          grid: { color: theme.grid, drawTicks: false },
          border: { display: false },
          ticks: { color: theme.muted, maxTicksLimit: 6, padding: 6, ...tickFormat(spec.format) },
        },
        // An axis of its own writes the unit flat above the plot; the y axis would turn it on its side.
        unit: {
          ...shared,
          axis: 'x',
          position: 'top',
          title: {
            display: true,
            align: 'start',
            color: theme.muted,
            font: { size: TYPE.unit },
            // The bands' names stand in a row of their own between it and the plot.
            padding: { top: 0, bottom: bands.length > 0 ? 16 : 2 },
            text: tidy(spec.unit),
          },
        },
      },
      plugins: {
        endLabels: { format: spec.format },
        ...(!lone && { legend: { align: 'start', labels: { boxWidth: 16, boxHeight: 2, color: theme.ink } } }),
        ...(bands.length > 0 && { bands: { color: theme.band, labelColor: theme.muted, list: bands } }),
      },
    },
  };
}

/** A line, and below it the two edges of its ribbon where its points have intervals. */
function datasetsOf(
  { points }: ChartSeries,
  label: string,
  slots: readonly Instant[],
  format: LinesSpec['format'],
  { color, dashed }: { color: string; dashed: boolean },
): Parts['data']['datasets'] {
  const at = new Map(points.map(point => [parseInstant(point.x), point]));
  const values = (key: 'y' | 'low' | 'high') =>
    slots.map(slot => {
      const value = at.get(slot)?.[key];
      return value === undefined ? null : configValue(value, format);
    });
  const data = values('y');
  const alone = (index: number) => data[index] !== null && data[index - 1] == null && data[index + 1] == null;
  const line = {
    label,
    data,
    borderColor: color,
    backgroundColor: color,
    borderWidth: 2.25,
    pointRadius: data.some((_, index) => alone(index)) ? data.map((_, index) => (alone(index) ? 3 : 0)) : 0,
    ...(dashed && { borderDash: [6, 3] }),
  };
  if (!points.some(({ low, high }) => low !== undefined && high !== undefined)) return [line];
  const edge = { label: '', pointRadius: 0, borderWidth: 0, backgroundColor: `${color}${RIBBON}`, order: 1 };
  return [line, { ...edge, data: values('low') }, { ...edge, data: values('high'), fill: '-1' }];
}

/** Where bands begin and end, as positions on the category axis; what lies outside is left out. */
function bandsOf(bands: readonly ChartBand[], slots: readonly Instant[]) {
  const last = slots.length - 1;
  const position = (at: Instant): number => {
    const next = slots.findIndex(slot => slot >= at);
    if (next <= 0) return next < 0 ? last : 0;
    const [before, after] = [slots[next - 1] as number, slots[next] as number];
    return Number((next - (after - at) / (after - before)).toFixed(3));
  };
  return bands
    .map(({ from, until, label }) => ({
      from: position(parseInstant(from)),
      until: position(parseInstant(until)),
      label: tidy(label),
    }))
    .filter(({ from, until }) => from < until)
    .sort((a, b) => a.from - b.from);
}
