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
