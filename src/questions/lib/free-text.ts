/** Free text → a question: `trending genres germany 7d`, with `name=value` for what words cannot say. */
import { UserError } from '../../core/errors.ts';
import { type Parameter, type ParsedQuestion, parseQuestion, type Question } from './definition.ts';

/** A parameter's value can be several words long: "bosnia and herzegovina". */
const LONGEST_VALUE = 5;

/** Small words that say what a value is for; it is understood without them. */
const PREPOSITION = /^(?:in|from|over|for|during|by|on|within) (?=\S)/i;

/**
 * Finds the question that the text begins with, then the parameter that each further word is meant for,
 * longest run of words first.
 * @throws UserError that says which words were not understood and what would be.
 */
export const parseText = (registry: readonly Question[], text: string): ParsedQuestion =>
  parseWords(registry, text.split(/\s+/).filter(Boolean));

/** `parseText` for text that a shell has split: a `name=value` may hold spaces. */
export function parseWords(registry: readonly Question[], given: readonly string[]): ParsedQuestion {
  const all = given.flatMap(word => (word.includes('=') ? [word] : word.split(/\s+/).filter(Boolean)));
  const question = registry
    .filter(
      ({ name }) =>
        name.split('-').every((part, at) => all[at]?.toLowerCase() === part) ||
        all[0]?.toLowerCase() === name,
    )
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!question) {
    const asked = all.slice(0, 3).join(' ').slice(0, 60);
    const names = registry.map(({ name }) => `"${name.replaceAll('-', ' ')}"`).join(', ');
    throw new UserError(
      asked ? `I don't know "${asked}".` : 'What would you like to know?',
      `Try ${names}, or "help".`,
    );
  }
  const rest = all.slice(all[0]?.toLowerCase() === question.name ? 1 : question.name.split('-').length);
  const parameters = Object.entries(question.parameters) as [string, Parameter<unknown>][];
  const raw: Record<string, string> = {};
  const words = rest.filter(word => {
    const [, key, value] = /^([a-z]+)=(.*)$/is.exec(word) ?? [];
    if (key) raw[key.toLowerCase()] = value ?? '';
    return !key;
  });
  const name = parameters.find(([key, { isName }]) => isName && !(key in raw))?.[0];
  if (name) takeName(name, words, parameters, raw);
  while (words.length > 0) {
    const taken = takeRun(words, parameters, raw);
    if (taken === 0)
      throw new UserError(`I don't understand "${(words[0] as string).slice(0, 60)}".`, `${usage(question)}`);
    words.splice(0, taken);
  }
  return parseQuestion(registry, question.name, raw);
}

/**
 * Gives the longest run of words at the front that a free parameter recognises to it; the number of words
 * taken.
 */
function takeRun(
  words: string[],
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): number {
  for (let length = Math.min(LONGEST_VALUE, words.length); length > 0; length -= 1) {
    if (give(words.slice(0, length).join(' '), parameters, raw, false)) return length;
  }
  return 0;
}

/**
 * Gives the words to the name, but for those at the end that are meant for other parameters ("drum and bass
 * in germany 30d"). A name has at least a word; one in quotes is all of it.
 */
function takeName(
  name: string,
  words: string[],
  parameters: [string, Parameter<unknown>][],
  raw: Record<string, string>,
): void {
  const [, quoted, after] = /^["“„](.+?)["”“](?: (.*))?$/.exec(words.join(' ')) ?? [];
  if (quoted !== undefined) {
    raw[name] = quoted;
    words.splice(0, Infinity, ...(after ?? '').split(' ').filter(Boolean));
    return;
  }
  let end = words.length;
  const longestAt = (last: number): number => {
    for (let length = Math.min(LONGEST_VALUE, last - 1); length > 0; length -= 1)
      if (give(words.slice(last - length, last).join(' '), parameters, raw, true)) return length;
    return 0;
  };
  for (let taken = longestAt(end); taken > 0; taken = longestAt(end)) end -= taken;
  if (end > 0) raw[name] = words.slice(0, end).join(' ');
  words.length = 0;
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
  const whole = find(run, besideName);
  const found = whole ?? (value === run ? undefined : find(value, false));
  if (found) raw[found[0]] = whole ? run : value;
  return found !== undefined;
}

/** One line on how to ask it: `trending genres [window] …, such as "trending genres 7d germany"`. */
export function usage(question: Question): string {
  const parts = (Object.entries(question.parameters) as [string, Parameter<unknown>][]).map(
    ([key, parameter]) => `${key} (${parameter.choices?.join(', ') ?? parameter.example})`,
  );
  return `After "${question.name.replaceAll('-', ' ')}" you can give ${parts.join(', ')}.`;
}
