/** What rows say beside a name: an artist's genre and a page to listen to, a release's price and picture. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { FeedSale } from '../../../src/core/sale.ts';
import { classifyTags } from '../../../src/core/tags/tag.ts';
import { DAY, HOUR } from '../../../src/core/time/instant.ts';
import { artistGenres } from '../../../src/db/read/artist-genres.ts';
import { nameArtists, namePages } from '../../../src/db/read/named-subjects.ts';
import { pricesOf } from '../../../src/db/read/releases.ts';
import { storeBatch } from '../../../src/db/write/feed.ts';
import { storePage } from '../../../src/db/write/page-queue.ts';
import { testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
let hour = 0;
const sale = (path: string, of: Partial<FeedSale> = {}): FeedSale => {
  hour += 1;
  const at = NOON - 100 * HOUR + hour * HOUR;
  const page = `https://${path}`;
  return aSale({ at, checkoutAt: at - 100_000, page, seller: new URL(page).host, ...of });
};

const art = 'https://f4.bcbits.com/img/a0000000007_7.jpg';
const vinyl = { itemType: 'p', slugType: 'a', packageImageId: 5 } as const;

const idOf = async (table: 'page' | 'artist', value: string): Promise<number> => {
  const isOf = table === 'page' ? db`url = ${`https://${value}`}` : db`name = ${value}`;
  return (await db<{ id: number }[]>`select id from ${db(table)} where ${isOf}`)[0]?.id ?? 0;
};

beforeAll(async () => {
  const sales = [
    // The oldest two are the album's; a discography and a shirt sold last.
    sale('s.bandcamp.com/album/a', { artist: 'Said', artUrl: art }),
    sale('s.bandcamp.com/album/a', { artist: 'Said', artUrl: art, itemPriceMinor: 900 }),
    sale('s.bandcamp.com/track/t', { artist: 'Said', itemType: 't', slugType: 't', itemPriceMinor: 0 }),
    sale('s.bandcamp.com', { artist: 'Said', itemType: 'b', slugType: null }),
    ...[1, 2, 3].map(() =>
      sale('s.bandcamp.com/merch/shirt', { ...vinyl, slugType: 'p', artist: 'Said', artUrl: 'other' }),
    ),
    // Several units together, and a vinyl in yen, later than the digital album's last single price.
    sale('s.bandcamp.com/album/a', { artist: 'Said', artUrl: art, units: 3, itemPriceMinor: 3000 }),
    sale('s.bandcamp.com/album/a', {
      ...vinyl,
      artist: 'Said',
      artUrl: 'https://f4.bcbits.com/img/0000000005_37.jpg',
      currency: 'JPY',
      amountMinor: 3500,
      itemPriceMinor: 3500,
    }),
    sale('t.bandcamp.com/album/one', { artist: 'Tagged' }),
    sale('t.bandcamp.com/album/two', { artist: 'Tagged' }),
    sale('t.bandcamp.com/album/two', { artist: 'Tagged' }),
    sale('n.bandcamp.com/album/n', { artist: 'Nothing', itemPriceMinor: null }),
  ];
  const from = NOON - 30 * DAY;
  await storeBatch(db, { kind: 'sales', from, until: NOON, serverTime: NOON, sales, rejects: [] }, NOON);
  const read = async (path: string, tags: string[], mainGenre: string | null): Promise<void> => {
    const facts = { title: null, artist: null, place: null, published: null, artUrl: null, mainGenre };
    const id = await idOf('page', path);
    const classified = classifyTags(tags, facts);
    await db.begin(sql => storePage(sql, id, { ...facts, tags: classified }, NOON, NOON + DAY));
  };
  await read('s.bandcamp.com/album/a', ['techno', 'electronic'], 'experimental');
  await read('t.bandcamp.com/album/one', ['jazz', 'ambient', 'dark'], null);
  await read('t.bandcamp.com/album/two', ['electronic', 'techno', 'vinyl'], null);
});

describe('an artist', () => {
  test('has the genre that its pages say, else the commonest of their tags, parents last', async () => {
    const ids = await Promise.all(['Said', 'Tagged', 'Nothing'].map(name => idOf('artist', name)));
    const genres = await artistGenres(db, ids);
    expect(ids.map(id => genres.get(id))).toEqual(['experimental', 'techno', undefined]);
  });

  test('leads to the release that sold most of late, not to a host or to merch', async () => {
    const said = await idOf('artist', 'Said');
    expect((await nameArtists(db, [said])).get(said)).toEqual({
      name: 'Said',
      url: 'https://s.bandcamp.com/album/a',
      artUrl: art,
    });
  });
});

describe('a release', () => {
  const album = () => idOf('page', 's.bandcamp.com/album/a');

  test('has the picture of the release, not of its package', async () => {
    const id = await album();
    expect((await namePages(db, [id])).get(id)?.artUrl).toBe(art);
  });

  test('costs what its newest single copy did, of the first type that has a price', async () => {
    const id = await album();
    const price = async (types: string[], before = NOON) => (await pricesOf(db, [id], types, before)).get(id);
    expect(await price(['a', 'p'])).toEqual({ minor: 900, currency: 'EUR' });
    expect(await price(['p', 'a'])).toEqual({ minor: 3500, currency: 'JPY' });
    expect(await price(['a', 'p'], NOON - 98 * HOUR)).toEqual({ minor: 700, currency: 'EUR' });
    expect(await price(['t'])).toBeUndefined();
    const track = await idOf('page', 's.bandcamp.com/track/t');
    expect((await pricesOf(db, [track], ['t'], NOON)).get(track)).toEqual({ minor: 0, currency: 'EUR' });
    const unpriced = await idOf('page', 'n.bandcamp.com/album/n');
    expect((await pricesOf(db, [unpriced], ['a'], NOON)).size).toBe(0);
  });
});
