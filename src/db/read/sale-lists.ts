/** Sales of genres, styles, countries and origins by the second, from their lists. */
import { DAY, floorTo, SECOND, utcDay } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { type Column, KEYS, type SaleLists, unnested } from '../sale-list-tables.ts';

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
    from unnest(
      ${days.map(({ n }) => n)}::int[], ${days.map(({ day }) => day)}::date[],
      ${days.map(({ from }) => from)}::int[], ${days.map(({ until }) => until)}::int[]
    ) as w (n, day, from_second, until_second)
    cross join lateral (select * from ${db(table)} kept where kept.day = w.day ${which} offset 0) kept
    cross join lateral ${unnested(db, [...new Set<Column>(['second', ...read, ...shown])])}
    where entry.second >= w.from_second and entry.second < w.until_second`;
}

/**
 * A query of rows `(n, tag_id, …columns)`: the sales of these tags in each of the windows, whose bounds are
 * whole seconds. They are to be summed up: some are negative. Of one buyers' country where one is given, else
 * `country` is a number (see `country_of_number`).
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
  return db`
    ${saleLists(db, 'tag_sale', wanted, windows, { shown, read: ['country'] })}
    and entry.country = country_number(${country})`;
}

/** The same of one buyers' country: rows `(n, country_code, …columns)`. */
export const countrySales = (
  db: Reader,
  country: string,
  windows: readonly Window[],
  shown: readonly Exclude<Column, 'country'>[],
): Fragment =>
  saleLists(db, 'country_sale', db`and kept.country_code = ${country}`, windows, { shown, read: [] });

/**
 * The same of sellers in these countries ('' stands for an unknown one): rows `(n, origin_code, …columns)`,
 * where `country` is a number.
 */
export const originSales = (
  db: Reader,
  origins: readonly string[],
  windows: readonly Window[],
  shown: readonly Column[],
): Fragment =>
  saleLists(db, 'origin_sale', db`and kept.origin_code = any(${origins}::text[])`, windows, {
    shown,
    read: [],
  });
