/** Stores sales: whole batches, set by set, each sale once however often it comes. */
import { DAY, floorTo, HOUR, type Instant, toIso } from '../core/instant.ts';
import type { FeedSale } from '../core/sale.ts';
import { type Fragment, inTurn, type Query, type Sql, type Transaction } from './connect.ts';
import { type CopyValue, copyToTemporary } from './copy.ts';
import { judgeStaged } from './counted.ts';
import { bumpDataVersion } from './data-version.ts';
import { isSameItem, type KnownItem, type NamedSale, type Names, trimNames } from './known-names.ts';
import { takeLoadLock, takeNamesLock } from './load-lock.ts';
import { resolveNames } from './names.ts';
import { addFresh, countHours } from './rollups.ts';
import { fillUsd } from './usd.ts';

export interface StoredSales {
  /** Sales that were not there before. */
  stored: number;
  /** Sales that were there already, or are too old to be kept. */
  repeated: number;
}

/**
 * Makes the partitions for these instants; apart from the load, because it locks the whole table for a moment, and those that it refers to:
 * hence both locks, as whoever stores in them holds one.
 */
export async function ensureSalePartitions(db: Sql, instants: Iterable<Instant>): Promise<void> {
  const days = new Set(Array.from(instants, at => floorTo(at, DAY)));
  const months = new Set(Array.from(days, at => toIso(at).slice(0, 7)));
  const missing = await db<{ month: string }[]>`
    select month from unnest(${[...months]}::text[]) as month where to_regclass('sale_' || replace(month, '-', '')) is null`;
  for (const { month } of missing)
    await db.begin(sql =>
      inTurn([
        takeLoadLock(sql),
        takeNamesLock(sql),
        sql`select ensure_sale_partition(${`${month}-01T00:00:00Z`}::timestamptz)`,
      ]),
    );
}

/**
 * Stores a batch inside the caller's transaction, which holds the load's lock. `names` are what earlier batches of the same load looked up;
 * where the transaction fails they are to be forgotten.
 */
export async function storeSales(sql: Transaction, sales: readonly FeedSale[], names: Names): Promise<StoredSales> {
  const kept = once(await sinceRetention(sql, sales));
  if (kept.length === 0) return { stored: 0, repeated: sales.length };
  // What is stored grows without end, a batch does not: each row is looked up by index, whatever the statistics say (they lag behind a
  // load, and one nested loop over a table believed to be empty takes minutes).
  await inTurn([sql`set local enable_seqscan = off`, sql`set local random_page_cost = 1.1`]);
  const resolved = await resolveNames(sql, await fillUsd(sql, kept), names);
  await copyToTemporary(sql, 'staged', COLUMNS, resolved.values().map(stagedRow));
  const { known, changed } = await dropKnown(sql, kept);
  const stored = kept.length - known;
  if (stored > 0) {
    await updateTitles(sql, resolved);
    const counted = countSpellings(sql);
    await inTurn([judgeStaged(sql), ...insertStaged(sql), ...addFresh(sql), sql`drop table judged, fresh`, ...counted]);
    await showCommonest(sql, (await Promise.all(counted)).flat());
  }
  await inTurn([
    ...(stored + changed > 0 ? [bumpDataVersion(sql)] : []),
    sql`drop table staged`,
    sql`set local enable_seqscan to default`,
    sql`set local random_page_cost to default`,
  ]);
  trimNames(names);
  return { stored, repeated: sales.length - stored };
}

async function sinceRetention(sql: Transaction, sales: readonly FeedSale[]): Promise<readonly FeedSale[]> {
  const [row] = await sql<{ keptFrom: Instant }[]>`select kept_from as "keptFrom" from retention`;
  return row ? sales.filter(({ at }) => at >= row.keptFrom) : sales;
}

/** Of the same sale twice in a batch the one that knows its checkout. */
function once(sales: readonly FeedSale[]): FeedSale[] {
  const kept: FeedSale[] = [];
  const places = new Map<Instant, number[]>();
  for (const sale of sales) {
    const others = places.get(sale.at);
    const place = others?.find(at => isSameItem(kept[at] as FeedSale, sale));
    if (place === undefined) {
      if (others) others.push(kept.length);
      else places.set(sale.at, [kept.length]);
      kept.push(sale);
    } else if (kept[place]?.checkoutAt === null && sale.checkoutAt !== null) kept[place] = sale;
  }
  return kept;
}

const COLUMNS = {
  at: 'timestamptz',
  hour: 'timestamptz',
  day: 'date',
  item_id: 'bigint',
  page_id: 'bigint',
  type: 'text',
  artist_id: 'bigint',
  various: 'boolean',
  // Null where it is the artist's first one.
  spelling: 'text',
  seller_id: 'bigint',
  checkout_at: 'timestamptz',
  country_code: 'text',
  units: 'integer',
  amount_minor: 'bigint',
  currency: 'text',
  item_price_minor: 'bigint',
  amount_usd_cents: 'bigint',
} as const;

const stagedRow = ({ sale, page, item, artist, spelling }: NamedSale): CopyValue[] => [
  sale.at,
  floorTo(sale.at, HOUR),
  sale.at,
  item.id,
  page.id,
  sale.itemType,
  artist.id,
  artist.various,
  spelling === artist.spelling ? null : spelling,
  page.sellerId,
  sale.checkoutAt,
  sale.countryCode,
  sale.units,
  sale.amountMinor,
  sale.currency,
  sale.itemPriceMinor,
  sale.amountUsdCents,
];

/**
 * Forgets what is stored already: all of an import that is repeated, most of one that is resumed. Imported history has no checkouts; when
 * the feed shows the same sale, it supplies them. Returns how many were known, and how many of them that changed.
 */
async function dropKnown(sql: Transaction, sales: readonly FeedSale[]): Promise<{ known: number; changed: number }> {
  const first = sales.reduce((least, { at }) => Math.min(least, at), Infinity);
  const last = sales.reduce((most, { at }) => Math.max(most, at), -Infinity);
  const [row] = await sql<
    { some: boolean }[]
  >`select exists (select from sale where at >= ${first} and at <= ${last}) as some`;
  if (!row?.some) return { known: 0, changed: 0 };
  const adopted = await sql<{ hour: Instant }[]>`
    update sale set checkout_at = staged.checkout_at from staged
    where sale.at >= ${first} and sale.at <= ${last} and sale.at = staged.at and sale.item_id = staged.item_id
      and sale.checkout_at is null and staged.checkout_at is not null
    returning staged.hour`;
  if (adopted.count > 0) {
    const hours = [...new Set(adopted.map(({ hour }) => hour))];
    await inTurn(countHours(sql, sql`select unnest(${hours}::timestamptz[]) as hour`));
  }
  const dropped = await sql`
    delete from staged using sale
    where sale.at >= ${first} and sale.at <= ${last} and sale.at = staged.at and sale.item_id = staged.item_id`;
  return { known: dropped.count, changed: adopted.count };
}

/** Stores what is left in `staged`, and tells the roll-ups in `fresh` (see there). */
const insertStaged = (sql: Transaction): Fragment[] => [
  sql`
    create temporary table fresh on commit drop as
    select staged.*, 1 as sales, coalesce(judged.counted, false)::int as counted, coalesce(amount_usd_cents, 0) as usd_cents,
      (amount_minor > item_price_minor)::int as overpaid
    from staged left join judged using (at, item_id)`,
  sql`
    insert into sale (at, item_id, artist_id, seller_id, checkout_at, country_code, units, amount_minor, currency, amount_usd_cents, item_price_minor, counted)
    select at, item_id, artist_id, seller_id, checkout_at, country_code, units, amount_minor, currency, amount_usd_cents, item_price_minor, counted = 1
    from fresh order by at, item_id`,
  // An earlier sale that comes later takes the place of one that counted until now.
  sql`
    with other as (
      update sale set counted = judged.counted from judged
      where judged.was <> judged.counted and sale.at = judged.at and sale.item_id = judged.item_id
      returning sale.*
    )
    insert into fresh (at, hour, day, item_id, page_id, type, artist_id, seller_id, country_code, units, sales, counted, usd_cents, overpaid)
    select at, date_trunc('hour', at, 'UTC'), (at at time zone 'UTC')::date, item_id, item.page_id, item.type, artist_id, other.seller_id, country_code, 0, 0,
      case when counted then 1 else -1 end, 0, 0
    from other join item on item.id = item_id`,
];

/** What newer sales call an item is its title. */
async function updateTitles(sql: Transaction, sales: readonly NamedSale[]): Promise<void> {
  const newest = new Map<KnownItem, FeedSale>();
  for (const { item, sale } of sales) {
    const other = newest.get(item);
    if (!other || sale.at > other.at) newest.set(item, sale);
  }
  const renamed = [...newest].filter(
    ([item, sale]) => item.title !== sale.title || item.albumTitle !== sale.albumTitle || item.artUrl !== sale.artUrl,
  );
  if (renamed.length === 0) return;
  const updated = await sql<{ id: number }[]>`
    update item set title = said.title, album_title = said.album_title, art_url = said.art_url
    from unnest(${renamed.map(([{ id }]) => id)}::bigint[], ${renamed.map(([, { at }]) => at)}::timestamptz[], ${renamed.map(([, { title }]) => title)}::text[],
      ${renamed.map(([, { albumTitle }]) => albumTitle)}::text[], ${renamed.map(([, { artUrl }]) => artUrl)}::text[]) as said (id, at, title, album_title, art_url)
    where item.id = said.id and not exists (select from sale where item_id = said.id and sale.at >= said.at)
    returning item.id`;
  const ids = new Set(updated.map(({ id }) => id));
  for (const [item, { title, albumTitle, artUrl }] of renamed)
    if (ids.has(item.id)) Object.assign(item, { title, albumTitle, artUrl });
}

interface Spelt {
  artistId: number;
}

/** Counts spellings beside an artist's first one; tells which artists have several, since the first one may have become the commonest again. */
const countSpellings = (sql: Transaction): Query<Spelt>[] => [
  sql<Spelt[]>`
    insert into artist_spelling (artist_id, name, sales)
    select artist_id, spelling, count(*) from staged where spelling is not null group by 1, 2
    on conflict (artist_id, md5(name)) do update set sales = artist_spelling.sales + excluded.sales
    returning artist_id as "artistId"`,
  sql<Spelt[]>`
    select distinct artist_id as "artistId" from staged join artist_spelling using (artist_id) where spelling is null`,
];

async function showCommonest(sql: Transaction, spelt: readonly Spelt[]): Promise<void> {
  const ids = [...new Set(spelt.map(({ artistId }) => artistId))];
  if (ids.length === 0) return;
  await sql`
    with other as (
      select artist_id, name, sales from artist_spelling where artist_id = any(${ids}::bigint[])
    ), spelling as (
      select * from other
      union all
      select artist.id, first_spelling, (select count(*) from sale where artist_id = artist.id) - (select sum(sales) from other where artist_id = artist.id)
      from artist where id = any(${ids}::bigint[])
    ), commonest as (
      select distinct on (artist_id) artist_id, name from spelling order by artist_id, sales desc, name
    )
    update artist set name = commonest.name from commonest where artist.id = artist_id and artist.name <> commonest.name`;
}

/** The instant of the newest sale; null before the first. */
export async function newestSale(db: Sql): Promise<Instant | null> {
  const [row] = await db<{ at: Instant | null }[]>`select max(at) as at from sale`;
  return row?.at ?? null;
}

/** Tells the planner what a large load changed, before autovacuum gets to it: a question asked now is not to wait for a wrong plan. */
export async function refreshStatistics(db: Sql): Promise<void> {
  await db`
    analyze seller, artist, page, item, sale, tag, page_tag, window_read, country_hour, artist_day, seller_day, item_day, tag_hour, tag_day`;
}
