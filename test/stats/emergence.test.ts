import { describe, expect, test } from 'vitest';
import {
  type ArtistSales,
  callEmerging,
  type Emergence,
  type Evidence,
  emergenceOf,
  isCalled,
  lastingPart,
  rankEmerging,
  riseOf,
} from '../../src/stats/emergence.ts';
import { weightsOf } from '../../src/stats/expected.ts';

const totals = { window: Array(7).fill(4000), baseline: 112_000 };
const artist = (sales: Partial<ArtistSales<string>>): ArtistSales<string> => ({
  key: 'Ashori Hamin',
  window: [0, 1, 2, 4, 7, 12, 20],
  baseline: 0,
  past: 0,
  countries: 9,
  checkouts: 46,
  items: 3,
  sellers: 1,
  ...sales,
});

test('an artist from nowhere who sells more each day, in many countries, emerges', () => {
  const found = emergenceOf(artist({}), totals);
  expect(found).toMatchObject({ stratum: 'newcomer', days: 6 });
  expect(found?.low).toBeGreaterThan(10);
  expect(found?.lasts).toBe(true);
});

describe('does not emerge', () => {
  test.each<[string, Partial<ArtistSales<string>>]>([
    ['who has sold for years', { past: 900, baseline: 3 }],
    ['who sells as ever', { past: 60, baseline: 60, window: [2, 2, 2, 2, 2, 3, 2], checkouts: 15 }],
    ['whom everybody buys for a day and its night', { window: [0, 0, 0, 300, 200, 1, 0], checkouts: 501 }],
    ['whom one fan club buys', { countries: 1 }],
    ['who sold to a few buyers', { checkouts: 5 }],
    ['who sold on two days', { window: [0, 0, 0, 0, 0, 20, 20], checkouts: 40 }],
    ['who sells less on the last days than before', { window: [0, 5, 14, 14, 9, 8, 7] }],
  ])('one %s', (_, sales) => expect(emergenceOf(artist(sales), totals)).toBeNull());

  test('anybody, where nothing is known of the weeks before', () =>
    expect(emergenceOf(artist({}), { ...totals, baseline: 0 })).toBeNull());
});

describe('who emerges is', () => {
  const found = emergenceOf(artist({}), totals) as Emergence<string>;
  const evidence: Evidence = { sold: 50, inBusiestHour: 9, paidUsdCents: 400_00, seller: 1 };

  test('called where many paid over days', () => expect(isCalled(found, evidence)).toBe(true));

  test.each<[string, Partial<ArtistSales<string>>, Partial<Evidence>]>([
    ['few bought', { window: [0, 0, 2, 2, 4, 5, 6], checkouts: 19 }, {}],
    ['they are of few countries', { countries: 4 }, {}],
    ['they came on few days', { window: [0, 0, 0, 0, 12, 16, 18] }, {}],
    ['who sold before sold on five days', { past: 3, window: [0, 0, 4, 6, 10, 12, 14] }, {}],
    ['most came within an hour', {}, { inBusiestHour: 16 }],
    ['next to nothing was paid', {}, { paidUsdCents: 50_00 }],
  ])('an early sign where %s', (_, sales, more) => {
    const days = Array.from(sales.window ?? found.window).filter(Boolean).length;
    const one = { ...found, ...artist(sales), days };
    expect(isCalled(one, { ...evidence, ...more })).toBe(false);
  });
});

test('who is sure to sell the most above the expected comes first, also with two best days', () => {
  const burst = artist({ key: 'burst', window: [4, 4, 4, 60, 60, 4, 4] });
  const steady = artist({ key: 'steady', window: [8, 8, 8, 8, 8, 8, 8] });
  const [first, second] = rankEmerging([steady, burst], totals);
  expect([first?.key, second?.key]).toEqual(['burst', 'steady']);
  expect(Number(first?.low)).toBeGreaterThan(Number(second?.low));
});

test('nobody fades in a part of a day, while others sell more at a weekend', () => {
  const sold = artist({ window: [0, 6, 7, 7, 7, 7, 3] });
  const weekend = { ...totals, window: [3000, 3000, 3000, 3000, 4000, 4000, 2000] };
  expect(emergenceOf(sold, weekend)).toBeNull();
  expect(emergenceOf(sold, { ...weekend, lengths: [24, 24, 24, 24, 24, 24, 10] })).not.toBeNull();
});

test('nobody fades where less was sold by all, or less was read', () => {
  const sold = artist({ window: [0, 20, 20, 20, 5, 5, 5] });
  expect(emergenceOf(sold, totals)).toBeNull();
  expect(emergenceOf(sold, { ...totals, window: [4000, 4000, 4000, 4000, 1000, 1000, 1000] })).not.toBeNull();
});

test('a day and its night of many buyers are an early sign, not a call', () => {
  const rush = emergenceOf(artist({ window: [1, 0, 1, 1, 2, 30, 20], checkouts: 55 }), totals);
  expect(rush?.lasts).toBe(false);
  expect(
    isCalled(rush as Emergence<string>, { sold: 55, inBusiestHour: 5, paidUsdCents: 400_00, seller: 1 }),
  ).toBe(false);
});

test('of one seller two are called, and what else it has stands last', () => {
  const window = [0, 0, 8, 8, 9, 9, 9];
  const names = ['a', 'b', 'c', 'd', 'other'];
  const ranked = rankEmerging(
    names.map((key, n) => artist({ key, window: window.map(count => count * (9 - n)), checkouts: 200 })),
    totals,
  );
  const evidence = { sold: 300, inBusiestHour: 9, paidUsdCents: 400_00 };
  const called = callEmerging(ranked, ({ key }) => ({
    ...evidence,
    seller: key === 'other' ? 'own' : 'label',
  }));
  expect(called.map(one => [one.key, one.called])).toEqual([
    ['a', true],
    ['b', true],
    ['other', true],
    ['c', false],
    ['d', false],
  ]);
  // Those above that are no calls take no place of one that is.
  const third = callEmerging(ranked, ({ key }) => ({
    ...evidence,
    seller: 'label',
    paidUsdCents: key === 'a' || key === 'b' ? 0 : 400_00,
  }));
  expect(third.map(one => [one.key, one.called])).toEqual([
    ['c', true],
    ['d', true],
    ['a', false],
    ['b', false],
    ['other', false],
  ]);
  expect(callEmerging(ranked, () => undefined).some(one => one.called)).toBe(false);
});

test('ranks are the same, whatever the order', () => {
  const list = [
    artist({ key: 'slow', window: [1, 1, 2, 2, 2, 2, 3] }),
    artist({ key: 'large', window: [10, 10, 20, 20, 30, 30, 40] }),
    artist({ key: 'none', window: [0, 0, 0, 0, 0, 0, 0] }),
  ];
  expect(rankEmerging(list, totals).map(({ key }) => key)).toEqual(['large', 'slow']);
  expect(rankEmerging(list.toReversed(), totals)).toEqual(rankEmerging(list, totals));
});

test('a rise is told since its first day, and by how much', () => {
  const days = [...Array(28).fill(0), 1, 0, 5, 9, 14, 18, 22];
  expect(riseOf(days)).toEqual({ since: 30, before: 1 / 30, now: 18 });
});

test('what falls or stays is no rise', () => {
  expect(riseOf([9, 9, 9, 1, 1, 1])).toBeNull();
  expect(riseOf([3, 3, 3, 3])).toBeNull();
  expect(riseOf([0, 0, 0])).toBeNull();
  expect(riseOf([])).toBeNull();
});

test('slices of a day and a half and of half a day count by their length', () => {
  expect(lastingPart([36, 24, 12], [36, 24, 12])).toEqual({ sold: 12, part: expect.closeTo(1 / 6) });
  expect(lastingPart([12, 24, 36], [12, 24, 36])).toEqual({ sold: 12, part: expect.closeTo(1 / 6) });
  expect(lastingPart([1, 1, 1, 5])).toEqual({ sold: 2, part: 0.5 });
  expect(() => lastingPart([5, 5])).toThrow(RangeError);
  // As busy as the others, by the hour: no slice is held for a rush of everybody.
  const lengths = [36, 24, 24, 12];
  const [first = 0, , , last = 0] = weightsOf({
    window: lengths.map(length => 10 * length),
    baseline: 1,
    lengths,
  });
  const [same = 0, , , alike = 0] = weightsOf({ window: [240, 240, 240, 240], baseline: 1 });
  expect(first / last).toBeCloseTo(same / alike);
});
