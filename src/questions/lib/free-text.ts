/**
 * Free text → a question: `trending genres germany 7d`, "what's hot in Germany", `jazz`, `ambient vs drone`,
 * with `name=value` for what words cannot say.
 */
import { UserError } from '../../core/errors.ts';
import { looksLikeCountry } from '../../core/places/country.ts';
import { isKnownGenre } from '../../core/tags/tag.ts';
import { looksLikeWindow } from '../../core/time/window-words.ts';
import { type Parameter, type ParsedQuestion, parseQuestion, type Question } from './definition.ts';
import { expanded, matchesOf, type PhraseMatch, type Placed } from './phrases.ts';
import { ANYTHING, examplesOf, refusal, unknown } from './refusals.ts';
import {
  fullValue,
  LONGEST_VALUE,
  type PlacedParameter,
  takeAll,
  takeName,
  takeSlot,
} from './typed-values.ts';
import { bareOf, isAddress, namedBy, textOf, type Word, wordsOf } from './typed-words.ts';
import { withoutTypos } from './typos.ts';

/**
 * Finds what the text asks, wherever it stands in it, then the parameter that each further word is meant for,
 * longest run of words first.
 * @throws UserError that says which word was not understood, and what would be.
 */
export const parseText = (registry: readonly Question[], text: string): ParsedQuestion =>
  parseTyped(registry, wordsOf(text));

/** What is longer asks nothing, and each word is compared with all that can be meant. */
const MOST_WORDS = 100;
const MOST_CHARACTERS = 1_000;

/**
 * `parseText` of its words.
 * @param typos false: nearly right words are wrong
 * @throws UserError
 */
export function parseTyped(
  registry: readonly Question[],
  typed: readonly Word[],
  { typos = true } = {},
): ParsedQuestion {
  if (typed.length === 0) throw refusal('What would you like to know?', ANYTHING);
  if (typed.length > MOST_WORDS || textOf(typed).length > MOST_CHARACTERS)
    throw refusal('That is too long for a question.', ANYTHING);
  const first = attempt(registry, typed);
  if (!(first instanceof UserError)) return first;
  const corrected = typos ? withoutTypos(registry, typed) : undefined;
  const second = corrected ? attempt(registry, corrected) : first;
  if (second instanceof UserError) throw first;
  return second;
}

/** The question as far as these very words say it, or why they do not. */
function attempt(registry: readonly Question[], typed: readonly Word[]): ParsedQuestion | UserError {
  const keys = new Set(registry.flatMap(({ parameters }) => Object.keys(parameters)));
  const words: Placed[] = [];
  const named: PlacedParameter[] = [];
  for (const word of expanded(typed, registry)) {
    // "Artist: X" asks of X.
    const isQuestion =
      word.at === 0 &&
      word.text.endsWith(':') &&
      registry.some(({ name }) => `${name}:` === word.text.toLowerCase());
    const isKey = (key: string) => keys.has(key) || word.text.includes('=');
    const found = isQuestion ? undefined : namedBy(word, isKey);
    if (found) named.push({ ...found, at: word.at });
    else words.push(isQuestion ? { text: word.text.slice(0, -1), at: word.at } : word);
  }
  const matches = matchesOf(registry, words);
  let error: UserError | undefined;
  for (const candidate of [
    ...matches,
    ...bareMatches(registry, words),
    ...namedMatches(registry, words, named),
  ]) {
    try {
      return understand(registry, candidate, named);
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      error ??= thrown;
    }
  }
  return error ?? unknown(textOf(words.slice(0, 3)) || textOf(typed.slice(0, 3)));
}

/**
 * What a name asks that stands alone, among words that only narrow it: a genre or a country by itself, an
 * address by its page, two names how they compare, a time how much was sold in it.
 */
function bareMatches(registry: readonly Question[], words: readonly Placed[]): PhraseMatch[] {
  const match = (name: string, parameter: string, from: number, until: number): PhraseMatch[] =>
    registry
      .filter(question => question.name === name)
      .map(question => ({
        question,
        implied: {},
        length: 0,
        at: from,
        before: words.slice(0, from),
        slot: { parameter, words: words.slice(from, until) },
        after: words.slice(until),
      }));
  if (words.some(word => /^(?:vs\.?|versus)$/i.test(word.text)))
    return match('compare', 'names', 0, words.length);
  // Of a time alone it is asked how much was sold.
  if (looksLikeWindow(words.map(bareOf).join(' '), true))
    return registry
      .filter(question => question.name === 'overview')
      .map(question => ({ question, implied: {}, length: 0, at: 0, before: [], after: [...words] }));
  const address = words.findIndex(({ text }) => isAddress(text));
  if (address >= 0) {
    const isRelease = /\/(?:album|track|merch)\//i.test(words[address]?.text ?? '');
    return isRelease
      ? match('item', 'item', address, address + 1)
      : match('artist', 'artist', address, address + 1);
  }
  return runsOf(words).flatMap(([from, until]) => {
    const text = words.slice(from, until).map(bareOf).join(' ');
    return [
      ...(isKnownGenre(text) ? match('genre', 'genre', from, until) : []),
      ...(looksLikeCountry(text) ? match('country', 'country', from, until) : []),
    ];
  });
}

/** "country=japan window=30d" asks the question that is called as the parameter. */
const namedMatches = (
  registry: readonly Question[],
  words: Placed[],
  named: readonly PlacedParameter[],
): PhraseMatch[] =>
  registry
    .filter(({ name }) => named.some(({ key }) => key === name))
    .map(question => ({ question, implied: {}, length: 0, at: 0, before: [], after: words }));

/** From where until where every run of words goes, the longest first. */
const runsOf = (words: readonly Word[]): [from: number, until: number][] =>
  Array.from(
    { length: Math.min(LONGEST_VALUE, words.length) },
    (_, n) => Math.min(LONGEST_VALUE, words.length) - n,
  ).flatMap(length =>
    Array.from({ length: words.length - length + 1 }, (_, from): [number, number] => [from, from + length]),
  );

/** @throws UserError */
function understand(
  registry: readonly Question[],
  { question, implied, before, slot, after }: PhraseMatch,
  named: readonly PlacedParameter[],
): ParsedQuestion {
  const parameters = Object.entries(question.parameters) as [string, Parameter<unknown>][];
  const raw: Record<string, string> = { ...implied };
  const taken = new Set<number>();
  for (const name of named)
    raw[name.key] = fullValue(question.parameters[name.key], name, [...before, ...after], taken);
  const left = (words: readonly Placed[]) => words.filter(({ at }) => !taken.has(at));
  const rest = [left(before), left(after)];
  const name = parameters.find(([key, { isName }]) => isName && !(key in raw))?.[0];
  if (slot) takeSlot(slot, parameters, raw);
  else if (name) {
    const [ahead = [], behind = []] = rest;
    // "techno why": before the phrase stands a name only where it is known for one.
    const isAhead =
      behind.length === 0 && (ahead.some(({ quoted }) => quoted) || isKnownGenre(textOf(ahead)));
    takeName(name, isAhead ? ahead : behind, parameters, raw);
    rest.splice(isAhead ? 0 : 1, 1);
  }
  for (const words of rest) takeAll(words, question, parameters, raw);
  try {
    return parseQuestion(registry, question.name, raw);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const suggestions = examplesOf(question, {}).slice(0, 2);
    throw new UserError(error.message, error.hint, { status: error.status, suggestions });
  }
}
