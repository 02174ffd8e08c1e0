/** The sales of each genre and style on each UTC day, side by side in arrays, in parts that add up. */
import { DAY, floorTo, SECOND, toIso } from '../core/instant.ts';
import type { Window } from '../core/window.ts';
import type { Fragment, Reader, Sql, Transaction } from './connect.ts';
import { takeLoadLock } from './load-lock.ts';

/** Adds a part for each tag and day of `tagged` (see addFresh). */
export const addTagSales = (sql: Transaction, schema: 'public' | 'pg_temp'): Fragment => sql`
  insert into ${sql(`${schema}.tag_sale`)} (tag_id, day, seconds, countries, pages, types, artists, sellers, sales, counted, units, usd_cents)
  select tag_id, day, array_agg(floor(date_part('epoch', at - day::timestamp at time zone 'UTC'))::int), array_agg(country_number(country_code)), array_agg(page_id::int),
    array_agg(type::"char"), array_agg(artist_id::int), array_agg(seller_id::int), array_agg(sales::smallint), array_agg(counted::smallint), array_agg(units), array_agg(usd_cents)
  from tagged group by tag_id, day order by day, tag_id`;

/** What a sale is, and what of it adds up. */
const COLUMNS = {
  second: 'seconds',
  country: 'countries',
  page_id: 'pages',
  type: 'types',
  artist_id: 'artists',
  seller_id: 'sellers',
  sales: 'sales',
  counted: 'counted',
  units: 'units',
  usd_cents: 'usd_cents',
} as const;
type Column = keyof typeof COLUMNS;

const SUBJECTS = ['second', 'country', 'page_id', 'type', 'artist_id', 'seller_id'] as const satisfies Column[];

const unnested = (db: Reader, columns: readonly Column[]): Fragment =>
  db`unnest(${columns.map(column => db`kept.${db(COLUMNS[column])}`).reduce((all, one) => db`${all}, ${one}`)}) as entry (${db([...columns])})`;

/** Rows `(tag_id, day, second, …)` of the table, what adds up to nothing left out. */
export const tagSaleRows = (db: Reader, schema: 'public' | 'pg_temp'): Fragment => db`
  select tag_id, day, ${db([...SUBJECTS])}, sum(sales)::int as sales, sum(counted)::int as counted, sum(units)::int as units, sum(usd_cents)::bigint as usd_cents
  from (
    select tag_id, day, entry.* from ${db(`${schema}.tag_sale`)} kept cross join lateral ${unnested(db, Object.keys(COLUMNS) as Column[])}
  ) entries
  group by tag_id, day, ${db([...SUBJECTS])} having sum(sales) <> 0 or sum(counted) <> 0`;

/**
 * A query of rows `(n, tag_id, …columns)`: the sales of these tags in each of the windows, whose bounds are whole seconds. They are to be summed
 * up: some are negative. Of one buyers' country where one is given, else `country` is a number (see `country_of_number`).
 */
export function tagSales(
  db: Reader,
  tagIds: readonly number[] | 'all',
  windows: readonly Window[],
  columns: readonly Column[],
  country?: string,
): Fragment {
  const days = windows.flatMap((window, n) => {
    const first = floorTo(window.from, DAY);
    return Array.from({ length: Math.max(0, Math.ceil((window.until - first) / DAY)) }, (_, at) => {
      const day = first + at * DAY;
      const second = (bound: number) => Math.ceil((bound - day) / SECOND);
      return { n, day: toIso(day).slice(0, 10), from: second(window.from), until: second(window.until) };
    });
  });
  const read = [...new Set<Column>(['second', ...(country === undefined ? [] : ['country' as const]), ...columns])];
  const wanted = tagIds === 'all' ? db`` : db`and kept.tag_id = any(${tagIds}::bigint[])`;
  // `offset 0`: by index, day by day.
  return db`
    select w.n, kept.tag_id, ${db(columns.map(column => `entry.${column}`))}
    from unnest(${days.map(({ n }) => n)}::int[], ${days.map(({ day }) => day)}::date[], ${days.map(({ from }) => from)}::int[], ${days.map(({ until }) => until)}::int[]) as w (n, day, from_second, until_second)
    cross join lateral (select * from tag_sale kept where kept.day = w.day ${wanted} offset 0) kept
    cross join lateral ${unnested(db, read)}
    where entry.second >= w.from_second and entry.second < w.until_second ${country === undefined ? db`` : db`and entry.country = country_number(${country})`}`;
}

/** Parts of a tag and day, on average, from which on they are put together. */
const MANY_PARTS = 4;

/** Puts the parts of each day together where there are many. Returns how many days that were. */
export async function mergeTagSales(db: Sql): Promise<number> {
  const days = await db<{ day: string }[]>`
    select day from tag_sale group by day having count(*) > ${MANY_PARTS} * count(distinct tag_id) order by day`;
  for (const { day } of days)
    await db.begin(async sql => {
      await takeLoadLock(sql);
      await sql`create temporary table merged on commit drop as select * from (${tagSaleRows(sql, 'public')}) kept where day = ${day}::date`;
      await sql`delete from tag_sale where day = ${day}::date`;
      await sql`
        insert into tag_sale (tag_id, day, seconds, countries, pages, types, artists, sellers, sales, counted, units, usd_cents)
        select tag_id, day, array_agg(second), array_agg(country), array_agg(page_id), array_agg(type), array_agg(artist_id), array_agg(seller_id), array_agg(sales::smallint),
          array_agg(counted::smallint), array_agg(units), array_agg(usd_cents)
        from merged group by tag_id, day order by tag_id`;
    });
  return days.length;
}
