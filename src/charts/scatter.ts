/** Two numbers of each subject, such as its size against its lift; the most remarkable are named. */
import type { ChartFormat, ScatterPoint, ScatterSpec } from '../core/chart-spec.ts';
import { configValue, type Frame, type Parts, rightRoom, tickFormat } from './config.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import { niceTop } from './multiples.ts';
import { ratioStops } from './ratio-axis.ts';
import { pick } from './theme.ts';
import { unitAxis } from './time-series.ts';

const PLOT_HEIGHT = 400;
const CHAT_HEIGHT = 340;
/** A logarithmic axis from this ratio of the largest to the smallest value on. */
const LOG_FROM = 12;
const NAME_SHARE = 0.24;
/** With more names it is no longer clear which point each belongs to. */
const MOST_NAMED = 14;
const MOST_CHAT_NAMED = 8;

/** CSS pixels of plot and axes. */
export const scatterHeight = ({ chat }: Pick<Frame, 'chat'>): number => (chat ? CHAT_HEIGHT : PLOT_HEIGHT);

/** The points' part of a configuration. */
export function scatterParts(spec: ScatterSpec, frame: Frame): Parts {
  const { theme, width, type, chat } = frame;
  const points = spec.series.flatMap(series => series.points);
  const intervals = points.some(({ low, high }) => low !== undefined && high !== undefined);
  const value = ({ x, y }: ScatterPoint) => ({
    x: configValue(x, spec.xFormat),
    y: configValue(y, spec.format),
  });
  const lone = spec.series.length === 1;
  const upward = axisOf(
    [
      ...points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]),
      spec.reference?.value ?? points[0]?.y ?? 1,
    ].map(each => configValue(each, spec.format)),
    spec.format,
  );
  return {
    type: 'scatter',
    data: {
      datasets: spec.series.flatMap((series, index): Parts['data']['datasets'] => {
        const color = lone ? theme.mid : pick(theme.lines, index);
        const dots = {
          label: tidy(series.label),
          data: series.points.map(value),
          pointRadius: points.length > 30 ? 4 : 5,
          borderColor: theme.paper,
          borderWidth: 1,
          backgroundColor: color,
        };
        if (!intervals) return [dots];
        const whiskers = series.points.flatMap(point =>
          point.low === undefined || point.high === undefined
            ? []
            : [
                { x: value(point).x, y: configValue(point.low, spec.format) },
                { x: value(point).x, y: configValue(point.high, spec.format) },
                { x: value(point).x, y: null },
              ],
        );
        return [
          dots,
          {
            label: '',
            data: whiskers,
            showLine: true,
            pointRadius: 0,
            borderWidth: 1.25,
            borderColor: lone ? theme.midpale : `${color}59`,
            order: 1,
          },
        ];
      }),
    },
    options: {
      scales: {
        x: {
          ...axisOf(
            points.map(({ x }) => configValue(x, spec.xFormat)),
            spec.xFormat,
          ),
          grid: { color: theme.line, drawTicks: false },
          border: { color: theme.edge },
          ticks: { color: theme.soft, maxRotation: 0, padding: 4, ...tickFormat(spec.xFormat) },
          title: {
            display: true,
            align: 'end',
            color: theme.soft,
            font: { size: type.unit },
            text: tidy(spec.xUnit),
          },
        },
        y: {
          ...upward,
          grid: { color: theme.line, drawTicks: false },
          border: { display: false },
          ticks: {
            color: theme.soft,
            padding: 6,
            ...tickFormat(spec.format),
            ...(spec.format === 'ratio' &&
              upward.type === 'logarithmic' && {
                stops: ratioStops(upward.min, upward.max),
                suffix: '×',
              }),
          },
        },
        unit: unitAxis(spec.unit, frame, 2, 'linear'),
        ...(spec.reference && {
          right: { type: 'linear', ...rightRoom(widthOf(spec.reference.label) * type.tick + 6) },
        }),
      },
      plugins: {
        pointLabels: {
          most: chat ? MOST_CHAT_NAMED : MOST_NAMED,
          color: theme.ink,
          ground: theme.paper,
          names: spec.series.map(({ points }) =>
            points.map(({ name }) => isolate(cutEnd(tidy(name), (width * NAME_SHARE) / type.tick))),
          ),
        },
        ...(!lone && {
          legend: {
            display: true,
            align: 'start',
            labels: { boxWidth: 10, boxHeight: 10, color: theme.ink, font: { size: type.tick } },
          },
        }),
        ...(spec.reference && {
          referenceLine: {
            value: configValue(spec.reference.value, spec.format),
            label: tidy(spec.reference.label),
            color: theme.ink,
            axis: 'y' as const,
          },
        }),
      },
    },
  };
}

/**
 * From zero, or logarithmic between round numbers where the values are of different orders; of ratios always.
 */
function axisOf(values: readonly number[], format: ChartFormat) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (format === 'ratio' && least > 0)
    return { type: 'logarithmic' as const, min: 1 / niceTop(1.05 / least), max: niceTop(most * 1.05) };
  if (least > 0 && most / least >= LOG_FROM) {
    return { type: 'logarithmic' as const, min: 1 / niceTop(1 / least), max: niceTop(most * 1.05) };
  }
  return {
    type: 'linear' as const,
    beginAtZero: true,
    // Not `max`, which would stand beside the last round tick.
    suggestedMax: niceTop(most * 1.05),
    ...(format === 'count' && least >= 0 && { min: 0 }),
  };
}
