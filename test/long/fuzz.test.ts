/**
 * 100,000 mutated bodies, 80,000 of the feed and 20,000 pages, and a share of them through a real database.
 */
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { emptyData, testDatabase } from '../support/database.ts';
import { storeMutatedFeed, storeMutatedPages } from '../support/fuzz-database.ts';
import { tryFeed } from '../support/fuzz-feed.ts';
import { tryPage } from '../support/fuzz-pages.ts';

/** Other seeds than those of CI. */
const SEED = 1_000_000;
const starts = (count: number, each: number) =>
  Array.from({ length: count / each }, (_, n) => SEED + n * each);

/** Lets the runner hear from its worker now and then. */
async function tryEach(first: number, count: number, attempt: (seed: number) => unknown): Promise<void> {
  for (let seed = first; seed < first + count; seed += 1) {
    attempt(seed);
    if (seed % 50 === 0) await setImmediate();
  }
}

describe('answers of the feed', () => {
  test.each(starts(80_000, 10_000))('10,000 from seed %d', first => tryEach(first, 10_000, tryFeed));
});

describe('pages', () => {
  test.each(starts(20_000, 2_500))('2,500 from seed %d', first => tryEach(first, 2_500, tryPage));
});

describe('in a database', async () => {
  const { db } = await testDatabase();
  beforeEach(() => emptyData(db));

  test('the sales and rejects of 5,000 answers', async () => {
    const { sales, rejects } = await storeMutatedFeed(db, { seed: 2 * SEED, count: 5_000, each: 100 });
    expect(Math.min(sales, rejects)).toBeGreaterThan(1_000);
  });

  test('the facts of 500 pages', async () => {
    expect(await storeMutatedPages(db, { seed: 2 * SEED, count: 500 })).toBeGreaterThan(200);
  });
});
