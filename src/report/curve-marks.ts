/** What stands around a course with axes: the day on which the rise begins, and what was not read. */
import type { Mark, Measure } from './boxes.ts';
import { COLOR, TYPE } from './style.ts';

/** Points from hatching line to hatching line. */
const APART = 6;
const HALO = 4;
/** Points of the two lines that name the rise. */
const NAME_HEIGHT = 25;
/** How far down a free place is looked for. */
const STEP = 12;

export type Point = readonly [x: number, y: number];

interface Plot {
  left: number;
  right: number;
  top: number;
  foot: number;
}

/** A dotted line, and its day at the side that the rise is not on: where the course leaves room for it. */
export function riseMarks(
  day: string,
  { x, plot, points }: { x: number; plot: Plot; points: readonly Point[] },
  measure: Measure,
): { line: Mark; name: Mark[] } {
  const { left, top, foot } = plot;
  const bold = { ...TYPE.small, bold: true };
  const words = 'the rise begins';
  const wide = Math.max(measure(day, bold), measure(words, TYPE.small));
  const right = x - wide - 6 > left ? x - 5 : x + 5 + wide;
  const [from, until] = [right - wide - HALO, right + HALO];
  const isFree = (y: number): boolean =>
    !points.some(
      ([at, height]) => at >= from && at <= until && height > y - 3 && height < y + NAME_HEIGHT + 3,
    );
  const places = Array.from(
    { length: Math.floor((foot - top - NAME_HEIGHT) / STEP) },
    (_, n) => top + 3 + n * STEP,
  );
  const y = places.find(isFree) ?? top + 3;
  return {
    line: {
      kind: 'line',
      points: [
        [x, top],
        [x, foot],
      ],
      width: 1,
      color: COLOR.ink,
      dash: [1.5, 2],
    },
    name: [
      // A ground, so that the words are read over course, grid and shade.
      { kind: 'rect', x: from, y, width: wide + 2 * HALO - 3, height: NAME_HEIGHT, color: COLOR.paper },
      { kind: 'text', x: right - measure(day, bold), y: y + 9, text: day, font: bold, color: COLOR.ink },
      {
        kind: 'text',
        x: right - measure(words, TYPE.small),
        y: y + 21,
        text: words,
        font: TYPE.small,
        color: COLOR.ink,
      },
    ],
  };
}

/** From the first place to the last of each stretch that has no value. */
export function gapsIn(values: readonly (number | null)[]): [first: number, last: number][] {
  const gaps: [number, number][] = [];
  values.forEach((value, at) => {
    const gap = gaps.at(-1);
    if (value !== null) return;
    if (gap?.[1] === at - 1) gap[1] = at;
    else gaps.push([at, at]);
  });
  return gaps;
}

/** Thin lines that rise to the right: of what is behind them nothing is known. */
export function hatchMarks(from: number, until: number, { top, foot }: Pick<Plot, 'top' | 'foot'>): Mark[] {
  const height = foot - top;
  const many = Math.max(Math.ceil((until - from + height) / APART), 0);
  return Array.from({ length: many }, (_, n) => from - height + n * APART).flatMap((start): Mark[] => {
    const [low, high] = [Math.max(start, from), Math.min(start + height, until)];
    const at = (x: number): Point => [x, foot - (x - start)];
    return high > low
      ? [{ kind: 'line', points: [at(low), at(high)], width: 0.5, color: COLOR.barPale }]
      : [];
  });
}
