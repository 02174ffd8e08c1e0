/** How much more a subject sells than expected, and how sure that is: gamma–Poisson shrinkage with a fixed prior. */

/**
 * Shape and rate of the gamma prior on the lift: mean 1, as strong as four expected sales, so that 3 sales where 1 was
 * expected are no sensation. (DuMouchel 1999, "Bayesian Data Mining in Large Frequency Tables", fits the prior to the data.)
 */
const PRIOR = 4;
/** Standard normal quantile of 0.95. */
const Z95 = 1.6448536269514722;

export interface Lift {
  /** Posterior mean of observed ÷ expected. */
  lift: number;
  /** Its 5th and 95th percentiles. */
  low: number;
  high: number;
}

/**
 * The lift of `observed` sales where `expected` (> 0, any real) were.
 * Given Poisson counts, the posterior is gamma(observed + prior, expected + prior).
 */
export function liftOf(observed: number, expected: number): Lift {
  const shape = observed + PRIOR;
  const rate = expected + PRIOR;
  return { lift: shape / rate, low: gammaQuantile(shape, -Z95) / rate, high: gammaQuantile(shape, Z95) / rate };
}

/**
 * Quantile of gamma(shape, 1) at a standard normal deviate, by the cube-root transform: within 1% for shapes above 4.
 * (Wilson & Hilferty 1931, "The Distribution of Chi-Square", PNAS 17.)
 */
function gammaQuantile(shape: number, z: number): number {
  const ninth = 1 / (9 * shape);
  return shape * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3;
}
