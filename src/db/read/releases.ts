/** A release's items: their formats, what they cost and what was paid for them. */
import { isNarrow, LEAST_CHECKOUTS } from '../../core/small-cells.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { checkouts } from './breakdowns.ts';
import type { Sum } from './totals.ts';

/** The ids of a page's items. */
export async function itemsOf(db: Reader, pageId: number): Promise<number[]> {
  const rows = await db<{ id: number }[]>`select id from item where page_id = ${pageId}`;
  return rows.map(({ id }) => id);
}

export interface Format extends Sum {
  /** `a`, `t`, `p`, `b`. */
  type: string;
  title: string;
  /** US cents for one unit: of the newest sale, and the most; null where no price in dollars is known. */
  latest: number | null;
  highest: number | null;
  lastSold: number;
}

/** Of the items that sold in the window, the best first, up to `limit`. */
export async function formatsOf(
  db: Reader,
  ids: readonly number[],
  window: Window,
  country: string | undefined,
  limit: number,
): Promise<Format[]> {
  const here = country === undefined ? db`` : db`and country_code = ${country}`;
  const rows = await db<(Format & { checkouts: number })[]>`
    select item.type, item.title, count(*) as sales, sum(units)::bigint as units,
      coalesce(sum(amount_usd_cents), 0)::bigint as "usdCents",
      (array_agg(amount_usd_cents / units order by at desc))[1]::bigint as latest,
      max(amount_usd_cents / units)::bigint as highest, max(at) as "lastSold", ${checkouts(db)} as checkouts
    from sale join item on item.id = sale.item_id
    where sale.item_id = any(${ids}::bigint[]) and at >= ${window.from} and at < ${window.until} ${here}
    group by item.id order by units desc, "usdCents" desc, item.id limit ${limit}`;
  const narrow = isNarrow({ window, country });
  return rows.map(({ checkouts, ...format }) =>
    narrow && checkouts < LEAST_CHECKOUTS ? { ...format, few: true } : format,
  );
}

export interface Price {
  /** For one unit; 0 is name your price. */
  minor: number;
  currency: string;
}

/** An item's newest sales, among which is one of a single unit that has a price: nearly all are. */
const PRICED_SALES = 20;

/**
 * What pages ask for: the newest price before an instant, of the first of these types of items that has one.
 * What was paid for several units together tells the price of none.
 */
export async function pricesOf(
  db: Reader,
  pageIds: readonly number[],
  types: readonly string[],
  before: Instant,
): Promise<Map<number, Price>> {
  const rows = await db<(Price & { id: number })[]>`
    select distinct on (item.page_id) item.page_id as id, priced.minor, priced.currency
    from item cross join lateral (
      select at, item_price_minor as minor, currency
      from (
        select at, units, item_price_minor, currency from sale
        where sale.item_id = item.id and at < ${before} order by at desc limit ${PRICED_SALES}
      ) newest
      where units = 1 and item_price_minor is not null order by at desc limit 1
    ) priced
    where item.page_id = any(${pageIds}::bigint[]) and item.type = any(${types}::text[])
    order by item.page_id, array_position(${types}::text[], item.type), priced.at desc`;
  return new Map(rows.map(({ id, ...price }) => [id, price]));
}
