/**
 * In the small world an artist of whom each number that one buyer made is seen again wherever it is told: a
 * checkout in Japan within the last day, the like of which nobody else makes.
 */
import { classifyTags } from '../../src/core/tags/tag.ts';
import { DAY, HOUR } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { storePage } from '../../src/db/write/page-queue.ts';
import { aSale } from './sales.ts';
import { seedWorld, WORLD_END } from './world.ts';

export const LONE = {
  artist: 'Lone Starling',
  album: 'Lone Meadow',
  host: 'lonestarling.bandcamp.com',
  page: 'https://lonestarling.bandcamp.com/album/lone-meadow',
};
/** Of the checkout: what it took and paid, as numbers and as texts of money. */
export const SECRETS = ['1717', '1,717', '543210', '5432.1', '5,432', '5,400', '540000'];

/** The world, and the artist with that one checkout in Japan, one in Germany, and a dozen in the States. */
export async function seedLoneBuyer(db: Sql): Promise<void> {
  await seedWorld(db);
  const of = { page: LONE.page, seller: LONE.host, artist: LONE.artist, title: LONE.album };
  const sales = [
    ...Array.from({ length: 12 }, (_, n) =>
      aSale({
        ...of,
        at: WORLD_END - (3 + (n % 3)) * DAY - n * HOUR,
        units: 3,
        amountUsdCents: 100_000,
        countryCode: 'us',
        countryName: 'United States',
      }),
    ),
    aSale({ ...of, at: WORLD_END - 6 * DAY, units: 2, amountUsdCents: 90_909 }),
    // Of one checkout three sales: fewer buyers than sales.
    ...[0, 1, 2].map(n =>
      aSale({
        ...of,
        at: WORLD_END - 5 * HOUR + n * 1000,
        checkoutAt: WORLD_END - 5 * HOUR - 100_000,
        itemType: n === 0 ? 'a' : 'p',
        packageImageId: n === 0 ? null : n,
        units: n === 0 ? 1715 : 1,
        amountUsdCents: n === 0 ? 543_010 : 100,
        countryCode: 'jp',
        countryName: 'Japan',
      }),
    ),
    // Somebody else's in the same hour: sums of the genre and of the country are no single buyer's.
    aSale({
      at: WORLD_END - 5 * HOUR + 9000,
      page: 'https://g1.bandcamp.com/album/3',
      seller: 'g1.bandcamp.com',
      artist: 'Молчат Дома jungle 3',
      title: 'jungle 3',
      units: 250,
      amountUsdCents: 77_000,
      countryCode: 'jp',
      countryName: 'Japan',
    }),
  ].sort((a, b) => a.at - b.at);
  const span = { from: WORLD_END - 7 * DAY, until: WORLD_END, serverTime: WORLD_END };
  await storeBatch(db, { kind: 'sales', ...span, sales, rejects: [] }, WORLD_END);
  const [page] = await db<{ id: number }[]>`select id from page where url = ${LONE.page}`;
  const facts = {
    title: null,
    artist: null,
    place: 'Berlin, Germany',
    published: null,
    artUrl: null,
    mainGenre: null,
  };
  const tags = classifyTags(['jungle'], facts);
  await db.begin(sql => storePage(sql, page?.id ?? 0, { ...facts, tags }, WORLD_END, WORLD_END + 90 * DAY));
}
