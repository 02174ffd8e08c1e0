/**
 * A window as stretches of whole UTC days, of whole hours, and the rest: so that sums by day and hour can
 * answer for it.
 */
import { DAY, floorTo, HOUR, type Instant } from './instant.ts';
import type { Window } from './window.ts';

const ceilTo = (at: Instant, unit: number): Instant => floorTo(at + unit - 1, unit);

/**
 * The middle of the window that is whole in this unit, and what is left on both sides; nothing where they are
 * empty.
 */
function wholeIn(window: Window, unit: number): { whole: Window[]; rest: Window[] } {
  const from = ceilTo(window.from, unit);
  const until = floorTo(window.until, unit);
  if (from >= until) return { whole: [], rest: window.from < window.until ? [window] : [] };
  const rest = [
    { from: window.from, until: from },
    { from: until, until: window.until },
  ].filter(one => one.from < one.until);
  return { whole: [{ from, until }], rest };
}

export interface Spans {
  days: Window[];
  /** Whole hours outside those days. */
  hours: Window[];
  /** What is left, each shorter than an hour. */
  rest: Window[];
}

/** Together they are the window, and they do not overlap. */
export function spansOf(window: Window): Spans {
  const days = wholeIn(window, DAY);
  const hours = days.rest.map(rest => wholeIn(rest, HOUR));
  return {
    days: days.whole,
    hours: hours.flatMap(({ whole }) => whole),
    rest: hours.flatMap(({ rest }) => rest),
  };
}
