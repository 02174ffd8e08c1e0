/** What a method of ranking genres is, and which days it looks at. */
import { DAY } from '../../core/time/instant.ts';
import { BASELINE_DAYS, LEAST_BASELINE_COVERAGE, splitHistory } from '../../core/time/window.ts';
import type { Slices } from '../../stats/expected.ts';
import type { Subject } from '../../stats/trend.ts';
import type { Cap } from '../caps.ts';
import type { DayCounts } from '../day-counts.ts';

export const WINDOW_DAYS = 7;

/**
 * For each subject, by its index: how much it is thought to rise, and whether it is called so (never, by a
 * method without a limit). What has a score of 0 is not listed.
 */
export interface Verdict {
  score: Float64Array;
  called: Set<number>;
}

export interface Method {
  name: string;
  /** Which sales count, if not those that the service counts. */
  cap?: Cap;
  /** Whether it is judged with young histories, and by country, too: both take time. */
  thoroughly?: true;
  /**
   * @param counts of all days; it may look at those before the origin alone
   * @param history days that were read, if not all
   */
  judge(counts: DayCounts, origin: number, history?: number): Verdict;
}

/** Days of history with which a service is asked that has just begun to read. */
export const HISTORIES = [2, 4, 7, 14, 28];

/** Sales (or counted sales) of a subject from a day until before another. */
export function sold(
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

/** Window, baseline and totals of counted sales, as our statistics take them. */
export function slicesOf(
  counts: DayCounts,
  origin: number,
  history?: number,
): { totals: Slices; subjects: Subject<number>[]; from: number; since: number } {
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
