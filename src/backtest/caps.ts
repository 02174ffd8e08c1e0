/** Which sales count for trends of genres, by one rule or another: no artist, page or day makes a genre. */
import { DAY, MINUTE } from '../core/time/instant.ts';
import {
  BLOCK_DAYS,
  blockOf,
  COUNTED_OF_ARTIST,
  COUNTED_OF_SELLER,
  isOfFriday,
  shiftOf,
} from '../stats/counted-blocks.ts';
import type { SalesLog } from '../stats/sales-log.ts';

/**
 * `ours`: as the service counts, the first of an artist at a seller, then of the seller over what remains, in
 * blocks of up to three days. `block`: the first so many of an artist in a block of so many days, then of a
 * seller over what remains. `rolling`: those with fewer counted sales of the artist, then of the seller, in
 * the seven days before.
 */
export type Cap =
  | { by: 'none' | 'ours' }
  | { by: 'block'; artist: number; seller: number | null; days?: number }
  | { by: 'rolling'; artist: number; seller: number };

export const OUR_CAP: Cap = { by: 'ours' };

const WEEK_MINUTES = (7 * DAY) / MINUTE;

/** Marks the sales that count, one byte a sale. Sales by no artist ("Various Artists") never do. */
export function countedSales(log: SalesLog, cap: Cap = OUR_CAP): Uint8Array {
  if (cap.by === 'none')
    return Uint8Array.from({ length: log.length }, (_, at) => ((log.artists[at] ?? -1) < 0 ? 0 : 1));
  const { ofArtist, artists, sellers } = countsOf(log, cap);
  const counted = new Uint8Array(log.length);
  for (const at of byContent(log)) {
    if ((log.artists[at] ?? -1) < 0) continue;
    const artist = ofArtist(at);
    const minute = log.minutes[at] ?? 0;
    if (!artists.isFree(artist, minute)) continue;
    artists.add(artist, minute);
    const seller = log.sellers[at] ?? 0;
    if (sellers && !sellers.isFree(seller, minute)) continue;
    sellers?.add(seller, minute);
    counted[at] = 1;
  }
  return counted;
}

interface Counted {
  /** Whose first sales count: the artist of a sale, or the artist at its seller. */
  ofArtist(at: number): number;
  artists: Counts;
  sellers: Counts | null;
}

function countsOf(log: SalesLog, cap: Exclude<Cap, { by: 'none' }>): Counted {
  const ofArtist = (at: number) => log.artists[at] ?? -1;
  if (cap.by === 'rolling')
    return {
      ofArtist,
      artists: countRolling(log.artistNames.length, cap.artist),
      sellers: countRolling(log.sellerNames.length, cap.seller),
    };
  if (cap.by === 'block') {
    const blocks = (names: readonly string[]) => shiftedBlocks(log, names, cap.days ?? 7);
    const { artistNames, sellerNames } = log;
    return {
      ofArtist,
      artists: countBlocks(artistNames.length, cap.artist, blocks(artistNames)),
      sellers: cap.seller === null ? null : countBlocks(sellerNames.length, cap.seller, blocks(sellerNames)),
    };
  }
  const { pairs, sellers } = pairsOf(log);
  const blocks = ourBlocks(log);
  return {
    ofArtist: at => pairs[at] ?? 0,
    artists: countBlocks(sellers.length, COUNTED_OF_ARTIST, (pair, minute) =>
      blocks(sellers[pair] ?? 0, minute),
    ),
    sellers: countBlocks(log.sellerNames.length, COUNTED_OF_SELLER, blocks),
  };
}

/** Each artist at each seller has a number: that of every sale, and the seller of each. */
function pairsOf({ length, artists, sellers }: SalesLog): { pairs: Int32Array; sellers: number[] } {
  const pairs = new Int32Array(length);
  const numbers = new Map<number, number>();
  const found: number[] = [];
  for (let at = 0; at < length; at += 1) {
    const seller = sellers[at] ?? 0;
    const pair = ((artists[at] ?? -1) + 1) * 2 ** 22 + seller;
    let number = numbers.get(pair);
    if (number === undefined) {
      number = found.push(seller) - 1;
      numbers.set(pair, number);
    }
    pairs[at] = number;
  }
  return { pairs, sellers: found };
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

/** The block that a name's sale of a minute is in. */
type Blocks = (name: number, minute: number) => number;

/** Blocks of each name begin at another minute, so that not all are full at once. */
function shiftedBlocks(log: SalesLog, names: readonly string[], days: number): Blocks {
  const length = (days * DAY) / MINUTE;
  const shifts = Float64Array.from(names, name => log.from / MINUTE + (hashOf(name) % length));
  return (name, minute) => Math.floor(((shifts[name] ?? 0) + minute) / length);
}

function ourBlocks(log: SalesLog): Blocks {
  const shifts = Uint8Array.from(log.sellerNames, shiftOf);
  // No block ends within an hour.
  const known = new Map<number, number>();
  return (seller, minute) => {
    const shift = shifts[seller] ?? 0;
    const key = Math.floor(minute / 60) * BLOCK_DAYS + shift;
    const block = known.get(key) ?? blockOf(log.from + minute * MINUTE, shift);
    known.set(key, block);
    return block;
  };
}

function countBlocks(names: number, most: number, blockAt: Blocks): Counts {
  // A Bandcamp Friday lies within another block, which goes on behind it: both are held.
  const blocks = new Int32Array(2 * names).fill(-1);
  const counts = new Uint16Array(2 * names);
  const placeOf = (name: number, block: number) => 2 * name + Number(isOfFriday(block));
  return {
    isFree(name, minute) {
      const block = blockAt(name, minute);
      const place = placeOf(name, block);
      return blocks[place] !== block || (counts[place] ?? 0) < most;
    },
    add(name, minute) {
      const block = blockAt(name, minute);
      const place = placeOf(name, block);
      counts[place] = blocks[place] === block ? (counts[place] ?? 0) + 1 : 1;
      blocks[place] = block;
    },
  };
}

/** The last `most` counted minutes of each name, in a ring. */
function countRolling(names: number, most: number): Counts {
  const minutes = new Int32Array(names * most).fill(-WEEK_MINUTES);
  const next = new Uint8Array(names);
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
