/** Where each of a list stood in the list before it: new, up, down, the same; and who is gone from it. */

/** What became of a row since an earlier list: new, in its place, or moved by so many places. */
export type RankMark = { kind: 'new' | 'same' } | { kind: 'up' | 'down'; by: number };

/** Who was in the list before, and is in it no more. `rank` counts from 1. */
export interface Gone {
  id: string;
  rank: number;
}

/**
 * The mark of each one in `now`, in its order; null for all where there is no list to compare with.
 * @param before the earlier list in its order, which may be longer than what is shown of `now`
 */
export function rankMarks(now: readonly string[], before: readonly string[] | null): (RankMark | null)[] {
  if (!before) return now.map(() => null);
  const places = new Map(before.map((id, at) => [id, at]));
  return now.map((id, at) => {
    const was = places.get(id);
    if (was === undefined) return { kind: 'new' };
    if (was === at) return { kind: 'same' };
    return was > at ? { kind: 'up', by: was - at } : { kind: 'down', by: at - was };
  });
}

/** Those of `before` that are not in `now`, in their order. */
export function goneFrom(now: readonly string[], before: readonly string[] | null): Gone[] {
  const here = new Set(now);
  return (before ?? []).flatMap((id, at) => (here.has(id) ? [] : [{ id, rank: at + 1 }]));
}

/** `new` · `▲2` · `▼1` · `=`; '' where there is nothing to compare with. */
export function markText(mark: RankMark | null): string {
  switch (mark?.kind) {
    case 'new':
      return 'new';
    case 'same':
      return '=';
    case 'up':
      return `▲${mark.by}`;
    case 'down':
      return `▼${mark.by}`;
    default:
      return '';
  }
}
