/** Sparklines: name, a line without axes on its own scale, and the last value, one row for each series. */
import type { SparklinesSpec } from '../core/chart-spec.ts';
import { type Frame, formatValue, type Parts, rightRoom, sideRoom } from './config.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import { slotsOfSeries, unitAxis, valuesIn } from './time-series.ts';

const ROW_HEIGHT = 34;
const UNIT_HEIGHT = 24;
/** Names take at most this share of the width. */
const NAME_SHARE = 0.34;
/** Of a row's height, above and below its line. */
const AIR = 0.22;

/** CSS pixels of all rows and the unit. */
export const sparklinesHeight = ({ series, unit }: SparklinesSpec): number =>
  series.length * ROW_HEIGHT + (unit === '' ? 0 : UNIT_HEIGHT);

/** The rows' part of a configuration. @throws UserError when a point's `x` is no instant. */
export function sparklinesParts(spec: SparklinesSpec, frame: Frame): Parts {
  const { theme, width, type, chat } = frame;
  const slots = slotsOfSeries(spec.series);
  const rows = spec.series.map((series, index) => {
    const data = valuesIn(slots, series, spec.format);
    const numbers = data.filter(value => value !== null);
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    // A line that never moves runs through the middle.
    const air = (most - least || Math.abs(most) || 1) * AIR;
    return {
      axis: `y${index}`,
      label: isolate(cutEnd(tidy(series.label), (width * NAME_SHARE) / type.label)),
      data,
      last: numbers.length > 0 ? formatValue(numbers.at(-1) as number, spec.format) : '–',
      color: series.muted ? theme.edge : theme.mid,
      min: numbers.length > 0 ? least - air : 0,
      max: numbers.length > 0 ? most + air : 1,
    };
  });
  const room = (texts: string[], size: number) => Math.max(0, ...texts.map(widthOf)) * size + 14;
  const left = sideRoom(
    room(
      rows.map(({ label }) => label),
      type.label,
    ),
  );
  return {
    type: 'line',
    data: {
      labels: slots.map(() => ''),
      datasets: rows.map(({ axis, label, data, color }) => ({
        label,
        data,
        yAxisID: axis,
        borderColor: color,
        backgroundColor: color,
        borderWidth: 1.5,
        pointRadius: slots.length === 1 ? 3 : 0,
      })),
    },
    options: {
      scales: {
        x: { display: false, ...(slots.length === 1 && { offset: true }) },
        ...Object.fromEntries(
          // Chart.js fills a stack of y axes from below.
          rows.toReversed().map(({ axis, min, max }) => [
            axis,
            {
              axis: 'y' as const,
              position: 'left' as const,
              stack: 'rows',
              min: Number(min.toPrecision(6)),
              max: Number(max.toPrecision(6)),
              ...left,
            },
          ]),
        ),
        right: rightRoom(
          room(
            rows.map(({ last }) => last),
            type.value,
          ),
        ),
        ...(spec.unit !== '' && {
          unit: unitAxis(chat ? spec.unit : `${spec.unit}, each on a scale of its own`, frame, 6),
        }),
      },
      plugins: {
        rowLabels: { ink: theme.ink, rule: theme.line, last: rows.map(({ last }) => last) },
        legend: { align: 'start', labels: { boxWidth: 12, boxHeight: 2, color: theme.ink } },
      },
    },
  };
}
