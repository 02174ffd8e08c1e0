/**
 * Which stretches before a window can be compared with it: as long, of the same weekdays and hours, and with
 * as much of a Bandcamp Friday, on which several times the ordinary is sold.
 */
import { WEEK } from './instant.ts';
import { BASELINE_WEEKS, baselineStep, lengthOf, type Window } from './window.ts';

/** Bandcamp Fridays are four or five weeks apart: this holds four of them, and some that were skipped. */
const FRIDAYS_REACH = 26 * WEEK;

/** What is looked through, the newest first: stretches as long, whole weeks before the window. */
export function stretchesBefore(window: Window): Window[] {
  const first = baselineStep(window);
  const reach = Math.max(FRIDAYS_REACH, BASELINE_WEEKS * first);
  return Array.from({ length: 1 + (reach - first) / WEEK }, (_, n) => ({
    from: window.from - first - n * WEEK,
    until: window.until - first - n * WEEK,
  }));
}

/** The window with all time before it in which something comparable is looked for. */
export const reachOf = (window: Window): Window => ({
  from: stretchesBefore(window).at(-1)?.from ?? window.from,
  until: window.until,
});

/** How much of the window lies in these others, which do not overlap, in microseconds. */
export const overlapOf = (window: Window, others: readonly Window[]): number =>
  others.reduce(
    (sum, { from, until }) => sum + Math.max(0, Math.min(until, window.until) - Math.max(from, window.from)),
    0,
  );

/** Whether most of it was not read: its number would be one of another size, and is none. */
export const isUnread = (window: Window, unread: readonly Window[]): boolean =>
  overlapOf(window, unread) > lengthOf(window) / 2;

/**
 * The stretches before a window that hold as much of the Bandcamp Fridays as it does, the newest first; they
 * do not overlap.
 */
export function comparableWith(window: Window, fridays: readonly Window[]): Window[] {
  const own = overlapOf(window, fridays);
  const found: Window[] = [];
  for (const stretch of stretchesBefore(window))
    if (stretch.until <= (found.at(-1)?.from ?? window.from) && overlapOf(stretch, fridays) === own)
      found.push(stretch);
  return found;
}

/** Longer windows hold a Bandcamp Friday as a rule: it is nothing special in them. */
const FRIDAY_CYCLE = 4 * WEEK;

/** Whether a Bandcamp Friday makes the window special. */
export const isOfFriday = (window: Window, fridays: readonly Window[]): boolean =>
  lengthOf(window) < FRIDAY_CYCLE && overlapOf(window, fridays) > 0;
