/** How unequally artists sell: a heavy-tailed law, fitted to what was published. */
import { normalQuantile } from './random.ts';

/**
 * Sales by artist are lognormal: with σ 2.8 and a million artists of which about half sell in a year, [Y]'s
 * Gini coefficient (0.896) and the shares of its top 2% and 5% result, and [M]'s 159,746 artists in a million
 * sales. The first 1.04% of all artists (2% of those who sell) then have this share; in smaller worlds, where
 * the largest must be cut, σ is what gives them the same.
 */
const TOP = { artists: 0.0104, share: 0.69 };
/**
 * The largest share of all sales: [M]'s "Various Artists" has 1.1%, its best-selling artist 0.5%. A tiny
 * world needs larger ones.
 */
const LARGEST = 0.012;

/** The sum. */
export function total(list: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < list.length; at += 1) sum += list[at] ?? 0;
  return sum;
}

/** Weights of so many artists, the largest first; only their ratios mean something. */
export function lawOfSales(artists: number): Float64Array {
  const quantiles = new Float64Array(artists);
  for (let at = 0; at < artists; at += 1) quantiles[at] = normalQuantile(1 - (at + 0.5) / artists);
  const few = Math.ceil(TOP.artists * artists);
  const largest = Math.min(1, Math.max(LARGEST, 1 / few));
  const weigh = (sigma: number) => {
    const weights = new Float64Array(artists);
    for (let at = 0; at < artists; at += 1) weights[at] = Math.exp(sigma * (quantiles[at] ?? 0));
    for (let round = 0; round < 3; round += 1) {
      const most = largest * total(weights);
      for (let at = 0; at < artists && (weights[at] ?? 0) > most; at += 1) weights[at] = most;
    }
    return weights;
  };
  let [low, high] = [2, 3.6];
  for (let step = 0; step < 12; step += 1) {
    const weights = weigh((low + high) / 2);
    if (total(weights.subarray(0, few)) < TOP.share * total(weights)) low = (low + high) / 2;
    else high = (low + high) / 2;
  }
  return weigh((low + high) / 2);
}
