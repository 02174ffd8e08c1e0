/** Sums by where the music comes from, kept right when it is told anew where a seller is. */
import type { Transaction } from '../connect.ts';
import { addUp, sums } from './rollups.ts';
import { addSaleLists } from './sale-lists.ts';

/** A seller whose pages say another country than they said; null where it is unknown. */
export interface MovedSeller {
  id: number;
  was: string | null;
  now: string | null;
}

/**
 * Moves the sales of these sellers from the sums of the one country to those of the other. What was sold on
 * days whose sales are given up stays where it was. The caller holds the load's lock.
 */
export async function moveSellers(sql: Transaction, sellers: readonly MovedSeller[]): Promise<void> {
  const moved = sellers.filter(({ was, now }) => was !== now);
  if (moved.length === 0) return;
  await sql`
    create temporary table placed on commit drop as
    select at, (at at time zone 'UTC')::date as day, origin_code, item.page_id, item.type, artist_id,
      sale.seller_id, country_code, sign as sales, sign * counted::int as counted, sign * units as units,
      sign * coalesce(amount_usd_cents, 0) as usd_cents
    from unnest(
      ${moved.flatMap(({ id }) => [id, id])}::bigint[],
      ${moved.flatMap(({ was, now }) => [was ?? '', now ?? ''])}::text[],
      ${moved.flatMap(() => [-1, 1])}::int[]
    ) as moved (seller_id, origin_code, sign)
    join page on page.seller_id = moved.seller_id
    join item on item.page_id = page.id
    join sale on sale.item_id = item.id`;
  await addSaleLists(sql, 'origin_sale', 'public', sql`placed`);
  await sql`
    insert into tag_origin_day as kept (day, origin_code, tag_id, sales, counted, units, usd_cents)
    select day, origin_code, tag_id, ${sums(sql)}
    from placed
    join page_tag using (page_id)
    join (select id from tag where rolled_up offset 0) rolled on rolled.id = page_tag.tag_id
    where origin_code <> '' group by 1, 2, 3 order by 1, 2, 3
    on conflict (day, origin_code, tag_id) ${addUp(sql)}`;
  await sql`
    delete from tag_origin_day kept using placed
    where kept.day = placed.day and kept.origin_code = placed.origin_code and kept.sales = 0`;
  await sql`drop table placed`;
}
