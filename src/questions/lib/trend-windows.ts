/** What trends are measured over: the window in days, and its baseline (see core/time/window.ts). */

import { countOf } from '../../core/numbers.ts';
import { DAY, floorTo, HOUR, WEEK } from '../../core/time/instant.ts';
import { BASELINE_DAYS, lengthOf, type Window } from '../../core/time/window.ts';
import type { Typical } from '../../db/read/contributors.ts';
import type { Compared } from '../../db/read/trends.ts';
import { type Frame, LEAST_BASELINE_COVERAGE } from './definition.ts';

/** A window of two days or more is looked at day by day, so that one day cannot stand for all. */
const LEAST_DAYS = 2;

/** Days in the window where it is made of two or more, else null. */
function wholeDays(window: Window): number | null {
  const days = lengthOf(window) / DAY;
  return Number.isInteger(days) && days >= LEAST_DAYS ? days : null;
}

/**
 * As many slices as the window has days, which sums by the UTC day can answer for: between them they end with
 * the UTC midnight that is nearest to 24 hours each, so that the first and the last can be half a day longer
 * or shorter. What is expected of a slice goes by what all sell in it. The window as a whole where it is not
 * made of days.
 */
export function slicesOf(window: Window): Window[] {
  const days = wholeDays(window);
  if (days === null) return [window];
  const bound = (n: number) =>
    n === days ? window.until : n === 0 ? window.from : floorTo(window.from + n * DAY + DAY / 2, DAY);
  return Array.from({ length: days }, (_, n) => ({ from: bound(n), until: bound(n + 1) }));
}

/**
 * The weeks before, moved to the nearest UTC midnight that does not bring them into the window, so that sums
 * by the day can answer for them: what is expected goes by what all sold in them. Of less than a week to the
 * nearest hour, for the sake of the weekdays; of less than a day not at all.
 */
export function baselineIn({ window, baseline }: { window: Window; baseline: readonly Window[] }): Window[] {
  if (lengthOf(window) < DAY) return [...baseline];
  const unit = wholeDays(window) !== null && lengthOf(window) >= WEEK ? DAY : HOUR;
  const last = Math.max(...baseline.map(({ until }) => until));
  const nearest = floorTo(window.from + unit / 2, unit) - window.from;
  const shift = last + nearest <= window.from ? nearest : floorTo(window.from, unit) - window.from;
  return baseline.map(({ from, until }) => ({ from: from + shift, until: until + shift }));
}

export const comparedIn = (frame: Frame): Compared => ({
  slices: slicesOf(frame.window),
  baseline: baselineIn(frame),
});

/** The comparable stretches, with what each sum has to be multiplied by. */
export const typicalIn = ({ window, comparable, coverage }: Frame): Typical => ({
  window,
  stretches: comparable.map(stretch => ({ ...stretch, times: coverage / stretch.coverage })),
});

/**
 * How much of the weeks before is there, for data too thin to compare: "3 days of the weeks before were read;
 * comparing needs 7".
 */
export function thinness({ baseline, baselineCoverage }: Frame): string {
  const days = baseline.reduce((sum, window) => sum + lengthOf(window), 0) / DAY;
  const read = Math.floor(days * baselineCoverage * 10) / 10;
  const needed = Math.ceil(days * LEAST_BASELINE_COVERAGE * 10) / 10;
  const had = read === 0 ? 'nothing' : countOf(read, 'day');
  return `Of the weeks before, ${had} was read; comparing needs ${countOf(needed, 'day')}.`;
}

/**
 * The days before the window, and those of the window: of 24 hours each, the oldest first. Between them
 * they end with a whole hour.
 */
export function stretchesOf({ window }: Pick<Frame, 'window'>): { before: Window[]; within: Window[] } {
  const days = wholeDays(window);
  const bound = (n: number) =>
    n === 0 ? window.from : n === days ? window.until : floorTo(window.from + n * DAY, HOUR);
  const stretch = (n: number) => ({ from: bound(n), until: bound(n + 1) });
  return {
    before: Array.from({ length: BASELINE_DAYS }, (_, n) => stretch(n - BASELINE_DAYS)),
    within: days === null ? [window] : Array.from({ length: days }, (_, n) => stretch(n)),
  };
}
