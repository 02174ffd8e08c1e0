/** US dollars by the rates that Bandcamp itself used that day. */
import { describe, expect, test } from 'vitest';
import { estimateUsd, isWholeDollars, type Paid, usdRates } from '../../src/core/usd.ts';

const paid = (amountMinor: number, currency: string, amountUsdCents: number | null = null): Paid => ({
  amountMinor,
  currency,
  amountUsdCents,
});

describe('the rate of a currency', () => {
  test('is the median of its sales that say enough', () => {
    const rates = usdRates([
      paid(1000, 'EUR', 1100),
      paid(2000, 'EUR', 2240),
      paid(700, 'EUR', 777),
      paid(1000, 'EUR', 99_999),
      paid(3, 'EUR', 9),
      paid(0, 'EUR', 500),
      paid(500, 'EUR'),
      paid(1500, 'JPY', 1000),
      paid(12_500, 'KWD', 4063),
      paid(500, 'PLN'),
    ]);
    expect(rates.get('EUR')).toBeCloseTo((1.11 + 1.12) / 2, 10);
    expect(rates.get('JPY')).toBeCloseTo(10 / 1500, 10);
    expect(rates.get('KWD')).toBeCloseTo(40.63 / 12.5, 10);
    expect([...rates.keys()].sort()).toEqual(['EUR', 'JPY', 'KWD', 'USD']);
  });

  test('is one for the dollar, whatever its sales say', () => {
    expect(usdRates([paid(1000, 'USD', 900)])).toEqual(new Map([['USD', 1]]));
  });

  test('comes from large sales only where dollars are whole', () => {
    const sales = [paid(500, 'GBP', 600), paid(600, 'GBP', 800), paid(10_000, 'GBP', 12_700)];
    expect(usdRates(sales, { roundedTo: 100 }).get('GBP')).toBeCloseTo(1.27, 10);
  });
});

describe('whole dollars', () => {
  const whole = [1, 2, 3, 4, 5].map(n => paid(n * 111, 'GBP', n * 100));
  test.each<[string, Paid[], boolean]>([
    ['are told from five sales', whole, true],
    ['not from four', whole.slice(1), false],
    ['not where one has cents', [...whole, paid(999, 'USD', 999)], false],
    ['not from sales of whole dollars', [1, 2, 3, 4, 5, 6].map(n => paid(n * 100, 'USD', n * 100)), false],
    ['not from sales without any', whole.map(one => ({ ...one, amountUsdCents: null })), false],
  ])('%s', (_, sales, wanted) => expect(isWholeDollars(sales)).toBe(wanted));
});

test.each<[Paid, number | null]>([
  [paid(999, 'USD'), 999],
  [paid(1500, 'JPY'), 1005],
  [paid(1250, 'KWD'), 406],
  [paid(0, 'JPY'), 0],
  [paid(100, 'CHF'), null],
])('%o comes to %s cents', (sale, cents) => {
  const rates = new Map([
    ['USD', 1],
    ['JPY', 0.0067],
    ['KWD', 3.25],
  ]);
  expect(estimateUsd(sale, rates)).toBe(cents);
});

test('a sum beyond the integers has no dollars', () => {
  expect(estimateUsd(paid(Number.MAX_SAFE_INTEGER, 'GBP'), new Map([['GBP', 1.3]]))).toBeNull();
});
