/**
 * Sums over any windows in all and by format (item type), with checkouts: from the hours' roll-ups and the
 * sales at the edges.
 */
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { hoursOf, partsIn, salesWithin, stretches } from './period-tables.ts';
import { type Amount, NO_SALES, type Sum } from './totals.ts';

export interface FormatSum extends Sum {
  /** Sales for which more than the price was paid. */
  overpaid: number;
}

export interface Formats {
  all: FormatSum;
  /** By item type: `a`, `t`, `p`, `b`. */
  byType: Map<string, FormatSum>;
}

const NOTHING: FormatSum = { ...NO_SALES, overpaid: 0 };

/** One for each window, in their order; of one buyers' country where one is given. */
export async function formatSums(
  db: Reader,
  windows: readonly Window[],
  country?: string,
): Promise<Formats[]> {
  const only = partsIn(windows);
  const whole = only('days', 'hours');
  // One country's rows by each hour; `offset 0`, or the planner reads them all.
  const kept =
    country === undefined
      ? db`${stretches(db, whole)} join format_hour on hour >= w.from_at and hour < w.until_at`
      : db`${hoursOf(db, whole)} cross join lateral (
          select * from format_hour where hour = w.hour and country_code = ${country} offset 0
        ) kept`;
  const rows = await db<(FormatSum & { n: number; type: string })[]>`
    select n, type, sum(sales)::bigint as sales, sum(units)::bigint as units,
      sum(usd_cents)::bigint as "usdCents", sum(overpaid)::bigint as overpaid
    from (
      select w.n, type, sales, units, usd_cents, overpaid from ${kept}
      union all
      select w.n, item.type, 1, units, coalesce(amount_usd_cents, 0), (amount_minor > item_price_minor)::int
      from ${stretches(db, only('rest'))} cross join ${salesWithin(db)}
      cross join lateral (select type from item where item.id = sale.item_id offset 0) item
      ${country === undefined ? db`` : db`where country_code = ${country}`}
    ) parts group by 1, 2`;
  return windows.map((_, at) => {
    const own = rows.filter(({ n }) => n === at);
    const total = (key: Amount | 'overpaid') => own.reduce((sum, row) => sum + (row[key] ?? 0), 0);
    return {
      all: {
        sales: total('sales'),
        units: total('units'),
        usdCents: total('usdCents'),
        overpaid: total('overpaid'),
      },
      byType: new Map(own.map(({ type, n: _, ...sum }) => [type, { ...NOTHING, ...sum }])),
    };
  });
}

/** Checkouts and buyers' countries of a window. Checkouts of imported history are not known. */
export async function checkoutsIn(
  db: Reader,
  window: Window,
  country?: string,
): Promise<{ checkouts: number; countries: number }> {
  const only = partsIn([window]);
  const here = country === undefined ? db`` : db`and country_code = ${country}`;
  const [row] = await db<{ checkouts: number; countries: number }[]>`
    select coalesce(sum(checkouts), 0)::bigint as checkouts,
      count(distinct nullif(country_code, '')) as countries
    from (
      select country_code, checkouts
      from ${stretches(db, only('days', 'hours'))}
      join country_hour on hour >= w.from_at and hour < w.until_at ${here}
      union all
      select coalesce(country_code, ''), count(distinct checkout_at)
      from ${stretches(db, only('rest'))} cross join ${salesWithin(db)} where true ${here} group by w.n, 1
    ) parts`;
  return row ?? { checkouts: 0, countries: 0 };
}
