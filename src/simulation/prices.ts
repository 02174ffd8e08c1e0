/**
 * What things cost and what is paid for them: price tables, discounts, overpaying, and money as the feed
 * writes it.
 */
import { decimalsOf } from '../core/money.ts';
import { USD_PER } from './figures.ts';
import { choices, type Random } from './random.ts';

/** A table of amounts and their weights, `amount weight` each. */
function amounts(table: string): (random: Random) => number {
  return choices(
    table.split(', ').map(entry => {
      const [amount, weight] = entry.split(' ').map(Number);
      return [amount ?? 0, weight ?? 0] as const;
    }),
  );
}

// In a seller's own figures ("7" in dollars, euros or pounds); chosen so that [M]'s quantiles of prices
// result. 0: name your price.
export const albumPrice = amounts(
  '0 13, 1 8, 2 3, 3 8.5, 4 7.5, 5 23, 6 5, 7 11, 7.99 1.5, 8 6.5, 8.99 1, 9 4.3, 9.99 2, 10 7, ' +
    '11.99 0.6, 12 1.3, 15 0.7, 20 0.3',
);
export const trackPrice = amounts('0 4, 0.99 5, 1 67, 1.29 5, 1.49 2, 1.5 8, 1.99 2, 2 6, 3 0.7');

export type Medium = 'vinyl' | 'cd' | 'tape' | 'bundle' | 'other';

export const mediumPrice: Record<Medium, (random: Random) => number> = {
  vinyl: amounts(
    '10 4, 12 9, 15 10, 18 11, 19.99 7, 20 15, 22 11, 24 6, 25 12, 28 5, 30 6, 35 3, 40 2, 60 0.6',
  ),
  cd: amounts('7 8, 8 9, 9.99 8, 10 26, 12 22, 13.9 6, 14 7, 15 10, 18 3, 25 1'),
  tape: amounts('5 13, 6 13, 7 20, 8 22, 9 8, 10 16, 12 6'),
  bundle: amounts(
    '12 7, 15 16, 20 22, 25 20, 28 7, 30 11, 35 7, 45 4, 60 3, 80 1.2, 150 0.3, 300 0.1, 1000 0.01',
  ),
  other: amounts('1 6, 2 7, 3 11, 5 20, 8 8, 10 16, 15 14, 20 12, 25 4, 30 3, 60 0.4, 250 0.1'),
};

/** Figures of a currency for one of a dollar, euro or pound, as sellers round them. */
const SCALE: Readonly<Record<string, number>> = {
  JPY: 110,
  SEK: 9,
  NOK: 9,
  DKK: 7,
  CZK: 22,
  HUF: 300,
  MXN: 18,
  HKD: 8,
  ILS: 3.5,
  PLN: 4,
  AUD: 1.25,
  CAD: 1.2,
  NZD: 1.3,
  SGD: 1.3,
};

/**
 * A price of the tables in minor units of a currency, rounded as sellers do: whole units where one unit is
 * little.
 */
export function localMinor(price: number, currency: string): number {
  const scale = SCALE[currency] ?? 1;
  const minor = 10 ** decimalsOf(currency);
  if (scale === 1) return Math.round(price * minor);
  const step = scale > 50 ? 50 : scale > 2 ? 1 : 0.5;
  return price === 0 ? 0 : Math.max(step, Math.round((price * scale) / step) * step) * minor;
}

/**
 * Shares of digital and physical items that were paid above and below their price, tuned to [M]'s 11.9% shown
 * as overpaid and 7%.
 */
const OVERPAID = { digital: 0.103, physical: 0.032 };
const DISCOUNTED = 0.0745;
const namedPrice = amounts(
  '1 20, 2 11, 3 11, 4 3, 5 24, 6 2, 7 8, 8 3, 10 13, 15 2, 20 2.4, 25 0.7, 50 0.3, 100 0.1',
);
/** Overpaid by this many times the price, and discounts as shares of it. */
const generosity = amounts('0.25 8, 0.5 14, 1 26, 1.5 12, 2 14, 3 12, 5 8, 10 5, 25 1');
const discounts = amounts('0.1 22, 0.15 8, 0.2 30, 0.25 12, 0.3 9, 0.5 16, 0.75 3');

/** What one buyer pays, in minor units; never nothing, since no sale of 0 was ever seen. */
export function paidMinor(random: Random, priceMinor: number, currency: string, physical: boolean): number {
  if (priceMinor === 0) return localMinor(namedPrice(random), currency);
  const mood = random.next();
  const over = physical ? OVERPAID.physical : OVERPAID.digital;
  if (mood < over) {
    const least = localMinor(1, currency);
    const more = Math.max(least, Math.ceil((priceMinor * generosity(random)) / least) * least);
    // Beyond some price nobody pays a multiple.
    return priceMinor + Math.min(more, 25 * least);
  }
  if (mood < over + DISCOUNTED) return Math.max(1, Math.round(priceMinor * (1 - discounts(random))));
  return priceMinor;
}

/** Minor units → US dollars, rounded to cents, never nothing. */
export const toUsd = (minor: number, currency: string): number =>
  Math.max(0.01, Math.round((minor / 10 ** decimalsOf(currency)) * (USD_PER[currency] ?? 1) * 100) / 100);

export const toAmount = (minor: number, currency: string): number => minor / 10 ** decimalsOf(currency);

/** An amount with the noise of a 32-bit float, as `item_price` carries it: 9.99 → 9.98999977111816. */
export const noisy = (amount: number): number =>
  Number.isInteger(amount) ? amount : Number(Math.fround(amount).toPrecision(15));

const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  USD: ['$', ''],
  GBP: ['£', ''],
  EUR: ['€', ''],
  JPY: ['¥', ''],
  AUD: ['$', ' AUD'],
  CAD: ['$', ' CAD'],
  NZD: ['$', ' NZD'],
  HKD: ['$', ' HKD'],
  SGD: ['$', ' SGD'],
  MXN: ['$', ' MXN'],
};

/** As the feed shows money: `$9.99`, `£1`, `$28 AUD`, `¥200`, `90 SEK`. */
export function shown(minor: number, currency: string): string {
  const amount = toAmount(minor, currency);
  const [before, after] = SIGNS[currency] ?? ['', ` ${currency}`];
  return `${before}${Number.isInteger(amount) ? amount : amount.toFixed(decimalsOf(currency))}${after}`;
}
