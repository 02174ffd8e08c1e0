/** The sales of this database as columns of numbers, for the backtest. */
import { DAY, floorTo, type Instant, MINUTE } from '../../core/time/instant.ts';
import { type SalesLog, salesLogWriter } from '../../stats/sales-log.ts';
import type { Sql } from '../connect.ts';
import { isMusic } from './music-tags.ts';

interface Sold {
  at: Instant;
  artist: string | null;
  seller: string;
  country: string | null;
  item: number;
  checkoutAt: Instant | null;
  tags: string[] | null;
}

/**
 * All sales of whole UTC days, the first and the last day left out where they are cut; null where there are
 * none.
 */
export async function readSalesLog(db: Sql): Promise<SalesLog | null> {
  const [range] = await db<{ first: Instant | null; last: Instant | null }[]>`
    select (select min(at) from sale) as first, (select max(at) from sale) as last`;
  if (range?.first == null || range.last == null) return null;
  const from = floorTo(range.first + DAY - 1, DAY);
  const days = Math.floor((range.last - from) / DAY);
  if (days < 1) return null;
  const writer = salesLogWriter(from, days);
  const sets = new Map<string, number>();
  const checkouts = new Map<string, number>();
  for (let day = 0; day < days; day += 1) {
    const start = from + day * DAY;
    const sold = await db<Sold[]>`
      select at, case when various then null else artist.key end as artist, seller.host as seller,
        country_code as country, item_id as item, checkout_at as "checkoutAt",
        (
          select array_agg(tag.name order by tag.id)
          from item join page_tag using (page_id) join tag on tag.id = tag_id
          where item.id = sale.item_id and ${isMusic(db)}
        ) as tags
      from sale join artist on artist.id = artist_id join seller on seller.id = sale.seller_id
      where at >= ${start} and at < ${start + DAY} order by at, item_id`;
    // A checkout does not outlast its day but for a moment.
    checkouts.clear();
    for (const { at, artist, seller, country, item, checkoutAt, tags } of sold) {
      const key = (tags ?? []).join('\n');
      if (!sets.has(key)) sets.set(key, writer.tagSet(tags ?? []));
      const checkout = `${checkoutAt ?? at} ${country}`;
      if (!checkouts.has(checkout)) checkouts.set(checkout, checkouts.size + day * 1_000_000);
      writer.add({
        minute: Math.floor((at - from) / MINUTE),
        artist: artist === null ? null : writer.artist(artist),
        seller: writer.seller(seller),
        country: writer.country(country ?? ''),
        item,
        checkout: checkouts.get(checkout) ?? 0,
        tagSet: sets.get(key) ?? 0,
      });
    }
  }
  return writer.done();
}
