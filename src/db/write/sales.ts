/** Stores sales: staged piece by piece, then set by set, each sale once however often it comes. */

import type { FeedSale } from '../../core/sale.ts';
import { DAY, floorTo, HOUR, type Instant, toIso } from '../../core/time/instant.ts';
import { type Fragment, pipelined, type Sql, type Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { takeLoadLock, takeNamesLock } from '../load-lock.ts';
import { type CopyValue, copyRows, createTemporary, trustReferences } from './copy.ts';
import { judgeStaged } from './counted-sales.ts';
import { forgetNames, type NamedSale, type Names, trimNames } from './name-cache.ts';
import { resolveNames } from './resolve-names.ts';
import { addFresh, countCheckouts, countHours } from './rollups.ts';
import { countSpellings, createNewestTitles, showCommonest } from './spellings.ts';
import { fillUsd } from './usd.ts';

export interface StoredSales {
  /** Sales that were not there before. */
  stored: number;
  /** Sales that were there already, or are too old to be kept. */
  repeated: number;
}

/**
 * Makes the partitions for these instants; apart from the load, because it locks the whole table for a
 * moment, and those that it refers to: hence both locks, as whoever stores in them holds one.
 */
export async function ensureSalePartitions(db: Sql, instants: Iterable<Instant>): Promise<void> {
  const days = new Set(Array.from(instants, at => floorTo(at, DAY)));
  const months = new Set(Array.from(days, at => toIso(at).slice(0, 7)));
  if (months.size === 0) return;
  const missing = await db<{ month: string }[]>`
    select month from unnest(${[...months]}::text[]) as month
    where to_regclass('sale_' || replace(month, '-', '')) is null`;
  for (const { month } of missing)
    await db.begin(sql =>
      pipelined([
        takeLoadLock(sql),
        takeNamesLock(sql),
        sql`select ensure_sale_partition(${`${month}-01T00:00:00Z`}::timestamptz)`,
      ]),
    );
}

/**
 * What is stored grows without end, a batch does not: each row is looked up by index, whatever the statistics
 * say (they lag behind a load, and one nested loop over a table believed to be empty takes minutes).
 */
const byIndex = (sql: Transaction): Promise<unknown> =>
  pipelined([sql`set local enable_seqscan = off`, sql`set local random_page_cost = 1.1`]);

/**
 * Stores a batch inside the caller's transaction, which holds the load's lock. `names` are what earlier
 * batches of the same load looked up; where the transaction fails they are to be forgotten.
 */
export async function storeSales(
  sql: Transaction,
  sales: readonly FeedSale[],
  names: Names,
): Promise<StoredSales> {
  await byIndex(sql);
  const staging = createStaging(sql);
  await staging.add(await nameSales(sql, sales, names));
  const { stored } = await staging.store();
  await pipelined(
    ['enable_seqscan', 'random_page_cost', 'work_mem'].map(name => sql`set local ${sql(name)} to default`),
  );
  return { stored, repeated: sales.length - stored };
}

/** Those of the sales that are kept, with their dollars and with what they name, which is stored then. */
async function nameSales(sql: Transaction, sales: readonly FeedSale[], names: Names): Promise<NamedSale[]> {
  const [row] = await sql<{ keptFrom: Instant }[]>`select kept_from as "keptFrom" from retention`;
  const kept = row ? sales.filter(({ at }) => at >= row.keptFrom) : sales;
  const named = await resolveNames(sql, await fillUsd(sql, kept), names);
  trimNames(names);
  return named;
}

/**
 * Kibibytes of new names that wait to be put into the indexes of their trigrams: put in together they cost a
 * fraction.
 */
const PENDING_KB = '131072';

/**
 * The same in a transaction of its own, beside another load: names do no harm without their sales, and a long
 * import resolves those of its next batch while this one is stored.
 */
export async function nameApart(db: Sql, sales: readonly FeedSale[], names: Names): Promise<NamedSale[]> {
  try {
    return (await db.begin(async sql => {
      const settings = sql`select set_config('gin_pending_list_limit', ${PENDING_KB}, true)`;
      await Promise.all([takeNamesLock(sql), trustReferences(sql), byIndex(sql), settings]);
      return nameSales(sql, sales, names);
    })) as NamedSale[];
  } catch (error) {
    forgetNames(names);
    throw error;
  }
}

/**
 * Sales on their way into the database, in a transaction of their own: they are added in pieces and stored
 * together.
 */
export interface Staging {
  /** Locks nothing. */
  add(sales: readonly NamedSale[]): Promise<void>;
  /** The caller holds the load's lock now. */
  store(): Promise<StoredSales>;
}

/** Of a sort or a hash of what is staged. */
const WORK_MEM = '64MB';

export function createStaging(sql: Transaction): Staging {
  let [count, first, last] = [0, Infinity, -Infinity];
  const instants = new Set<Instant>();
  let repeats = false;
  const titles = createNewestTitles();
  return {
    async add(sales) {
      if (sales.length === 0) return;
      if (count === 0) await createTemporary(sql, 'staged', COLUMNS);
      for (const { sale, item } of sales) {
        const { at } = sale;
        repeats ||= instants.has(at);
        instants.add(at);
        if (at < first) first = at;
        if (at > last) last = at;
        titles.take(item, sale);
      }
      count += sales.length;
      await copyRows(sql, 'staged', COLUMNS, sales.values().map(stagedRow));
    },
    async store() {
      if (count === 0) return { stored: 0, repeated: 0 };
      await Promise.all([byIndex(sql), sql`select set_config('work_mem', ${WORK_MEM}, true)`]);
      // Months may have been given up since these were named.
      const old = await sql`delete from staged using retention where at < kept_from`;
      const twice = repeats ? await dropRepeats(sql) : 0;
      const { known, changed } = await dropKnown(sql, first, last);
      const stored = count - old.count - twice - known;
      if (stored > 0) {
        const counted = countSpellings(sql);
        await pipelined([
          ...judgeStaged(sql),
          ...insertStaged(sql),
          ...addFresh(sql),
          sql`drop table judged, fresh`,
          ...counted,
        ]);
        await showCommonest(sql, (await Promise.all(counted)).flat());
        await titles.store(sql);
      }
      await pipelined([...(stored + changed > 0 ? [bumpDataVersion(sql)] : []), sql`drop table staged`]);
      return { stored, repeated: count - stored };
    },
  };
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

/** Of the same sale twice the one that knows its checkout stays. Returns how many were dropped. */
async function dropRepeats(sql: Transaction): Promise<number> {
  const dropped = await sql`
    delete from staged using (
      select ctid as place,
        row_number() over (partition by at, item_id order by checkout_at nulls last, ctid) as nth
      from staged
    ) ordered
    where staged.ctid = ordered.place and nth > 1`;
  return dropped.count;
}

/**
 * Forgets what is stored already: all of an import that is repeated, most of one that is resumed. Imported
 * history has no checkouts; when the feed shows the same sale, it supplies them. Returns how many were known,
 * and how many of them that changed.
 */
async function dropKnown(
  sql: Transaction,
  first: Instant,
  last: Instant,
): Promise<{ known: number; changed: number }> {
  // Of what comes in order most is newer than all that is stored.
  const [row] = await sql<
    { at: Instant | null }[]
  >`select max(at) as at from sale where at >= ${first} and at <= ${last}`;
  const newest = row?.at ?? null;
  if (newest === null) return { known: 0, changed: 0 };
  const same = sql`sale.at >= ${first} and sale.at <= ${newest} and staged.at <= ${newest}
    and sale.at = staged.at and sale.item_id = staged.item_id`;
  const adopted = await sql<{ hour: Instant; day: string; artist: number }[]>`
    update sale set checkout_at = staged.checkout_at from staged
    where ${same} and sale.checkout_at is null and staged.checkout_at is not null
    returning staged.hour, staged.day, staged.artist_id as artist`;
  if (adopted.count > 0) {
    const hours = [...new Set(adopted.map(({ hour }) => hour))];
    const pairs = sql`
      select distinct artist_id, day from unnest(
        ${adopted.map(({ artist }) => artist)}::bigint[], ${adopted.map(({ day }) => day)}::date[]
      ) as adopted (artist_id, day)`;
    await pipelined([
      ...countHours(sql, sql`select unnest(${hours}::timestamptz[]) as hour`),
      countCheckouts(sql, pairs),
    ]);
  }
  const dropped = await sql`
    delete from staged using sale where ${same}`;
  return { known: dropped.count, changed: adopted.count };
}

/** Stores what is left in `staged`, and tells the roll-ups in `fresh` (see there). */
const insertStaged = (sql: Transaction): Fragment[] => [
  sql`
    create temporary table fresh on commit drop as
    select staged.*, 1 as sales, coalesce(judged.counted, false)::int as counted,
      coalesce(among_first, false)::int as among_first,
      coalesce(amount_usd_cents, 0) as usd_cents,
      coalesce(amount_minor > item_price_minor, false)::int as overpaid
    from staged left join judged using (at, item_id)`,
  sql`
    insert into sale (at, item_id, artist_id, seller_id, checkout_at, country_code, units,
      amount_minor, currency, amount_usd_cents, item_price_minor, among_first, counted)
    select at, item_id, artist_id, seller_id, checkout_at, country_code, units,
      amount_minor, currency, amount_usd_cents, item_price_minor, among_first = 1, counted = 1
    from fresh order by at, item_id`,
  // An earlier sale that comes later takes the place of one that counted until now.
  sql`
    with other as (
      update sale set among_first = judged.among_first, counted = judged.counted from judged
      where (was_first, was) <> (judged.among_first, judged.counted)
        and sale.at = judged.at and sale.item_id = judged.item_id
      returning sale.*, judged.among_first::int - was_first::int as firsts,
        judged.counted::int - was::int as counts
    )
    insert into fresh (at, hour, day, item_id, page_id, type, artist_id, seller_id, country_code,
      units, sales, among_first, counted, usd_cents, overpaid)
    select at, date_trunc('hour', at, 'UTC'), (at at time zone 'UTC')::date, item_id, item.page_id,
      item.type, artist_id, other.seller_id, country_code, 0, 0, firsts, counts, 0, 0
    from other join item on item.id = item_id`,
];

/** The instant of the newest sale; null before the first. */
export async function newestSale(db: Sql): Promise<Instant | null> {
  const [row] = await db<{ at: Instant | null }[]>`select max(at) as at from sale`;
  return row?.at ?? null;
}

/**
 * Tells the planner what a large load changed, before autovacuum gets to it: a question asked now is not to
 * wait for a wrong plan.
 */
export async function refreshStatistics(db: Sql): Promise<void> {
  await db`
    analyze seller, artist, page, item, sale, tag, page_tag, window_read,
      country_hour, artist_day, seller_day, page_day, tag_hour, tag_day, tag_origin_day, tag_sale,
      country_sale, origin_sale`;
}
