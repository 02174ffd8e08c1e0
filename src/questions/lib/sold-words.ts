/** What was sold, in a headline's words: not more of one artist or release than may be told. */
import { countOf, formatMoney, formatRoundMoney } from '../../core/numbers.ts';
import { FEW } from '../../core/small-cells.ts';

/** `12 units`; `1–2 units` of too few checkouts. */
export const countWords = (few: boolean | undefined, value: number, noun: string): string =>
  few ? `${FEW} ${noun}s` : countOf(value, noun);

/** `$1,234.56`; of one artist, release or seller `about $1,200`, and of too few checkouts nothing. */
export const paidWords = (
  { usdCents, few }: { usdCents: number; few?: boolean },
  isOfOne: boolean,
): string | undefined => {
  if (few) return undefined;
  return isOfOne ? `about ${formatRoundMoney(usdCents, 'USD')}` : formatMoney(usdCents, 'USD');
};
