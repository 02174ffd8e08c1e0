/** A world that sells the same every day, but for Bandcamp Fridays: what is said of it must be "as many". */
import type { FeedSale } from '../../src/core/sale.ts';
import { isBandcampFriday } from '../../src/core/time/bandcamp-friday.ts';
import { DAY, HOUR, type Instant, parseInstant, utcDay } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { aSale } from './sales.ts';
import { storeTaggedPages } from './tagged-pages.ts';

export const FRIDAY_WORLD = { from: parseInstant('2026-07-01'), until: parseInstant('2026-11-15') };
/** By the UTC day they begin on, times the ordinary; September's first Friday was none. */
const FRIDAYS: Record<string, number> = {
  '2026-07-03': 7,
  '2026-08-07': 7,
  '2026-09-04': 1,
  '2026-10-02': 7,
  '2026-11-06': 14,
};
/** A day on which once ten times as much was sold. */
const RUSH: Instant = parseInstant('2026-10-20');
const AN_HOUR = 8;
const ARTISTS = 8;

function factorAt(at: Instant): number {
  if (isBandcampFriday(at)) return FRIDAYS[utcDay(at - 7 * HOUR)] ?? 1;
  return at >= RUSH && at < RUSH + DAY ? 10 : 1;
}

/** Stores the world, tagged ambient, bought in Germany. */
export async function seedFridayWorld(db: Sql): Promise<void> {
  const sales: FeedSale[] = [];
  for (let hour = FRIDAY_WORLD.from; hour < FRIDAY_WORLD.until; hour += HOUR) {
    const many = AN_HOUR * factorAt(hour);
    for (let n = 0; n < many; n += 1) {
      const artist = n % ARTISTS;
      const seller = `a${artist}.bandcamp.com`;
      const at = hour + Math.floor(((n + 0.5) / many) * HOUR);
      sales.push(
        aSale({
          at,
          checkoutAt: at - 100_000,
          page: `https://${seller}/album/one`,
          seller,
          artist: `Artist ${artist}`,
        }),
      );
    }
  }
  const pages = new Map(sales.map(({ page }) => [page, 'ambient']));
  await storeTaggedPages(db, pages, FRIDAY_WORLD.until);
  await storeLoad(db, 'import', { sales, rejects: [], windows: [FRIDAY_WORLD] }, FRIDAY_WORLD.until);
}
