/**
 * What JSON cannot say, added to a configuration before Chart.js draws it, in our renderer and on our pages
 * alike.
 */
import type { ChartConfiguration, Scale } from 'chart.js';
import { isNumber, isText } from './canvas-text.ts';
import { PLUGINS } from './plugins.ts';
import { type World, withWorld } from './world-config.ts';

/** Plugins that name things where they are, so that no legend is needed. */
const DIRECT = ['endLabels', 'panels', 'rowLabels', 'slopeLabels', 'world'] as const;

/**
 * The configuration with our plugins, a legend without unnamed entries (whiskers, ribbons), round logarithmic
 * ticks and on a map the world.
 */
export function drawable(config: ChartConfiguration, world?: World): ChartConfiguration {
  const { type, data, options = {} } = world ? withWorld(config, world) : config;
  const plugins = options.plugins ?? {};
  return {
    type,
    data,
    plugins: PLUGINS,
    options: {
      ...options,
      ...(options.scales && { scales: withRoundTicks(options.scales) }),
      plugins: {
        ...plugins,
        legend: {
          ...plugins.legend,
          ...(DIRECT.some(name => plugins[name]) && { display: false }),
          labels: { ...plugins.legend?.labels, filter: ({ text }) => text !== '' },
        },
      },
    },
  };
}

type Scales = NonNullable<NonNullable<ChartConfiguration['options']>['scales']>;

/**
 * Chart.js labels the upper end of a logarithmic axis more densely than the rest: 1, 2, 5, 10 … are enough,
 * or powers of ten.
 */
const withRoundTicks = (scales: Scales): Scales =>
  Object.fromEntries(
    Object.entries(scales).map(([id, scale]) => [
      id,
      scale?.type === 'logarithmic'
        ? { ...scale, afterBuildTicks: roundTicks, ticks: { ...scale.ticks, callback: writeTick } }
        : scale,
    ]),
  ) as Scales;

/** More decades than that have a tick each, not three. */
const MOST_DECADES = 4;
/** CSS pixels: on a phone there is room for one in each decade. */
const NARROW = 500;

interface TickTexts {
  format?: Intl.NumberFormatOptions;
  stops?: unknown;
  suffix?: unknown;
}
const ticksOf = ({ options }: Scale): TickTexts => (options as unknown as { ticks: TickTexts }).ticks;

function roundTicks(scale: Scale): void {
  const { min, max } = scale;
  const { stops } = ticksOf(scale);
  if (Array.isArray(stops)) {
    scale.ticks = stops
      .filter((stop): stop is number => isNumber(stop) && stop >= min && stop <= max)
      .map(value => ({ value }));
    return;
  }
  if (!(min > 0) || max / min < 2) return;
  const most = scale.chart.width < NARROW ? 1 : MOST_DECADES;
  const steps = Math.log10(max / min) > most ? [1] : [1, 2, 5];
  const ticks: { value: number }[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++) {
    for (const step of steps) {
      const value = Number((step * 10 ** power).toPrecision(6));
      if (value >= min && value <= max) ticks.push({ value });
    }
  }
  scale.ticks = ticks;
}

function writeTick(this: Scale, value: number | string): string {
  const { format, suffix } = ticksOf(this);
  return new Intl.NumberFormat('en', format).format(Number(value)) + (isText(suffix) ? suffix : '');
}
