/** Which sales count: by caps that say the same whatever order a log was written in. */
import { describe, expect, test } from 'vitest';
import { type Cap, countedSales } from '../../src/backtest/caps.ts';
import { MINUTE, parseInstant } from '../../src/core/time/instant.ts';
import {
  blockOf,
  COUNTED_OF_ARTIST,
  COUNTED_OF_SELLER,
  isOfFriday,
  shiftOf,
} from '../../src/stats/counted-blocks.ts';
import { type LoggedSale, type SalesLog, salesLogWriter } from '../../src/stats/sales-log.ts';

const START = parseInstant('2026-07-01');
const DAY_MINUTES = 1440;

/** Sales of a few artists and sellers over four weeks, many in the same minute. */
function sales(): Omit<LoggedSale, 'tagSet'>[] {
  let state = 7;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: 900 }, (_, checkout) => {
    const artist = next(12);
    return {
      minute: next(28 * 96) * 15,
      artist,
      seller: artist % 4,
      country: next(3),
      item: artist * 10 + next(4),
      checkout,
    };
  });
}

function logOf(list: readonly Omit<LoggedSale, 'tagSet'>[]): SalesLog {
  const writer = salesLogWriter(START, 28);
  for (let n = 0; n < 12; n += 1) writer.artist(`artist ${n}`);
  for (let n = 0; n < 4; n += 1) writer.seller(`seller ${n}`);
  const tagSet = writer.tagSet(['techno']);
  for (const sale of list) writer.add({ ...sale, tagSet });
  return writer.done();
}

/** Checkouts that count, as text. */
const countedOf = (list: readonly Omit<LoggedSale, 'tagSet'>[], cap: Cap): string[] => {
  const log = logOf(list);
  return [...countedSales(log, cap)].flatMap((counts, at) => (counts ? [`${log.checkouts[at]}`] : [])).sort();
};

const byTime = (list: Omit<LoggedSale, 'tagSet'>[], turn: 1 | -1) =>
  list.toSorted((a, b) => a.minute - b.minute || turn * (a.checkout - b.checkout));

describe.each<Cap>([
  { by: 'block', artist: 2, seller: 8 },
  { by: 'block', artist: 3, seller: null },
  { by: 'rolling', artist: 2, seller: 8 },
  { by: 'ours' },
])('$by, $artist of an artist, $seller of a seller', cap => {
  test('counts the same in whatever order sales of one minute stand', () => {
    const list = sales();
    expect(countedOf(byTime(list, 1), cap)).toEqual(countedOf(byTime(list, -1), cap));
  });

  test('counts no more than its caps in any week that it looks at', () => {
    const list = byTime(sales(), 1);
    const log = logOf(list);
    const counted = countedSales(log, cap);
    const kept = list.filter((_, at) => counted[at]);
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.length).toBeLessThan(list.length);
    if (cap.by !== 'rolling') return;
    for (const { artist, minute } of kept) {
      const before = kept.filter(
        sale => sale.artist === artist && sale.minute <= minute && sale.minute > minute - 7 * DAY_MINUTES,
      );
      expect(before.length).toBeLessThanOrEqual(cap.artist);
    }
  });
});

test('in blocks a late sale changes two others at most, within nine days', () => {
  const cap: Cap = { by: 'block', artist: 2, seller: 8 };
  const list = byTime(sales(), 1);
  const before = new Set(countedOf(list, cap));
  for (const at of [50, 333, 700]) {
    const late = { ...(list[at] as (typeof list)[number]), checkout: 5_000, item: 0 };
    const after = new Set(countedOf(byTime([...list, late], 1), cap));
    const changed = [...before, ...after].filter(one => before.has(one) !== after.has(one) && one !== '5000');
    expect(changed.length).toBeLessThanOrEqual(2);
    for (const one of changed) {
      const sale = list.find(({ checkout }) => checkout === Number(one));
      expect(Math.abs((sale?.minute ?? 0) - late.minute)).toBeLessThan(9 * DAY_MINUTES);
    }
  }
});

test('blocks of several artists begin at several times', () => {
  const cap: Cap = { by: 'block', artist: 1, seller: null };
  const steady = Array.from({ length: 28 * 12 }, (_, n) => ({
    minute: Math.floor(n / 12) * DAY_MINUTES,
    artist: n % 12,
    seller: 0,
    country: 0,
    item: n % 12,
    checkout: n,
  }));
  const days = new Set(countedOf(steady, cap).map(one => Math.floor(Number(one) / 12)));
  // Were they one week for all, only four or five days would count anything.
  expect(days.size).toBeGreaterThan(8);
});

test('ours are the blocks that the service has, each by itself', () => {
  const list = byTime(sales(), 1);
  const counted = new Set(countedOf(list, { by: 'ours' }));
  const [ofArtist, ofSeller] = [new Map<string, number>(), new Map<string, number>()];
  const isAmong = (counts: Map<string, number>, key: string, most: number) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= most;
  };
  const blocks = new Set<number>();
  const inOrder = list.toSorted(
    (x, y) => x.minute - y.minute || x.item - y.item || x.country - y.country || x.checkout - y.checkout,
  );
  for (const { minute, artist, seller, checkout } of inOrder) {
    const block = blockOf(START + minute * MINUTE, shiftOf(`seller ${seller}`));
    blocks.add(block);
    const first = isAmong(ofArtist, `${artist} ${seller} ${block}`, COUNTED_OF_ARTIST);
    const counts = first && isAmong(ofSeller, `${seller} ${block}`, COUNTED_OF_SELLER);
    expect(counted.has(String(checkout))).toBe(counts);
  }
  expect([...blocks].filter(isOfFriday)).toHaveLength(1);
});
