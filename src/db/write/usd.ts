/** Fills in the US dollars that the feed left out or rounded to whole ones, by the rates of the same day. */

import type { FeedSale } from '../../core/sale.ts';
import { DAY, floorTo, type Instant } from '../../core/time/instant.ts';
import { estimateUsd, isWholeDollars, type Paid, type UsdRates, usdRates } from '../../core/usd.ts';
import type { Transaction } from '../connect.ts';

/** Stored sales that a rate is made of, at the most. */
const SAMPLE = 2_000;

/**
 * The sales, each with its dollars where they can be known. What a batch itself says of its days goes before
 * what is stored.
 */
export async function fillUsd(sql: Transaction, sales: readonly FeedSale[]): Promise<readonly FeedSale[]> {
  const rounded = isWholeDollars(sales);
  const isMissing = (sale: FeedSale) => sale.amountUsdCents === null || rounded;
  const days = Map.groupBy(sales.filter(isMissing), ({ at }) => floorTo(at, DAY));
  if (days.size === 0) return sales;
  const byDay = new Map<Instant, UsdRates>();
  for (const [day, missing] of days) {
    const here = sales.filter(({ at }) => floorTo(at, DAY) === day);
    byDay.set(day, await ratesOf(sql, day, here, rounded, new Set(missing.map(({ currency }) => currency))));
  }
  return sales.map(sale => {
    const rates = isMissing(sale) ? byDay.get(floorTo(sale.at, DAY)) : undefined;
    return rates ? { ...sale, amountUsdCents: estimateUsd(sale, rates) ?? sale.amountUsdCents } : sale;
  });
}

async function ratesOf(
  sql: Transaction,
  day: Instant,
  here: readonly FeedSale[],
  rounded: boolean,
  currencies: ReadonlySet<string>,
): Promise<UsdRates> {
  const own = usdRates(here, { roundedTo: rounded ? 100 : 1 });
  const unknown = [...currencies].filter(currency => currency !== 'USD' && (rounded || !own.has(currency)));
  if (unknown.length === 0) return own;
  // The day's own sales, or else the last ones before it.
  const stored = await sql<Paid[]>`
    select amount_minor as "amountMinor", currency, amount_usd_cents as "amountUsdCents" from sale
    where at < ${day + DAY}
      and at >= ${day - 30 * DAY}
      and currency = any(${unknown})
      and amount_usd_cents is not null
    order by at desc limit ${SAMPLE}`;
  return new Map([...own, ...usdRates(stored)]);
}
