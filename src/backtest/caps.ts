/** Which sales count for trends of genres, by one rule or another: no artist, page or day makes a genre. */
import { DAY, MINUTE } from '../core/time/instant.ts';
import type { SalesLog } from '../stats/sales-log.ts';
import { BURST_MINUTES, COUNTED_A_DAY } from '../stats/trend.ts';

/**
 * `day`: the first so many of an artist's UTC day, no repetition within minutes (as the service counts).
 * `block`: the first so many of an artist in a block of seven days, then of a seller over what remains.
 * `rolling`: those with fewer counted sales of the artist, then of the seller, in the seven days before.
 */
export type Cap =
  | { by: 'none' }
  | { by: 'day'; artist: number }
  | { by: 'block' | 'rolling'; artist: number; seller: number | null };

/** As the service counts. */
export const OUR_CAP: Cap = { by: 'day', artist: COUNTED_A_DAY };

const WEEK_MINUTES = (7 * DAY) / MINUTE;

/** Marks the sales that count, one byte a sale. Sales by no artist ("Various Artists") never do. */
export function countedSales(log: SalesLog, cap: Cap = OUR_CAP): Uint8Array {
  if (cap.by === 'none')
    return Uint8Array.from({ length: log.length }, (_, at) => ((log.artists[at] ?? -1) < 0 ? 0 : 1));
  if (cap.by === 'day') return countedByDay(log, cap.artist);
  const counts = cap.by === 'block' ? countBlocks : countRolling;
  const artists = counts(log, log.artistNames, cap.artist);
  const sellers = cap.seller === null ? null : counts(log, log.sellerNames, cap.seller);
  const counted = new Uint8Array(log.length);
  for (const at of byContent(log)) {
    const artist = log.artists[at] ?? -1;
    const minute = log.minutes[at] ?? 0;
    if (artist < 0 || !artists.isFree(artist, minute)) continue;
    artists.add(artist, minute);
    const seller = log.sellers[at] ?? 0;
    if (sellers && !sellers.isFree(seller, minute)) continue;
    sellers?.add(seller, minute);
    counted[at] = 1;
  }
  return counted;
}

/** Sales in the order of time, those of one minute by what they are: the order in a log says nothing. */
function* byContent({ length, minutes, items, countries, checkouts }: SalesLog): Generator<number> {
  const order = (a: number, b: number): number =>
    (items[a] ?? 0) - (items[b] ?? 0) ||
    (countries[a] ?? 0) - (countries[b] ?? 0) ||
    (checkouts[a] ?? 0) - (checkouts[b] ?? 0);
  for (let from = 0, until = 0; from < length; from = until) {
    while (until < length && minutes[until] === minutes[from]) until += 1;
    if (until - from === 1) yield from;
    else yield* Array.from({ length: until - from }, (_, n) => from + n).sort(order);
  }
}

/** What one name has counted lately. */
interface Counts {
  isFree(name: number, minute: number): boolean;
  add(name: number, minute: number): void;
}

/** Blocks of each name begin at another minute, so that not all are full at once. */
function countBlocks(log: SalesLog, names: readonly string[], most: number): Counts {
  const start = log.from / MINUTE;
  const shifts = Float64Array.from(names, name => start + (hashOf(name) % WEEK_MINUTES));
  const blocks = new Int32Array(names.length);
  const counts = new Uint16Array(names.length);
  const blockOf = (name: number, minute: number) => Math.floor(((shifts[name] ?? 0) + minute) / WEEK_MINUTES);
  return {
    isFree: (name, minute) => blocks[name] !== blockOf(name, minute) || (counts[name] ?? 0) < most,
    add(name, minute) {
      const block = blockOf(name, minute);
      counts[name] = blocks[name] === block ? (counts[name] ?? 0) + 1 : 1;
      blocks[name] = block;
    },
  };
}

/** The last `most` counted minutes of each name, in a ring. */
function countRolling(_log: SalesLog, names: readonly string[], most: number): Counts {
  const minutes = new Int32Array(names.length * most).fill(-WEEK_MINUTES);
  const next = new Uint8Array(names.length);
  return {
    isFree: (name, minute) => minute - (minutes[name * most + (next[name] ?? 0)] ?? 0) >= WEEK_MINUTES,
    add(name, minute) {
      const at = next[name] ?? 0;
      minutes[name * most + at] = minute;
      next[name] = (at + 1) % most;
    },
  };
}

/** FNV-1a of a name. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function countedByDay({ length, minutes, artists, items, countries }: SalesLog, most: number): Uint8Array {
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
    if (sold < most) counted[at] = 1;
  }
  return counted;
}
