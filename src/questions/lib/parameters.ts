/** The parameters that questions share. */

import { UserError } from '../../core/errors.ts';
import { looksLikeCountry, parseCountry } from '../../core/places/country.ts';
import { isKnownGenre, spelledOut } from '../../core/tags/tag.ts';
import { fold, storable } from '../../core/text.ts';
import { floorTo, type Instant, parseInstant, SECOND, toIso } from '../../core/time/instant.ts';
import { parseZone } from '../../core/time/local-time.ts';
import { type AskedWindow, looksLikeWindow, parseWindow } from '../../core/time/window-words.ts';
import type { Parameter } from './definition.ts';

/** True where `parse` takes the word. */
const accepts = (parse: (raw: string) => unknown) => (word: string) => {
  try {
    parse(word);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
};

/** The time to look at: a length that ends at `until`, or days of the reader's calendar. */
export const windowParameter = (initial: string): Parameter<AskedWindow> & { default: string } => ({
  describe: 'The time to look at: a length, a day, a week, a month, a range',
  example: 'last week',
  default: initial,
  parse: parseWindow,
  format: ({ text }) => text,
  recognises: looksLikeWindow,
});

/** The buyers' country, as an ISO 3166-1 code, a name or a usual abbreviation; parsed to the code. */
export const countryParameter: Parameter<string> = {
  describe: "The buyers' country, by code or name",
  example: 'germany',
  parse: parseCountry,
  format: code => code,
  // "Boards of Canada" is no country; "in Canada" is.
  recognises: (word, besideName) => !besideName && looksLikeCountry(word),
};

/** As long as the longest names there are; nobody types more. */
const LONGEST_NAME = 200;

/** A name of any words, to be looked up in the data. */
export const nameParameter = (describe: string, example: string): Parameter<string> & { required: true } => ({
  describe,
  example,
  required: true,
  isName: true,
  parse: raw => parseName(raw),
  format: name => name,
  recognises: () => false,
});

/** A name without space around it. @throws UserError for one that is empty or too long */
export function parseName(raw: string): string {
  const name = storable(raw).replace(/\s+/g, ' ').trim();
  if (fold(name) === '')
    throw new UserError('That name is empty.', 'Give one that can be seen, such as "boards of canada".');
  if (name.length > LONGEST_NAME)
    throw new UserError(
      `"${name.slice(0, 40)}…" is too long for a name.`,
      `Use at most ${LONGEST_NAME} characters.`,
    );
  return name;
}

/** The name of a genre or style: "d&b" is drum & bass. */
const parseGenre = (raw: string): string => {
  const name = parseName(raw);
  return spelledOut(name) ?? name;
};

/** The same of a genre or style. */
export const genreNameParameter = (
  describe: string,
  example: string,
): Parameter<string> & { required: true } => ({ ...nameParameter(describe, example), parse: parseGenre });

/** A genre or style to narrow an answer to; in free text those that Bandcamp lists, and well-known others. */
export const genreParameter: Parameter<string> = {
  describe: 'A genre or style',
  example: 'techno',
  parse: parseGenre,
  format: name => name,
  recognises: (word, besideName) => !besideName && isKnownGenre(word),
};

/** Rows of the answer. */
export function limitParameter(initial: number, most: number): Parameter<number> & { default: string } {
  const parse = (raw: string): number => {
    const limit = /^\d{1,6}$/.test(raw.trim()) ? Number(raw) : 0;
    if (limit < 1 || limit > most)
      throw new UserError(
        `"${raw.slice(0, 40)}" is not a number of rows.`,
        `Use a whole number from 1 to ${most}.`,
      );
    return limit;
  };
  return {
    describe: `How many rows, up to ${most}`,
    example: String(initial),
    default: String(initial),
    parse,
    format: String,
    recognises: (word, besideName) => !besideName && /^\d+$/.test(word.trim()),
  };
}

const pluralOf = (noun: string): string => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** @param said what people say for a choice: `{ label: 'seller' }` */
export function choiceParameter<T extends string>(
  describe: string,
  choices: readonly [T, ...T[]],
  said: Readonly<Record<string, T>> = {},
): Parameter<T> & { default: T } {
  const values = new Map<string, T>(
    [...choices.map(choice => [choice, choice] as const), ...Object.entries(said)].flatMap(
      ([word, choice]) =>
        [
          [word, choice],
          [pluralOf(word), choice],
        ] as [string, T][],
    ),
  );
  const find = (raw: string) => values.get(raw.trim().toLowerCase());
  return {
    describe,
    example: choices.at(-1) ?? choices[0],
    default: choices[0],
    choices,
    parse: raw => {
      const choice = find(raw);
      if (!choice)
        throw new UserError(`"${raw.slice(0, 40)}" is not one of the choices.`, `Use ${choices.join(', ')}.`);
      return choice;
    },
    format: choice => choice,
    recognises: word => find(word) !== undefined,
  };
}

/** The same where nothing need be chosen. */
export function optionalChoice<T extends string>(
  describe: string,
  choices: readonly [T, ...T[]],
  said: Readonly<Record<string, T>>,
): Parameter<T> {
  const { default: _, ...parameter } = choiceParameter(describe, choices, said);
  return { ...parameter, recognises: word => Object.hasOwn(said, word.trim().toLowerCase()) };
}

const EARLIEST = parseInstant('2000-01-01');
const LATEST = parseInstant('2100-01-01');

/** End of the window; without it, the newest complete minute that was read. */
export const untilParameter: Parameter<Instant> = {
  describe: 'The end of the window, as an ISO instant (UTC); default: the newest minute that was read',
  example: '2026-10-07T12:00Z',
  parse: raw => {
    const at = parseInstant(raw);
    if (at < EARLIEST || at >= LATEST)
      throw new UserError(
        `"${raw.slice(0, 40)}" is too early or too late.`,
        'Use an instant from 2000 to 2099.',
      );
    return floorTo(at, SECOND);
  },
  format: toIso,
  recognises: word => /^\d{4}-\d{2}-\d{2}/.test(word) && accepts(parseInstant)(word),
};

/** IANA zone for the dates that are shown. */
export const zoneParameter: Parameter<string> & { default: string } = {
  describe: 'The time zone of the dates shown',
  example: 'Europe/Berlin',
  default: 'UTC',
  parse: parseZone,
  format: zone => zone,
  recognises: word => word.includes('/') && accepts(zoneParameter.parse)(word),
};
