/** What trends are measured over: the window in days, and the weeks before. */

import { DAY, floorTo, HOUR } from '../core/instant.ts';
import { countOf } from '../core/numbers.ts';
import { lengthOf, type Window } from '../core/window.ts';
import type { Compared } from '../db/trends.ts';
import { type Frame, LEAST_BASELINE_COVERAGE } from './definition.ts';

/** A window of two days or more is looked at day by day, so that one day cannot stand for all. */
const LEAST_DAYS = 2;
const DAYS_BEFORE = 28;

/**
 * Days of 24 hours from the window's start where it is made of such, else the window as a whole. Between them they end with a whole hour, which
 * sums by the hour can answer for; what is expected of a slice goes by what all sell in it.
 */
export function slicesOf(window: Window): Window[] {
  const days = lengthOf(window) / DAY;
  if (!Number.isInteger(days) || days < LEAST_DAYS) return [window];
  const bound = (n: number) =>
    n === days ? window.until : n === 0 ? window.from : floorTo(window.from + n * DAY, HOUR);
  return Array.from({ length: days }, (_, n) => ({ from: bound(n), until: bound(n + 1) }));
}

export const comparedIn = ({ window, baseline }: Frame): Compared => ({ slices: slicesOf(window), baseline });

/** How much of the weeks before is there, for data too thin to compare: "3 days of the weeks before were read; comparing needs 7". */
export function thinness({ baseline, baselineCoverage }: Frame): string {
  const days = baseline.reduce((sum, window) => sum + lengthOf(window), 0) / DAY;
  const read = Math.floor(days * baselineCoverage * 10) / 10;
  return `Of the weeks before, ${read === 0 ? 'nothing' : countOf(read, 'day')} was read; comparing needs ${countOf(Math.ceil(days * LEAST_BASELINE_COVERAGE * 10) / 10, 'day')}.`;
}

/** The 28 days before the window, of 24 hours each, the oldest first. */
export const daysBefore = ({ window }: Frame): Window[] =>
  Array.from({ length: DAYS_BEFORE }, (_, n) => {
    const from = window.from - (DAYS_BEFORE - n) * DAY;
    return { from, until: from + DAY };
  });
