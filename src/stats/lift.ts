/**
 * How much more a subject sells than expected, and how sure that is: gamma–Poisson shrinkage towards what its
 * kind does.
 */
import { gammaAt, logGamma } from './gamma.ts';

/** Sales (or any counts) and how many were expected, real numbers: see `expected.ts`. */
export interface Counts {
  observed: number;
  expected: number;
}

export interface Lift {
  /** Posterior mean of observed ÷ expected. */
  lift: number;
  /** Its 5th and 95th percentiles (EB05 and EB95). */
  low: number;
  high: number;
}

/** A gamma distribution of lifts: mean shape ÷ rate, as strong as `rate` expected sales. */
interface Gamma {
  shape: number;
  rate: number;
}

/** How lifts of a kind are distributed: one gamma, or a mixture. The weights sum to 1. */
export type Prior = readonly (Gamma & { weight: number })[];

/** For a single subject, of whose kind nothing is known: 3 sales where 1 was expected are no sensation. */
const PLAIN_PRIOR: Prior = [{ weight: 1, shape: 4, rate: 4 }];

/** Subjects below this many tell nothing of their kind. */
const FEW = 20;
/** Shapes that are tried: lifts differ by 35% to by 13%. */
const SHAPES = [8, 10, 12, 14, 17, 20, 24, 29, 35, 42, 50, 60];
const USUAL_SHAPE = 24;

/** Log of the probability of a count where lifts follow a gamma, up to what is the same for all. */
const logMarginal = ({ observed, expected }: Counts, { shape, rate }: Gamma): number =>
  expected > 0
    ? logGamma(shape + observed) -
      logGamma(shape) +
      shape * Math.log(rate / (rate + expected)) +
      observed * Math.log(expected / (rate + expected))
    : 0;

/**
 * The shape of a gamma with mean 1 under which the counts of all subjects of a kind are most likely: how much
 * their sales differ from what is expected where nothing rises.
 */
export function fitShape(subjects: readonly Counts[], shapes: readonly number[] = SHAPES): number {
  const usable = subjects.filter(({ expected }) => expected > 0);
  if (usable.length < FEW) return USUAL_SHAPE;
  let best = { shape: USUAL_SHAPE, likelihood: Number.NEGATIVE_INFINITY };
  for (const shape of shapes) {
    let likelihood = 0;
    for (const counts of usable) likelihood += logMarginal(counts, { shape, rate: shape });
    if (likelihood > best.likelihood) best = { shape, likelihood };
  }
  return best.shape;
}

/**
 * How likely each lift is after `observed` sales where `expected` (> 0) were: given Poisson counts the
 * posterior of each gamma of the prior is gamma(shape + observed, rate + expected), weighted by how well it
 * foretold the count.
 */
function posteriorOf(observed: number, expected: number, prior: Prior): { parts: Prior; mean: number } {
  const counts = { observed, expected };
  const logs = prior.map(part => Math.log(part.weight) + logMarginal(counts, part));
  const most = Math.max(...logs);
  const all = logs.reduce((sum, log) => sum + Math.exp(log - most), 0);
  const parts = prior.map(({ shape, rate }, n) => ({
    weight: Math.exp((logs[n] ?? 0) - most) / all,
    shape: shape + observed,
    rate: rate + expected,
  }));
  return { parts, mean: parts.reduce((sum, { weight, shape, rate }) => sum + (weight * shape) / rate, 0) };
}

/** The lift of `observed` sales where `expected` (> 0) were; EB05 is the posterior's 5th percentile. */
export function liftOf(observed: number, expected: number, prior: Prior = PLAIN_PRIOR): Lift {
  const { parts, mean } = posteriorOf(observed, expected, prior);
  return { lift: mean, low: quantile(parts, 0.05, mean), high: quantile(parts, 0.95, mean) };
}

/** The lower bound of that lift alone, where the upper one is not asked for. */
export function lowestLift(observed: number, expected: number, prior: Prior = PLAIN_PRIOR): number {
  const { parts, mean } = posteriorOf(observed, expected, prior);
  return quantile(parts, 0.05, mean);
}

/** Of Newton's method, which takes about six; from what is no number it would never come to an end. */
const MOST_STEPS = 100;

/**
 * Where a mixture of gammas has passed the share `p`: by Newton's steps from about its mean, halved where
 * they would leave what is left.
 */
function quantile(parts: Prior, p: number, about: number): number {
  let [low, high] = [0, Infinity];
  let x = about;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    let [below, density] = [0, 0];
    for (const { weight, shape, rate } of parts) {
      const at = gammaAt(shape, x * rate);
      below += weight * at.below;
      density += weight * rate * at.density;
    }
    if (below < p) low = x;
    else high = x;
    const newton = x - (below - p) / density;
    const next =
      newton > low && newton < high ? Math.min(newton, 2 * x) : high === Infinity ? 2 * x : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-4 * x || x < 1e-12) return next;
    x = next;
  }
  return x;
}
