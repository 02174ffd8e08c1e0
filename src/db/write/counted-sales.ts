/** Which sales count for trends, so that one artist, one buyer or one burst cannot make a genre rise. */
import { BURST_MINUTES, COUNTED_A_DAY } from '../../stats/trend.ts';
import type { Fragment, Transaction } from '../connect.ts';

/**
 * Judges the days of artists that `staged` touches, and leaves the verdicts in a temporary table `judged (at,
 * item_id, was, counted)`: `was` is null for a staged sale, else what the stored one counted as. The earliest
 * of a day count, whatever order they come in. Days whose full number was sold before all that is staged are
 * left out: nothing staged counts there, and nothing stored changes.
 */
export const judgeStaged = (sql: Transaction): Fragment => sql`
    create temporary table judged on commit drop as
    with grouped as (
      select artist_id, day, min(at) as first from staged where not various group by 1, 2
    ), sold as materialized (
      select day from (select distinct day from staged) days
      where exists (
        select from sale
        where at >= day::timestamp at time zone 'UTC'
          and at < (day + 1)::timestamp at time zone 'UTC'
      )
    ), open as materialized (
      select artist_id, day, sold.day is not null as sold from grouped left join sold using (day)
      where sold.day is null or coalesce((
        select sale.at from sale
        where sale.artist_id = grouped.artist_id
          and sale.at >= day::timestamp at time zone 'UTC'
          and sale.at < (day + 1)::timestamp at time zone 'UTC'
          and counted
        order by sale.at offset ${COUNTED_A_DAY - 1} limit 1
      ), 'infinity') >= first
    ), together as (
      select at, item_id, artist_id, day, country_code, null::boolean as was
      from staged join open using (artist_id, day)
      union all
      select sale.at, sale.item_id, sale.artist_id, open.day, sale.country_code, sale.counted
      from open join sale on open.sold
        and sale.artist_id = open.artist_id
        and sale.at >= open.day::timestamp at time zone 'UTC'
        and sale.at < (open.day + 1)::timestamp at time zone 'UTC'
    ), ${judging(sql)}`;

/** The same for all sales of a day that is stored: what each counts as, and should. */
export async function judgeDay(sql: Transaction, day: string): Promise<void> {
  await sql`
    create temporary table judged on commit drop as
    with together as (
      select at, item_id, artist_id, ${day}::date as day, country_code, counted as was
      from sale join artist on artist.id = artist_id
      where at >= ${day}::timestamp at time zone 'UTC'
        and at < (${day}::date + 1)::timestamp at time zone 'UTC'
        and not artist.various
    ), ${judging(sql)}`;
}

const judging = (sql: Transaction) => sql`
    repeated as (
      select *, coalesce(
        at - lag(at) over (partition by artist_id, day, item_id, country_code order by at)
          < ${`${BURST_MINUTES} minutes`}::interval,
        false
      ) as repeat
      from together
    )
    select at, item_id, was,
      not repeat
        and row_number() over (partition by artist_id, day, repeat order by at, item_id) <= ${COUNTED_A_DAY}
        as counted
    from repeated`;
