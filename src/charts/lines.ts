/**
 * Values over time: one slot a bucket on a category axis, since Chart.js has no time axis in pure JSON;
 * ribbons for intervals, shaded bands.
 */
import type { ChartSeries, LinesSpec } from '../core/chart-spec.ts';
import type { Instant } from '../core/time/instant.ts';
import { type Frame, type Parts, rightRoom } from './config.ts';
import { cutEnd, isolate, tidy, widthOf } from './labels.ts';
import { pick } from './theme.ts';
import { tickLabels } from './time-axis.ts';
import { bandsIn, slotsOfSeries, timeScales, valuesIn } from './time-series.ts';

/** A line's name at its end takes at most this share of the width. */
const END_LABEL_SHARE = 0.26;
const CHAT_END_LABEL_SHARE = 0.31;
const PLOT_HEIGHT = 300;
const CHAT_HEIGHT = 250;
/** What bold letters are wider than the estimate for regular ones. */
const BOLD = 1.06;
/** Opacity of a ribbon, two hexadecimal digits: of one among several, and of a lone line's. */
const RIBBON = '24';
const LONE_RIBBON = 'bf';
/** On a phone the days stand close, and closer beside names. */
const MOST_CHAT_TICKS = { lone: 4, named: 3 };
/** More colours than that nobody tells apart. */
export const MOST_COLORED = 5;

/** CSS pixels of plot and axes. */
export const linesHeight = ({ chat }: Pick<Frame, 'chat'>): number => (chat ? CHAT_HEIGHT : PLOT_HEIGHT);

/** Names for the lines' ends, and the CSS pixels that they take. */
export function endNames(
  names: readonly string[],
  { width, type, chat }: Pick<Frame, 'width' | 'type' | 'chat'>,
): { names: string[]; room: number } {
  const em = (width * (chat ? CHAT_END_LABEL_SHARE : END_LABEL_SHARE)) / type.value / BOLD;
  const cut = names.map(name => isolate(cutEnd(tidy(name), em)));
  return { names: cut, room: Math.max(0, ...cut.map(widthOf)) * type.value * BOLD + 8 };
}

/** The lines' part of a configuration. @throws UserError when a point's `x` is no instant. */
export function linesParts(spec: LinesSpec, frame: Frame): Parts {
  const { theme, type, chat } = frame;
  const slots = slotsOfSeries(spec.series);
  const lone = spec.series.length === 1;
  const colored = spec.series.filter(({ muted }) => !muted).slice(0, MOST_COLORED);
  const others = spec.series.filter(({ muted }) => !muted).length - colored.length;
  const named = spec.series.filter(series => series.muted || colored.includes(series));
  const { names, room } = endNames(
    named.map(({ label }) => label),
    frame,
  );
  const bands = bandsIn(slots, spec.bands);
  const unit = others > 0 ? `${spec.unit}; ${others} others in grey` : spec.unit;
  return {
    type: 'line',
    data: {
      labels: tickLabels(slots, spec.zone, chat ? MOST_CHAT_TICKS[lone ? 'lone' : 'named'] : undefined),
      datasets: spec.series.flatMap(series => {
        const label = names[named.indexOf(series)] ?? '';
        const style = {
          label,
          ...(series.muted
            ? { borderColor: theme.soft, borderWidth: 1.75, borderDash: [5, 3] }
            : label === ''
              ? { borderColor: theme.midpale, borderWidth: 1, order: 2 }
              : lone
                ? { borderColor: theme.mid, borderWidth: 2.5 }
                : { borderColor: pick(theme.lines, colored.indexOf(series)), borderWidth: 2 }),
        };
        const ribbon = lone ? `${theme.midpale}${LONE_RIBBON}` : `${style.borderColor}${RIBBON}`;
        return datasetsOf(series, { ...style, ribbon }, slots, spec.format);
      }),
    },
    options: {
      scales: {
        ...timeScales({ ...spec, unit }, { theme, type, slots, banded: bands.length > 0 }),
        right: rightRoom(lone ? 3.4 * type.value : room),
      },
      plugins: {
        endLabels: { format: spec.format },
        ...(!lone && {
          legend: { align: 'start', labels: { boxWidth: 16, boxHeight: 2, color: theme.ink } },
        }),
        ...(bands.length > 0 && {
          bands: { color: theme.band, hatch: theme.midpale, labelColor: theme.soft, list: bands },
        }),
      },
    },
  };
}

/** A line, and below it the two edges of its ribbon where its points have intervals. */
function datasetsOf(
  series: ChartSeries,
  { ribbon, ...style }: { label: string; borderColor: string; ribbon: string },
  slots: readonly Instant[],
  format: LinesSpec['format'],
): Parts['data']['datasets'] {
  const data = valuesIn(slots, series, format);
  const alone = (index: number) => data[index] !== null && data[index - 1] == null && data[index + 1] == null;
  const line = {
    ...style,
    backgroundColor: style.borderColor,
    data,
    pointRadius: data.some((_, index) => alone(index)) ? data.map((_, index) => (alone(index) ? 3 : 0)) : 0,
  };
  if (!series.points.some(({ low, high }) => low !== undefined && high !== undefined)) return [line];
  const edge = {
    label: '',
    pointRadius: 0,
    borderWidth: 0,
    backgroundColor: ribbon,
    order: 1,
  };
  return [
    line,
    { ...edge, data: valuesIn(slots, series, format, 'low') },
    { ...edge, data: valuesIn(slots, series, format, 'high'), fill: '-1' },
  ];
}
