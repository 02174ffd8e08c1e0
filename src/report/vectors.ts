/** Sparklines, interval bars and circles as marks of a vector: what stands in rows, without text. */
import type { Mark } from './boxes.ts';
import type { Spark } from './panels.ts';
import { COLOR } from './style.ts';

/** Points. */
const LINE = 1.1;
const RISE_LINE = 1.6;
const DOT = 2.2;
const FRIDAY = 3;
const BAR_HEIGHT = 6;
const ESTIMATE = { width: 1.5, height: 10.5 };
const CIRCLE = 3.1;

/** Values from zero at the foot; the rise in the warm colour where it is called. */
export function sparkMarks(
  { values, rise, called, fridays, typical }: Spark,
  width: number,
  height: number,
): Mark[] {
  const most = Math.max(...values.map(value => value ?? 0), typical?.[1] ?? 0, 1);
  const [right, low] = [width - DOT - 1, height - 1];
  const step = values.length > 1 ? (right - 1) / (values.length - 1) : 0;
  const placeX = (at: number): number => 1 + at * step;
  const placeY = (value: number): number => low - (value / most) * (low - DOT - 1);
  const points = values.map((value, at) => (value === null ? null : ([placeX(at), placeY(value)] as const)));
  const begins = Math.min(Math.max(rise ?? points.length - 1, 0), points.length - 1);
  const [before, within] = [points.slice(0, begins + 1), points.slice(begins)];
  const end = points.findLast(point => point !== null);
  const color = called ? COLOR.signal : COLOR.bar;
  return [
    ...fridays.map((at): Mark => {
      const x = placeX(at) - FRIDAY / 2;
      return { kind: 'rect', x, y: 0, width: FRIDAY, height, color: COLOR.band };
    }),
    ...(typical ? [bandMark(typical, placeY, right)] : []),
    ...lineMarks(before, LINE, COLOR.bar),
    ...lineMarks(within, RISE_LINE, color),
    ...(end
      ? [{ kind: 'dot' as const, x: end[0], y: end[1], radius: DOT, color, fill: 'whole' as const }]
      : []),
  ];
}

const bandMark = (
  [low, high]: readonly [number, number],
  placeY: (value: number) => number,
  right: number,
): Mark => ({
  kind: 'rect',
  x: 1,
  y: placeY(high),
  width: right - 1,
  height: Math.max(placeY(low) - placeY(high), 1),
  color: COLOR.barPale,
});

type Point = readonly [x: number, y: number];

/** A line through these points, broken where there is none; one that stands alone is a dot. */
export function lineMarks(points: readonly (Point | null)[], width: number, color: string): Mark[] {
  const stretches: Point[][] = [[]];
  for (const point of points) {
    if (point) stretches.at(-1)?.push(point);
    else stretches.push([]);
  }
  return stretches.flatMap((stretch): Mark[] => {
    const [first, second] = stretch;
    if (!first) return [];
    return second
      ? [{ kind: 'line', points: stretch, width, color }]
      : [{ kind: 'dot', x: first[0], y: first[1], radius: width / 2, color, fill: 'whole' }];
  });
}

/** A log axis of factors, from a little below the least to the most. */
export interface Scale {
  from: number;
  until: number;
  ticks: number[];
}

const TICKS = [
  [1, 1.5, 2, 3],
  [1, 2, 3, 5],
  [1, 3, 10, 30],
  [1, 3, 10, 30, 100],
  [1, 10, 100, 1000],
];
/** Intervals that reach lower are cut: what matters is above one. */
const LOWEST = 0.5;
const HIGHEST = 3000;

/** The axis that holds all of these intervals; 1 is always on it. */
export function scaleOf(intervals: readonly { low: number; high: number }[]): Scale {
  const most = Math.min(Math.max(1.6, ...intervals.map(({ high }) => high)), HIGHEST);
  const least = Math.max(LOWEST, Math.min(1, ...intervals.map(({ low }) => low)));
  const ticks = TICKS.find(each => most <= (each.at(-1) as number) * 1.4) ?? (TICKS.at(-1) as number[]);
  return { from: least, until: most, ticks: ticks.filter(tick => tick <= most) };
}

/** Points from the left of a logarithmic scale of that width; what lies beyond its ends is put on them. */
export const placeOn = ({ from, until }: Scale, value: number, width: number): number => {
  const share = (Math.log(value) - Math.log(from)) / (Math.log(until) - Math.log(from));
  return Math.min(Math.max(share, 0), 1) * width;
};

/**
 * Solid from 1× to the low end, pale from there to the high one, a mark at the estimate; where the low end is
 * below 1× all of it is pale. Grid and the dashed line of 1× run through from row to row.
 */
export function intervalMarks(
  { low, value, high, called }: { low: number; value: number; high: number; called: boolean },
  scale: Scale,
  { width, height }: { width: number; height: number },
): Mark[] {
  const at = (factor: number): number => placeOn(scale, factor, width);
  const y = (height - BAR_HEIGHT) / 2;
  const bar = (from: number, until: number, color: string): Mark[] =>
    until > from
      ? [
          {
            kind: 'rect',
            x: at(from),
            y,
            width: Math.max(at(until) - at(from), 0.5),
            height: BAR_HEIGHT,
            color,
          },
        ]
      : [];
  return [
    ...axisMarks(scale, { width, height }),
    ...bar(Math.max(low, scale.from), high, called ? COLOR.signalPale : COLOR.barPale),
    ...bar(1, low, called ? COLOR.signal : COLOR.bar),
    {
      kind: 'rect',
      x: at(value) - ESTIMATE.width / 2,
      y: (height - ESTIMATE.height) / 2,
      ...ESTIMATE,
      color: COLOR.ink,
    },
  ];
}

/** The ticks' grid lines and the dashed line of what was expected, as high as a row. */
export function axisMarks(scale: Scale, { width, height }: { width: number; height: number }): Mark[] {
  return scale.ticks.map((tick): Mark => {
    const x = placeOn(scale, tick, width);
    const points = [
      [x, 0],
      [x, height],
    ] as const;
    return tick === 1
      ? { kind: 'line', points, width: 0.75, color: COLOR.ink, dash: [1.5, 2.25] }
      : { kind: 'line', points, width: 0.75, color: COLOR.rule };
  });
}

/** A circle whose fill is the certainty. */
export const verdictMark = (fill: 'whole' | 'half' | 'none', height: number): Mark => ({
  kind: 'dot',
  x: CIRCLE,
  y: height / 2,
  radius: CIRCLE,
  color: fill === 'whole' ? COLOR.signal : COLOR.bar,
  fill,
});
