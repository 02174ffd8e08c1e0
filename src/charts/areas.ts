/** Parts of a whole over time, stacked from zero; each is named at its end. */
import type { AreasSpec, ChartSeries } from '../core/chart-spec.ts';
import { parseInstant, toIso } from '../core/time/instant.ts';
import { type Frame, type Parts, rightRoom } from './config.ts';
import { endNames, MOST_COLORED } from './lines.ts';
import { pick } from './theme.ts';
import { tickLabels } from './time-axis.ts';
import { bandsIn, slotsOfSeries, timeScales, valuesIn } from './time-series.ts';

const PLOT_HEIGHT = 320;
const CHAT_HEIGHT = 260;
const MOST_CHAT_TICKS = 4;

/** CSS pixels of plot and axes. */
export const areasHeight = ({ chat }: Pick<Frame, 'chat'>): number => (chat ? CHAT_HEIGHT : PLOT_HEIGHT);

/** The areas' part of a configuration. @throws UserError when a point's `x` is no instant. */
export function areasParts(spec: AreasSpec, frame: Frame): Parts {
  const { theme, type, chat } = frame;
  const slots = slotsOfSeries(spec.series);
  const layers = layersOf(spec.series);
  const { names, room } = endNames(
    layers.map(({ label }) => label),
    frame,
  );
  const values = layers.map(layer => valuesIn(slots, layer, spec.format));
  // Where nothing was read there is a gap; where only one is missing it sold nothing.
  const read = slots.map((_, slot) => values.some(layer => layer[slot] !== null));
  const bands = bandsIn(slots, spec.bands);
  const scales = timeScales(spec, { theme, type, slots, banded: bands.length > 0 });
  return {
    type: 'line',
    data: {
      labels: tickLabels(slots, spec.zone, chat ? MOST_CHAT_TICKS : undefined),
      datasets: layers.map((layer, index) => ({
        label: names[index] as string,
        data: (values[index] as (number | null)[]).map((value, slot) => (read[slot] ? (value ?? 0) : null)),
        backgroundColor: layer.muted ? theme.land : pick(theme.lines, index),
        // The ground between two layers.
        borderColor: theme.paper,
        borderWidth: 1,
        pointRadius: 0,
        fill: index === 0 ? 'origin' : '-1',
      })),
    },
    options: {
      scales: {
        ...scales,
        y: { ...scales.y, stacked: true },
        right: rightRoom(room),
      },
      plugins: {
        endLabels: {
          format: spec.format,
          colors: layers.map((layer, index) => (layer.muted ? theme.soft : pick(theme.lines, index))),
        },
        legend: { align: 'start', reverse: true, labels: { boxWidth: 12, boxHeight: 12, color: theme.ink } },
        ...(bands.length > 0 && {
          bands: {
            color: theme.bandOver,
            hatch: theme.midpale,
            labelColor: theme.soft,
            list: bands,
            over: true,
          },
        }),
      },
    },
  };
}

/** As many as there are colours; the rest added up. */
function layersOf(series: readonly ChartSeries[]): ChartSeries[] {
  if (series.length <= MOST_COLORED) return [...series];
  const rest = series.slice(MOST_COLORED - 1);
  const sums = new Map<number, number>();
  for (const { x, y } of rest.flatMap(({ points }) => points)) {
    const at = parseInstant(x);
    sums.set(at, (sums.get(at) ?? 0) + y);
  }
  const points = [...sums].map(([at, y]) => ({ x: toIso(at), y }));
  return [...series.slice(0, MOST_COLORED - 1), { label: `${rest.length} others`, points, muted: true }];
}
