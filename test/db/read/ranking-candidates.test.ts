/**
 * Boards that are found by those who can lead are those of all sales: of many who sell little, of some who
 * sell much on one day or every day.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { FeedSale } from '../../../src/core/sale.ts';
import { DAY, HOUR, MINUTE } from '../../../src/core/time/instant.ts';
import type { Window } from '../../../src/core/time/window.ts';
import type { Fragment } from '../../../src/db/connect.ts';
import { type By, rankingCandidates } from '../../../src/db/read/ranking-candidates.ts';
import { pageRanking, rankingOf } from '../../../src/db/read/rankings.ts';
import { storeBatch } from '../../../src/db/write/feed.ts';
import { testDatabase } from '../../support/database.ts';
import { unmarked } from '../../support/few.ts';
import { seeded } from '../../support/random.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
const DAYS = 12;
const ARTISTS = 200;
const SALES = 6_000;

function randomSales(): FeedSale[] {
  const random = seeded(20261007);
  const upTo = (n: number) => Math.floor(random() * n);
  // Every fifth sells on one day alone.
  const dayOf = Array.from({ length: ARTISTS }, (_, n) => (n % 5 === 0 ? upTo(DAYS) : null));
  return Array.from({ length: SALES }, (_, n) => {
    const artist = Math.floor(ARTISTS * random() ** 3);
    const at = NOON - DAYS * DAY + (dayOf[artist] ?? upTo(DAYS)) * DAY + upTo(DAY / MINUTE) * MINUTE + n;
    const release = upTo(4);
    const [itemType, path] = (
      [
        ['a', 'album'],
        ['t', 'track'],
        ['p', 'album'],
        ['p', 'merch'],
      ] as const
    )[release] ?? ['a', 'album'];
    const seller = `s${artist % 90}.bandcamp.com`;
    return aSale({
      at,
      checkoutAt: at - 100_000,
      page: `https://${seller}/${path}/${artist}`,
      seller,
      artist: artist === 1 ? 'Various Artists' : `Artist ${artist}`,
      title: `Release ${artist} ${release}`,
      itemType,
      slugType: itemType,
      packageImageId: itemType === 'p' ? artist + 1 : null,
      units: 1 + upTo(3) * upTo(4),
      amountUsdCents: upTo(10) === 0 ? null : 200 + upTo(4_000),
    });
  }).sort((a, b) => a.at - b.at);
}

beforeAll(async () => {
  const from = NOON - (DAYS + 1) * DAY;
  const sales = randomSales();
  await storeBatch(db, { kind: 'sales', from, until: NOON, serverTime: NOON, sales, rejects: [] }, NOON);
});

const ending = (length: number, ago = 0): Window => ({ from: NOON - ago - length, until: NOON - ago });
const WINDOWS: [string, Window][] = [
  ['a week that ends at noon', ending(7 * DAY)],
  ['three UTC days', ending(3 * DAY, 12 * HOUR)],
  ['all days', ending(20 * DAY)],
  ['within a day, off the hour', ending(5 * HOUR, 17 * MINUTE)],
  ['where nothing was sold', ending(DAY, 400 * DAY)],
];
const ORDERS: By[] = ['units', 'revenue'];
const LIMITS = [1, 5, 40];

describe.each(WINDOWS)('over %s', (_, window) => {
  const order = (by: By) =>
    by === 'units' ? db`units desc, "usdCents" desc` : db`"usdCents" desc, units desc`;
  const plain = (subject: Fragment, by: By, limit: number, more = db`true`) => db`
    select ${subject} as subject, count(*) as sales, sum(units)::bigint as units,
      coalesce(sum(amount_usd_cents), 0)::bigint as "usdCents"
    from sale join item on item.id = sale.item_id join page on page.id = page_id
    where at >= ${window.from} and at < ${window.until} and ${more}
    group by 1 order by ${order(by)}, 1 limit ${limit}`;

  test.each(ORDERS)('by %s', async by => {
    for (const limit of LIMITS) {
      const most = { by, limit };
      const artists = await plain(
        db`artist_id`,
        by,
        limit,
        db`artist_id not in (select artist.id from artist where various)`,
      );
      expect(unmarked(await rankingOf(db, 'artist', { window }, most))).toEqual([...artists]);
      expect(unmarked(await rankingOf(db, 'seller', { window }, most))).toEqual([
        ...(await plain(db`sale.seller_id`, by, limit)),
      ]);
      for (const [kind, more] of [
        ['album', db`(type = 'a' or (type = 'p' and url like '%/album/%'))`],
        ['track', db`type = 't'`],
        ['merch', db`type = 'p'`],
      ] as const)
        expect(unmarked(await pageRanking(db, kind, { window }, most))).toEqual([
          ...(await plain(db`page_id`, by, limit, more)),
        ]);
    }
  });
});

describe.each(ORDERS)('by %s', by => {
  test.each(['artist', 'seller', 'page'] as const)('few of each %s are summed up', async subject => {
    const asked: number[] = [];
    const key = db(`${subject}_id`);
    const found = await rankingCandidates(db, subject, ending(7 * DAY), { by, limit: 5 }, async ids => {
      asked.push(ids.length);
      return db<{ units: number; usdCents: number }[]>`
        select sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents" from ${db(`${subject}_day`)}
        where ${key} = any(${ids}::bigint[]) and day >= '2026-10-01' and day < '2026-10-07'
        group by ${key} order by ${db(by === 'units' ? 'units' : 'usdCents')} desc limit 5`;
    });
    expect(asked[0]).toBeGreaterThanOrEqual(5);
    expect(found?.length).toBeGreaterThanOrEqual(5);
    expect(found?.length).toBeLessThan(60);
  });
});

test('too little was sold to find who leads by single days', async () => {
  const all = async () => [{ units: 3, usdCents: 3 }];
  expect(await rankingCandidates(db, 'artist', ending(7 * DAY), { by: 'units', limit: 1 }, all)).toBeNull();
  expect(
    await rankingCandidates(db, 'artist', ending(7 * DAY), { by: 'units', limit: 1 }, async () => []),
  ).toBeNull();
});
