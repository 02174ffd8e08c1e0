/** Sums without the mark of those that may not be told, for tests of what they add up to. */

export const unmarked = <S extends { few?: boolean }>(sums: readonly S[]): Omit<S, 'few'>[] =>
  sums.map(({ few: _, ...sum }) => sum);
