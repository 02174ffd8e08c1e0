/** Whether two things come together more often than chance would have it: G², and how much more often. */

import { falseDiscoveryRates } from './significance.ts';

/**
 * G² at which chance would be one in a thousand (chi-squared with one degree of freedom): below, nothing is
 * associated.
 */
export const LEAST_ASSOCIATION = 10.8;

const xLogX = (x: number): number => (x > 0 ? x * Math.log(x) : 0);

/**
 * Dunning's log-likelihood ratio (G²) of a 2×2 table: `both`, only the first, only the second, neither.
 * Positive where they come together more often than expected, negative where less often. Raw counts would
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

/**
 * At most so probable is it that chance brings two things together so often, or more often: e^(−G²/2), the
 * bound of Chernoff (1952) and Hoeffding (1963, "Probability Inequalities for Sums of Bounded Random
 * Variables", JASA 58). It also holds of a handful of sales, of which the chi-squared distribution of G²
 * says too little.
 */
export const chanceOfAssociation = (ratio: number): number => (ratio > 0 ? Math.exp(-ratio / 2) : 1);

/** How sure it is that two artists are bought together; see `FALSE_AT_MOST`. */
export type Evidence = 'sure' | 'likely' | 'hint';
/** So many of those called so, and surer, are expected to be due to chance. */
const FALSE_AT_MOST: readonly (readonly [Evidence, number])[] = [
  ['sure', 0.01],
  ['likely', 0.1],
  ['hint', 0.5],
];
/** Once together can be anything. */
const LEAST_TOGETHER = 2;
/** Fewer checkouts can be one buyer's, who is no pattern. */
const LEAST_SURE = 3;

/** Who may be bought together with an artist. */
interface Candidate {
  id: number;
  /** Checkouts with both, and all of this artist. */
  together: number;
  checkouts: number;
  sales: number;
}

export interface Associated extends Candidate {
  /** How often together, over how often expected. */
  times: number;
  /** G². */
  ratio: number;
  evidence: Evidence;
}

/**
 * Who is bought with an artist more often than chance explains, the surest first. Chance gives each artist's
 * share of all sales to what else is in these checkouts. That most checkouts hold one artist alone says
 * nothing about taste, so they do not count as checkouts without the other. False discoveries are controlled
 * among all artists, since each of them could have been among the candidates.
 * @param beside other artists in these checkouts, one of two checkouts twice
 * @param sales everybody's but the artist's own
 * @param known how many artists there are
 */
export function associatedOf({
  beside,
  sales,
  known,
  artists,
}: {
  beside: number;
  sales: number;
  known: number;
  artists: readonly Candidate[];
}): Associated[] {
  const ratios = artists.map(({ together, sales: theirs }) =>
    logLikelihoodRatio(
      together,
      Math.max(0, beside - together),
      theirs - together,
      Math.max(0, sales - beside - theirs + together),
    ),
  );
  const chances = artists.map(({ together }, at) =>
    together < LEAST_TOGETHER ? 1 : chanceOfAssociation(ratios[at] ?? 0),
  );
  const rates = falseDiscoveryRates(chances, known);
  return artists
    .flatMap((one, at) => {
      const evidence = evidenceOf(rates[at] ?? 1, one.together);
      if (!evidence) return [];
      const byChance = (beside * one.sales) / Math.max(sales, 1);
      const times = one.together / Math.max(byChance, Number.EPSILON);
      return [{ ...one, times, ratio: ratios[at] ?? 0, evidence }];
    })
    .sort((a, b) => b.ratio - a.ratio || b.together - a.together || a.id - b.id);
}

/** @param rate the false-discovery rate; null where chance explains it as well */
function evidenceOf(rate: number, together: number): Evidence | null {
  const found = FALSE_AT_MOST.find(([, most]) => rate <= most)?.[0] ?? null;
  return found && together < LEAST_SURE ? 'hint' : found;
}
