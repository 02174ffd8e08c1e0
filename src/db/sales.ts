/** Stores sales: whole batches, set by set, each sale once however often it comes. */
import { artistKey, isVariousArtists } from '../core/artist.ts';
import { DAY, floorTo, type Instant, toIso } from '../core/instant.ts';
import type { FeedSale } from '../core/sale.ts';
import type { Sql, Transaction } from './connect.ts';
import { type CopyValue, copyRows } from './copy.ts';
import { bumpDataVersion } from './data-version.ts';

export interface StoredSales {
  /** Sales that were not there before. */
  stored: number;
  /** Sales that were there already. */
  repeated: number;
}

const COLUMNS = {
  at: 'timestamptz',
  checkout_at: 'timestamptz',
  page: 'text',
  host: 'text',
  type: 'text',
  package_image_id: 'bigint',
  title: 'text',
  album_title: 'text',
  art_url: 'text',
  artist_key: 'text',
  artist: 'text',
  various: 'boolean',
  units: 'integer',
  amount_minor: 'bigint',
  currency: 'text',
  item_price_minor: 'bigint',
  amount_usd_cents: 'bigint',
  country_code: 'text',
  country_name: 'text',
} as const;

/** An item whose artist's name is empty belongs to its seller. */
function stagedRow(sale: FeedSale): CopyValue[] {
  const key = artistKey(sale.artist);
  const artist = key ? sale.artist : sale.seller;
  return [
    toIso(sale.at),
    sale.checkoutAt === null ? null : toIso(sale.checkoutAt),
    sale.page,
    sale.seller,
    sale.itemType,
    sale.packageImageId,
    sale.title,
    sale.albumTitle,
    sale.artUrl,
    key || artistKey(sale.seller),
    artist,
    isVariousArtists(artist),
    sale.units,
    sale.amountMinor,
    sale.currency,
    sale.itemPriceMinor,
    sale.amountUsdCents,
    sale.countryCode,
    sale.countryName,
  ];
}

/** Makes the partitions for these instants; apart from the load, because it locks the whole table for a moment. */
export async function ensureSalePartitions(db: Sql, instants: Iterable<Instant>): Promise<void> {
  const days = new Set(Array.from(instants, at => floorTo(at, DAY)));
  const months = new Set(Array.from(days, at => toIso(at).slice(0, 7)));
  for (const month of months) await db`select ensure_sale_partition(${`${month}-01T00:00:00Z`}::timestamptz)`;
}

/**
 * Stores a batch inside the caller's transaction. Every statement works on the whole batch and inserts in the order of the
 * natural key, so that two loaders of the same batch wait for each other instead of locking each other out.
 */
export async function storeSales(sql: Transaction, sales: readonly FeedSale[]): Promise<StoredSales> {
  if (sales.length === 0) return { stored: 0, repeated: 0 };
  // What is stored grows without end, a batch does not: each row is looked up by index, whatever the statistics say (they lag behind a
  // load, and one nested loop over a table believed to be empty takes minutes).
  await sql`set local enable_seqscan = off`;
  await sql`set local random_page_cost = 1.1`;
  const definitions = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);
  await sql.unsafe(`create temporary table staged (${definitions.join(', ')}) on commit drop`);
  await copyRows(sql, 'staged', Object.keys(COLUMNS), sales.values().map(stagedRow));
  const known = await dropKnown(sql, sales);
  const stored = known < sales.length ? await storeStaged(sql) : 0;
  await sql`drop table staged`;
  await sql`set local enable_seqscan to default`;
  await sql`set local random_page_cost to default`;
  return { stored, repeated: sales.length - stored };
}

/** Forgets what is stored already and would change nothing: all of an import that is repeated, most of one that is resumed. */
async function dropKnown(sql: Transaction, sales: readonly FeedSale[]): Promise<number> {
  const first = sales.reduce((least, { at }) => Math.min(least, at), Infinity);
  const last = sales.reduce((most, { at }) => Math.max(most, at), -Infinity);
  const dropped = await sql`
    delete from staged using sale join item on item.id = sale.item_id join page on page.id = item.page_id
    where sale.at >= ${first} and sale.at <= ${last} and sale.at = staged.at and page.url = staged.page
      and item.type = staged.type and item.package_image_id is not distinct from staged.package_image_id
      and (sale.checkout_id is not null or staged.checkout_at is null)`;
  return dropped.count;
}

/** Stores what is left in `staged`. Returns how many sales were not there before. */
async function storeStaged(sql: Transaction): Promise<number> {
  await storeDimensions(sql);
  await sql`
    create temporary table offered on commit drop as
    select distinct on (staged.at, item.id)
      staged.at, item.id as item_id, artist.id as artist_id, page.seller_id, checkout.id as checkout_id, staged.country_code,
      staged.units, staged.amount_minor, staged.currency, staged.amount_usd_cents, staged.item_price_minor, staged.artist
    from staged
    join page on page.url = staged.page
    join item on item.page_id = page.id and item.type = staged.type and item.package_image_id is not distinct from staged.package_image_id
    join artist on artist.key = staged.artist_key
    left join checkout on checkout.at = staged.checkout_at and checkout.country_code is not distinct from staged.country_code
    order by staged.at, item.id, checkout.id`;
  const [row] = await sql<{ offered: number; stored: number }[]>`
    with stored as (
      insert into sale (at, item_id, artist_id, seller_id, checkout_id, country_code, units, amount_minor, currency, amount_usd_cents, item_price_minor)
      select at, item_id, artist_id, seller_id, checkout_id, country_code, units, amount_minor, currency, amount_usd_cents, item_price_minor
      from offered order by at, item_id
      on conflict (at, item_id) do nothing
      returning at, item_id
    ), spelt as (
      insert into artist_spelling (artist_id, name, sales)
      select offered.artist_id, offered.artist, count(*) from stored join offered using (at, item_id) group by 1, 2 order by 1, 2
      on conflict (artist_id, md5(name)) do update set sales = artist_spelling.sales + excluded.sales
      returning artist_id
    )
    select (select count(*) from offered) as offered, (select count(*) from stored) as stored, (select count(*) from spelt) as spelt`;
  const { offered = 0, stored = 0 } = row ?? {};
  const adopted = stored < offered ? await adoptCheckouts(sql) : 0;
  // Raised before names change, since whoever waits here holds none of them.
  if (stored + adopted > 0) await bumpDataVersion(sql);
  if (stored > 0) await showCommonestSpelling(sql);
  await sql`drop table offered`;
  return stored;
}

async function storeDimensions(sql: Transaction): Promise<void> {
  await sql`
    insert into country (code, name)
    select distinct on (country_code) country_code, coalesce(country_name, country_code) from staged
    where not exists (select from country where code = country_code) and country_code is not null order by country_code
    on conflict do nothing`;
  await sql`
    insert into seller (host) select distinct host from staged where not exists (select from seller where seller.host = staged.host) order by host
    on conflict do nothing`;
  await sql`
    insert into artist (key, name, various) select distinct on (artist_key) artist_key, artist, various from staged
    where not exists (select from artist where key = artist_key) order by artist_key, at
    on conflict do nothing`;
  await sql`
    insert into page (url, seller_id, first_seen, next_ask_at)
    select staged.page, seller.id, min(staged.at), min(staged.at) from staged join seller using (host)
    where not exists (select from page where url = staged.page and first_seen <= staged.at) group by 1, 2 order by 1
    on conflict (url) do update set first_seen = excluded.first_seen where excluded.first_seen < page.first_seen`;
  // The newest title is the one shown; sales keep coming out of order, so the newest is by the sale's instant.
  await sql`
    insert into item (page_id, type, package_image_id, title, album_title, art_url, seen_at)
    select distinct on (page.id, staged.type, staged.package_image_id)
      page.id, staged.type, staged.package_image_id, staged.title, staged.album_title, staged.art_url, staged.at
    from staged join page on page.url = staged.page
    order by page.id, staged.type, staged.package_image_id, staged.at desc
    on conflict (page_id, type, package_image_id) do update
      set title = excluded.title, album_title = excluded.album_title, art_url = excluded.art_url, seen_at = excluded.seen_at
      where excluded.seen_at > item.seen_at`;
  await sql`
    insert into checkout (at, country_code) select distinct checkout_at, country_code from staged where checkout_at is not null order by 1, 2
    on conflict do nothing`;
}

/** Imported history has no checkouts; when the feed shows the same sale, it supplies them. */
async function adoptCheckouts(sql: Transaction): Promise<number> {
  const adopted = await sql`
    update sale set checkout_id = offered.checkout_id from offered
    where sale.at = offered.at and sale.item_id = offered.item_id and sale.checkout_id is null and offered.checkout_id is not null`;
  return adopted.count;
}

/** Only a spelling other than the shown one can have become the commonest. */
async function showCommonestSpelling(sql: Transaction): Promise<void> {
  await sql`
    update artist set name = commonest.name
    from (
      select distinct on (artist_id) artist_id, artist_spelling.name
      from artist_spelling
      where artist_id in (select artist.id from offered join artist on artist.id = offered.artist_id and artist.name <> offered.artist)
      order by artist_id, sales desc, artist_spelling.name
    ) commonest
    where commonest.artist_id = artist.id and commonest.name <> artist.name`;
}

/** The instant of the newest sale; null before the first. */
export async function newestSale(db: Sql): Promise<Instant | null> {
  const [row] = await db<{ at: Instant | null }[]>`select max(at) as at from sale`;
  return row?.at ?? null;
}

/** Tells the planner what a large load changed, before autovacuum gets to it: a question asked now is not to wait for a wrong plan. */
export async function refreshStatistics(db: Sql): Promise<void> {
  await db`analyze seller, artist, page, item, checkout, sale, tag, page_tag, window_read`;
}
