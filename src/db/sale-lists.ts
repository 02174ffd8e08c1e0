/** The sales of each genre and style, and of each buyers' country, on each UTC day: side by side in arrays, in parts that add up. */
import { DAY, floorTo, SECOND, utcDay } from '../core/instant.ts';
import type { Window } from '../core/window.ts';
import type { Fragment, Reader, Sql, Transaction } from './connect.ts';
import { takeLoadLock } from './load-lock.ts';

/** Arrays by what each holds of a sale: who and when, then what adds up. */
const ARRAYS = {
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
type Column = keyof typeof ARRAYS;
const SUMS: readonly Column[] = ['sales', 'counted', 'units', 'usd_cents'];

/** The tables by what their rows are of. */
const KEYS = { tag_sale: 'tag_id', country_sale: 'country_code' } as const;
export type SaleLists = keyof typeof KEYS;
const columnsOf = (table: SaleLists): Column[] =>
  (Object.keys(ARRAYS) as Column[]).filter(column => table === 'tag_sale' || column !== 'country');
const subjectsOf = (table: SaleLists): Column[] => columnsOf(table).filter(column => !SUMS.includes(column));
const arraysOf = (table: SaleLists): string[] => columnsOf(table).map(column => ARRAYS[column]);

const list = (db: Reader, parts: readonly Fragment[]): Fragment => parts.reduce((all, one) => db`${all}, ${one}`);
/** One by one: behind `insert into` the driver takes a list of names for rows. */
const names = (db: Reader, all: readonly string[]): Fragment =>
  list(
    db,
    all.map(name => db`${db(name)}`),
  );

/** How a column is got from a row of `tagged` or `fresh` (see addFresh), as the arrays' elements. */
const elementOf = (sql: Transaction, column: Column): Fragment => {
  switch (column) {
    case 'second':
      return sql`floor(date_part('epoch', at - day::timestamp at time zone 'UTC'))::int`;
    case 'country':
      return sql`country_number(country_code)`;
    case 'type':
      return sql`type::"char"`;
    case 'sales':
    case 'counted':
      return sql`${sql(column)}::smallint`;
    case 'usd_cents':
      return sql`usd_cents::bigint`;
    default:
      return sql`${sql(column)}::int`;
  }
};

/** Adds a part for each day and tag of `tagged`, or country of `fresh` (see addFresh). */
export const addSaleLists = (sql: Transaction, table: SaleLists, schema: 'public' | 'pg_temp'): Fragment => sql`
  insert into ${sql(`${schema}.${table}`)} (${sql(KEYS[table])}, day, ${names(sql, arraysOf(table))})
  select ${sql(KEYS[table])}, day, ${list(
    sql,
    columnsOf(table).map(column => sql`array_agg(${elementOf(sql, column)})`),
  )}
  from ${table === 'tag_sale' ? sql`tagged` : sql`fresh where country_code is not null`} group by ${sql(KEYS[table])}, day order by day, ${sql(KEYS[table])}`;

const unnested = (db: Reader, columns: readonly Column[]): Fragment =>
  db`unnest(${list(
    db,
    columns.map(column => db`kept.${db(ARRAYS[column])}`),
  )}) as entry (${db([...columns])})`;

/** Rows `(tag_id or country_code, day, second, …)` of the table, what adds up to nothing left out. */
export const saleListRows = (db: Reader, table: SaleLists, schema: 'public' | 'pg_temp'): Fragment => db`
  select ${db(KEYS[table])}, day, ${db(subjectsOf(table))}, sum(sales)::int as sales, sum(counted)::int as counted, sum(units)::int as units, sum(usd_cents)::bigint as usd_cents
  from (
    select ${db(KEYS[table])}, day, entry.* from ${db(`${schema}.${table}`)} kept cross join lateral ${unnested(db, columnsOf(table))}
  ) entries
  group by ${db(KEYS[table])}, day, ${db(subjectsOf(table))} having sum(sales) <> 0 or sum(counted) <> 0`;

/** The seconds of each UTC day that each of the windows holds. */
const secondsOf = (windows: readonly Window[]): { n: number; day: string; from: number; until: number }[] =>
  windows.flatMap((window, n) => {
    const first = floorTo(window.from, DAY);
    return Array.from({ length: Math.max(0, Math.ceil((window.until - first) / DAY)) }, (_, at) => {
      const day = first + at * DAY;
      const second = (bound: number) => Math.ceil((bound - day) / SECOND);
      return { n, day: utcDay(day), from: second(window.from), until: second(window.until) };
    });
  });

/** `offset 0`: by index, day by day. */
function saleLists(
  db: Reader,
  table: SaleLists,
  which: Fragment,
  windows: readonly Window[],
  { shown, read }: { shown: readonly Column[]; read: readonly Column[] },
): Fragment {
  const days = secondsOf(windows);
  return db`
    select w.n, kept.${db(KEYS[table])}, ${db(shown.map(column => `entry.${column}`))}
    from unnest(${days.map(({ n }) => n)}::int[], ${days.map(({ day }) => day)}::date[], ${days.map(({ from }) => from)}::int[], ${days.map(({ until }) => until)}::int[]) as w (n, day, from_second, until_second)
    cross join lateral (select * from ${db(table)} kept where kept.day = w.day ${which} offset 0) kept
    cross join lateral ${unnested(db, [...new Set<Column>(['second', ...read, ...shown])])}
    where entry.second >= w.from_second and entry.second < w.until_second`;
}

/**
 * A query of rows `(n, tag_id, …columns)`: the sales of these tags in each of the windows, whose bounds are whole seconds. They are to be summed
 * up: some are negative. Of one buyers' country where one is given, else `country` is a number (see `country_of_number`).
 */
export function tagSales(
  db: Reader,
  tagIds: readonly number[],
  windows: readonly Window[],
  shown: readonly Column[],
  country?: string,
): Fragment {
  const wanted = db`and kept.tag_id = any(${tagIds}::bigint[])`;
  if (country === undefined) return saleLists(db, 'tag_sale', wanted, windows, { shown, read: [] });
  return db`${saleLists(db, 'tag_sale', wanted, windows, { shown, read: ['country'] })} and entry.country = country_number(${country})`;
}

/** The same of one buyers' country: rows `(n, country_code, …columns)`. */
export const countrySales = (
  db: Reader,
  country: string,
  windows: readonly Window[],
  shown: readonly Exclude<Column, 'country'>[],
): Fragment => saleLists(db, 'country_sale', db`and kept.country_code = ${country}`, windows, { shown, read: [] });

/** Parts of a row's subject and day, on average, from which on they are put together. */
const MANY_PARTS = 4;

/** Puts the parts of each day together where there are many. Returns how many days of the tables that were. */
export async function mergeSaleLists(db: Sql): Promise<number> {
  let merged = 0;
  for (const table of Object.keys(KEYS) as SaleLists[]) {
    const key = KEYS[table];
    const days = await db<{ day: string }[]>`
      select day from ${db(table)} group by day having count(*) > ${MANY_PARTS} * count(distinct ${db(key)}) order by day`;
    for (const { day } of days)
      await db.begin(async sql => {
        await takeLoadLock(sql);
        await sql`create temporary table merged on commit drop as select * from (${saleListRows(sql, table, 'public')}) kept where day = ${day}::date`;
        await sql`delete from ${sql(table)} where day = ${day}::date`;
        await sql`
          insert into ${sql(table)} (${sql(key)}, day, ${names(sql, arraysOf(table))})
          select ${sql(key)}, day, ${list(
            sql,
            columnsOf(table).map(
              column =>
                sql`array_agg(${column === 'sales' || column === 'counted' ? sql`${sql(column)}::smallint` : sql(column)})`,
            ),
          )}
          from merged group by ${sql(key)}, day order by ${sql(key)}`;
      });
    merged += days.length;
  }
  return merged;
}
