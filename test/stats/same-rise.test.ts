/** Tags that rise by the same sales are one rise. */
import { expect, test } from 'vitest';
import { sameRises } from '../../src/stats/same-rise.ts';
import type { Contribution } from '../../src/stats/trend.ts';

const totals = { window: [100, 100, 100, 100, 100, 100, 100], baseline: 2800 };
const sold = (artist: string, window: number, baseline: number): Contribution => ({
  artist,
  seller: artist,
  window: [window, 0, 0, 0, 0, 0, 0],
  baseline,
});
const by = (...lists: [string, Contribution[]][]) => {
  const all = new Map(lists);
  return sameRises(
    lists.map(([name]) => name),
    name => all.get(name),
    totals,
  );
};

const [ann, bob, cleo] = [sold('ann', 9, 4), sold('bob', 8, 4), sold('cleo', 7, 0)];

test('what most of the same artists lift stands with the one above, and only there', () => {
  const found = by(['city pop', [ann, bob]], ['japanese', [ann, bob, sold('dan', 1, 0)]], ['punk', [cleo]]);
  expect([...found]).toEqual([['japanese', 'city pop']]);
});

test('less than seven tenths of the same artists are a rise of its own', () => {
  expect([...by(['city pop', [ann]], ['funk', [ann, cleo]])]).toEqual([]);
  // What they sold before, too, is nothing more.
  const usual = sold('eve', 10, 40);
  expect([...by(['city pop', [ann, usual]], ['funk', [usual, cleo]])]).toEqual([]);
});

test('one of whom nothing is known, or who does not rise, stands for itself', () => {
  expect([...by(['city pop', []], ['funk', []])]).toEqual([]);
  expect([...sameRises(['a', 'b'], () => undefined, totals)]).toEqual([]);
});
