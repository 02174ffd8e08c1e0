/** The UTC days that hold sales or roll-ups. */
import type { Reader } from '../connect.ts';

/** `YYYY-MM-DD`, the oldest first; days whose sales were given up (see retention) are left out. */
export async function storedDays(db: Reader): Promise<string[]> {
  const rows = await db<{ day: string }[]>`
    with recursive sold as (
      (select (at at time zone 'UTC')::date as day from sale order by at limit 1)
      union all
      select (
        select (at at time zone 'UTC')::date from sale
        where at >= (sold.day + 1)::timestamp at time zone 'UTC'
        order by at limit 1
      )
      from sold where sold.day is not null
    )
    select day from (
      select day from sold where day is not null
      union
      select distinct (hour at time zone 'UTC')::date from country_hour
      union
      select distinct (hour at time zone 'UTC')::date from tag_hour
      union
      select distinct day from artist_day
      union
      select distinct day from seller_day
      union
      select distinct day from page_day
      union
      select distinct day from tag_day
    ) known
    where not exists (select from retention where day < (kept_from at time zone 'UTC')::date)
    order by day`;
  return rows.map(({ day }) => day);
}
