/** For which time consecutive sales speak, where nobody says which windows they were read for. */
import { floorTo, type Instant, MINUTE } from './instant.ts';
import type { Window } from './window.ts';

/**
 * Some thirty sales came a minute in 2020 (33 to 59 thousand a day): ten minutes without one are time that
 * was not recorded.
 */
export const LONGEST_GAP = 10 * MINUTE;

export interface Stretches {
  /** Takes the instants in any order. */
  add(at: Instant): void;
  /**
   * The whole minutes from the first to the last sale of each stretch, in order; gaps within are shorter than
   * `LONGEST_GAP`.
   */
  windows(): Window[];
}

/** Memory grows with the gaps found and not with the sales. */
export function createRecordedIntervals(): Stretches {
  /** First and last instants, in order, disjoint by at least the gap. */
  const found: { first: Instant; last: Instant }[] = [];

  function indexFor(at: Instant): number {
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((found[middle]?.last ?? 0) + LONGEST_GAP > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    add(at) {
      const index = indexFor(at);
      const stretch = found[index];
      if (!stretch || stretch.first - LONGEST_GAP >= at) {
        found.splice(index, 0, { first: at, last: at });
        return;
      }
      stretch.first = Math.min(stretch.first, at);
      stretch.last = Math.max(stretch.last, at);
      const next = found[index + 1];
      if (next && next.first - LONGEST_GAP < stretch.last) {
        stretch.last = next.last;
        found.splice(index + 1, 1);
      }
    },
    windows: () =>
      found.map(({ first, last }) => ({
        from: floorTo(first, MINUTE),
        until: floorTo(last, MINUTE) + MINUTE,
      })),
  };
}
