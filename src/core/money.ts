/** Money as integer minor units: how many decimals a currency has, and the way from the feed's floats. */

/**
 * ISO 4217 currencies that do not have two decimals. CLDR (and so `Intl`) differs from it for some, such as
 * LAK and IRR.
 */
const DECIMALS: ReadonlyMap<string, number> = new Map(
  [
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    '',
    '',
    'BHD IQD JOD KWD LYD OMR TND',
    'CLF UYW',
  ].flatMap((codes, decimals) => codes.split(' ').map(code => [code, decimals] as const)),
);

/** Decimals of an upper-case ISO 4217 code; 2 for one that is unknown. */
export const decimalsOf = (currency: string): number => DECIMALS.get(currency) ?? 2;

/**
 * The feed's amount → minor units: 9.98999977111816 USD (float32 noise) → 999, 1000 JPY → 1000.
 * @throws RangeError for what is not finite or leaves the safe integers.
 */
export function toMinor(amount: number, currency: string): number {
  const scaled = amount * 10 ** decimalsOf(currency);
  const nearest = Math.round(scaled);
  // 15 digits are what a double holds for sure: without them 1.005 × 100 is 100.49999999999999. Only near a
  // half does it matter.
  const isClear = Math.abs(scaled - nearest) < 0.49 && Math.abs(scaled) < 1e12;
  const minor = isClear ? nearest : Math.round(Number(scaled.toPrecision(15)));
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${amount} ${currency} is not an amount of money`);
  return minor + 0; // -0 → 0
}
