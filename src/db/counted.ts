/** Which sales count for trends, so that one artist, one buyer or one burst cannot make a genre rise. */
import { BURST_MINUTES, COUNTED_A_DAY } from '../stats/trend.ts';
import type { Fragment, Transaction } from './connect.ts';

/**
 * Judges the days of artists that `staged` touches, and leaves the verdicts in a temporary table `judged (at, item_id, was, counted)`: `was`
 * is null for a staged sale, else what the stored one counted as. The earliest of a day count, whatever order they come in.
 */
export const judgeStaged = (sql: Transaction): Fragment => sql`
    create temporary table judged on commit drop as
    with grouped as (
      select distinct artist_id, day from staged where not various
    ), together as (
      select at, item_id, artist_id, day, country_code, null::boolean as was from staged where not various
      union all
      select sale.at, sale.item_id, sale.artist_id, grouped.day, sale.country_code, sale.counted
      from grouped join sale on sale.artist_id = grouped.artist_id and sale.at >= grouped.day::timestamp at time zone 'UTC'
        and sale.at < (grouped.day + 1)::timestamp at time zone 'UTC'
    ), ${judging(sql)}`;

/** The same for all sales of a day that is stored: what each counts as, and should. */
export async function judgeDay(sql: Transaction, day: string): Promise<void> {
  await sql`
    create temporary table judged on commit drop as
    with together as (
      select at, item_id, artist_id, ${day}::date as day, country_code, counted as was
      from sale join artist on artist.id = artist_id
      where at >= ${day}::timestamp at time zone 'UTC' and at < (${day}::date + 1)::timestamp at time zone 'UTC' and not artist.various
    ), ${judging(sql)}`;
}

const judging = (sql: Transaction) => sql`
    repeated as (
      select *, coalesce(at - lag(at) over (partition by artist_id, day, item_id, country_code order by at) < ${`${BURST_MINUTES} minutes`}::interval, false) as repeat
      from together
    )
    select at, item_id, was,
      not repeat and row_number() over (partition by artist_id, day, repeat order by at, item_id) <= ${COUNTED_A_DAY} as counted
    from repeated`;
