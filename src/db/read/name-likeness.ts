/** How like names are to what was typed: by trigrams, by letters that differ, and by what sells. */
import { editDistance } from '../../core/edit-distance.ts';
import { foldMarks } from '../../core/text.ts';
import { DAY, type Instant, utcDay } from '../../core/time/instant.ts';
import type { Fragment, Reader } from '../connect.ts';

export interface Named {
  id: number;
  name: string;
  /** 0 to 1; 1 where the name is the one that was asked for, but for case and accents. */
  likeness: number;
  /** In the 30 days before. */
  sales: number;
}

/** Found by their names before it is looked at how they sell: looking takes some fifty index lookups each. */
export const CANDIDATES = 30;
/** Names that are compared: of a common word ("the") some, since all would take seconds. */
export const LOOKED_AT = 1_000;
/** Days of sales that tell which of several is meant. */
const RECENT_DAYS = 30;

/** Names of which about that is a part, or also those that are about like it as a whole. */
export type Like = 'part' | 'part or whole';

/** Both operators use the index. */
export const isLike = (db: Reader, name: Fragment, text: string, like: Like): Fragment => {
  const part = db`search_grams(${name}) %> search_grams(${text})`;
  return like === 'part' ? part : db`(${part} or search_grams(${name}) % search_grams(${text}))`;
};

/** A name that holds exactly what was typed is as like to it as this. */
const HOLDS_IT = 0.85;

/**
 * Looks for names as a whole only where none holds what was typed, or nearly: tens of thousands pass the
 * index so, and each has to be looked at.
 */
export async function partFirst<N extends Named>(find: (like: Like) => Promise<N[]>): Promise<N[]> {
  const found = await find('part');
  return found.some(({ likeness }) => likeness >= HOLDS_IT) ? found : find('part or whole');
}

/**
 * How like a name is to the words that were typed, or a part of it to them: of a row with `name` and its
 * `grams`, which are made once, since making them costs more than all that is done with them.
 */
export const likenessOf = (db: Reader, text: string): Fragment => db`
  case
    when grams = search_grams(${text}) and search_text(name) = search_text(${text}) then 1
    else least(0.99, greatest(
      similarity(grams, search_grams(${text})),
      ${HOLDS_IT}::float8 * word_similarity(search_grams(${text}), grams)
    ))
  end::float8`;

export const recentDays = (db: Reader, until: Instant): Fragment => {
  const days = Array.from({ length: RECENT_DAYS }, (_, back) => utcDay(until - back * DAY));
  return db`unnest(${days}::date[]) as recent (day)`;
};

/** A hundred times the sales are worth as much as a fifth of the name. */
export const byLikelihood = <N extends Named>(found: readonly N[]): N[] => {
  const score = ({ likeness, sales }: Named): number =>
    (likeness === 1 ? 10 : likeness) + 0.1 * Math.log10(1 + sales);
  return found.toSorted((a, b) => score(b) - score(a) || a.name.localeCompare(b.name, 'en') || a.id - b.id);
};

/**
 * Letters that differ or changed places, of the longer name: what trigrams see too much of in short names
 * ("tehcno").
 */
function editLikeness(a: string, b: string): number {
  const [from, to] = [a.slice(0, 100), b.slice(0, 100)];
  return 1 - editDistance(from, to) / Math.max(1, [...from].length, [...to].length);
}

/** Grams of another script can be the same by chance: half the letters have to be there. */
const sharesLetters = (name: string, text: string): boolean => {
  const letters = new Set(foldMarks(text).replace(/\s/g, ''));
  return [...letters].filter(letter => foldMarks(name).includes(letter)).length * 2 >= letters.size;
};

/** As alike as trigrams or letters say. */
export const withEdits = <N extends Named>(
  found: readonly N[],
  text: string,
  nameOf = (one: N): string => one.name,
): N[] =>
  found
    .filter(one => one.likeness === 1 || sharesLetters(nameOf(one), text))
    .map(one => {
      const edits = editLikeness(foldMarks(nameOf(one)), foldMarks(text));
      return one.likeness === 1 ? one : { ...one, likeness: Math.min(0.99, Math.max(one.likeness, edits)) };
    });
