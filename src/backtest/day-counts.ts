/**
 * Counts of each day by subject, which methods are judged on: from a log, or from roll-ups of any database.
 */
import type { SalesLog } from '../stats/sales-log.ts';
import { BURST_MINUTES, COUNTED_A_DAY, type Contribution } from '../stats/trend.ts';

/** Rows of days, each with one number a subject: `sales[day * keys.length + subject]`. */
export interface DayCounts {
  days: number;
  keys: readonly string[];
  sales: ArrayLike<number>;
  /** Only counted sales; see `COUNTED_A_DAY`. */
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
 * Marks the sales that count: among the first of their artist that day, no burst, by an artist. One byte a
 * sale.
 */
export function countedSales({ length, minutes, artists, items, countries }: SalesLog): Uint8Array {
  const counted = new Uint8Array(length);
  const byArtist = new Map<number, number>();
  // Two maps in turn hold the last minutes' items, so that what is past is forgotten at once.
  let [recent, older] = [new Map<number, number>(), new Map<number, number>()];
  let [day, turn] = [-1, -1];
  for (let at = 0; at < length; at += 1) {
    const minute = minutes[at] ?? 0;
    const artist = artists[at] ?? -1;
    if (Math.floor(minute / 1440) !== day) {
      day = Math.floor(minute / 1440);
      byArtist.clear();
    }
    if (Math.floor(minute / BURST_MINUTES) !== turn) {
      [recent, older] = [new Map(), Math.floor(minute / BURST_MINUTES) === turn + 1 ? recent : new Map()];
      turn = Math.floor(minute / BURST_MINUTES);
    }
    const item = (items[at] ?? 0) * 256 + (countries[at] ?? 0);
    const before = recent.get(item) ?? older.get(item);
    recent.set(item, minute);
    if (artist < 0 || (before !== undefined && minute - before < BURST_MINUTES)) continue;
    const sold = byArtist.get(artist) ?? 0;
    byArtist.set(artist, sold + 1);
    if (sold < COUNTED_A_DAY) counted[at] = 1;
  }
  return counted;
}

/** Counts a log's tags by day. */
export function countTags(log: SalesLog): DayCounts {
  const { days, length, tagNames, tagSets } = log;
  const counted = countedSales(log);
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
  // Where each tag's counted sales begin in `places`, which lists them by tag and time.
  const starts = new Uint32Array(width + 1);
  const setAt = (at: number) => tagSets[log.tagSetOf[at] ?? 0] ?? [];
  for (let at = 0; at < length; at += 1) {
    const day = Math.floor((log.minutes[at] ?? 0) / 1440);
    const set = setAt(at);
    if (set.length === 0) continue;
    add(counts.totalSales, day);
    if (counted[at]) add(counts.totalCounted, day);
    for (const tag of set) {
      add(counts.sales, day * width + tag);
      if (!counted[at]) continue;
      add(counts.counted, day * width + tag);
      starts[tag + 1] = (starts[tag + 1] ?? 0) + 1;
    }
  }
  for (let tag = 0; tag < width; tag += 1) starts[tag + 1] = (starts[tag + 1] ?? 0) + (starts[tag] ?? 0);
  const places = new Uint32Array(starts[width] ?? 0);
  const next = starts.slice();
  for (let at = 0; at < length; at += 1)
    if (counted[at])
      for (const tag of setAt(at)) {
        places[next[tag] ?? 0] = at;
        next[tag] = (next[tag] ?? 0) + 1;
      }

  function firstFrom(tag: number, day: number): number {
    let [low, high] = [starts[tag] ?? 0, starts[tag + 1] ?? 0];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((log.minutes[places[middle] ?? 0] ?? 0) < day * 1440) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    days,
    keys: tagNames,
    ...counts,
    contributions(tag, from, window, until) {
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
