/** What the fuzzers' records become, stored in a real database and read back. */
import { artistKey } from '../../src/core/artist.ts';
import type { FeedReject, FeedSale } from '../../src/core/sale.ts';
import { classifyTags } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { createNames } from '../../src/db/write/name-cache.ts';
import { storePage } from '../../src/db/write/page-queue.ts';
import { retryRejects } from '../../src/etl/rejects.ts';
import { tryFeed } from './fuzz-feed.ts';
import { tryPage } from './fuzz-pages.ts';
import { aSale, NOON } from './sales.ts';

const identity = (sale: Pick<FeedSale, 'at' | 'page' | 'itemType' | 'packageImageId'>): string =>
  `${sale.at} ${sale.page} ${sale.itemType} ${sale.packageImageId ?? ''}`;

type Row = FeedSale & { key: string };

/**
 * As `FeedSale` names it; what belongs to the item or the artist is shown as its last or commonest sale has
 * it.
 */
const storedSales = (db: Sql) => db<Row[]>`
  select sale.at, sale.checkout_at as "checkoutAt", page.url as page, seller.host as seller,
    item.type as "itemType", item.package_image_id as "packageImageId", sale.country_code as "countryCode",
    units, amount_minor as "amountMinor", currency, amount_usd_cents as "amountUsdCents",
    item_price_minor as "itemPriceMinor", artist.key, item.title
  from sale
  join item on item.id = item_id
  join page on page.id = page_id
  join artist on artist.id = sale.artist_id
  join seller on seller.id = sale.seller_id`;

/**
 * Whether one of the sales that share an identity is what was stored: a body can give the same sale twice,
 * and differently.
 */
function isStored(row: Row, offered: readonly FeedSale[], titles: ReadonlyMap<string, Set<string>>): boolean {
  const item = `${row.page} ${row.itemType} ${row.packageImageId ?? ''}`;
  if (!titles.get(item)?.has((row as Row & { title: string }).title)) return false;
  return offered.some(
    sale =>
      sale.seller === row.seller &&
      sale.countryCode === row.countryCode &&
      sale.units === row.units &&
      sale.amountMinor === row.amountMinor &&
      sale.currency === row.currency &&
      sale.itemPriceMinor === row.itemPriceMinor &&
      (sale.amountUsdCents === null || sale.amountUsdCents === row.amountUsdCents) &&
      (artistKey(sale.artist) || artistKey(sale.seller)) === row.key,
  );
}

/**
 * Stores what `count` mutated answers from `seed` on hold, in loads of `each` answers, into an empty
 * database, and compares all that is stored with it; read again by the same parser, every reject stays one.
 * Returns how many sales and rejects there are.
 * @throws the server's error where it refuses a load; Error for what was lost or is wrong
 */
export async function storeMutatedFeed(
  db: Sql,
  { seed, count, each }: { seed: number; count: number; each: number },
): Promise<{ sales: number; rejects: number }> {
  const offered = new Map<string, FeedSale[]>();
  const titles = new Map<string, Set<string>>();
  const refused = new Set<string>();
  const names = createNames();
  for (let first = seed; first < seed + count; first += each) {
    const sales: FeedSale[] = [];
    const rejects: FeedReject[] = [];
    for (let at = first; at < Math.min(first + each, seed + count); at += 1) {
      const found = tryFeed(at);
      // The answers repeat each other; a moment later each is a sale of its own, and not one that is there
      // already.
      sales.push(...found.sales.map((sale, n) => ({ ...sale, at: sale.at + (at - seed) * 1000 + n })));
      rejects.push(...found.rejects);
    }
    await storeLoad(db, 'feed', { sales, rejects, windows: [] }, NOON, names);
    for (const sale of sales) {
      const item = `${sale.page} ${sale.itemType} ${sale.packageImageId ?? ''}`;
      offered.set(identity(sale), [...(offered.get(identity(sale)) ?? []), sale]);
      titles.set(item, (titles.get(item) ?? new Set()).add(sale.title));
    }
    for (const { reason, raw } of rejects) refused.add(JSON.stringify([reason, raw]));
  }
  const rows = await storedSales(db);
  if (rows.length !== offered.size) throw new Error(`${offered.size} sales became ${rows.length}`);
  const wrong = rows.find(row => !isStored(row, offered.get(identity(row)) ?? [], titles));
  if (wrong)
    throw new Error(`stored ${JSON.stringify(wrong)} of ${JSON.stringify(offered.get(identity(wrong)))}`);
  const kept = await db<FeedReject[]>`select reason, raw from reject`;
  const lost = refused.difference(new Set(kept.map(({ reason, raw }) => JSON.stringify([reason, raw]))));
  if (lost.size > 0) throw new Error(`lost the reject ${[...lost][0]}`);
  const again = await retryRejects({ db, clock: simulatedClock(NOON, 1) });
  const left = again.left.reduce((sum, { count }) => sum + count, 0);
  if (again.mended + again.stored + again.repeated > 0 || left !== kept.length)
    throw new Error(`read again without a fix: ${JSON.stringify(again)}`);
  return { sales: rows.length, rejects: kept.length };
}

/**
 * Stores what `count` mutated pages from `seed` on say, each as the page of the same item, and reads it back.
 * Returns how many could be read.
 * @throws as `storeMutatedFeed`
 */
export async function storeMutatedPages(
  db: Sql,
  { seed, count }: { seed: number; count: number },
): Promise<number> {
  await storeLoad(db, 'feed', { sales: [aSale()], rejects: [], windows: [] }, NOON);
  const [page] = await db<{ id: number }[]>`select id from page where url = ${aSale().page}`;
  if (!page) throw new Error('no page');
  let read = 0;
  for (let at = seed; at < seed + count; at += 1) {
    const { result } = tryPage(at);
    if (result.kind !== 'page') continue;
    read += 1;
    const { tags, ...facts } = result.facts;
    const classified = classifyTags(tags, facts);
    await db.begin(sql => storePage(sql, page.id, { ...facts, tags: classified }, NOON, NOON));
    const [stored] = await db`
      select title, artist_name as artist, page.place, published, art_url as "artUrl",
        main_genre as "mainGenre", is_preorder as "isPreorder", label,
        case when ${facts.owner}::text is not null then seller.name end as owner
      from page join seller on seller.id = seller_id where page.id = ${page.id}`;
    const keys = await db<{ key: string }[]>`
      select tag.key from page_tag join tag on tag.id = tag_id
      where page_id = ${page.id} and not inferred
      order by position`;
    const { kind: _, tagsLeftOut: __, ...wanted } = facts;
    const wantedKeys = [...new Set(classified.map(({ key }) => key).filter(Boolean))];
    if (JSON.stringify(Object.entries(wanted).sort()) !== JSON.stringify(Object.entries(stored ?? {}).sort()))
      throw new Error(
        `page of seed ${at}: stored ${JSON.stringify(stored)}, wanted ${JSON.stringify(wanted)}`,
      );
    if (JSON.stringify(keys.map(({ key }) => key).sort()) !== JSON.stringify(wantedKeys.sort()))
      throw new Error(
        `page of seed ${at}: stored ${JSON.stringify(keys)}, wanted ${JSON.stringify(wantedKeys)}`,
      );
  }
  return read;
}
