/**
 * The sales of each genre and style, of each buyers' country, and of each country that music comes from, on
 * each UTC day: side by side in arrays, in parts that add up.
 */
import type { Fragment, Reader } from './connect.ts';

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
export type Column = keyof typeof ARRAYS;
const SUMS: readonly Column[] = ['sales', 'counted', 'units', 'usd_cents'];

/** The tables by what their rows are of; an origin is the seller's country, '' where it is unknown. */
export const KEYS = { tag_sale: 'tag_id', country_sale: 'country_code', origin_sale: 'origin_code' } as const;
export type SaleLists = keyof typeof KEYS;
export const columnsOf = (table: SaleLists): Column[] =>
  (Object.keys(ARRAYS) as Column[]).filter(column => table !== 'country_sale' || column !== 'country');
export const subjectsOf = (table: SaleLists): Column[] =>
  columnsOf(table).filter(column => !SUMS.includes(column));
export const arraysOf = (table: SaleLists): string[] => columnsOf(table).map(column => ARRAYS[column]);

export const list = (db: Reader, parts: readonly Fragment[]): Fragment =>
  parts.reduce((all, one) => db`${all}, ${one}`);
/** One by one: behind `insert into` the driver takes a list of names for rows. */
export const names = (db: Reader, all: readonly string[]): Fragment =>
  list(
    db,
    all.map(name => db`${db(name)}`),
  );

export const unnested = (db: Reader, columns: readonly Column[]): Fragment =>
  db`unnest(${list(
    db,
    columns.map(column => db`kept.${db(ARRAYS[column])}`),
  )}) as entry (${db([...columns])})`;
