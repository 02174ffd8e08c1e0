/** What became of calls: whether what was called trending sold on 7, 14 and 28 days later. */
import { expectationOf, type Slices, weightsOf } from './expected.ts';
import { type Lift, liftOf } from './lift.ts';
import { LEAST_SPARED, TREND_PRIOR } from './trend.ts';

/** Days after a call at which it is looked at again. */
export const HORIZONS = [7, 14, 28] as const;
/**
 * The simulated world's and more: a later window is judged alone, where the variation of all subjects is not
 * at hand.
 */
const DISPERSION = 1.5;

export interface Outcome extends Lift {
  /**
   * Still clearly above the weeks before the call, and more so than when it was called; above, but less so;
   * or not clearly above.
   */
  became: 'rose' | 'held' | 'faded';
}

/**
 * Compares a window some days after a call with the baseline that the call was made by.
 * @param later the subject's counted sales in that window, with the call's baseline
 * @param totals of all, in the same window and baseline
 * @param called the lift that was told
 */
export function outcomeOf(later: Slices, totals: Slices, called: Lift): Outcome {
  const { observed, expected, spread } = expectationOf(later, totals, weightsOf(totals, true));
  const variance = DISPERSION * spread;
  const lift = liftOf(observed / variance, expected / variance, TREND_PRIOR);
  const became = lift.low < LEAST_SPARED ? 'faded' : lift.lift >= called.lift ? 'rose' : 'held';
  return { ...lift, became };
}

/** Calls of one age: how many, of how many subjects, and how many of these did not fade. */
export interface Tally {
  calls: number;
  subjects: number;
  kept: number;
}

/**
 * Counts each subject once, by most of its calls: those of successive days look at nearly the same week, so
 * that five of them are no five successes.
 */
export function tallyOf(calls: readonly { subject: number; outcome: Outcome }[]): Tally {
  const bySubject = Map.groupBy(calls, ({ subject }) => subject);
  const kept = [...bySubject.values()].filter(
    own => 2 * own.filter(({ outcome }) => outcome.became !== 'faded').length > own.length,
  );
  return { calls: calls.length, subjects: bySubject.size, kept: kept.length };
}
