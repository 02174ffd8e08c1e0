/** What people say for a question, found among the words that somebody typed. */
import type { Phrase, Question } from './definition.ts';
import { bareOf, type Word } from './typed-words.ts';

/** A word and its place among all that were typed. */
export type Placed = Word & { at: number };

/** A phrase found among typed words. */
export interface PhraseMatch {
  question: Question;
  implied: Readonly<Record<string, string>>;
  /** Words of the phrase itself: the more, the surer. */
  length: number;
  at: number;
  before: Placed[];
  slot?: { parameter: string; words: Placed[] };
  after: Placed[];
}

const CONTRACTIONS = new Map([
  ['whats', 'what is'],
  ['whos', 'who is'],
  ['hows', 'how is'],
  ['wheres', 'where is'],
]);

/** "What's" is two words, "trending-genres" is two where it is the name of a question. */
export function expanded(words: readonly Word[], registry: readonly Question[]): Placed[] {
  return words
    .flatMap((word): Word[] => {
      const plain = bareOf(word).toLowerCase().replaceAll(/['’]/g, '');
      if (word.quoted !== undefined) return [word];
      const said = CONTRACTIONS.get(plain);
      if (said) return said.split(' ').map(text => ({ text }));
      const name = plain.replaceAll('_', '-');
      const isPhrase =
        name.includes('-') &&
        registry.some(question => phrasesOf(question).some(([words]) => words.join('-') === name));
      return isPhrase ? name.split('-').map(text => ({ text })) : [word];
    })
    .map((word, at) => ({ ...word, at }));
}

type Compiled = [words: string[], implied: Readonly<Record<string, string>>];
const compiled = new WeakMap<Question, Compiled[]>();

/** A question's phrases, its name among them. */
export function phrasesOf(question: Question): Compiled[] {
  let phrases = compiled.get(question);
  if (!phrases) {
    const own = [question.name.replaceAll('-', ' '), ...(question.phrases ?? [])];
    phrases = own.map(
      (phrase: Phrase): Compiled =>
        typeof phrase === 'string' ? [phrase.split(' '), {}] : [phrase[0].split(' '), phrase[1]],
    );
    compiled.set(question, phrases);
  }
  return phrases;
}

/**
 * Every phrase that is among the words: the longest first, then the earliest. "Who is rising in Japan" asks
 * of no artist called "rising".
 */
export function matchesOf(registry: readonly Question[], words: readonly Placed[]): PhraseMatch[] {
  const said = words.map(word => (word.quoted === undefined ? bareOf(word).toLowerCase() : ''));
  return registry
    .flatMap(question =>
      phrasesOf(question).flatMap(([phrase, implied]) =>
        words.flatMap((_, at) => {
          const match = matchAt(phrase, said, words, at);
          return match ? [{ ...match, question, implied, at }] : [];
        }),
      ),
    )
    .sort((a, b) => b.length - a.length || a.at - b.at)
    .filter(
      (match, _, all) =>
        !match.slot || !all.some(other => other.at === match.at && other.length > match.length),
    );
}

const slotOf = (word: string): string | undefined => /^<(\w+)>$/.exec(word)?.[1];

function matchAt(
  phrase: readonly string[],
  said: readonly string[],
  words: readonly Placed[],
  start: number,
): Pick<PhraseMatch, 'length' | 'before' | 'slot' | 'after'> | undefined {
  const slotAt = phrase.findIndex(word => slotOf(word) !== undefined);
  const head = slotAt < 0 ? phrase : phrase.slice(0, slotAt);
  const isWord = isSaid(phrase.length > 1);
  const isThere = (run: readonly string[], at: number): boolean =>
    run.every((word, n) => isWord(said[at + n], word));
  if (!isThere(head, start)) return undefined;
  const before = words.slice(0, start);
  const begin = start + head.length;
  if (slotAt < 0) return { length: head.length, before, after: words.slice(begin) };
  const tail = phrase.slice(slotAt + 1);
  let end = words.length;
  if (tail.length > 0) {
    end = begin + 1;
    while (end < words.length && !isThere(tail, end)) end += 1;
  }
  if (end <= begin || !isThere(tail, end)) return undefined;
  return {
    length: head.length + tail.length,
    before,
    slot: { parameter: slotOf(phrase[slotAt] as string) as string, words: words.slice(begin, end) },
    after: words.slice(end + tail.length),
  };
}

/** In several words singular and plural are one: "trending genre"; a word alone is that word. */
const isSaid = (among: boolean) => (said: string | undefined, word: string) =>
  said === word || (among && said !== undefined && (said === `${word}s` || `${said}s` === word));
