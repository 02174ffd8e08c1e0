/**
 * The methods that a backtest compares: ours, and what one would try first. Each sees only the days before
 * its origin.
 */

import { DAY } from '../core/time/instant.ts';
import { BASELINE_DAYS, BASELINE_WEEKS, LEAST_BASELINE_COVERAGE, splitHistory } from '../core/time/window.ts';
import { expectationOf, weightsOf } from '../stats/expected.ts';
import { fitPrior, lowestLift } from '../stats/lift.ts';
import { breadthOf, judgeTrends, measureTrends } from '../stats/trend.ts';
import type { DayCounts } from './day-counts.ts';

export const WINDOW_DAYS = 7;

/**
 * For each subject, by its index: how much it is thought to rise, and whether it is called so (never, by a
 * method without a limit).
 */
interface Verdict {
  score: Float64Array;
  called: Set<number>;
}

export interface Method {
  name: string;
  judge(counts: DayCounts, origin: number): Verdict;
}

/** Sales (or counted sales) of a subject from a day until before another. */
function sold(
  values: ArrayLike<number>,
  width: number,
  subject: number,
  from: number,
  until: number,
): number {
  let all = 0;
  for (let day = Math.max(0, from); day < until; day += 1) all += values[day * width + subject] ?? 0;
  return all;
}

const LEAST_SALES = 5;
/** A z-score that is usually taken for a signal. */
const SIGNAL = 3;

function byScore(
  name: string,
  of: (counts: DayCounts, subject: number, origin: number) => number,
  signal?: number,
): Method {
  return {
    name,
    judge(counts, origin) {
      const score = Float64Array.from(counts.keys, (_, subject) => of(counts, subject, origin));
      const called = new Set<number>();
      if (signal !== undefined)
        for (const [subject, value] of score.entries()) if (value >= signal) called.add(subject);
      return { score, called };
    },
  };
}

/** Now and before, by raw sales: the last seven days and the mean of as many in the weeks before. */
const growth = (weeks: number) => (counts: DayCounts, subject: number, origin: number) => {
  const { sales, keys } = counts;
  const from = origin - WINDOW_DAYS;
  const now = sold(sales, keys.length, subject, from, origin);
  const before = sold(sales, keys.length, subject, from - 7 * weeks, from) / weeks;
  return now < LEAST_SALES ? 0 : now / (before + 1);
};

function poissonZ({ sales, keys }: DayCounts, subject: number, origin: number): number {
  const from = origin - WINDOW_DAYS;
  const now = sold(sales, keys.length, subject, from, origin);
  const before =
    (sold(sales, keys.length, subject, from - BASELINE_DAYS, from) * WINDOW_DAYS) / BASELINE_DAYS;
  return (now - before) / Math.sqrt(before + 1);
}

/**
 * The last day against an exponentially weighted mean and variance of the days before (Roberts 1959, λ =
 * 0.2).
 */
function ewmaZ({ sales, keys }: DayCounts, subject: number, origin: number): number {
  let [mean, variance] = [0, 0];
  for (let day = Math.max(0, origin - WINDOW_DAYS - BASELINE_DAYS); day < origin - 1; day += 1) {
    const off = (sales[day * keys.length + subject] ?? 0) - mean;
    mean += 0.2 * off;
    variance = 0.8 * (variance + 0.2 * off * off);
  }
  return ((sales[(origin - 1) * keys.length + subject] ?? 0) - mean) / Math.sqrt(variance + 1);
}

/** Days of history with which a service is asked that has just begun to read. */
export const HISTORIES = [2, 4, 7, 14, 28];

/**
 * The first day of the window before an origin, and of the baseline before that: as a service asks that has
 * read so many days.
 */
export function spanOf(origin: number, history = Infinity): { from: number; since: number } {
  const from = origin - WINDOW_DAYS;
  const since = Math.max(from - BASELINE_DAYS, origin - history);
  if (from - since >= LEAST_BASELINE_COVERAGE * BASELINE_DAYS) return { from, since };
  const split = splitHistory({ from: from * DAY, until: origin * DAY }, since * DAY);
  if (!split) throw new RangeError(`${history} days of history hold nothing to compare with`);
  return { from: split.window.from / DAY, since };
}

/** Window, baseline and totals as our statistics take them. */
function slicesOf(counts: DayCounts, origin: number, history?: number) {
  const { from, since } = spanOf(origin, history);
  const width = counts.keys.length;
  const days = Array.from({ length: origin - from }, (_, at) => from + at);
  const totals = {
    window: days.map(day => counts.totalCounted[day] ?? 0),
    baseline: sold(counts.totalCounted, 1, 0, since, from),
  };
  const subjects = counts.keys.map((_, key) => ({
    key,
    window: days.map(day => counts.counted[day * width + key] ?? 0),
    baseline: sold(counts.counted, width, key, since, from),
  }));
  return { totals, subjects, from, since };
}

const trends =
  (history?: number) =>
  (counts: DayCounts, origin: number): Verdict => {
    const { totals, subjects, from, since } = slicesOf(counts, origin, history);
    const measurement = measureTrends(subjects, totals);
    const breadths = new Map(
      measurement.subjects
        .filter(({ candidate }) => candidate)
        .map(subject => {
          const who = counts.contributions(subject.key, since, from, origin);
          return [subject.key, breadthOf(subject, who, measurement)] as const;
        }),
    );
    const score = new Float64Array(counts.keys.length);
    const called = new Set<number>();
    for (const { key, low, trending } of judgeTrends(measurement, breadths)) {
      score[key] = low;
      // Of a young history less than three days are never called.
      if (trending && origin - from >= 3) called.add(key);
    }
    return { score, called };
  };

/** EB05 of unweighted counted sales: under a fixed prior, or under one fitted to all subjects. */
const plainLift = (fitted: boolean) => (counts: DayCounts, origin: number) => {
  const { totals, subjects } = slicesOf(counts, origin);
  const weights = weightsOf(totals, true);
  const expectations = subjects.map(subject => expectationOf(subject, totals, weights));
  const prior = fitted ? fitPrior(expectations) : undefined;
  const score = Float64Array.from(expectations, ({ observed, expected }) =>
    lowestLift(observed, expected, prior),
  );
  return { score, called: new Set<number>() };
};

export const METHODS: readonly Method[] = [
  { name: 'ours', judge: trends() },
  ...HISTORIES.map(days => ({ name: `ours, ${days} days read`, judge: trends(days) })),
  { name: 'capped EB05', judge: plainLift(false) },
  { name: 'capped EB05, fitted mixture', judge: plainLift(true) },
  byScore(`${BASELINE_DAYS}-day growth`, growth(BASELINE_WEEKS)),
  byScore('7-day growth', growth(1)),
  byScore('Poisson z', poissonZ, SIGNAL),
  byScore('EWMA z', ewmaZ, SIGNAL),
  byScore('raw count', ({ sales, keys }, subject, origin) =>
    sold(sales, keys.length, subject, origin - WINDOW_DAYS, origin),
  ),
];
