import { placeOf } from '../../core/places/place.ts';
import type { Parameter, Question } from './definition.ts';
import type { PhraseMatch, Placed } from './phrases.ts';
import { cut, examplesOf, refusal } from './refusals.ts';
import { bareOf, FILLERS, type NamedParameter, textOf, type Word } from './typed-words.ts';

/** A parameter's value can be several words long: "bosnia and herzegovina", "over the last 30 days". */
export const LONGEST_VALUE = 6;

/** Small words that say what a value is for; it is understood without them. */
const PREPOSITION = /^(?:in|from|over|for|during|by|on|within) (?:the )?(?=\S)/i;

/** A parameter that was named, and its place among the words. */
export type PlacedParameter = NamedParameter & { at: number };

/** The value of a named parameter, with the words behind it that belong to it: `country=united states`. */
export function fullValue(
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

/**
 * Stores the words of a phrase's `<slot>` as its parameter; behind a name further parameters may follow.
 * Nothing where it was named already.
 */
export function takeSlot(
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
export function takeAll(
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
export function takeName(
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
