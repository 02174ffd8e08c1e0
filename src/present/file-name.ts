/** What an Answer's file is called when it is stored. */
import type { Answer } from '../core/answer.ts';
import { parseInstant } from '../core/time/instant.ts';
import { localDay } from '../core/time/zone.ts';

const LONGEST_NAME = 120;
/** Of a parameter's value: a name of some words. */
const LONGEST_VALUE = 40;
/** Characters of another script that a name is told apart by. */
const CODE_POINTS = 6;

/** Said by the window and its date. */
const OF_TIME = ['window', 'until'];

/**
 * `trending-genres_country-de_7d_2026-11-28.csv`: the question, its parameters that differ from `defaults`,
 * the window, and the window's last day in the answer's zone. ASCII letters, digits, `-` and `_`, at most 120
 * characters.
 */
export function fileNameOf(
  { question, params, window, zone }: Pick<Answer, 'question' | 'params' | 'window' | 'zone'>,
  defaults: Record<string, string | undefined>,
  extension: string,
): string {
  const given = Object.entries(params)
    .filter(([key, value]) => !OF_TIME.includes(key) && value !== defaults[key])
    .map(([key, value]) => `_${key}-${asciiOf(value)}`);
  // A window that ends at midnight is of the day before.
  const day = localDay(parseInstant(window.until) - 1, zone);
  const end = `_${asciiOf(params.window ?? '')}_${day}.${extension}`;
  const start = `${question}${given.join('')}`;
  return start.slice(0, LONGEST_NAME - end.length).replace(/[-_]+$/, '') + end;
}

/** `Sigur Rós` → `sigur-ros`; a name without such letters by the numbers of its characters: `u30b7-u30c6`. */
function asciiOf(value: string): string {
  const letters = value
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_VALUE)
    .replace(/^-+|-+$/g, '');
  if (letters !== '') return letters;
  const characters = Array.from(value).slice(0, CODE_POINTS);
  return characters.map(character => `u${character.codePointAt(0)?.toString(16)}`).join('-');
}
