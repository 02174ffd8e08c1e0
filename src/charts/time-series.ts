/** What every kind over time shares: slots, a series' values in them, and where bands begin and end. */
import type { ChartBand, ChartFormat, ChartSeries } from '../core/chart-spec.ts';
import { round } from '../core/numbers.ts';
import { type Instant, parseInstant } from '../core/time/instant.ts';
import { configValue, type Parts, tickFormat } from './config.ts';
import { tidy } from './labels.ts';
import type { Theme, TypeScale } from './theme.ts';
import { slotsOf } from './time-axis.ts';

/** The slots of all series. @throws UserError when a point's `x` is no instant. */
export const slotsOfSeries = (series: readonly ChartSeries[]): Instant[] =>
  slotsOf(series.flatMap(({ points }) => points.map(({ x }) => parseInstant(x))));

/** One number a slot, null where the series has none. */
export function valuesIn(
  slots: readonly Instant[],
  { points }: ChartSeries,
  format: ChartFormat,
  key: 'y' | 'low' | 'high' = 'y',
): (number | null)[] {
  const at = new Map(points.map(point => [parseInstant(point.x), point[key]]));
  return slots.map(slot => {
    const value = at.get(slot);
    return value === undefined ? null : configValue(value, format);
  });
}

export interface BandPosition {
  from: number;
  until: number;
  label: string;
  unread?: true;
}

/** Where bands begin and end, as positions on the category axis; what lies outside is left out. */
export function bandsIn(slots: readonly Instant[], bands: readonly ChartBand[] = []): BandPosition[] {
  const last = slots.length - 1;
  const position = (at: Instant): number => {
    const next = slots.findIndex(slot => slot >= at);
    if (next <= 0) return next < 0 ? last : 0;
    const [before, after] = [slots[next - 1] as number, slots[next] as number];
    return round(next - (after - at) / (after - before), 3);
  };
  return bands
    .map(({ from, until, label, unread }) => ({
      from: position(parseInstant(from)),
      until: position(parseInstant(until)),
      label: tidy(label),
      ...(unread && { unread }),
    }))
    .filter(({ from, until }) => from < until)
    .sort((a, b) => a.from - b.from);
}

type Scales = NonNullable<Parts['options']['scales']>;

/**
 * An axis of its own writes the unit flat above the plot; the y axis would turn it on its side. `room`: CSS
 * pixels below it.
 */
export const unitAxis = (
  text: string,
  { theme, type: { unit } }: { theme: Theme; type: TypeScale },
  room = 2,
  type?: 'category' | 'linear',
): Extract<Scales[string], { type?: 'category' }> => ({
  // Kinds whose plot has no axis of a known type must be told one.
  ...(type && { type: type as 'category' }),
  axis: 'x',
  position: 'top',
  ticks: { display: false },
  grid: { display: false },
  border: { display: false },
  title: {
    display: true,
    align: 'start',
    color: theme.soft,
    font: { size: unit },
    padding: { top: 0, bottom: room },
    text: tidy(text),
  },
});

/**
 * The axes of one plot over time: slots below, values from zero, the unit above. Bands' names stand in a row
 * below the unit.
 */
export const timeScales = (
  { unit, format }: { unit: string; format: ChartFormat },
  {
    theme,
    type,
    slots,
    banded,
  }: { theme: Theme; type: TypeScale; slots: readonly Instant[]; banded: boolean },
) => ({
  x: {
    // A single slot stands in the middle.
    ...(slots.length === 1 && { offset: true }),
    grid: { display: false },
    border: { color: theme.edge },
    ticks: { color: theme.soft, autoSkip: false, maxRotation: 0 },
  },
  y: {
    beginAtZero: true,
    grid: { color: theme.line, drawTicks: false },
    border: { display: false },
    ticks: { color: theme.soft, maxTicksLimit: 5, padding: 6, ...tickFormat(format) },
  },
  unit: unitAxis(unit, { theme, type }, banded ? type.tick + 4 : 2),
});
