import { expect, test } from 'vitest';
import { rankRisingArtists } from '../../src/stats/rising-artists.ts';
import { seeded } from '../support/random.ts';
import { poisson } from '../support/trends.ts';

const random = seeded(3);
const others = Array.from({ length: 300 }, (_, n) => {
  const window = Array.from({ length: 7 }, () => poisson(random, 1.5));
  const baseline = poisson(random, 42);
  return {
    key: `artist ${n}`,
    window,
    baseline,
    past: 500,
    countries: 8,
    checkouts: 12,
    items: 3,
    sellers: 1,
  };
});
const totals = { window: Array(7).fill(450), baseline: 12_600 };
const star = { ...others[0], key: 'star', window: [2, 3, 4, 5, 6, 7, 8], baseline: 40, past: 500 };
const rank = (sales: object) =>
  rankRisingArtists([...others, { ...star, ...sales } as (typeof others)[0]], totals);

test('a known artist who sells more each day is first and called; hardly anybody else is', () => {
  const ranked = rank({});
  expect(ranked[0]).toMatchObject({ key: 'star', trending: true, notCalledBecause: null });
  expect(ranked.filter(({ trending }) => trending).length).toBeLessThanOrEqual(2);
});

test.each([
  ['rush', { window: [1, 2, 1, 40, 30, 2, 1] }],
  ['few-buyers', { countries: 2 }],
])('%s is not called', (notCalledBecause, sales) => {
  expect(rank(sales).find(({ key }) => key === 'star')).toMatchObject({ trending: false, notCalledBecause });
});

test('of artists who rise by and by those are called of whose like at most 5% would be chance', () => {
  // Each step sells one more a day than the one before; all are broad and sell every day.
  const steps = Array.from({ length: 60 }, (_, step) =>
    rank({ window: Array.from({ length: 7 }, (_, day) => 2 + Math.floor((step + 6 - day) / 7)) }),
  );
  const stars = steps.map(ranked => ranked.find(({ key }) => key === 'star'));
  const open = stars.filter(
    star => star?.notCalledBecause === null || star?.notCalledBecause === 'uncertain',
  );
  // The interval is narrower than the tests of 300 artists are strict: between 5% and 20% there are some.
  const between = open.filter(star => star && star.q > 0.05 && star.q <= 0.2);
  expect(between.length).toBeGreaterThan(0);
  expect(between.filter(star => star?.trending)).toEqual([]);
  const sure = open.filter(star => star && star.q <= 0.05);
  expect(sure.length).toBeGreaterThan(0);
  expect(sure.filter(star => !star?.trending)).toEqual([]);
});
