/** Sales are stored whole, once each, however they come. */

import { describe, expect, test } from 'vitest';
import type { FeedSale } from '../../../src/core/sale.ts';
import { DAY, SECOND } from '../../../src/core/time/instant.ts';
import { feedCursor } from '../../../src/db/coverage.ts';
import { readDataVersion } from '../../../src/db/data-version.ts';
import { storeBatch } from '../../../src/db/write/feed.ts';
import { createNames } from '../../../src/db/write/name-cache.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();

const store = (sales: FeedSale[], window = { from: NOON - 60 * SECOND, until: NOON }) =>
  storeBatch(db, { kind: 'sales', ...window, serverTime: window.until, sales, rejects: [] }, window.until);

const all = async () => db`
  select sale.at, page.url, item.type, item.title, artist.name as artist, seller.host, sale.units,
    sale.amount_minor, checkout_at as checkout
  from sale
  join item on item.id = item_id
  join page on page.id = page_id
  join artist on artist.id = sale.artist_id
  join seller on seller.id = sale.seller_id
  order by sale.at`;

describe('a batch', () => {
  test('is stored once, also when it is read again, twice in itself, or by two at once', async () => {
    const sales = Array.from({ length: 50 }, (_, n) =>
      aSale({
        at: NOON + n,
        page: `https://label.bandcamp.com/album/a${n % 7}`,
        artist: `Artist ${n % 5}`,
        countryCode: n % 2 ? 'de' : 'fr',
      }),
    );
    expect(await store([...sales, ...sales.slice(0, 5)])).toEqual({ stored: 50, repeated: 5, rejected: 0 });
    const version = await readDataVersion(db);
    expect(await store(sales)).toEqual({ stored: 0, repeated: 50, rejected: 0 });
    expect(await readDataVersion(db)).toEqual(version);

    const more = sales.map(sale => ({
      ...sale,
      at: sale.at + DAY,
      page: `${sale.page}-new`,
      artist: `${sale.artist} new`,
    }));
    const both = await Promise.all([store(more), store(more.toReversed()), store(more)]);
    expect(both.reduce((sum, { stored }) => sum + stored, 0)).toBe(50);
    expect(await db`select count(*) as n from sale`).toEqual([{ n: 100 }]);
    expect(await db`select sum(sales)::bigint as n from artist_day`).toEqual([{ n: 100 }]);
  });

  test('keeps every kind of item apart on one page, and microseconds', async () => {
    await emptyData(db);
    const at = NOON + 123_456;
    await store([
      aSale({ at, itemType: 'a' }),
      aSale({ at, itemType: 'p', packageImageId: 7, title: 'LP' }),
      aSale({ at, itemType: 'p', packageImageId: 8, title: 'Tape' }),
      aSale({
        at: at + 1,
        itemType: 'b',
        page: 'https://label.bandcamp.com',
        slugType: null,
        title: 'full digital discography (3 releases)',
        releases: 3,
      }),
    ]);
    const rows = await all();
    expect(rows.map(({ type, title }) => `${type} ${title}`).sort()).toEqual([
      'a First',
      'b full digital discography (3 releases)',
      'p LP',
      'p Tape',
    ]);
    expect(rows.map(row => row.at)).toEqual([at, at, at, at + 1]);
    expect(await db`select count(distinct checkout_at) as n from sale`).toEqual([{ n: 2 }]);
  });

  test('shows the commonest spelling of an artist, and the seller where the name is empty', async () => {
    await emptyData(db);
    const named = (artist: string, n: number) => aSale({ artist, at: NOON + n });
    await store([
      named('ANN  artist', 0),
      named('Ann Artist', 1),
      named('Ann\u200b Artist', 2),
      named('Ann Artist', 3),
      named('', 4),
      named('Various Artists', 5),
    ]);
    expect(await db`select name, various from artist order by id`).toEqual(
      expect.arrayContaining([
        { name: 'Ann Artist', various: false },
        { name: 'label.bandcamp.com', various: false },
        { name: 'Various Artists', various: true },
      ]),
    );
    expect(await db`select count(*) as n from artist`).toEqual([{ n: 3 }]);
    expect((await db`select name from artist_spelling order by name`).map(row => row.name)).toContain(
      'Ann\u200b Artist',
    );
  });

  test('shows the newest title of an item', async () => {
    await emptyData(db);
    await store([aSale({ at: NOON, title: 'Old' }), aSale({ at: NOON + 2, title: 'New' })]);
    await store([aSale({ at: NOON + 1, title: 'Between' })]);
    expect(await db`select title from item`).toEqual([{ title: 'New' }]);
  });

  test('with names that hold tabs, newlines and backslashes arrives as it was', async () => {
    await emptyData(db);
    const title = 'tab\tnew\nline\r back\\slash \\N \\. "quotes" \u{1F3A7} 日本語';
    await store([aSale({ title, artist: '\\N' })]);
    expect(await all()).toMatchObject([{ title, artist: '\\N' }]);
  });

  test('without a price is sold for no more than that', async () => {
    await emptyData(db);
    await store([aSale({ itemPriceMinor: null })]);
    expect(await db`select sales, overpaid from format_hour where country_code = 'de'`).toEqual([
      { sales: 1, overpaid: 0 },
    ]);
  });

  test('crosses a month, and may be older than any other', async () => {
    await emptyData(db);
    const instants = [0, 40 * DAY, -900 * DAY].map(days => NOON + days);
    await store(instants.map(at => aSale({ at })));
    expect((await all()).map(row => row.at)).toEqual(instants.toSorted((a, b) => a - b));
  });
});

test('names of any length and script are stored', async () => {
  await emptyData(db);
  // No two characters alike, so that the server cannot compress what it indexes.
  const long = Array.from({ length: 1000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
  await store([
    aSale({
      artist: long,
      title: long + long,
      albumTitle: long,
      page: `https://label.bandcamp.com/album/${'x'.repeat(900)}`,
    }),
  ]);
  expect(await all()).toMatchObject([{ artist: long, title: long + long }]);
});

test('an answer of the feed without any length is stored, and no window', async () => {
  const cursor = await feedCursor(db);
  await store([], { from: NOON + 9 * DAY, until: NOON + 9 * DAY });
  expect(await feedCursor(db)).toBe(cursor);
});

test('the feed supplies the checkout that imported history lacks', async () => {
  await emptyData(db);
  await db.begin(async sql =>
    (await import('../../../src/db/write/sales.ts')).storeSales(
      sql,
      [aSale({ checkoutAt: null })],
      createNames(),
    ),
  );
  expect(await all()).toMatchObject([{ checkout: null }]);
  await store([aSale()]);
  expect(await all()).toMatchObject([{ checkout: NOON - 100_000 }]);
});

test('a reject is stored once, with its raw record', async () => {
  const batch = {
    kind: 'sales' as const,
    from: NOON,
    until: NOON + 60 * SECOND,
    serverTime: NOON,
    sales: [],
    rejects: [{ reason: 'bad-item: x', raw: '{"a":"\\u0000"}' }],
  };
  expect(await storeBatch(db, batch, NOON)).toEqual({ stored: 0, repeated: 0, rejected: 1 });
  expect(await storeBatch(db, batch, NOON)).toEqual({ stored: 0, repeated: 0, rejected: 0 });
  expect(await db`select source, reason, raw from reject`).toEqual([
    { source: 'feed', reason: 'bad-item: x', raw: '{"a":"\\u0000"}' },
  ]);
});

test('a batch that fails leaves nothing, and its window unread', async () => {
  const cursor = await feedCursor(db);
  const window = { from: NOON + DAY, until: NOON + DAY + 60 * SECOND };
  await expect(
    store([aSale({ at: NOON + DAY }), aSale({ at: NOON + DAY + 1, units: 0 })], window),
  ).rejects.toThrow(/units/);
  expect(await feedCursor(db)).toBe(cursor);
  expect(await db`select from sale where at >= ${NOON + DAY} and at < ${NOON + DAY + 2}`).toEqual([]);
});
