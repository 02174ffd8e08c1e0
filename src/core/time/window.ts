/** Windows: half-open UTC intervals, how long ones are written, and the baseline each is compared with. */
import { DAY, HOUR, type Instant, MINUTE, WEEK } from './instant.ts';

/** `from <= t < until`. */
export interface Window {
  from: Instant;
  until: Instant;
}

export const lengthOf = (window: Window): number => window.until - window.from;

export const WINDOW_UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY, w: WEEK };
export const MAX_WINDOW = 366 * DAY;

/** A length as `parseWindow` reads it, in the largest unit that fits: `1d`, `25h`, `1410m`. */
export function lengthText(micros: number): string {
  const [unit, size] = Object.entries(WINDOW_UNITS)
    .filter(([name]) => name !== 'w')
    .toReversed()
    .find(([, size]) => micros % size === 0) ?? ['m', MINUTE];
  return `${Math.round(micros / size)}${unit}`;
}

/** Weeks that a window is compared with: all that follows from it, sentences too, is made from it. */
export const BASELINE_WEEKS: number = 4;
export const BASELINE_DAYS = BASELINE_WEEKS * 7;
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
/** A baseline that was read for less than this is too thin to compare with. */
export const LEAST_BASELINE_COVERAGE = 0.25;
/** `four` */
export const BASELINE_WORD = WORDS[BASELINE_WEEKS] ?? String(BASELINE_WEEKS);

/** From one stretch before a window to the next: so many whole weeks as hold the window. */
export const baselineStep = (window: Window): number => Math.ceil(lengthOf(window) / WEEK) * WEEK;

/**
 * The windows that `window` is compared with: for whole weeks the `BASELINE_WEEKS` windows before it, for a
 * shorter or odd one the same hours of so many weeks before (as many weeks apart as the window is long), so
 * that weekdays and hours cancel.
 */
export function baselineOf(window: Window): Window[] {
  const step = baselineStep(window);
  return Array.from({ length: BASELINE_WEEKS }, (_, n) => ({
    from: window.from - (n + 1) * step,
    until: window.until - (n + 1) * step,
  }));
}

/** A window, and what before it can be compared with it. */
export interface Split {
  window: Window;
  baseline: Window[];
}

/**
 * What of a young history is compared, as shares of all sales need no equal weekdays: its last days, at most
 * half of it and at most the window's, with all before. A window of less than a day is compared with the same
 * hours of the days before.
 * @param since where the history begins
 * @returns null where it is too short: two days are the least, for a shorter window one day beside it
 */
export function splitHistory(window: Window, since: Instant): Split | null {
  const { until } = window;
  if (lengthOf(window) < DAY) {
    const baseline = Array.from({ length: BASELINE_DAYS }, (_, n) => ({
      from: window.from - (n + 1) * DAY,
      until: until - (n + 1) * DAY,
    })).filter(({ from }) => from >= since);
    return baseline.length > 0 ? { window, baseline } : null;
  }
  const half = Math.floor((until - since) / (2 * DAY)) * DAY;
  if (half < DAY) return null;
  const from = until - Math.min(lengthOf(window), half);
  return { window: { from, until }, baseline: [{ from: since, until: from }] };
}
