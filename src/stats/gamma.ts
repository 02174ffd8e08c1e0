/**
 * The gamma distribution: what gamma–Poisson shrinkage, its intervals and Poisson tails are computed from.
 */

/** Lanczos' coefficients for g = 7 (Godfrey 2001); relative error below 1e-14. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  let sum = LANCZOS[0] ?? 0;
  for (let n = 1; n < LANCZOS.length; n += 1) sum += (LANCZOS[n] ?? 0) / (x - 1 + n);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Share of gamma(shape, 1) below x: the regularised incomplete gamma function P(shape, x), by its series
 * below the mean and by its continued fraction above (Abramowitz & Stegun 6.5.29 and 6.5.31). Poisson(x) has
 * `shape` or more events with this probability.
 */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  if (shape <= 0) return 1;
  return gammaBelow(shape, x, frontOf(shape, x));
}

/** That share and the density there, of a shape and an x > 0. */
export function gammaAt(shape: number, x: number): { below: number; density: number } {
  const front = frontOf(shape, x);
  return { below: gammaBelow(shape, x, front), density: front / x };
}

const frontOf = (shape: number, x: number): number => Math.exp(shape * Math.log(x) - x - logGamma(shape));

function gammaBelow(shape: number, x: number, front: number): number {
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; n < 5000 && term > sum * 1e-14; n += 1) {
      term *= x / (shape + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  // Lentz's method, modified so that no denominator is zero.
  let c = 1e300;
  let d = 1 / (x + 1 - shape);
  let h = d;
  for (let n = 1; n < 5000; n += 1) {
    const a = -n * (n - shape);
    const b = x + 2 * n + 1 - shape;
    d = 1 / (a * d + b || 1e-300);
    c = a / c + b || 1e-300;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return Math.max(0, 1 - front * h);
}

/**
 * Share of the standard normal distribution above z: half of χ² with one degree of freedom, which is
 * gamma(½).
 */
export const normalTail = (z: number): number => {
  const beyond = (1 - gammaCdf(0.5, (z * z) / 2)) / 2;
  return z >= 0 ? beyond : 1 - beyond;
};
