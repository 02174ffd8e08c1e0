/**
 * How numbers are written, in one place: counts, factors, shares, changes and money. English, as all our
 * texts.
 */
import { decimalsOf } from './money.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const percentTenth = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const change = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
});

/** To at most so many decimals. */
export const round = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

/** The middle of at least one number; of an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

/** Of a fraction, wherever it is written: more would only be the noise of binary floats. */
const MOST_DIGITS = 6;

/**
 * To at most six significant digits; whole numbers, and the whole part of large ones, are kept. All that is
 * shown or given to machines is rounded from this, so that a page's 2.5 is never a file's 2.45 rounded down.
 */
export function significant(value: number): number {
  if (Number.isInteger(value)) return value;
  if (Math.abs(value) >= 10 ** (MOST_DIGITS - 1)) return Math.round(value);
  return Number(value.toPrecision(MOST_DIGITS));
}

/** 1,234 · 12.3 where the value is no whole number and below 100. */
export const formatCount = (value: number): string =>
  (Number.isInteger(value) || Math.abs(value) >= 100 ? whole : tenth).format(significant(value));

/** 1.6 → `1.6×`, 41.2 → `41×`: from 10 on without a decimal. */
export const formatRatio = (value: number): string =>
  `${(Math.abs(round(value, 1)) >= 10 ? whole : tenth).format(significant(value))}×`;

/** 0.123 → `12.3%`, 0.02 → `2%`; with `tenths` `2.0%`, as beside others in a column. */
export const formatPercent = (value: number, { tenths = false } = {}): string =>
  (tenths ? percentTenth : percent).format(significant(value));

/** 0.25 → `+25%`, -0.5 → `−50%` with the minus sign. */
export const formatChange = (value: number): string => change.format(significant(value)).replace('-', '−');

/** 0.123 → 12.3, and a change of 0.25 → 25: the number that `formatPercent` or `formatChange` shows. */
export const percentPoints = (value: number, kind: 'percent' | 'change'): number =>
  Number((kind === 'percent' ? formatPercent : formatChange)(value).replace(/[,%+]/g, '').replace('−', '-'));

/** Making one costs a thousand times what using it does. */
const currencies = new Map<string, Intl.NumberFormat>();
function currencyFormat(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const made =
    currencies.get(key) ??
    new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  currencies.set(key, made);
  return made;
}

/** From so many on an amount is written without its cents. */
const WITHOUT_CENTS = 100;

/** Integer minor units → `$12.50`, `$1,235`, `¥1,200`, `KWD 1.250`. */
export function formatMoney(minor: number, currency: string): string {
  const digits = decimalsOf(currency);
  const major = minor / 10 ** digits;
  return currencyFormat(currency, Math.abs(major) >= WITHOUT_CENTS ? 0 : digits).format(major);
}

/** To two significant digits: what one artist was paid is told no closer. */
export const roundMoney = (minor: number): number => Number(minor.toPrecision(2));

/** The same as text: 123456 US cents → `$1,200`, 650 → `$6.50`. */
export function formatRoundMoney(minor: number, currency: string): string {
  const major = roundMoney(minor) / 10 ** decimalsOf(currency);
  return currencyFormat(currency, Math.abs(major) < 10 ? decimalsOf(currency) : 0).format(major);
}

/** 1 → `1 sale`, 2 → `2 sales`. */
export const countOf = (value: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(value)} ${value === 1 ? noun : plural}`;
