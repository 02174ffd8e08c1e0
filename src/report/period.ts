/** What a report is about: a local day, a calendar week or a calendar month, spelt out and as a window. */

import type { Ambient } from '../ambient.ts';
import { UserError } from '../core/errors.ts';
import { formatDay, formatDays, formatMonth } from '../core/time/dates.ts';
import { DAY } from '../core/time/instant.ts';
import { lengthOf, type Window } from '../core/time/window.ts';
import { parseWindow } from '../core/time/window-words.ts';
import { addDays, dayWindow, localDay } from '../core/time/zone.ts';
import type { HasDb } from '../db/connect.ts';
import { coverageOf, newestRead } from '../db/coverage.ts';

/** What a report can be of. */
export const PERIODS = ['day', 'week', 'month'] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Period {
  name: PeriodName;
  /** `2026-10-07`, `2026-W41`, `2026-10` */
  text: string;
  /** `Wednesday, 7 October 2026` · `5–11 October 2026, week 41` · `October 2026` */
  title: string;
  first: string;
  last: string;
  /** IANA. */
  zone: string;
  window: Window;
}

/** Bandcamp opened in 2008; a baseline reaches weeks further back. */
const DAY_FORM = /^20\d{2}-\d{2}-\d{2}$/;
const WORDS: Record<PeriodName, string> = { day: 'today', week: 'this week', month: 'this month' };

/**
 * The period that a local day (`2026-10-07`) lies in; weeks begin on Monday. @throws UserError for what is no
 * day
 */
export function periodOf(day: string, name: PeriodName, zone: string): Period {
  try {
    if (!DAY_FORM.test(day)) throw new RangeError(day);
    dayWindow(day, zone);
  } catch {
    throw new UserError(
      `"${day.slice(0, 40)}" is not a day.`,
      'Use a date such as 2026-10-07, from 2000 to 2099.',
    );
  }
  const asked = parseWindow(WORDS[name]);
  if (!('daysOn' in asked)) throw new Error(`${WORDS[name]} is no stretch of days.`);
  const { from: first, last, text } = asked.daysOn(day);
  const window = { from: dayWindow(first, zone).from, until: dayWindow(last ?? day, zone).until };
  const titles: Record<PeriodName, () => string> = {
    day: () => formatDay(window.from, zone),
    week: () => `${formatDays(window.from, window.until - 1, zone)}, week ${Number(text.slice(-2))}`,
    month: () => formatMonth(window.from, zone),
  };
  return { name, text, title: titles[name](), first, last: last ?? day, zone, window };
}

/**
 * A day of the last whole period of which something was read, else of the one that is being read; of the one
 * before now where nothing was.
 */
export async function latestDay(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  zone: string,
  name: PeriodName = 'day',
): Promise<string> {
  const newest = await newestRead(db);
  const today = localDay(newest ?? clock.now(), zone);
  const before = addDays(periodOf(today, name, zone).first, -1);
  const wasRead = newest === null || (await coverageOf(db, [periodOf(before, name, zone).window])) > 0;
  return wasRead ? before : today;
}

/** Whole days of 24 hours in a period: what questions that look day by day can be asked with. */
export const wholeDays = ({ window }: Period): number => Math.round(lengthOf(window) / DAY);
