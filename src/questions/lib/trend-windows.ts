/** What trends are measured over: the window in days, and its baseline (see core/time/window.ts). */

import { countOf } from '../../core/numbers.ts';
import { formatDayOfYear } from '../../core/time/dates.ts';
import { DAY, floorTo, HOUR, WEEK } from '../../core/time/instant.ts';
import {
  BASELINE_DAYS,
  BASELINE_WEEKS,
  baselineStep,
  LEAST_BASELINE_COVERAGE,
  lengthOf,
  type Window,
} from '../../core/time/window.ts';
import type { NotCalled } from '../../core/verdict.ts';
import type { Typical } from '../../db/read/contributors.ts';
import type { Compared } from '../../db/read/trends.ts';
import type { Frame } from './definition.ts';

/** Days of a history that can be cut in two. */
const LEAST_HISTORY = 2;
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
  baseline: frame.young ? frame.baseline : baselineIn(frame),
});

/** The same, with slices enough to tell a rush: of a young history they can be shorter than a day. */
export function comparedBySlices(frame: Frame, least: number): Compared {
  const compared = comparedIn(frame);
  const { from } = frame.window;
  if (!frame.young || compared.slices.length >= least || lengthOf(frame.window) < DAY) return compared;
  const length = lengthOf(frame.window) / least;
  const slices = Array.from({ length: least }, (_, n) => ({
    from: from + n * length,
    until: from + (n + 1) * length,
  }));
  return { ...compared, slices };
}

/** The comparable stretches, with what each sum has to be multiplied by. */
export const typicalIn = ({ window, comparable, coverage }: Frame): Typical => ({
  window,
  stretches: comparable.map(stretch => ({ ...stretch, times: coverage / stretch.coverage })),
});

/** Days of a young history's window, less of which can be any day's chance: nothing is called. */
const LEAST_CALLED = 3;

interface Callable {
  trending: boolean;
  notCalledBecause: NotCalled | null;
}

/** Judged subjects, of which none is called trending where the history is too young for it. */
export const calledIn = <S extends Callable>({ young, window }: Frame, subjects: S[]): S[] =>
  young && lengthOf(window) < LEAST_CALLED * DAY
    ? subjects.map(one =>
        one.trending ? { ...one, trending: false, notCalledBecause: 'uncertain' as const } : one,
      )
    : subjects;

/** Above this share a gap is not worth a word. */
const FULLY_READ = 0.9;

const daysText = (micros: number): string => countOf(Math.floor((micros / DAY) * 10) / 10, 'day');

/** Why nothing is compared: "Sales have been read since 28 Nov (1.4 days); a comparison needs 2 days." */
export function thinness({ window, since, coverage, zone }: Frame): string {
  if (coverage === 0) return 'There is nothing to compare.';
  const isShort = lengthOf(window) < DAY;
  const least = isShort ? 'a day more than the window' : countOf(LEAST_HISTORY, 'day');
  if (window.until - since >= (isShort ? lengthOf(window) + DAY : LEAST_HISTORY * DAY))
    return 'Too little of the time before was read to compare with.';
  const read = `${formatDayOfYear(since, window.until, zone)} (${daysText(window.until - since)})`;
  return `Sales have been read since ${read}; a comparison needs ${least}.`;
}

/** What has to be said of a young history: what is compared with what, and until when it is only a hint. */
export function youngNotes(frame: Frame): string[] {
  const { young, window, since, zone } = frame;
  if (!young) return [];
  const [last, first] = [lengthOf(window), window.from - since];
  const compared =
    last < DAY
      ? 'these hours are compared with the same hours of the days before'
      : `the last ${last === DAY ? 'day is' : `${daysText(last)} are`} compared with the ` +
        `${first < 1.1 * DAY ? 'day' : daysText(first)} before`;
  const firmOn = firmFrom(young);
  const firm = window.until - since < firmOn * DAY ? ` More reliable from day ${firmOn}.` : '';
  return [
    `Sales have been read since ${formatDayOfYear(since, window.until, zone)} (${readDays(frame)}): ` +
      `${compared}.${firm}`,
  ];
}

/** How old a history is of which enough of the weeks before was read to compare the whole window. */
function firmFrom(asked: Window): number {
  const stretches = Math.ceil(LEAST_BASELINE_COVERAGE * BASELINE_WEEKS);
  return Math.ceil((lengthOf(asked) + stretches * baselineStep(asked)) / DAY);
}

/** Of a history with gaps how much of it was read: "6 of 20 days". */
function readDays({ window, baseline, since, coverage, baselineCoverage }: Frame): string {
  const all = window.until - since;
  const before = baseline.reduce((sum, one) => sum + lengthOf(one), 0);
  const read = coverage * lengthOf(window) + baselineCoverage * before;
  if (lengthOf(window) < DAY || read > FULLY_READ * all) return daysText(all);
  return `${Math.floor((read / DAY) * 10) / 10} of ${daysText(all)}`;
}

/**
 * The days before the window that were read, and those of the window: of 24 hours each, the oldest first.
 * Between them they end with a whole hour.
 */
export function stretchesOf({ window, since }: Pick<Frame, 'window' | 'since'>): {
  before: Window[];
  within: Window[];
} {
  const days = wholeDays(window);
  const bound = (n: number) =>
    n === 0 ? window.from : n === days ? window.until : floorTo(window.from + n * DAY, HOUR);
  const stretch = (n: number) => ({ from: bound(n), until: bound(n + 1) });
  return {
    before: Array.from({ length: BASELINE_DAYS }, (_, n) => stretch(n - BASELINE_DAYS)).filter(
      ({ from }) => from >= since,
    ),
    within: days === null ? [window] : Array.from({ length: days }, (_, n) => stretch(n)),
  };
}
