/**
 * The mutated records in a real database: no load is refused for one row, and what is stored reads back as it
 * was read.
 */
import { beforeEach, expect, test } from 'vitest';
import { emptyData, testDatabase } from '../support/database.ts';
import { storeMutatedFeed, storeMutatedPages } from '../support/fuzz-database.ts';

const { db } = await testDatabase();
beforeEach(() => emptyData(db));

test('the sales and rejects of 300 mutated answers', async () => {
  const { sales, rejects } = await storeMutatedFeed(db, { seed: 100_000, count: 300, each: 30 });
  expect(sales).toBeGreaterThan(300);
  expect(rejects).toBeGreaterThan(100);
});

test('the facts of 60 mutated pages', async () => {
  expect(await storeMutatedPages(db, { seed: 100_000, count: 60 })).toBeGreaterThan(20);
});
