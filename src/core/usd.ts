/**
 * US dollars where Bandcamp's own conversion is missing, or is rounded to whole dollars: by the rate it used
 * for others that day.
 */

import { decimalsOf } from './money.ts';
import { median } from './numbers.ts';
import type { FeedSale } from './sale.ts';

/** What is needed of a sale: `FeedSale` has it. */
export type Paid = Pick<FeedSale, 'amountMinor' | 'currency' | 'amountUsdCents'>;

/** US dollars for one unit of a currency (not its minor unit), by upper-case ISO 4217 code. */
export type UsdRates = ReadonlyMap<string, number>;

/**
 * Cents that are rounded off may be this share of a row's dollars, or the row says too little about the rate.
 */
const PRECISION = 0.01;
/**
 * So many other-than-whole amounts are needed to tell that dollars are rounded: 2 EUR can be exactly 2
 * dollars.
 */
const ENOUGH = 5;

const major = (minor: number, currency: string): number => minor / 10 ** decimalsOf(currency);

/**
 * Whether the conversions of a batch are rounded to whole dollars, as in a recorded answer of 2025: all of
 * them are whole although at least five of the amounts can hardly have come to whole dollars: sales in
 * dollars of a broken amount, and all in other currencies.
 */
export function isWholeDollars(batch: Iterable<Paid>): boolean {
  let broken = 0;
  for (const { amountMinor, currency, amountUsdCents } of batch) {
    if (amountUsdCents === null) continue;
    if (amountUsdCents % 100 !== 0) return false;
    if (currency !== 'USD' || amountMinor % 100 !== 0) broken += 1;
  }
  return broken >= ENOUGH;
}

/**
 * The median of dollars ÷ amount of each currency, over the sales of about one day. Rows whose conversion is
 * missing, or too small for its rounding, say nothing; give `roundedTo: 100` for sales of which
 * `isWholeDollars` is true, so that only large ones count. A dollar is a dollar.
 */
export function usdRates(
  sales: Iterable<Paid>,
  { roundedTo = 1 }: { roundedTo?: 1 | 100 } = {},
): Map<string, number> {
  const least = roundedTo / 2 / PRECISION;
  const found = new Map<string, number[]>();
  for (const { amountMinor, currency, amountUsdCents } of sales) {
    if (currency === 'USD' || amountMinor <= 0 || amountUsdCents === null || amountUsdCents < least) continue;
    const rates = found.get(currency) ?? [];
    rates.push(amountUsdCents / 100 / major(amountMinor, currency));
    found.set(currency, rates);
  }
  const rates = new Map(Array.from(found, ([currency, list]) => [currency, median(list)] as const));
  return rates.set('USD', 1);
}

/**
 * US cents of what was paid, by these rates; null where the currency has none, or it leaves the safe
 * integers.
 */
export function estimateUsd({ amountMinor, currency }: Paid, rates: UsdRates): number | null {
  const rate = rates.get(currency);
  if (rate === undefined) return null;
  const cents = Math.round(major(amountMinor, currency) * rate * 100);
  return Number.isSafeInteger(cents) ? cents : null;
}
