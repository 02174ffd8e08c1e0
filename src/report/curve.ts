/**
 * The leading story's course on the cover, with axes: a line from zero, Fridays shaded, the rise marked, what
 * was not read hatched.
 */
import type { Mark, Measure } from './boxes.ts';
import { gapsIn, hatchMarks, riseMarks } from './curve-marks.ts';
import type { Curve } from './panels.ts';
import { COLOR, TYPE } from './style.ts';
import { lineMarks } from './vectors.ts';

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
  const most = Math.max(1, ...values.map(value => value ?? 0));
  const step = stepFor(most);
  const top = Math.ceil(most / step) * step;
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
  const gaps = gapsIn(values).map(([first, last]) => ({
    from: Math.max(placeX(first - 0.5), LEFT),
    until: Math.min(placeX(last + 0.5), right),
  }));
  const widest = gaps.toSorted((a, b) => b.until - b.from - (a.until - a.from))[0];
  const lastFriday = fridays.at(-1);
  const dayNames = days.flatMap(({ day }, at): Mark[] => {
    if ((days.length - 1 - at) % DAYS_APART !== Math.min(6, days.length - 1)) return [];
    const wide = measure(day, AXIS);
    return [text(day, Math.min(Math.max(placeX(at) - wide / 2, 0), width - wide), height - 3)];
  });
  const points = values.map((value, at) => (value === null ? null : ([placeX(at), placeY(value)] as const)));
  const shown = points.filter(point => point !== null);
  const end = shown.at(-1);
  const color = called ? COLOR.signal : COLOR.bar;
  const plot = { left: LEFT, right, top: TOP, foot };
  const rising = rise && riseMarks(rise.text, { x: placeX(rise.at), plot, points: shown }, measure);
  const lastFont = { ...AXIS, bold: true };
  const endWidth = Math.max(measure(last, lastFont), measure(unit, AXIS));
  return [
    ...shades,
    ...gaps.flatMap(({ from, until }) => hatchMarks(from, until, plot)),
    ...grid,
    ...bandNames(
      [
        ...(lastFriday === undefined ? [] : [{ text: 'Bandcamp Friday', at: placeX(lastFriday) }]),
        ...(widest ? [{ text: 'no data', at: (widest.from + widest.until) / 2 }] : []),
      ],
      plot,
      measure,
    ).map(({ text: name, x }) => text(name, x, TOP - 6)),
    ...(rising ? [rising.line] : []),
    ...lineMarks(points, LINE, color),
    ...(rising?.name ?? []),
    ...(end
      ? [
          ...(end[0] < right
            ? [
                {
                  kind: 'rect' as const,
                  x: end[0] + 5,
                  y: end[1] - 8,
                  width: endWidth + 4,
                  height: 23,
                  color: COLOR.paper,
                },
              ]
            : []),
          { kind: 'dot' as const, x: end[0], y: end[1], radius: DOT, color, fill: 'whole' as const },
          text(last, end[0] + 7, end[1] + 1, { color, font: lastFont }),
          text(unit, end[0] + 7, end[1] + 11),
        ]
      : []),
    ...dayNames,
  ];
}

/** Names above the plot, each in the middle of what it names; the second gives way to the first. */
function bandNames(
  names: readonly { text: string; at: number }[],
  { left, right }: { left: number; right: number },
  measure: Measure,
): { text: string; x: number }[] {
  const placed: { text: string; x: number; until: number }[] = [];
  for (const { text, at } of names) {
    const wide = measure(text, AXIS);
    const x = Math.min(Math.max(at - wide / 2, left), right - wide);
    if (placed.every(other => x > other.until + 6 || x + wide + 6 < other.x))
      placed.push({ text, x, until: x + wide });
  }
  return placed;
}
