/** How surely two things come together more often than by chance, and how much more often. */

/**
 * G² at which chance would be one in a thousand (chi-squared with one degree of freedom): below, nothing is
 * associated.
 */
export const LEAST_ASSOCIATION = 10.8;

const xLogX = (x: number): number => (x > 0 ? x * Math.log(x) : 0);

/**
 * Dunning's log-likelihood ratio (G²) of a 2×2 table: `both`, only the first, only the second, neither.
 * Positive where they come together more often than by chance, negative where less often. Raw counts would
 * name whatever sells most, plain ratios whatever was bought once. (Dunning 1993, "Accurate Methods for the
 * Statistics of Surprise and Coincidence", Computational Linguistics 19.)
 */
export function logLikelihoodRatio(both: number, first: number, second: number, neither: number): number {
  const all = both + first + second + neither;
  if (all <= 0) return 0;
  const rows = xLogX(both + first) + xLogX(second + neither);
  const columns = xLogX(both + second) + xLogX(first + neither);
  const cells = xLogX(both) + xLogX(first) + xLogX(second) + xLogX(neither);
  const ratio = Math.max(0, 2 * (cells - rows - columns + xLogX(all)));
  return both * all >= (both + first) * (both + second) ? ratio : -ratio;
}
