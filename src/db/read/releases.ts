/** A release's items: their formats, and what was paid for them. */
import { isNarrow, LEAST_CHECKOUTS } from '../../core/small-cells.ts';
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
