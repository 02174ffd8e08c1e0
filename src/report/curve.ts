/** The leading story's course on the cover, with axes: a line from zero, Fridays shaded, the rise marked. */
import type { Mark, Measure } from './boxes.ts';
import type { Curve } from './panels.ts';
import { COLOR, TYPE } from './style.ts';

const AXIS = TYPE.small;
/** Points: room for the numbers at the left, for the last value at the right, for the days below. */
const LEFT = 24;
const RIGHT = 44;
const TOP = 20;
const BOTTOM = 16;
const LINE = 1.9;
const DOT = 3;
const FRIDAY = 4;
/** Labels of days, every so many, back from the last. */
const DAYS_APART = 14;

/** A number of 1, 2 or 5 times a power of ten, of which four or five reach up to the most. */
export function stepFor(most: number): number {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find(times => times * power >= rough) ?? 10) * power;
  return Math.max(step, 1);
}

/**
 * Draws the cover's curve into `width` × `height` points: axes, days, Bandcamp Fridays, where the rise
 * begins.
 */
export function curveMarks(curve: Curve, width: number, height: number, measure: Measure): Mark[] {
  const { days, fridays, rise, called, last, unit } = curve;
  const values = days.map(({ value }) => value);
  const step = stepFor(Math.max(1, ...values));
  const top = Math.ceil(Math.max(1, ...values) / step) * step;
  const [right, foot] = [width - RIGHT, height - BOTTOM];
  const placeX = (at: number): number =>
    LEFT + (days.length > 1 ? (at / (days.length - 1)) * (right - LEFT) : right - LEFT);
  const placeY = (value: number): number => foot - (value / top) * (foot - TOP);
  const text = (
    words: string,
    x: number,
    y: number,
    change: Partial<Mark & { kind: 'text' }> = {},
  ): Mark => ({
    kind: 'text',
    x,
    y,
    text: words,
    font: AXIS,
    color: COLOR.muted,
    ...change,
  });
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, n) => n * step);
  const grid = ticks.flatMap((tick): Mark[] => {
    const y = placeY(tick);
    const label = tick.toLocaleString('en');
    return [
      {
        kind: 'line',
        points: [
          [LEFT, y],
          [right, y],
        ],
        width: 0.75,
        color: tick === 0 ? COLOR.edge : COLOR.rule,
      },
      text(label, LEFT - 6 - measure(label, AXIS), y + 2.9),
    ];
  });
  const shades = fridays.map(
    (at): Mark => ({
      kind: 'rect',
      x: placeX(at) - FRIDAY / 2,
      y: TOP,
      width: FRIDAY,
      height: foot - TOP,
      color: COLOR.band,
    }),
  );
  const named = fridays.at(-1);
  const fridayName = 'Bandcamp Friday';
  const dayNames = days.flatMap(({ day }, at): Mark[] => {
    if ((days.length - 1 - at) % DAYS_APART !== Math.min(6, days.length - 1)) return [];
    const wide = measure(day, AXIS);
    return [text(day, Math.min(Math.max(placeX(at) - wide / 2, 0), width - wide), height - 3)];
  });
  const points = values.map((value, at) => [placeX(at), placeY(value)] as const);
  const end = points.at(-1);
  const color = called ? COLOR.signal : COLOR.bar;
  return [
    ...shades,
    ...grid,
    ...(named === undefined
      ? []
      : [
          text(
            fridayName,
            Math.min(
              Math.max(placeX(named) - measure(fridayName, AXIS) / 2, LEFT),
              right - measure(fridayName, AXIS),
            ),
            TOP - 6,
          ),
        ]),
    ...(rise ? riseMarks(rise, { x: placeX(rise.at), top: TOP, foot }, measure) : []),
    ...(points.length > 1 ? [{ kind: 'line' as const, points, width: LINE, color }] : []),
    ...(end
      ? [
          { kind: 'dot' as const, x: end[0], y: end[1], radius: DOT, color, fill: 'whole' as const },
          text(last, end[0] + 7, end[1] + 1, { color, font: { ...AXIS, bold: true } }),
          text(unit, end[0] + 7, end[1] + 11),
        ]
      : []),
    ...dayNames,
  ];
}

/** A dotted line with its day, at the side that the rise is not on. */
function riseMarks(
  { text: day }: NonNullable<Curve['rise']>,
  { x, top, foot }: { x: number; top: number; foot: number },
  measure: Measure,
): Mark[] {
  const bold = { ...AXIS, bold: true };
  const words = 'the rise begins';
  const wide = Math.max(measure(day, bold), measure(words, AXIS));
  const side = x - wide - 6 > LEFT ? x - 5 : x + 5 + wide;
  return [
    {
      kind: 'line',
      points: [
        [x, top],
        [x, foot],
      ],
      width: 1,
      color: COLOR.ink,
      dash: [1.5, 2],
    },
    // A halo, so that the words are read over grid and shade.
    { kind: 'rect', x: side - wide - 2, y: top + 3, width: wide + 4, height: 25, color: COLOR.paper },
    {
      kind: 'text',
      x: side - measure(day, bold),
      y: top + 12,
      text: day,
      font: bold,
      color: COLOR.ink,
    },
    { kind: 'text', x: side - measure(words, AXIS), y: top + 24, text: words, font: AXIS, color: COLOR.ink },
  ];
}
