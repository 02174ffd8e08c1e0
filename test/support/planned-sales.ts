/** Genres and artists that sell as planned, day by day, until midnight after Wednesday 2026-10-07. */
import type { FeedSale } from '../../src/core/sale.ts';
import { DAY, HOUR } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { seeded } from './random.ts';
import { aSale, NOON } from './sales.ts';
import { storeTaggedPages } from './tagged-pages.ts';

export const END = NOON + 12 * HOUR;
export const DAYS = 49;
const COUNTRIES = ['de', 'us', 'jp', 'gb', 'fr'];

/** Sales a day on the n-th day of a genre, by how many artists, from how many countries. */
export interface Plan {
  genre: string;
  /** Another one of the same pages. */
  alike?: string;
  artists: number;
  countries?: number;
  name?: string;
  /** The host that sells them all; without it each artist has one. */
  label?: string;
  /** What is paid for each. */
  usdCents?: number;
  sales(day: number): number;
}
/**
 * @param checkouts whether they are known
 * @param first the day on which reading began
 */
export async function sellPlanned(
  into: Sql,
  plans: readonly Plan[],
  { checkouts = true, first = 0 }: { checkouts?: boolean; first?: number } = {},
): Promise<void> {
  const random = seeded(5);
  const sales: FeedSale[] = [];
  const pages = new Map<string, string>();
  for (const [
    at,
    { genre, alike, artists, countries = COUNTRIES.length, name, label, usdCents = 812, sales: perDay },
  ] of plans.entries()) {
    for (let day = first; day < DAYS; day += 1) {
      for (let n = 0; n < perDay(day); n += 1) {
        const artist = name ?? `${genre} ${Math.floor(random() * artists)}`;
        const seller = `${label ?? `p${at}-${artist.replace(/\W/g, '').toLowerCase()}`}.bandcamp.com`;
        const page = `https://${seller}/album/${Math.floor(random() * 4)}`;
        const instant = END - (DAYS - day) * DAY + Math.floor(random() * DAY);
        pages.set(page, alike ? `${genre}, ${alike}` : genre);
        sales.push(
          aSale({
            at: instant,
            checkoutAt: checkouts ? instant - 100_000 : null,
            page,
            seller,
            artist,
            amountUsdCents: usdCents,
            countryCode: COUNTRIES[Math.floor(random() * countries)] ?? 'us',
          }),
        );
      }
    }
  }
  const windows = [{ from: END - (DAYS - first) * DAY, until: END }];
  await storeTaggedPages(into, pages, END);
  await storeLoad(into, 'import', { sales, rejects: [], windows }, END);
}
