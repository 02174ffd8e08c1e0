/** Free text → a question: `trending genres germany 7d`, with `name=value` for what words cannot say. */
import { UserError } from '../core/errors.ts';
import { type Parameter, type ParsedQuestion, parseQuestion, type Question } from './definition.ts';

/** A parameter's value can be several words long: "bosnia and herzegovina". */
const LONGEST_VALUE = 5;

/**
 * Finds the question that the text begins with, then the parameter that each further word is meant for, longest run of
 * words first.
 * @throws UserError that says which words were not understood and what would be.
 */
export const parseText = (registry: readonly Question[], text: string): ParsedQuestion =>
  parseWords(registry, text.split(/\s+/).filter(Boolean));

/** `parseText` for text that a shell has split: a `name=value` may hold spaces. */
export function parseWords(registry: readonly Question[], given: readonly string[]): ParsedQuestion {
  const words = given.flatMap(word => (word.includes('=') ? [word] : word.split(/\s+/).filter(Boolean)));
  const question = registry
    .filter(
      ({ name }) =>
        name.split('-').every((part, at) => words[at]?.toLowerCase() === part) || words[0]?.toLowerCase() === name,
    )
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!question) {
    const asked = words.slice(0, 3).join(' ').slice(0, 60);
    const names = registry.map(({ name }) => `"${name.replaceAll('-', ' ')}"`).join(', ');
    throw new UserError(
      asked ? `I don't know "${asked}".` : 'What would you like to know?',
      `Try ${names}, or "help".`,
    );
  }
  const rest = words.slice(words[0]?.toLowerCase() === question.name ? 1 : question.name.split('-').length);
  const parameters = Object.entries(question.parameters) as [string, Parameter<unknown>][];
  const raw: Record<string, string> = {};
  while (rest.length > 0) {
    const [, key, value] = /^([a-z]+)=(.*)$/is.exec(rest[0] as string) ?? [];
    if (key) {
      raw[key.toLowerCase()] = value ?? '';
      rest.shift();
      continue;
    }
    const taken = takeValue(rest, parameters, raw);
    if (taken === 0) {
      throw new UserError(`I don't understand "${(rest[0] as string).slice(0, 60)}".`, `${usage(question)}`);
    }
    rest.splice(0, taken);
  }
  return parseQuestion(registry, question.name, raw);
}

/** Gives the longest run of words at the front that a free parameter recognises to it; the number of words taken. */
function takeValue(words: string[], parameters: [string, Parameter<unknown>][], raw: Record<string, string>): number {
  for (let length = Math.min(LONGEST_VALUE, words.length); length > 0; length -= 1) {
    const run = words.slice(0, length).join(' ');
    const found = parameters.find(([key, parameter]) => !(key in raw) && parameter.recognises(run));
    if (found) {
      raw[found[0]] = run;
      return length;
    }
  }
  return 0;
}

/** One line on how to ask it: `trending genres [window] …, such as "trending genres 7d germany"`. */
export function usage(question: Question): string {
  const parts = (Object.entries(question.parameters) as [string, Parameter<unknown>][]).map(
    ([key, parameter]) => `${key} (${parameter.choices?.join(', ') ?? parameter.example})`,
  );
  return `After "${question.name.replaceAll('-', ' ')}" you can give ${parts.join(', ')}.`;
}
