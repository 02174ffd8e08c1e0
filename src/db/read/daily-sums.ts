/** Sales by day of a few subjects: what small plots over weeks are drawn of. */

import { drawn } from '../../core/small-cells.ts';
import { floorTo, HOUR } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { dailySales } from './artist-trends.ts';
import { markFew } from './few-checkouts.ts';
import { daysOf, hoursOf, partsIn } from './period-tables.ts';

/** Days by the hours that they begin and end in, so that the sums of hours can answer for all of them. */
export const wholeHours = (days: readonly Window[]): Window[] =>
  days.map(({ from, until }) => ({ from: floorTo(from, HOUR), until: floorTo(until, HOUR) }));

/**
 * Sales of each artist on each day; what too few checkouts make is as it is drawn (see small-cells.ts).
 */
export async function artistsByDay(
  db: Reader,
  artistIds: readonly number[],
  days: readonly Window[],
): Promise<Map<number, number[]>> {
  if (artistIds.length === 0 || days.length === 0) return new Map();
  const found = await dailySales(db, artistIds, days);
  const cells = artistIds.flatMap(id => (found.get(id) ?? []).map((sales, day) => ({ id, day, sales })));
  const marked = await markFew(db, 'artist', cells, ({ id, day }) => ({
    ids: [id],
    window: days[day] as Window,
  }));
  for (const { id, day, sales, few } of marked) (found.get(id) ?? [])[day] = drawn(few, sales);
  return found;
}

/** Sales of each genre or style, by its name, on each day of whole hours. */
export async function tagsByDay(
  db: Reader,
  names: readonly string[],
  days: readonly Window[],
): Promise<Map<string, number[]>> {
  if (names.length === 0 || days.length === 0) return new Map();
  const only = partsIn(days);
  const wanted = db`(select id, name from tag where name = any(${names}::text[])) wanted`;
  const rows = await db<{ id: string; n: number; sales: number }[]>`
    select name as id, n, sum(sales)::bigint as sales
    from (
      select wanted.name, w.n, sales
      from ${daysOf(db, only('days'))} cross join ${wanted}
      join tag_day on tag_day.day = w.day and tag_day.country_code = '' and tag_day.tag_id = wanted.id
      union all
      select wanted.name, w.n, sales
      from ${hoursOf(db, only('hours'))} cross join ${wanted}
      join tag_hour on tag_hour.hour = w.hour and tag_hour.tag_id = wanted.id
    ) parts group by 1, 2`;
  return inDays(names, days, rows);
}

/** Sales to each buyers' country on each day of whole hours. */
export async function countriesByDay(
  db: Reader,
  codes: readonly string[],
  days: readonly Window[],
): Promise<Map<string, number[]>> {
  if (codes.length === 0 || days.length === 0) return new Map();
  const only = partsIn(days);
  const rows = await db<{ id: string; n: number; sales: number }[]>`
    select country_code as id, w.n, sum(sales)::bigint as sales
    from ${hoursOf(db, only('days', 'hours'))} cross join unnest(${codes}::text[]) as wanted (code)
    join country_hour on country_hour.hour = w.hour and country_hour.country_code = wanted.code
    group by 1, 2`;
  return inDays(codes, days, rows);
}

function inDays(
  ids: readonly string[],
  days: readonly Window[],
  rows: readonly { id: string; n: number; sales: number }[],
): Map<string, number[]> {
  const found = new Map(ids.map(id => [id, new Array<number>(days.length).fill(0)]));
  for (const { id, n, sales } of rows) (found.get(id) ?? [])[n] = sales;
  return found;
}
