/**
 * Whether more was sold than chance would have it: overdispersion, tail probabilities and false discoveries
 * among many subjects.
 */
import type { Expectation } from './expected.ts';
import { gammaCdf, normalTail } from './gamma.ts';

/** Median of χ² with one degree of freedom. */
const MEDIAN_CHI_SQUARE = 0.4549364;
/** Below this many expected sales a count is too coarse to tell the spread by. */
const LEAST_EXPECTED = 5;
const FEW = 20;

/**
 * How much more than independent sales the counts of a kind vary, 1 or more: buyers follow releases, so sales
 * come in clusters. By the median of squared deviations, which the few subjects that do rise cannot move
 * (Devlin & Roeder 1999, "Genomic Control for Association Studies", Biometrics 55). The negative binomial's
 * variance in the form φμ, which the simulation follows over sizes better than μ + μ²/k. With few subjects
 * 1.5, the simulated world's.
 */
export function dispersionOf(subjects: readonly Expectation[]): number {
  const squares = subjects
    .filter(({ expected }) => expected >= LEAST_EXPECTED)
    .map(({ observed, expected, spread }) => (observed - expected) ** 2 / (expected * spread))
    .sort((a, b) => a - b);
  if (squares.length < FEW) return 1.5;
  return Math.max(1, (squares[squares.length >> 1] ?? 0) / MEDIAN_CHI_SQUARE);
}

/**
 * Probability of so many sales or more by chance. Counts are divided by their variance for each sale
 * (quasi-likelihood, Wedderburn 1974) and then Poisson, whose tail is a gamma's.
 */
export const chanceOf = (observed: number, expected: number, variance: number): number =>
  gammaCdf(observed / variance, expected / variance);

/**
 * Probability that so much excess came by chance, where members of one cluster (an artist, a seller) sell
 * together: the sum of all clusters' excesses against the root of the sum of their squares (Liang & Zeger
 * 1986, "Longitudinal Data Analysis Using Generalized Linear Models"). One cluster alone can never bring it
 * below 0.16, however much it sells: what rises must rise by many.
 */
export function chanceByClusters(excesses: Iterable<number>): number {
  let [all, squares] = [0, 0];
  for (const excess of excesses) {
    all += excess;
    squares += excess * excess;
  }
  return squares > 0 ? normalTail(all / Math.sqrt(squares)) : 1;
}

/**
 * q-values, in the order of the p-values: calling all with q ≤ 0.05 makes at most 5% false calls on average
 * (Benjamini & Hochberg 1995, "Controlling the False Discovery Rate", JRSS B 57).
 * @param among how many were looked at, where `chances` are only those of the most promising: all others
 *   count as if chance explained them
 */
export function falseDiscoveryRates(chances: readonly number[], among = chances.length): number[] {
  const order = chances.map((_, at) => at).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const rates = chances.map(() => 1);
  let least = 1;
  for (const [from, at] of order.entries()) {
    least = Math.min(least, ((chances[at] ?? 1) * Math.max(among, chances.length)) / (chances.length - from));
    rates[at] = least;
  }
  return rates;
}
