/** What sellers of a place sold is the same from their countries' lists as from the sales themselves. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Place } from '../../../src/core/places/place.ts';
import { DAY, HOUR, SECOND } from '../../../src/core/time/instant.ts';
import type { Fragment } from '../../../src/db/connect.ts';
import {
  pagesOfSellers,
  type Sellers,
  subjectsOfSellers,
  tagsOfSellers,
} from '../../../src/db/read/seller-sales.ts';
import { sellersFrom } from '../../../src/db/read/who-sells.ts';
import { storePageFacts } from '../../../src/db/write/page-facts.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorld, WORLD_END } from '../../support/world.ts';

const { db } = await testDatabase();
const PLACES = ['Berlin, Germany', 'Tokyo, Japan', 'Kobe, Japan', 'Nowhere'];

beforeAll(async () => {
  await seedWorld(db);
  const pages = await db<{ page: string; seller: string }[]>`
    select distinct on (seller_id) url as page, host as seller
    from page join seller on seller.id = seller_id order by seller_id, page.id`;
  await storePageFacts(
    db,
    pages.map(({ page, seller }, n) => ({
      ...{ page: `${page}-more`, seller, title: null, artist: null, published: null, tags: [] },
      place: PLACES[n % PLACES.length] ?? null,
    })),
    { at: WORLD_END, nextAskAt: WORLD_END },
  );
});

/** Days, hours and seconds that are no whole ones; whole days; and one whole day beside it. */
const WINDOWS = [
  { from: WORLD_END - 9 * DAY + 7 * SECOND, until: WORLD_END - 2 * HOUR - 1_801 * SECOND },
  { from: WORLD_END - 30.5 * DAY, until: WORLD_END - 20.5 * DAY },
  { from: WORLD_END - 40.5 * DAY, until: WORLD_END - 39.5 * DAY },
];
const GERMANY: Place = { city: null, region: null, country: 'de' };
const KOBE: Place = { city: 'kobe', region: null, country: 'jp' };

const summed = (sold: Fragment, keys: Fragment): Promise<readonly unknown[]> => db`
  select n, ${keys}, sum(sales)::int as sales, sum(counted)::int as counted, sum(units)::int as units,
    sum(usd_cents)::bigint as "usdCents"
  from (${sold}) sold group by n, ${keys} having sum(sales) > 0 order by n, ${keys}`;

describe.each<[string, Place, Partial<Sellers>]>([
  ['a country', GERMANY, { origins: ['de'], allOf: 'de' }],
  ['a city', KOBE, { origins: ['jp'] }],
  ['a place of no known country', { city: 'nowhere', region: null, country: null }, { origins: [''] }],
])('of %s', (_, place, listed) => {
  const ids = () => sellersFrom(db, place);
  const inBoth = async (query: (sellers: Sellers) => Fragment, keys: Fragment) => [
    await summed(query({ ids: ids(), ...listed }), keys),
    await summed(query({ ids: ids() }), keys),
  ];

  test.each(['artist', 'seller', 'country'] as const)('by %s', async subject => {
    const [lists, sales] = await inBoth(
      sellers => subjectsOfSellers(db, subject, WINDOWS, { sellers }),
      db`subject`,
    );
    expect(lists).toEqual(sales);
    expect(lists?.length).toBeGreaterThan(3);
  });

  test('by page', async () => {
    const [lists, sales] = await inBoth(
      sellers => pagesOfSellers(db, WINDOWS, { sellers }),
      db`page_id, type::text`,
    );
    expect(lists).toEqual(sales);
    expect(lists?.length).toBeGreaterThan(3);
  });

  test('by tag', async () => {
    const [lists, sales] = await inBoth(sellers => tagsOfSellers(db, WINDOWS, { sellers }), db`subject`);
    expect(lists).toEqual(sales);
    expect(lists?.length).toBeGreaterThan(3);
  });
});
