/** A genre's sales by the buyers' countries. */
import { DAY, toIso } from '../core/instant.ts';
import { spansOf } from '../core/spans.ts';
import type { Window } from '../core/window.ts';
import type { Reader } from './connect.ts';
import { tagSales } from './sale-lists.ts';
import type { Sum } from './sums-of.ts';

/** Whole days from the roll-up, looked up day by day and country by country; the rest from the sales. */
export async function tagByCountry(db: Reader, tagId: number, window: Window): Promise<(Sum & { country: string })[]> {
  const { days, hours, rest } = spansOf(window);
  const [whole] = days;
  const listed = whole
    ? Array.from({ length: (whole.until - whole.from) / DAY }, (_, n) => toIso(whole.from + n * DAY).slice(0, 10))
    : [];
  return [
    ...(await db<(Sum & { country: string })[]>`
      select country, sum(sales)::bigint as sales, sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents"
      from (
        select country.code as country, sales, units, usd_cents
        from unnest(${listed}::date[]) as d (day) cross join country
        join tag_day on tag_day.day = d.day and tag_day.country_code = country.code and tag_day.tag_id = ${tagId}
        union all
        select country_of_number(sold.country), sales, units, usd_cents
        from (${tagSales(db, [tagId], [...hours, ...rest], ['country', 'sales', 'units', 'usd_cents'])}) sold where sold.country > 0
      ) parts group by country having sum(sales) > 0 order by units desc, country`),
  ];
}
