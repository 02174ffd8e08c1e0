/** What is said of a subject that may be trending: data, which faces put into words. */

/**
 * `trending`; or why it is not called so although it rises: it can be chance (`uncertain`), or little of it
 * is left without its best artist, seller, day, or two best days (`rush`), or too few buy it.
 */
export type Verdict =
  | 'trending'
  | 'uncertain'
  | 'one-artist'
  | 'one-seller'
  | 'one-day'
  | 'rush'
  | 'few-buyers';
export type NotCalled = Exclude<Verdict, 'trending'>;

export const verdictOf = (subject: {
  trending: boolean;
  notCalledBecause: NotCalled | null;
}): Verdict | null => (subject.trending ? 'trending' : subject.notCalledBecause);
