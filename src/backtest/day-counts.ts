/**
 * Counts of each day by subject, which methods are judged on: from a log, or from roll-ups of any database.
 */
import type { SalesLog } from '../stats/sales-log.ts';
import type { Contribution } from '../stats/trend.ts';
import { countedSales } from './caps.ts';

/** Rows of days, each with one number a subject: `sales[day * keys.length + subject]`. */
export interface DayCounts {
  days: number;
  keys: readonly string[];
  sales: ArrayLike<number>;
  /** Only counted sales; see caps.ts. */
  counted: ArrayLike<number>;
  /** Of all tagged sales, by day. */
  totalSales: ArrayLike<number>;
  totalCounted: ArrayLike<number>;
  /**
   * Who sold a subject's counted sales from `from` (baseline) and from `window` (one slice a day) until
   * before `until`, in days.
   */
  contributions(subject: number, from: number, window: number, until: number): Contribution[];
}

/**
 * Counts a log's tags by day.
 * @param counted marks of the sales that count, one byte a sale
 * @param country its index, for the sales of one country alone
 */
export function countTags(log: SalesLog, counted = countedSales(log), country?: number): DayCounts {
  const { days, length, tagNames, tagSets } = log;
  const width = tagNames.length;
  const counts = {
    sales: new Float64Array(days * width),
    counted: new Float64Array(days * width),
    totalSales: new Float64Array(days),
    totalCounted: new Float64Array(days),
  };
  const add = (to: Float64Array, at: number) => {
    to[at] = (to[at] ?? 0) + 1;
  };
  const isElsewhere = (at: number) => country !== undefined && log.countries[at] !== country;
  const setAt = (at: number) => tagSets[log.tagSetOf[at] ?? 0] ?? [];
  for (let at = 0; at < length; at += 1) {
    const day = Math.floor((log.minutes[at] ?? 0) / 1440);
    const set = setAt(at);
    if (set.length === 0 || isElsewhere(at)) continue;
    add(counts.totalSales, day);
    if (counted[at]) add(counts.totalCounted, day);
    for (const tag of set) {
      add(counts.sales, day * width + tag);
      if (counted[at]) add(counts.counted, day * width + tag);
    }
  }
  let listed: Listed | undefined;
  const list = () => {
    listed ??= listByTag(log, at => counted[at] === 1 && !isElsewhere(at));
    return listed;
  };

  return {
    days,
    keys: tagNames,
    ...counts,
    contributions(tag, from, window, until) {
      const { places, firstFrom } = list();
      const found = new Map<number, Contribution & { window: number[] }>();
      const end = firstFrom(tag, until);
      for (let place = firstFrom(tag, from); place < end; place += 1) {
        const at = places[place] ?? 0;
        const artist = log.artists[at] ?? 0;
        const seller = log.sellers[at] ?? 0;
        // An artist whom several sell is in each of them once.
        const key = artist * 2 ** 22 + seller;
        let entry = found.get(key);
        if (!entry) {
          entry = { artist, seller, window: Array(until - window).fill(0), baseline: 0 };
          found.set(key, entry);
        }
        const day = Math.floor((log.minutes[at] ?? 0) / 1440);
        if (day < window) entry.baseline += 1;
        else entry.window[day - window] = (entry.window[day - window] ?? 0) + 1;
      }
      return [...found.values()];
    },
  };
}

interface Listed {
  places: Uint32Array;
  /** Where a tag's sales from a day on begin in `places`. */
  firstFrom(tag: number, day: number): number;
}

/** Numbers of sales by tag and time, made when they are first asked for: they take most of the memory. */
function listByTag(log: SalesLog, counts: (at: number) => boolean): Listed {
  const { length, tagSets } = log;
  const width = log.tagNames.length;
  const setAt = (at: number) => tagSets[log.tagSetOf[at] ?? 0] ?? [];
  const starts = new Uint32Array(width + 1);
  for (let at = 0; at < length; at += 1)
    if (counts(at)) for (const tag of setAt(at)) starts[tag + 1] = (starts[tag + 1] ?? 0) + 1;
  for (let tag = 0; tag < width; tag += 1) starts[tag + 1] = (starts[tag + 1] ?? 0) + (starts[tag] ?? 0);
  const places = new Uint32Array(starts[width] ?? 0);
  const next = starts.slice();
  for (let at = 0; at < length; at += 1)
    if (counts(at))
      for (const tag of setAt(at)) {
        places[next[tag] ?? 0] = at;
        next[tag] = (next[tag] ?? 0) + 1;
      }
  return {
    places,
    firstFrom(tag, day) {
      let [low, high] = [starts[tag] ?? 0, starts[tag + 1] ?? 0];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((log.minutes[places[middle] ?? 0] ?? 0) < day * 1440) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
