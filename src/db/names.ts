/** The ids of items and artists by the names that sales give them: looked up once for a load, kept while it goes on. */
import { artistKey, isVariousArtists } from '../core/artist.ts';
import type { Instant } from '../core/instant.ts';
import type { FeedSale } from '../core/sale.ts';
import type { Transaction } from './connect.ts';
import { copyToTemporary } from './copy.ts';

export interface KnownItem {
  id: number;
  pageId: number;
  sellerId: number;
  title: string;
  albumTitle: string | null;
  artUrl: string | null;
  /** Of the page. */
  firstSeen: Instant;
}

export interface KnownArtist {
  id: number;
  /** The one it came with first; others are counted. */
  spelling: string;
  various: boolean;
}

/** Ids never change and rows are never deleted, so what was looked up stays true, unless its transaction fails. */
export interface Names {
  items: Map<string, KnownItem>;
  artists: Map<string, KnownArtist>;
  /** Of the spellings that were met. */
  keys: Map<string, string>;
  countries: Set<string>;
}

/** Entries of each map that are kept between batches, about 100 MB in all. */
const MEMORY = 100_000;

export const createNames = (): Names => ({
  items: new Map(),
  artists: new Map(),
  keys: new Map(),
  countries: new Set(),
});

export function forgetNames(names: Names): void {
  for (const known of Object.values(names)) known.clear();
}

export const itemKey = ({ page, itemType, packageImageId }: FeedSale): string =>
  `${page} ${itemType} ${packageImageId ?? ''}`;

/** An item whose artist's name is empty belongs to its seller. */
export function artistOf({ artist, seller }: FeedSale, keys: Names['keys']): { key: string; name: string } {
  const key = keyOf(artist, keys);
  return key ? { key, name: artist } : { key: keyOf(seller, keys), name: seller };
}

function keyOf(name: string, keys: Names['keys']): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = artistKey(name);
    keys.set(name, key);
  }
  return key;
}

/** Makes sure that everything these sales name is stored, and in `names`. */
export async function resolveNames(sql: Transaction, sales: readonly FeedSale[], names: Names): Promise<void> {
  await storeCountries(sql, sales, names.countries);
  await resolveArtists(sql, sales, names);
  await resolveItems(sql, sales, names.items);
}

/** Forgets the longest known of what is more than can be kept. */
export function trimNames({ items, artists, keys }: Names): void {
  for (const known of [items, artists, keys] as Map<string, unknown>[]) {
    for (const key of known.keys()) {
      if (known.size <= MEMORY) break;
      known.delete(key);
    }
  }
}

async function storeCountries(sql: Transaction, sales: readonly FeedSale[], known: Set<string>): Promise<void> {
  const found = new Map<string, string>();
  for (const { countryCode, countryName } of sales) {
    if (countryCode !== null && !known.has(countryCode) && !found.has(countryCode))
      found.set(countryCode, countryName ?? countryCode);
  }
  if (found.size === 0) return;
  await sql`
    insert into country (code, name) select * from unnest(${[...found.keys()]}::text[], ${[...found.values()]}::text[])
    on conflict do nothing`;
  for (const code of found.keys()) known.add(code);
}

async function resolveArtists(
  sql: Transaction,
  sales: readonly FeedSale[],
  { artists: known, keys }: Names,
): Promise<void> {
  const found = new Map<string, { name: string; at: Instant }>();
  for (const sale of sales) {
    const { key, name } = artistOf(sale, keys);
    if (known.has(key)) continue;
    const first = found.get(key);
    if (!first || sale.at < first.at) found.set(key, { name, at: sale.at });
  }
  if (found.size === 0) return;
  await copyToTemporary(
    sql,
    'named',
    { key: 'text', name: 'text', various: 'boolean' },
    found.entries().map(([key, { name }]) => [key, name, isVariousArtists(name)]),
  );
  await sql`
    insert into artist (key, name, first_spelling, various)
    select key, name, name, various from named where not exists (select from artist where artist.key = named.key)`;
  const rows = await sql<(KnownArtist & { key: string })[]>`
    select artist.id, artist.key, artist.first_spelling as spelling, artist.various from named join artist using (key)`;
  for (const { key, ...artist } of rows) known.set(key, artist);
  await sql`drop table named`;
}

async function resolveItems(
  sql: Transaction,
  sales: readonly FeedSale[],
  known: Map<string, KnownItem>,
): Promise<void> {
  /** The newest sale of each, whose title is shown, and the oldest of its page. */
  const found = new Map<string, { newest: FeedSale; firstAt: Instant }>();
  for (const sale of sales) {
    const key = itemKey(sale);
    if (known.has(key)) continue;
    const one = found.get(key);
    if (!one) found.set(key, { newest: sale, firstAt: sale.at });
    else if (sale.at > one.newest.at) one.newest = sale;
    else if (sale.at < one.firstAt) one.firstAt = sale.at;
  }
  if (found.size === 0) return;
  await copyToTemporary(
    sql,
    'named',
    {
      ...({ key: 'text', url: 'text', host: 'text', type: 'text', package_image_id: 'bigint', title: 'text' } as const),
      ...({ album_title: 'text', art_url: 'text', first_at: 'timestamptz' } as const),
    },
    found
      .entries()
      .map(([key, { newest, firstAt }]) => [
        ...[key, newest.page, newest.seller, newest.itemType, newest.packageImageId],
        ...[newest.title, newest.albumTitle, newest.artUrl, firstAt],
      ]),
  );
  await sql`
    insert into seller (host) select distinct host from named where not exists (select from seller where seller.host = named.host)`;
  await sql`
    insert into page (url, seller_id, first_seen, next_ask_at)
    select url, seller.id, min(first_at), min(first_at) from named join seller using (host)
    where not exists (select from page where page.url = named.url) group by 1, 2`;
  await sql`
    insert into item (page_id, type, package_image_id, title, album_title, art_url)
    select page.id, named.type, named.package_image_id, named.title, named.album_title, named.art_url
    from named join page using (url)
    where not exists (
      select from item where item.page_id = page.id and item.type = named.type and item.package_image_id is not distinct from named.package_image_id)`;
  const rows = await sql<(KnownItem & { key: string })[]>`
    select named.key, item.id, page.id as "pageId", page.seller_id as "sellerId", item.title, item.album_title as "albumTitle",
      item.art_url as "artUrl", page.first_seen as "firstSeen"
    from named join page using (url)
    join item on item.page_id = page.id and item.type = named.type and item.package_image_id is not distinct from named.package_image_id`;
  for (const { key, ...item } of rows) known.set(key, item);
  await sql`drop table named`;
}
