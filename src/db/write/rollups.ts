/** Sums of sales by hour or day and subject, kept in the transaction that changes what they count. */
import { type Fragment, pipelined, type Transaction } from '../connect.ts';
import { KEYS, type SaleLists } from '../sale-list-tables.ts';
import { judgeDay } from './counted-sales.ts';
import { addSaleLists, saleListRows } from './sale-lists.ts';

/**
 * Roll-ups whose rows are sums over sales by columns that each sale has. Of sellers, who are judged by
 * themselves, all count that are among the first of their artists.
 */
const BY_SALE = [
  { table: 'seller_day', subject: ['seller_id'], counted: 'among_first' },
  { table: 'page_day', subject: ['page_id', 'type'], counted: 'counted' },
] as const;

/** Every table that is made of sales alone, and can be made of them again. */
export const ROLLUPS = [
  'country_hour',
  'format_hour',
  'artist_day',
  'seller_day',
  'page_day',
  'tag_hour',
  'tag_day',
  'tag_origin_day',
  'tag_sale',
  'country_sale',
  'origin_sale',
] as const;

/** @param counted the column that tells what counts */
export const sums = (sql: Transaction, counted = 'counted'): Fragment => sql`
  sum(sales) as sales, sum(${sql(counted)}) as counted, sum(units) as units, sum(usd_cents) as usd_cents`;

/** Adds to the row that is there, `kept`. */
export const addUp = (sql: Transaction): Fragment =>
  sql`do update set sales = kept.sales + excluded.sales, counted = kept.counted + excluded.counted,
    units = kept.units + excluded.units, usd_cents = kept.usd_cents + excluded.usd_cents`;

/**
 * Distinct checkouts are not additive: they are counted anew, of the artist and day of a row of this name.
 */
const checkoutsOf = (sql: Transaction, row: Fragment): Fragment => sql`
  select count(distinct coalesce(checkout_at, at)) from sale
  where sale.artist_id = ${row}.artist_id
    and at >= ${row}.day::timestamp at time zone 'UTC'
    and at < (${row}.day + 1)::timestamp at time zone 'UTC'`;

/** Counts the checkouts of this query's artists and days `(artist_id, day)` anew. */
export const countCheckouts = (sql: Transaction, pairs: Fragment): Fragment => sql`
  update artist_day set checkouts = (${checkoutsOf(sql, sql`pair`)}) from (${pairs}) pair
  where artist_day.day = pair.day and artist_day.artist_id = pair.artist_id`;

/** Where the roll-ups are: the real ones, or temporary ones of the same names. */
type Schema = 'public' | 'pg_temp';

/**
 * Adds the contributions in the temporary table `fresh (at, hour, day, item_id, page_id, type, artist_id,
 * seller_id, checkout_at, country_code, sales, among_first, counted, units, usd_cents, overpaid)`. A sale
 * that now counts otherwise has 1 or -1 in `among_first` or `counted` and 0 in the other sums. The sales
 * themselves are stored before.
 */
export const addFresh = (sql: Transaction, schema: Schema = 'public'): Fragment[] => [
  sql`
    insert into ${sql(`${schema}.artist_day`)} as kept
      (day, artist_id, sales, counted, units, usd_cents, checkouts)
    select day, artist_id, ${sums(sql)}, count(distinct coalesce(checkout_at, at)) filter (where sales > 0)
    from fresh group by day, artist_id order by day, artist_id
    on conflict (day, artist_id) ${addUp(sql)}, checkouts = (${checkoutsOf(sql, sql`excluded`)})`,
  ...BY_SALE.map(
    ({ table, subject, counted }) => sql`
      insert into ${sql(`${schema}.${table}`)} as kept
        (day, ${sql([...subject])}, sales, counted, units, usd_cents)
      select day, ${sql([...subject])}, ${sums(sql, counted)}
      from fresh group by day, ${sql([...subject])} order by day, ${sql([...subject])}
      on conflict (day, ${sql([...subject])}) ${addUp(sql)}`,
  ),
  sql`
    create temporary table tagged on commit drop as
    select at, hour, day, coalesce(country_code, '') as country_code, tag_id, page_id, type, artist_id,
      fresh.seller_id, sales, counted, units, usd_cents
    from fresh
    join page_tag using (page_id)
    join (select id from tag where rolled_up offset 0) rolled on rolled.id = page_tag.tag_id`,
  ...addTagged(sql, schema),
  sql`drop table tagged`,
  addSaleLists(sql, 'country_sale', schema),
  addSaleLists(sql, 'origin_sale', schema),
  sql`
    insert into ${sql(`${schema}.format_hour`)} as kept
      (hour, country_code, type, sales, units, usd_cents, overpaid)
    select hour, coalesce(country_code, ''), type, sum(sales), sum(units), sum(usd_cents), sum(overpaid)
    from fresh where sales > 0
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, country_code, type) do update
      set sales = kept.sales + excluded.sales, units = kept.units + excluded.units,
        usd_cents = kept.usd_cents + excluded.usd_cents, overpaid = kept.overpaid + excluded.overpaid`,
  ...countHours(sql, sql`select distinct hour from fresh`, schema),
];

/**
 * Adds `tagged (at, hour, day, country_code, tag_id, page_id, type, artist_id, seller_id, sums)` to the
 * roll-ups of tags; sums may be negative.
 */
export const addTagged = (sql: Transaction, schema: Schema): Fragment[] => [
  sql`
    insert into ${sql(`${schema}.tag_hour`)} as kept (hour, tag_id, sales, counted, units, usd_cents)
    select hour, tag_id, ${sums(sql)} from tagged group by 1, 2 order by 1, 2
    on conflict (hour, tag_id) ${addUp(sql)}`,
  sql`
    insert into ${sql(`${schema}.tag_day`)} as kept
      (day, country_code, tag_id, sales, counted, units, usd_cents)
    select day, country_code, tag_id, ${sums(sql)} from tagged where country_code <> '' group by 1, 2, 3
    union all
    select day, '', tag_id, ${sums(sql)} from tagged group by 1, 3
    order by 1, 2, 3
    on conflict (day, country_code, tag_id) ${addUp(sql)}`,
  sql`
    insert into ${sql(`${schema}.tag_origin_day`)} as kept
      (day, origin_code, tag_id, sales, counted, units, usd_cents)
    select day, seller.country_code, tag_id, ${sums(sql)}
    from tagged join seller on seller.id = tagged.seller_id
    where seller.country_code is not null group by 1, 2, 3 order by 1, 2, 3
    on conflict (day, origin_code, tag_id) ${addUp(sql)}`,
  addSaleLists(sql, 'tag_sale', schema),
];

/** Counts the hours of this query's column `hour` anew, since checkouts are not additive below an hour. */
export const countHours = (sql: Transaction, hours: Fragment, schema: Schema = 'public'): Fragment[] => [
  sql`delete from ${sql(`${schema}.country_hour`)} where hour in (${hours})`,
  sql`
    insert into ${sql(`${schema}.country_hour`)}
      (hour, country_code, sales, counted, units, usd_cents, checkouts)
    select counted.hour, coalesce(country_code, ''), count(*), count(*) filter (where counted),
      sum(units), coalesce(sum(amount_usd_cents), 0), count(distinct checkout_at)
    from (${hours}) counted join sale on at >= hour and at < hour + interval '1 hour'
    group by 1, 2 order by 1, 2`,
];

/**
 * Moves sales in and out of the roll-ups of tags as `retagged (page_id, tag_id, sign)` says: 1 where the
 * page's sales enter the tag's, -1 where they leave them.
 */
export async function moveRetagged(sql: Transaction): Promise<void> {
  await sql`
    create temporary table tagged on commit drop as
    select at, date_trunc('hour', at, 'UTC') as hour, (at at time zone 'UTC')::date as day,
      coalesce(country_code, '') as country_code, tag_id, page_id, item.type, artist_id, sale.seller_id,
      sign as sales, sign * counted::int as counted, sign * units as units,
      sign * coalesce(amount_usd_cents, 0) as usd_cents
    from retagged
    join tag on tag.id = retagged.tag_id
    join item using (page_id)
    join sale on sale.item_id = item.id
    where tag.rolled_up`;
  await pipelined(addTagged(sql, 'public'));
  // A row of nothing would tell of a sale that the tag never had.
  await sql`
    delete from public.tag_hour using tagged
    where tag_hour.hour = tagged.hour
      and tag_hour.tag_id = tagged.tag_id
      and tag_hour.sales = 0`;
  await sql`
    delete from public.tag_day using tagged
    where tag_day.day = tagged.day
      and tag_day.country_code in ('', tagged.country_code)
      and tag_day.tag_id = tagged.tag_id
      and tag_day.sales = 0`;
  await sql`
    delete from public.tag_origin_day kept using tagged
    where kept.day = tagged.day and kept.tag_id = tagged.tag_id and kept.sales = 0`;
  await sql`drop table tagged`;
}

/** Rolls up the tags that have become genres or styles since, and those of `others`. Returns how many. */
export async function rollUpNewTags(sql: Transaction, others: readonly number[] = []): Promise<number> {
  const found = await sql`
    update tag set rolled_up = true
    where (kind in ('genre', 'style') or id = any(${others}::bigint[])) and not rolled_up
    returning id`;
  if (found.count === 0) return 0;
  await sql`
    create temporary table retagged on commit drop as
    select page_id, tag_id, 1 as sign from page_tag
    where tag_id = any(${found.map(({ id }) => id)}::bigint[])`;
  await moveRetagged(sql);
  await sql`drop table retagged`;
  return found.count;
}

/** Fills `fresh` with all sales of a UTC day, each counting as `judged` says (see counted-sales.ts). */
async function gatherDay(sql: Transaction, day: string): Promise<void> {
  await sql`
    create temporary table fresh on commit drop as
    select date_trunc('hour', sale.at, 'UTC') as hour, ${day}::date as day, sale.at, sale.item_id,
      item.page_id, item.type, artist_id, sale.seller_id, checkout_at, country_code, 1 as sales,
      coalesce(judged.among_first, false)::int as among_first,
      coalesce(judged.counted, false)::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents,
      coalesce(amount_minor > item_price_minor, false)::int as overpaid
    from sale join item on item.id = sale.item_id left join judged using (at, item_id)
    where sale.at >= ${day}::timestamp at time zone 'UTC'
      and sale.at < (${day}::date + 1)::timestamp at time zone 'UTC'`;
}

/** Makes the roll-ups of a UTC day (`YYYY-MM-DD`) anew from its sales. The caller holds the load's lock. */
export async function rebuildDay(sql: Transaction, day: string): Promise<void> {
  await judgeDay(sql, day);
  await sql`
    update sale set among_first = judged.among_first, counted = judged.counted from judged
    where sale.at >= ${day}::timestamp at time zone 'UTC'
      and sale.at < (${day}::date + 1)::timestamp at time zone 'UTC'
      and sale.at = judged.at and sale.item_id = judged.item_id
      and (was_first, was) <> (judged.among_first, judged.counted)`;
  // Nobody judges those of who is no one artist, though they may have been counted before that was known.
  await sql`
    update sale set among_first = false, counted = false from artist
    where sale.at >= ${day}::timestamp at time zone 'UTC'
      and sale.at < (${day}::date + 1)::timestamp at time zone 'UTC'
      and among_first and artist.id = artist_id and various`;
  await gatherDay(sql, day);
  for (const table of ROLLUPS)
    await sql`delete from ${sql(`public.${table}`)} where ${ofDay(sql, table, day)}`;
  await pipelined(addFresh(sql));
  await sql`drop table judged, fresh`;
}

const isSaleLists = (table: string): table is SaleLists => Object.hasOwn(KEYS, table);

const rowsOf = (sql: Transaction, table: (typeof ROLLUPS)[number], schema: Schema): Fragment =>
  isSaleLists(table)
    ? sql`select * from (${saleListRows(sql, table, schema)}) kept`
    : sql`select * from ${sql(`${schema}.${table}`)}`;

const ofDay = (sql: Transaction, table: string, day: string): Fragment =>
  table.endsWith('_hour')
    ? sql`
      hour >= ${day}::timestamp at time zone 'UTC'
      and hour < (${day}::date + 1)::timestamp at time zone 'UTC'`
    : sql`day = ${day}::date`;

/** A stored number that a recount contradicts. */
export interface Difference {
  table: string;
  /** The rows that differ; one of them as JSON, as it is stored and as it should be. */
  rows: number;
  stored: unknown;
  recounted: unknown;
}

/**
 * Recounts a UTC day from its sales and compares. Changes nothing: the recount goes into temporary tables of
 * the same names. Needs a transaction of its own that sees one state of the data (repeatable read).
 */
export async function verifyDay(sql: Transaction, day: string): Promise<Difference[]> {
  await judgeDay(sql, day);
  await gatherDay(sql, day);
  for (const table of ROLLUPS)
    await sql`
      create temporary table ${sql(table)} (like ${sql(`public.${table}`)} including all) on commit drop`;
  await pipelined(addFresh(sql, 'pg_temp'));
  const differences: Difference[] = [];
  for (const table of ROLLUPS) {
    const [found] = await sql<Difference[]>`
      select ${table} as table, count(*) as rows, (array_agg(to_jsonb(stored)))[1] as stored,
        (array_agg(to_jsonb(recounted)))[1] as recounted
      from (${rowsOf(sql, table, 'public')} where ${ofDay(sql, table, day)}) stored
      full join (${rowsOf(sql, table, 'pg_temp')}) recounted on stored = recounted
      where stored is null or recounted is null having count(*) > 0`;
    if (found) differences.push(found);
  }
  const [flags] = await sql<Difference[]>`
    select 'sale' as table, count(*) as rows,
      (array_agg(jsonb_build_object(
        'at', sale.at, 'among_first', sale.among_first, 'counted', sale.counted
      )))[1] as stored,
      (array_agg(jsonb_build_object('at', sale.at, 'among_first', coalesce(judged.among_first, false),
        'counted', coalesce(judged.counted, false))))[1] as recounted
    from sale left join judged using (at, item_id)
    where sale.at >= ${day}::timestamp at time zone 'UTC'
      and sale.at < (${day}::date + 1)::timestamp at time zone 'UTC'
      and (sale.among_first, sale.counted)
        <> (coalesce(judged.among_first, false), coalesce(judged.counted, false)) having count(*) > 0`;
  if (flags) differences.push(flags);
  await sql`drop table judged, fresh, ${sql(ROLLUPS.map(table => `pg_temp.${table}`))}`;
  return differences;
}
