/**
 * Mutated answers of the feed: no crash, no wrong sale, every reject explained. `test/long/fuzz.test.ts`
 * tries many more.
 */
import { expect, test } from 'vitest';
import { tryFeed } from '../support/fuzz-feed.ts';

test('1,600 mutated answers', () => {
  const total = { sales: 0, rejects: 0, bad: 0 };
  for (let seed = 1; seed <= 1_600; seed += 1) {
    const { sales, rejects, bad } = tryFeed(seed);
    total.sales += sales.length;
    total.rejects += rejects.length;
    if (bad) total.bad += 1;
  }
  // Enough of each, or the mutations no longer reach what they are meant to.
  expect(total.sales).toBeGreaterThan(1_600);
  expect(total.rejects).toBeGreaterThan(400);
  expect(total.bad).toBeGreaterThan(200);
});
