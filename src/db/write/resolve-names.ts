/**
 * The ids of items and artists by the names that sales give them: looked up once for a load, kept while it
 * goes on.
 */
import { isVariousArtists } from '../../core/artist.ts';
import type { FeedSale } from '../../core/sale.ts';
import type { Instant } from '../../core/time/instant.ts';
import { pipelined, type Transaction } from '../connect.ts';
import { takeNamesLock } from '../load-lock.ts';
import { copyRows } from './copy.ts';
import {
  artistOf,
  isSameItem,
  itemOf,
  type KnownArtist,
  type KnownItem,
  type KnownPage,
  type NamedSale,
  type Names,
  named,
} from './name-cache.ts';

/**
 * Makes sure that everything these sales name is stored, and in `names`; returns the sales with it, in their
 * order.
 */
export async function resolveNames(
  sql: Transaction,
  sales: readonly FeedSale[],
  names: Names,
): Promise<NamedSale[]> {
  const known = sales.flatMap(sale => named(sale, names) ?? []);
  if (known.length === sales.length) return known;
  // Names are found by index however many there are: a join by hash would read all of them for each batch.
  await pipelined([
    takeNamesLock(sql),
    sql`set local enable_hashjoin = off`,
    sql`set local enable_mergejoin = off`,
  ]);
  await storeCountries(sql, sales, names.countries);
  const [artists, items] = await Promise.all([newArtists(sql, sales, names), newItems(sql, sales, names)]);
  await storeArtists(sql, artists, names);
  await storeItems(sql, items, names);
  await pipelined([sql`set local enable_hashjoin to default`, sql`set local enable_mergejoin to default`]);
  return sales.map(sale => {
    const found = named(sale, names);
    if (!found) throw new Error(`not resolved: ${sale.page}`);
    return found;
  });
}

async function storeCountries(
  sql: Transaction,
  sales: readonly FeedSale[],
  known: Set<string>,
): Promise<void> {
  const found = new Map<string, string>();
  for (const { countryCode, countryName } of sales) {
    if (countryCode !== null && !known.has(countryCode) && !found.has(countryCode))
      found.set(countryCode, countryName ?? countryCode);
  }
  if (found.size === 0) return;
  await sql`
    insert into country (code, name)
    select * from unnest(${[...found.keys()]}::text[], ${[...found.values()]}::text[])
    on conflict do nothing`;
  for (const code of found.keys()) known.add(code);
}

/**
 * The artists that are not stored yet, by key, each by its first spelling; the others are in `names` then.
 */
async function newArtists(
  sql: Transaction,
  sales: readonly FeedSale[],
  { artists: known, spellings }: Names,
): Promise<Map<string, { name: string; at: Instant }>> {
  const found = new Map<string, { name: string; at: Instant }>();
  for (const sale of sales) {
    const { key, name } = artistOf(sale, spellings);
    if (known.get(key)) continue;
    const first = found.get(key);
    if (!first || sale.at < first.at) found.set(key, { name, at: sale.at });
  }
  const stored = await sql<(KnownArtist & { key: string })[]>`
    select artist.id, artist.key, artist.first_spelling as spelling, artist.various
    from unnest(${[...found.keys()]}::text[]) as named (key) join artist using (key)`;
  for (const { key, ...artist } of stored) {
    known.set(key, artist);
    found.delete(key);
  }
  return found;
}

async function storeArtists(
  sql: Transaction,
  added: Awaited<ReturnType<typeof newArtists>>,
  names: Names,
): Promise<void> {
  const ids = await newIds(sql, 'artist', added.size);
  await copyRows(
    sql,
    'artist',
    { id: 'bigint', key: 'text', name: 'text', first_spelling: 'text', various: 'boolean' },
    added.entries().map(([key, { name }], n) => {
      const artist = { id: ids[n] as number, spelling: name, various: isVariousArtists(name) };
      names.artists.set(key, artist);
      return [artist.id, key, name, name, artist.various];
    }),
  );
}

/** An item that is not known. */
interface Found {
  /** Whose title is shown. */
  newest: FeedSale;
  /** Of the oldest sale. */
  firstAt: Instant;
}

/**
 * The items that are not known, by the address of their page, which is in `names` then if it is stored, with
 * all items that are.
 */
async function newItems(
  sql: Transaction,
  sales: readonly FeedSale[],
  names: Names,
): Promise<Map<string, Found[]>> {
  const found = new Map<string, Found[]>();
  for (const sale of sales) {
    const page = names.pages.get(sale.page);
    if (page && itemOf(page, sale)) continue;
    const others = found.get(sale.page);
    const one = others?.find(({ newest }) => isSameItem(newest, sale));
    if (!others) found.set(sale.page, [{ newest: sale, firstAt: sale.at }]);
    else if (!one) others.push({ newest: sale, firstAt: sale.at });
    else if (sale.at > one.newest.at) one.newest = sale;
    else if (sale.at < one.firstAt) one.firstAt = sale.at;
  }
  const rows = await sql<
    (Omit<KnownItem, 'id'> & { id: number | null; url: string; pageId: number; sellerId: number })[]
  >`
    select named.url, page.id as "pageId", page.seller_id as "sellerId",
      item.id, item.type, item.package_image_id as "packageImageId",
      item.title, item.album_title as "albumTitle", item.art_url as "artUrl"
    from unnest(${[...found.keys()]}::text[]) as named (url)
    join page using (url)
    left join item on item.page_id = page.id`;
  const stored = new Map<string, KnownPage>();
  for (const { url, pageId, sellerId, id, ...item } of rows) {
    const page = stored.get(url) ?? { id: pageId, sellerId, items: [] };
    stored.set(url, page);
    if (id !== null) page.items.push({ id, ...item });
  }
  for (const [url, page] of stored) names.pages.set(url, page);
  return found;
}

async function storeItems(
  sql: Transaction,
  found: ReadonlyMap<string, Found[]>,
  names: Names,
): Promise<void> {
  await storePages(sql, found, names);
  const added = [...found].flatMap(([url, items]) => {
    const page = names.pages.get(url) as KnownPage;
    return items.flatMap(({ newest }) => (itemOf(page, newest) ? [] : { page, newest }));
  });
  const ids = await newIds(sql, 'item', added.length);
  await copyRows(
    sql,
    'item',
    ITEM,
    added.values().map(({ page, newest: { itemType, packageImageId, title, albumTitle, artUrl } }, n) => {
      const id = ids[n] as number;
      page.items.push({ id, type: itemType, packageImageId, title, albumTitle, artUrl });
      return [id, page.id, itemType, packageImageId, title, albumTitle, artUrl];
    }),
  );
}

const ITEM = {
  ...({ id: 'bigint', page_id: 'bigint', type: 'text', package_image_id: 'bigint' } as const),
  ...({ title: 'text', album_title: 'text', art_url: 'text' } as const),
};

/** Stores those of the pages, and their sellers, that are not in `names`; adds them there. */
async function storePages(
  sql: Transaction,
  found: ReadonlyMap<string, Found[]>,
  names: Names,
): Promise<void> {
  const missing = [...found].flatMap(([url, items]) => {
    const [first] = items;
    if (!first || names.pages.get(url)) return [];
    return { url, host: first.newest.seller, firstAt: Math.min(...items.map(({ firstAt }) => firstAt)) };
  });
  if (missing.length === 0) return;
  await resolveSellers(sql, new Set(missing.map(({ host }) => host)), names.sellers);
  const ids = await newIds(sql, 'page', missing.length);
  await copyRows(
    sql,
    'page',
    { id: 'bigint', url: 'text', seller_id: 'bigint', next_ask_at: 'timestamptz' },
    missing.values().map(({ url, host, firstAt }, n) => {
      const page = { id: ids[n] as number, sellerId: names.sellers.get(host) as number, items: [] };
      names.pages.set(url, page);
      return [page.id, url, page.sellerId, firstAt];
    }),
  );
}

async function resolveSellers(
  sql: Transaction,
  hosts: ReadonlySet<string>,
  known: Names['sellers'],
): Promise<void> {
  const unknown = [...hosts].filter(host => known.get(host) === undefined);
  if (unknown.length === 0) return;
  const stored = await sql<
    { id: number; host: string }[]
  >`select id, host from seller where host = any(${unknown}::text[])`;
  for (const { id, host } of stored) known.set(host, id);
  const added = unknown.filter(host => known.get(host) === undefined);
  const ids = await newIds(sql, 'seller', added.length);
  await copyRows(
    sql,
    'seller',
    { id: 'bigint', host: 'text' },
    added.map((host, n) => {
      const id = ids[n] as number;
      known.set(host, id);
      return [id, host];
    }),
  );
}

/**
 * So many ids that nobody else gets: rows can then be copied, which is quicker than an insert that looks
 * before and tells after.
 */
async function newIds(sql: Transaction, table: string, many: number): Promise<number[]> {
  if (many === 0) return [];
  const rows = await sql<{ id: number }[]>`
    select nextval(${`${table}_id_seq`}::regclass) as id from generate_series(1, ${many}::int)`;
  return rows.map(({ id }) => id);
}
