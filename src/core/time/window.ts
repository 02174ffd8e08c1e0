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

/**
 * The windows that `window` is compared with: for whole weeks the four windows before it, for a shorter or
 * odd one the same hours of the four weeks before (as many weeks apart as the window is long), so that
 * weekdays and hours cancel.
 */
export function baselineOf(window: Window): Window[] {
  const step = Math.ceil(lengthOf(window) / WEEK) * WEEK;
  return [1, 2, 3, 4].map(n => ({ from: window.from - n * step, until: window.until - n * step }));
}
