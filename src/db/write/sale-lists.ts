/** Writes the lists of sales of each genre, style, country and origin, and puts their parts together. */
import type { Fragment, Reader, Sql, Transaction } from '../connect.ts';
import { takeLoadLock } from '../load-lock.ts';
import {
  arraysOf,
  type Column,
  columnsOf,
  KEYS,
  list,
  names,
  type SaleLists,
  subjectsOf,
  unnested,
} from '../sale-list-tables.ts';

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

/** Of `tagged`, or of `fresh` (see addFresh). */
function rowsFor(sql: Transaction, table: SaleLists): Fragment {
  switch (table) {
    case 'tag_sale':
      return sql`tagged`;
    case 'country_sale':
      return sql`fresh where country_code is not null`;
    case 'origin_sale':
      return sql`(
        select fresh.*, coalesce(seller.country_code, '') as origin_code
        from fresh join seller on seller.id = fresh.seller_id
      ) placed`;
  }
}

/** Adds a part for each day and tag, country or origin of the rows. */
export const addSaleLists = (
  sql: Transaction,
  table: SaleLists,
  schema: 'public' | 'pg_temp',
  rows = rowsFor(sql, table),
): Fragment => {
  const arrays = list(
    sql,
    columnsOf(table).map(column => sql`array_agg(${elementOf(sql, column)})`),
  );
  return sql`
    insert into ${sql(`${schema}.${table}`)} (${sql(KEYS[table])}, day, ${names(sql, arraysOf(table))})
    select ${sql(KEYS[table])}, day, ${arrays}
    from ${rows}
    group by ${sql(KEYS[table])}, day
    order by day, ${sql(KEYS[table])}`;
};

/**
 * Rows `(tag_id, country_code or origin_code, day, second, …)` of the table, what adds up to nothing left
 * out.
 */
export const saleListRows = (db: Reader, table: SaleLists, schema: 'public' | 'pg_temp'): Fragment => db`
  select ${db(KEYS[table])}, day, ${db(subjectsOf(table))},
    sum(sales)::int as sales, sum(counted)::int as counted, sum(units)::int as units,
    sum(usd_cents)::bigint as usd_cents
  from (
    select ${db(KEYS[table])}, day, entry.*
    from ${db(`${schema}.${table}`)} kept cross join lateral ${unnested(db, columnsOf(table))}
  ) entries
  group by ${db(KEYS[table])}, day, ${db(subjectsOf(table))} having sum(sales) <> 0 or sum(counted) <> 0`;

/** Parts of a row's subject and day, on average, from which on they are put together. */
const MANY_PARTS = 4;

/**
 * Puts the parts of each day together where there are many. Returns how many days of the tables that were.
 */
export async function compactSaleLists(db: Sql): Promise<number> {
  let merged = 0;
  for (const table of Object.keys(KEYS) as SaleLists[]) {
    const key = KEYS[table];
    const days = await db<{ day: string }[]>`
      select day from ${db(table)} group by day
      having count(*) > ${MANY_PARTS} * count(distinct ${db(key)})
      order by day`;
    for (const { day } of days)
      await db.begin(async sql => {
        await takeLoadLock(sql);
        await sql`
          create temporary table merged on commit drop as
          select * from (${saleListRows(sql, table, 'public')}) kept where day = ${day}::date`;
        await sql`delete from ${sql(table)} where day = ${day}::date`;
        const elementOfSum = (column: Column) =>
          column === 'sales' || column === 'counted' ? sql`${sql(column)}::smallint` : sql(column);
        const arrays = list(
          sql,
          columnsOf(table).map(column => sql`array_agg(${elementOfSum(column)})`),
        );
        await sql`
          insert into ${sql(table)} (${sql(key)}, day, ${names(sql, arraysOf(table))})
          select ${sql(key)}, day, ${arrays}
          from merged group by ${sql(key)}, day order by ${sql(key)}`;
      });
    merged += days.length;
  }
  return merged;
}
