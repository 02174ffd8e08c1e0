/** Dollars that the feed leaves out, or rounds, are those of the day's other sales. */
import { beforeEach, expect, test } from 'vitest';
import type { FeedSale } from '../../../src/core/sale.ts';
import { DAY, MINUTE } from '../../../src/core/time/instant.ts';
import { storeLoad } from '../../../src/db/write/feed.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
beforeEach(() => emptyData(db));

const paid = (n: number, amountMinor: number, currency: string, amountUsdCents: number | null): FeedSale =>
  aSale({ at: NOON + n * MINUTE, checkoutAt: null, amountMinor, currency, amountUsdCents });
const load = (...sales: FeedSale[]) => storeLoad(db, 'feed', { sales, rejects: [], windows: [] }, NOON);
const dollars = async () =>
  (await db`select amount_usd_cents as usd from sale order by at`).map(({ usd }) => usd);

test('missing dollars follow the rate of the batch, else of the day, else of the days before', async () => {
  await load(
    paid(0, 1000, 'EUR', 1100),
    paid(1, 2000, 'EUR', 2200),
    paid(2, 500, 'EUR', null),
    paid(3, 700, 'USD', null),
  );
  expect(await dollars()).toEqual([1100, 2200, 550, 700]);
  await load(paid(4, 300, 'EUR', null));
  await load({ ...paid(5, 300, 'EUR', null), at: NOON + 3 * DAY });
  expect((await dollars()).slice(4)).toEqual([330, 330]);
});

test('yen have no minor unit, and an unknown currency stays unknown', async () => {
  await load(paid(0, 1000, 'JPY', 700), paid(1, 3000, 'JPY', null), paid(2, 900, 'CZK', null));
  expect(await dollars()).toEqual([700, 2100, null]);
  const [row] = await db`select usd_cents from artist_day`;
  expect(row).toEqual({ usd_cents: 2800 });
});

test('whole dollars give way to the rate that the day is known to have', async () => {
  await load(...Array.from({ length: 8 }, (_, n) => paid(n, 1000, 'GBP', 1234)));
  await load(...Array.from({ length: 8 }, (_, n) => paid(20 + n, 999, 'GBP', 1200)));
  expect((await dollars()).slice(8)).toEqual(Array.from({ length: 8 }, () => 1233));
});
