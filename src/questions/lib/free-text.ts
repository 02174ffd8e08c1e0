/**
 * Free text → a question: `trending genres germany 7d`, "what's hot in Germany", `jazz`, `ambient vs drone`,
 * with `name=value` for what words cannot say.
 */
import { UserError } from '../../core/errors.ts';
import { looksLikeCountry } from '../../core/places/country.ts';
import { placeOf } from '../../core/places/place.ts';
import { isKnownGenre } from '../../core/tags/tag.ts';
import { type Parameter, type ParsedQuestion, parseQuestion, type Question } from './definition.ts';
import { expanded, matchesOf, type PhraseMatch, type Placed } from './phrases.ts';
import { ANYTHING, cut, examplesOf, refusal, unknown } from './refusals.ts';
import {
  bareOf,
  FILLERS,
  isAddress,
  type NamedParameter,
  namedBy,
  textOf,
  type Word,
  wordsOf,
} from './typed-words.ts';
import { withoutTypos } from './typos.ts';

/** A parameter's value can be several words long: "bosnia and herzegovina", "over the last 30 days". */
const LONGEST_VALUE = 6;

/** Small words that say what a value is for; it is understood without them. */
const PREPOSITION = /^(?:in|from|over|for|during|by|on|within) (?:the )?(?=\S)/i;

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

/** A parameter that was named, and its place among the words. */
type PlacedParameter = NamedParameter & { at: number };

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
 * address by its page, two names how they compare.
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

/** The value of a named parameter, with the words behind it that belong to it: `country=united states`. */
function fullValue(
  parameter: Parameter<unknown> | undefined,
  { value, quoted, at }: PlacedParameter,
  words: readonly Placed[],
  taken: Set<number>,
): string {
  const behind: Placed[] = [];
  for (let next = at + 1; ; next += 1) {
    const word = words.find(candidate => candidate.at === next);
    if (!word) break;
    behind.push(word);
  }
  if (quoted || !parameter) return value;
  const withWords = (count: number) => [value, textOf(behind.slice(0, count))].filter(Boolean).join(' ');
  const most = parameter.isName ? behind.length : Math.min(LONGEST_VALUE, behind.length);
  const least = value === '' ? 1 : 0;
  let count = least;
  if (parameter.isName) count = most;
  else
    for (let longer = most; longer > least; longer -= 1)
      if (parameter.recognises(withWords(longer))) {
        count = longer;
        break;
      }
  for (const word of behind.slice(0, count)) taken.add(word.at);
  return withWords(count);
}

function takeSlot(
  { parameter, words }: NonNullable<PhraseMatch['slot']>,
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): void {
  if (parameter in raw) return;
  const isName = parameters.some(([key, { isName }]) => key === parameter && isName);
  if (isName) takeName(parameter, words, parameters, raw);
  else raw[parameter] = textOf(words).replace(/^the /i, '');
}

/**
 * Gives each run of words, the longest first, to a free parameter that recognises it.
 * @throws UserError for a word that nothing takes
 */
function takeAll(
  given: readonly Word[],
  question: Question,
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): void {
  const kept = given.filter(word => bareOf(word));
  let words = kept.map(bareOf);
  while (words.length > 0) {
    const listed = listedAhead(kept.slice(-words.length), parameters, raw);
    if (listed) {
      raw.from = listed.place;
      words = words.slice(1 + listed.words);
      continue;
    }
    const run = Array.from(
      { length: Math.min(LONGEST_VALUE, words.length) },
      (_, n) => Math.min(LONGEST_VALUE, words.length) - n,
    ).find(length => give(words.slice(0, length).join(' '), parameters, raw, false));
    const place = run === undefined ? placeAhead(words, parameters, raw) : 0;
    if (place > 0) {
      raw.from = words.slice(1, 1 + place).join(' ');
      words = words.slice(1 + place);
      continue;
    }
    if (run === undefined && !FILLERS.has((words[0] as string).toLowerCase()))
      throw refusal(`I don't understand "${cut(words[0] as string)}" here.`, examplesOf(question, raw));
    words = words.slice(run ?? 1);
  }
}

/** "from Austin, TX, USA": a place with what it lies in, behind commas. */
function listedAhead(
  words: readonly Word[],
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): { place: string; words: number } | undefined {
  const [first, ...behind] = words;
  if (first?.text.toLowerCase() !== 'from' || 'from' in raw || !parameters.some(([key]) => key === 'from'))
    return undefined;
  for (let length = Math.min(LONGEST_VALUE, behind.length); length > 1; length -= 1) {
    const run = behind.slice(0, length);
    const place = [...run.slice(0, -1).map(({ text }) => text), bareOf(run.at(-1) as Word)].join(' ');
    const { city, country } = placeOf(place);
    // A small "in" is no Indiana: what follows is where it is bought.
    if (/, in$/.test(place)) continue;
    if (place.includes(',') && city !== null && country !== null) return { place, words: length };
  }
  return undefined;
}

/** How many words behind a "from" name a place that no list has: up to those that mean something else. */
function placeAhead(
  words: readonly string[],
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): number {
  if (words[0]?.toLowerCase() !== 'from' || 'from' in raw || !parameters.some(([key]) => key === 'from'))
    return 0;
  const rest = words.slice(1, 1 + LONGEST_VALUE);
  const means = (run: string) => give(run, parameters, { ...raw, from: '' }, false);
  const isOther = (at: number) => rest.some((_, n) => n >= at && means(rest.slice(at, n + 1).join(' ')));
  const end = rest.findIndex((_, at) => isOther(at));
  return end < 0 ? rest.length : end;
}

/**
 * Gives the words to the name, but for those at the end that are meant for other parameters ("drum and bass
 * in germany 30d"). A name has at least a word; one in quotes is all of it.
 */
function takeName(
  name: string,
  given: readonly Word[],
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): void {
  let words = given.filter((word, at) => at > 0 || !/^(?:of|to|for|the artist|about)$/i.test(word.text));
  while (words.length > 1 && /^(?:please|pls|plz|thanks|[?!.]+)$/i.test(words.at(-1)?.text ?? ''))
    words = words.slice(0, -1);
  const last = words.at(-1);
  if (last && last.quoted === undefined)
    words = [...words.slice(0, -1), { ...last, text: last.text.replace(/(?<=.)[?]+$/, '') }];
  const texts = words.map(({ text }) => text);
  let end = texts.length;
  const longestAt = (last: number): number => {
    for (let length = Math.min(LONGEST_VALUE, last - 1); length > 0; length -= 1)
      if (give(texts.slice(last - length, last).join(' '), parameters, raw, true)) return length;
    return 0;
  };
  // A name in quotes is all of it: what follows is meant otherwise, or belongs to the name all the same.
  for (let taken = longestAt(end); taken > 0; taken = longestAt(end)) end -= taken;
  if (end > 0) raw[name] = textOf(words.slice(0, end));
}

/**
 * Gives a run of words to the free parameter that recognises it, if there is one. Behind a preposition it is
 * no part of a name.
 */
function give(
  run: string,
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
  besideName: boolean,
): boolean {
  const bare = run.replace(PREPOSITION, '');
  // Alone "us" may be a small word, "in us" is a country.
  const value = bare !== run && /^[a-z]{2}$/.test(bare) ? bare.toUpperCase() : bare;
  const find = (text: string, beside: boolean) =>
    parameters.find(([key, parameter]) => !(key in raw) && parameter.recognises(text, beside));
  // "From Japan" is where music comes from, "in Japan" where it is bought.
  const from = /^from /i.test(run) ? parameters.find(([key]) => key === 'from' && !(key in raw)) : undefined;
  if (from?.[1].recognises(value)) {
    raw.from = value;
    return true;
  }
  const whole = find(run, besideName);
  const found = whole ?? (value === run ? undefined : find(value, false));
  if (found) raw[found[0]] = whole ? run : value;
  return found !== undefined;
}
