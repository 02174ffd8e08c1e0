/** A genre's sales by the buyers' countries. */
import { DAY, toIso } from '../core/instant.ts';
import { spansOf } from '../core/spans.ts';
import type { Window } from '../core/window.ts';
import type { Reader } from './connect.ts';
import { type Sum, salesIn } from './sums-of.ts';

/** Whole days from the roll-up, looked up day by day and country by country; the rest from the sales. */
export async function tagByCountry(db: Reader, tagId: number, window: Window): Promise<(Sum & { country: string })[]> {
  const { days, hours, rest } = spansOf(window);
  const [whole] = days;
  const listed = whole
    ? Array.from({ length: (whole.until - whole.from) / DAY }, (_, n) => toIso(whole.from + n * DAY).slice(0, 10))
    : [];
  const edges = [...hours, ...rest].map(edge => ({ n: 0, window: edge }));
  return [
    ...(await db<(Sum & { country: string })[]>`
      select country, sum(sales)::bigint as sales, sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents"
      from (
        select country.code as country, sales, units, usd_cents
        from unnest(${listed}::date[]) as d (day) cross join country
        join tag_day on tag_day.day = d.day and tag_day.country_code = country.code and tag_day.tag_id = ${tagId}
        union all
        select country_code, 1, units, usd_cents
        from (${salesIn(db, edges)} offset 0) sold join item on item.id = sold.item_id
        join page_tag on page_tag.page_id = item.page_id and page_tag.tag_id = ${tagId}
        where country_code is not null
      ) parts group by country order by units desc, country`),
  ];
}
