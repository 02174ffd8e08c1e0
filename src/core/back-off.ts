/** How long to wait after failures in a row: twice as long each time up to a limit, spread by chance. */

export interface BackOff {
  /** The wait after the first failure, in whatever unit the others are. */
  first: number;
  longest: number;
  /** In a row; the first has the number 1. */
  failures: number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** The wait is spread over this much of itself, so that not all who failed together come back together. */
  jitter?: readonly [from: number, to: number];
  /** What the other side asked for: never less than that, whatever the limit. */
  atLeast?: number;
}

const HALF_MORE = [1, 1.5] as const;

/** Whole units of `first`. */
export function backOff({
  first,
  longest,
  failures,
  random,
  jitter = HALF_MORE,
  atLeast = 0,
}: BackOff): number {
  const wait = Math.max(Math.min(first * 2 ** Math.max(0, failures - 1), longest), atLeast);
  const [from, to] = jitter;
  return Math.round(Math.max(wait * (from + random() * (to - from)), atLeast));
}
