/** A genre's sales by the buyers' countries. */
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { daysOf, partsIn } from './period-tables.ts';
import { tagSales } from './sale-lists.ts';
import type { Sum } from './totals.ts';

/** Whole days from the roll-up, looked up day by day and country by country; the rest from the sales. */
export async function tagByCountry(
  db: Reader,
  tagId: number,
  window: Window,
): Promise<(Sum & { country: string })[]> {
  const only = partsIn([window]);
  const edges = only('hours', 'rest').map(part => part.window);
  return [
    ...(await db<(Sum & { country: string })[]>`
      select country, sum(sales)::bigint as sales, sum(units)::bigint as units,
        sum(usd_cents)::bigint as "usdCents"
      from (
        select country.code as country, sales, units, usd_cents
        from ${daysOf(db, only('days'))} cross join country
        join tag_day
          on tag_day.day = w.day and tag_day.country_code = country.code and tag_day.tag_id = ${tagId}
        union all
        select country_of_number(sold.country), sales, units, usd_cents
        from (${tagSales(db, [tagId], edges, ['country', 'sales', 'units', 'usd_cents'])}) sold
        where sold.country > 0
      ) parts group by country having sum(sales) > 0 order by units desc, country`),
  ];
}
