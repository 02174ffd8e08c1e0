/**
 * A small world with names: five weeks of sales in which jungle rises, and tags in many scripts. What the
 * goldens stand on.
 */

import type { FeedSale } from '../../src/core/sale.ts';
import { classifyTags, isKnownGenre } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, type Instant } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { storePage } from '../../src/db/write/page-queue.ts';
import { judgeTagKinds } from '../../src/db/write/tag-kinds.ts';
import { aSale, NOON } from './sales.ts';

/** The world's present: Wednesday 2026-10-07, 12:00 UTC; all is read for the five weeks before. */
export const WORLD_END: Instant = NOON;
const WEEKS = 5;

/** Tag → sales a week, oldest week first; the last is the one that questions look at. */
const GENRES: Record<string, number[]> = {
  ambient: [60, 58, 61, 60, 59],
  jungle: [22, 24, 21, 25, 66],
  techno: [48, 50, 51, 49, 38],
  'city pop': [21, 22, 22, 23, 31],
  夜想曲: [21, 21, 21, 21, 24],
  '케이팝 인디': [21, 21, 21, 21, 21],
  'طرب حديث': [21, 21, 21, 21, 22],
  ลูกทุ่งอีสาน: [21, 21, 21, 21, 29],
  'भक्ति संगीत': [21, 21, 21, 21, 20],
  'vapor 🌴 wave': [21, 21, 21, 21, 28],
};

const COUNTRIES: [string, string][] = [
  ['de', 'Germany'],
  ['us', 'United States'],
  ['jp', 'Japan'],
  ['gb', 'United Kingdom'],
];

/** Artists whose names break careless faces, one for each genre in turn. */
const NAMES = [
  'Ann Artist',
  '<!channel> & Sons',
  '林檎の木',
  'فرقة النور',
  'Молчат Дома',
  'สุนทราภรณ์',
  'A'.repeat(80),
  '🎧 DJ *Bold*_x_',
];

function worldSales(): { sales: FeedSale[]; tags: Map<string, string[]> } {
  const sales: FeedSale[] = [];
  const tags = new Map<string, string[]>();
  for (const [genre, weeks] of Object.entries(GENRES)) {
    const own = `g${Object.keys(GENRES).indexOf(genre)}`;
    for (const [week, count] of weeks.entries()) {
      for (let n = 0; n < count; n += 1) {
        const artist = n % 21;
        // What nobody knows is a style where several sellers have it; of the others each has one.
        const branch = isKnownGenre(genre) ? 0 : artist % 6;
        const host = `${own}${branch > 0 ? `-${branch}` : ''}.bandcamp.com`;
        const page = `https://${host}/album/${artist}`;
        tags.set(page, [genre, 'Berlin']);
        const [countryCode, countryName] = COUNTRIES[(n * 7 + week) % COUNTRIES.length] ?? [
          'us',
          'United States',
        ];
        const at = WORLD_END - (WEEKS - week) * 7 * DAY + Math.floor(((n + 0.5) / count) * 7 * DAY) + n;
        const name = NAMES[(artist + Object.keys(GENRES).indexOf(genre)) % NAMES.length];
        sales.push(
          aSale({
            at,
            checkoutAt: at - 100_000,
            page,
            seller: host,
            artist: `${name} ${genre} ${artist}`,
            title: `${genre} ${artist}`,
            amountUsdCents: 500 + 50 * artist,
            countryCode,
            countryName,
          }),
        );
      }
    }
  }
  return { sales, tags };
}

/** Stores the world by the service's own loaders, its pages read. */
export async function seedWorld(db: Sql): Promise<void> {
  const { sales, tags } = worldSales();
  const from = WORLD_END - WEEKS * 7 * DAY;
  await storeBatch(
    db,
    { kind: 'sales', from, until: WORLD_END, serverTime: WORLD_END, sales, rejects: [] },
    WORLD_END,
  );
  for (const { id, url } of await db<{ id: number; url: string }[]>`select id, url from page order by id`) {
    const facts = {
      title: null,
      artist: null,
      place: 'Berlin, Germany',
      published: null,
      artUrl: null,
      mainGenre: null,
    };
    const classified = classifyTags(tags.get(url) ?? [], facts);
    await db.begin(sql =>
      storePage(sql, id, { ...facts, tags: classified }, WORLD_END, WORLD_END + 90 * DAY),
    );
  }
  await judgeTagKinds({ db, clock: simulatedClock(WORLD_END, 1) });
}
