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
