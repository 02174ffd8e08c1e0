/** What one would try first: growth, z-scores and counts of raw sales. */
import { BASELINE_DAYS, BASELINE_WEEKS } from '../../core/time/window.ts';
import type { DayCounts } from '../day-counts.ts';
import { type Method, sold, WINDOW_DAYS } from './method.ts';

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

export const simple: readonly Method[] = [
  byScore(`${BASELINE_DAYS}-day growth`, growth(BASELINE_WEEKS)),
  byScore('7-day growth', growth(1)),
  byScore('Poisson z', poissonZ, SIGNAL),
  byScore('EWMA z', ewmaZ, SIGNAL),
  byScore('raw count', ({ sales, keys }, subject, origin) =>
    sold(sales, keys.length, subject, origin - WINDOW_DAYS, origin),
  ),
];
