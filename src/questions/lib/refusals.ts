/** What a text that was not understood is told: the word, and what can be asked instead. */
import type { Answer } from '../../core/answer.ts';
import { UserError } from '../../core/errors.ts';
import type { Parameter, Question } from './definition.ts';

/** Of what was typed, as long as a chat's error bears. */
const LONGEST = 40;
/** Characters of a chat's error as a whole. */
const LONGEST_ERROR = 160;

/** What was typed, as much of it as an error has room for. */
export const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text;

/** For whoever asked for the chart of an answer that has none: the answer's own reason, where it has one. */
export function noChart({ coverage, rows, headline }: Answer): UserError {
  const reason =
    coverage === 0
      ? 'No sales were read in this period.'
      : rows.length === 0
        ? headline
        : 'Its table has everything; a longer window may have a chart.';
  return new UserError('This answer has no chart.', reason);
}

/** At most three of what can be asked instead, as text and as data. */
export function refusal(message: string, examples: readonly string[]): UserError {
  const { hint, named } = suggesting(message, examples, list => `Try ${list}.`);
  return new UserError(message, hint, { suggestions: named });
}

/**
 * A hint that names at most three of these, and no more than a chat's error has room for beside the message.
 */
export function suggesting(
  message: string,
  names: readonly string[],
  hintOf: (list: string) => string,
): { hint: string; named: string[] } {
  const named = names.slice(0, 3);
  const hint = () => hintOf(listOf(named));
  while (named.length > 1 && `${message} ${hint()}`.length > LONGEST_ERROR) named.pop();
  return { hint: hint(), named };
}

function listOf(names: readonly string[]): string {
  const [last, ...others] = names.map(text => `"${text}"`).toReversed();
  return [others.toReversed().join(', '), last].filter(Boolean).join(' or ');
}

/** The question with what was understood of it, then with one thing more. */
export function examplesOf({ name, parameters }: Question, raw: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(parameters as Record<string, Parameter<unknown>>);
  const said = [name.replaceAll('-', ' ')];
  for (const [key, { isName, required, example, parse }] of all)
    if (isName || required) said.push(isGood(raw[key], parse) ? raw[key] : example);
  const understood = all
    .filter(([key, { isName, required, parse }]) => !isName && !required && isGood(raw[key], parse))
    .map(([key, { recognises }]) => valueIn(key, raw[key] as string, recognises));
  const plain = [...said, ...understood].join(' ');
  const more = ['window', 'country', 'genre']
    .filter(key => parameters[key] && !parameters[key].isName && !parameters[key].required && !raw[key])
    .map(key => `${plain} ${key === 'window' ? '30d' : parameters[key].example}`);
  return [plain, ...more].filter(text => text.length <= LONGEST || text === plain);
}

/** A value as it is typed: alone where it is understood so, else with its name. */
function valueIn(key: string, raw: string, recognises: (text: string) => boolean): string {
  if (/[,;]/.test(raw)) return `${key}="${raw}"`;
  return recognises(raw) ? raw : `${key}=${raw}`;
}

function isGood(raw: string | undefined, parse: (raw: string) => unknown): raw is string {
  if (!raw || raw.length > LONGEST) return false;
  try {
    parse(raw);
    return true;
  } catch {
    return false;
  }
}

/** Questions that always have an answer. */
export const ANYTHING = ['trending genres', 'emerging artists', 'top albums'];

/** The error for a text that is no question at all. */
export const unknown = (asked: string): UserError => refusal(`I don't recognise "${cut(asked)}".`, ANYTHING);

/** One line on how to ask it: `trending genres [window] …, such as "trending genres 7d germany"`. */
export function usage(question: Question): string {
  const parts = (Object.entries(question.parameters) as [string, Parameter<unknown>][]).map(
    ([key, parameter]) => `${key} (${parameter.choices?.join(', ') ?? parameter.example})`,
  );
  return `After "${question.name.replaceAll('-', ' ')}" you can give ${parts.join(', ')}.`;
}
