/** Windows: half-open UTC intervals, how people write them, and the baseline each is compared with. */
import { UserError } from './errors.ts';
import { DAY, HOUR, type Instant, MINUTE, WEEK } from './instant.ts';

/** `from <= t < until`. */
export interface Window {
  from: Instant;
  until: Instant;
}

export const lengthOf = (window: Window): number => window.until - window.from;

const UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY, w: WEEK };
const WORDS: Record<string, string> = {
  hour: '1h',
  day: '1d',
  today: '1d',
  week: '7d',
  fortnight: '14d',
  month: '30d',
  quarter: '90d',
  year: '365d',
};

const WINDOW_HINT =
  'Use a number of hours, days or weeks such as 24h, 7d or 4w (at most 366d), or "day", "week", "month".';
export const MAX_WINDOW = 366 * DAY;

/** True when the text looks like a window, even one that is out of bounds. */
export const looksLikeWindow = (text: string): boolean =>
  /^\d+\s*(m|h|d|w|minutes?|hours?|days?|weeks?)$/i.test(text.trim()) || text.trim().toLowerCase() in WORDS;

/**
 * `7d` → its length in microseconds and the canonical text.
 * @throws UserError for what is no window, is empty or longer than a year.
 */
export function parseWindowLength(text: string): { micros: number; text: string } {
  const word = text.trim().toLowerCase();
  const match = /^(\d{1,6})\s*([mhdw])(?:inutes?|ours?|ays?|eeks?)?$/.exec(
    Object.hasOwn(WORDS, word) ? (WORDS[word] as string) : word,
  );
  const micros = match ? Number(match[1]) * (UNITS[match[2] as string] ?? 0) : 0;
  if (!match || micros <= 0 || micros > MAX_WINDOW)
    throw new UserError(`"${text.slice(0, 40)}" is not a window.`, WINDOW_HINT);
  return { micros, text: `${Number(match[1])}${match[2]}` };
}

/** A length as `parseWindowLength` reads it, in the largest unit that fits: `1d`, `25h`, `1410m`. */
export function lengthText(micros: number): string {
  const [unit, size] = Object.entries(UNITS)
    .filter(([name]) => name !== 'w')
    .toReversed()
    .find(([, size]) => micros % size === 0) ?? ['m', MINUTE];
  return `${Math.round(micros / size)}${unit}`;
}

/**
 * The windows that `window` is compared with: for whole weeks the four windows before it, for a shorter or odd one the same
 * hours of the four weeks before (as many weeks apart as the window is long), so that weekdays and hours cancel.
 */
export function baselineOf(window: Window): Window[] {
  const step = Math.ceil(lengthOf(window) / WEEK) * WEEK;
  return [1, 2, 3, 4].map(n => ({ from: window.from - n * step, until: window.until - n * step }));
}
