/**
 * What a subject would sell now if it kept its share: from the weeks before, by what the whole platform sells
 * in each slice of the window.
 */

/**
 * Counts of one subject, or of all together. Window and baseline hold the same weekdays, so that they cancel,
 * and what all sell is in the offset: a Bandcamp Friday, or an hour that was not read, is in both counts or
 * in neither.
 */
export interface Slices {
  /** In each slice of the window (about a day), the oldest first. */
  window: ArrayLike<number>;
  /** In all baseline windows together. */
  baseline: number;
}

/** Counts of all. */
export interface Totals extends Slices {
  /** How long each slice is, in any unit; all alike where nothing is said. */
  lengths?: ArrayLike<number>;
}

export interface Expectation {
  /** Counts in the window, later slices weighing more. */
  observed: number;
  /** The same, expected; the weights leave it what it would be without them. */
  expected: number;
  /**
   * Variance of observed − expected for each expected sale, if sales were independent: of the weights, and of
   * the baseline's own chance.
   */
  spread: number;
}

/**
 * After this part of the window a slice weighs half: two days of a week. Shorter finds trends sooner, longer
 * holds more sales.
 */
const HALF_LIFE = 2 / 7;
/** Sales added to every baseline, so that a subject without any is expected to sell a little. */
const UNSEEN = 0.5;

/** Weights of slices, the oldest first. */
const recency = (slices: number): number[] =>
  Array.from({ length: slices }, (_, at) => 0.5 ** ((slices - 1 - at) / (HALF_LIFE * slices)));

/**
 * Weights under which the sum of all sales in the window stays what it is. A slice that is busier than the
 * middle one weighs less, by the root: on a Bandcamp Friday artists reach their cap, and the shares of all
 * genres shift.
 * @param even true for the same weight of all slices
 */
export function weightsOf({ window, lengths }: Totals, even = false): number[] {
  const busy = Array.from(window, (total, at) => total / (lengths?.[at] ?? 1));
  const middle = busy.toSorted((a, b) => a - b)[window.length >> 1] ?? 0;
  const raw = recency(window.length).map((weight, at) => {
    const own = busy[at] ?? 0;
    return even ? 1 : own > middle && middle > 0 ? weight * Math.sqrt(middle / own) : weight;
  });
  const weighed = raw.reduce((sum, weight, at) => sum + weight * (window[at] ?? 0), 0);
  const scale = weighed > 0 ? sum(window) / weighed : 1;
  return raw.map(weight => weight * scale);
}

/** Expected sales of a subject in each slice; all 0 where nothing was sold in the baseline. */
export const expectedSlices = ({ baseline }: Slices, totals: Slices): number[] =>
  Array.from(totals.window, total =>
    totals.baseline > 0 ? ((baseline + UNSEEN) * total) / totals.baseline : 0,
  );

/** Observed against expected of one subject. */
export function expectationOf(subject: Slices, totals: Slices, weights = weightsOf(totals)): Expectation {
  let [observed, expected, variance] = [0, 0, 0];
  for (const [at, usual] of expectedSlices(subject, totals).entries()) {
    const weight = weights[at] ?? 0;
    observed += weight * (subject.window[at] ?? 0);
    expected += weight * usual;
    variance += weight * weight * usual;
  }
  const spread = expected > 0 ? variance / expected + expected / (subject.baseline + UNSEEN) : 1;
  return { observed, expected, spread };
}

export function sum(values: ArrayLike<number>): number {
  let all = 0;
  for (let at = 0; at < values.length; at += 1) all += values[at] ?? 0;
  return all;
}
