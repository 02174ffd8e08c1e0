/** What is said of a subject that may be trending: data, which faces put into words. */

/**
 * `trending`; or why it is not called so although it rises: it can be chance (`uncertain`), or little of it
 * is left without its best artist, seller, day, or two best days (`rush`), or too few buy it. Of an artist
 * with little past: `emerging`, or an `early` sign of it.
 */
export type Verdict =
  | 'trending'
  | 'uncertain'
  | 'one-artist'
  | 'one-seller'
  | 'one-day'
  | 'rush'
  | 'few-buyers'
  | 'emerging'
  | 'early';
export type NotCalled = Exclude<Verdict, 'trending' | 'emerging' | 'early'>;

/** Whether a row with this verdict is told unasked: in digests, reports and charts. */
export const isCalled = (verdict: unknown): boolean => verdict === 'trending' || verdict === 'emerging';

export const verdictOf = (subject: {
  trending: boolean;
  notCalledBecause: NotCalled | null;
}): Verdict | null => (subject.trending ? 'trending' : subject.notCalledBecause);
