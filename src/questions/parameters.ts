/** The parameters that questions share. */
import { looksLikeCountry, parseCountry } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import { type Instant, parseInstant, toIso } from '../core/instant.ts';
import { parseZone } from '../core/local-time.ts';
import { looksLikeWindow, parseWindowLength } from '../core/window.ts';
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

/** Length of the window that ends at `until`. */
export const windowParameter = (
  initial: string,
): Parameter<{ micros: number; text: string }> & { default: string } => ({
  describe: 'How long a time to look at: hours, days or weeks',
  example: '7d',
  default: initial,
  parse: parseWindowLength,
  format: value => value.text,
  recognises: looksLikeWindow,
});

export const countryParameter: Parameter<string> = {
  describe: "The buyers' country, by code or name",
  example: 'germany',
  parse: parseCountry,
  format: code => code,
  recognises: looksLikeCountry,
};

/** Rows of the answer. */
export function limitParameter(initial: number, most: number): Parameter<number> & { default: string } {
  const parse = (raw: string): number => {
    const limit = /^\d{1,6}$/.test(raw.trim()) ? Number(raw) : 0;
    if (limit < 1 || limit > most)
      throw new UserError(`"${raw.slice(0, 40)}" is not a number of rows.`, `Use a whole number from 1 to ${most}.`);
    return limit;
  };
  return {
    describe: `How many rows, up to ${most}`,
    example: String(initial),
    default: String(initial),
    parse,
    format: String,
    recognises: word => /^\d+$/.test(word.trim()),
  };
}

const pluralOf = (noun: string): string => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`);

export function choiceParameter<T extends string>(
  describe: string,
  choices: readonly [T, ...T[]],
): Parameter<T> & { default: T } {
  const find = (raw: string) => choices.find(choice => [choice, pluralOf(choice)].includes(raw.trim().toLowerCase()));
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

const EARLIEST = parseInstant('2000-01-01');
const LATEST = parseInstant('2100-01-01');

/** End of the window; without it, the newest complete minute that was read. */
export const untilParameter: Parameter<Instant> = {
  describe: 'The end of the window, as an ISO instant (UTC); default: the newest minute that was read',
  example: '2026-10-07T12:00Z',
  parse: raw => {
    const at = parseInstant(raw);
    if (at < EARLIEST || at >= LATEST)
      throw new UserError(`"${raw.slice(0, 40)}" is too early or too late.`, 'Use an instant from 2000 to 2099.');
    return at;
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
