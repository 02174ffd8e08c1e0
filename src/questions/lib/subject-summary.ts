/** How one subject stands: its sums now and in comparable stretches before, over time, and its rank. */
import type { Answer } from '../../core/answer.ts';
import { areFew } from '../../core/small-cells.ts';
import { DAY, floorTo, HOUR } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import { artistRank } from '../../db/read/artist-standing.ts';
import { rankOf } from '../../db/read/rankings.ts';
import { NO_SALES, type Sum, totalsOf } from '../../db/read/totals.ts';
import { changeOf, changeWords } from './baseline-change.ts';
import { type Frame, isRead } from './definition.ts';
import { type History, stepsOf, windowsOf } from './history.ts';
import { countWords, paidWords } from './sold-words.ts';

/** All sales of longer windows would have to be summed up to rank one. */
const LONGEST_RANKED = 31 * DAY;

/** What was sold of a subject now and before, its history, and its rank. */
export interface Standing {
  now: Sum;
  /** In each comparable stretch. */
  before: Sum[];
  history: History;
  /** By units; null where it sold nothing or the window is too long. */
  rank: number | null;
  rankBefore: number | null;
}

/**
 * A rank over days is little else an hour before, and sums by the hour answer for it: the tags of single
 * sales are looked up for seconds.
 */
const toWholeHours = ({ from, until }: Window): Window =>
  until - from < DAY ? { from, until } : { from: floorTo(from, HOUR), until: floorTo(until, HOUR) };

/** Loads the standing of an artist or a genre (with its rank), a release or a seller. */
export async function loadStanding(
  db: Reader,
  subject: 'artist' | 'page' | 'tag' | 'seller',
  ids: readonly number[],
  frame: Frame,
  country?: string,
): Promise<Standing> {
  // By hour genres alone are summed up, for all countries together.
  const steps = stepsOf(frame, {
    byDay: subject !== 'tag' || country !== undefined,
    hours: subject !== 'tag' || country === undefined,
  });
  const { comparable } = frame;
  const last = frame.baseline[0];
  const windows = [frame.window, last, ...comparable, ...windowsOf(steps)].filter(one => one !== undefined);
  const [now = NO_SALES, before = NO_SALES, ...rest] = await totalsOf(db, subject, ids, windows, country);
  const [id] = ids;
  const ranked =
    (subject === 'artist' || subject === 'tag') &&
    id !== undefined &&
    now.sales > 0 &&
    lengthOf(frame.window) <= LONGEST_RANKED;
  const rankIn = async (window: Window | undefined, { units }: Sum) => {
    if (!ranked || !window) return null;
    return subject === 'artist' && country === undefined
      ? artistRank(db, id, units, window)
      : rankOf(db, subject, id, { window: toWholeHours(window), country });
  };
  return {
    now,
    before: rest.slice(0, comparable.length),
    history: { steps, sums: rest.slice(comparable.length) },
    rank: await rankIn(frame.window, now),
    rankBefore: isRead(last) ? await rankIn(last, before) : null,
  };
}

/** Null where there is nothing to compare with, or one of both would be told by it. */
const change = (frame: Frame, { now, before }: Standing, key: 'sales' | 'usdCents'): number | null =>
  now.few || areFew(before)
    ? null
    : changeOf(
        frame,
        now[key],
        before.map(sum => sum[key]),
      );

/** What the headline says as numbers. */
export function standingFigures(frame: Frame, standing: Standing): NonNullable<Answer['figures']> {
  const { now, rank } = standing;
  return {
    columns: [
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'salesChange', label: 'Change', kind: 'change' },
      { key: 'revenueUsd', label: 'Revenue', kind: 'money', currency: 'USD' },
      { key: 'revenueChange', label: 'Change', kind: 'change' },
      { key: 'rank', label: 'Rank by units', kind: 'count' },
    ],
    row: {
      sales: now.sales,
      salesChange: change(frame, standing, 'sales'),
      revenueUsd: now.usdCents,
      revenueChange: change(frame, standing, 'usdCents'),
      rank,
    },
  };
}

/** `Ann Artist: 1,234 units sold for about $5,700, 25% more than in a typical week. Ranked #12.` */
export function standingHeadline(
  name: string,
  where: string,
  frame: Frame,
  standing: Standing,
  { isOfOne = true } = {},
): string {
  const { now, rank, rankBefore } = standing;
  if (now.sales === 0) return `No sales of ${name}${where} in this period.`;
  const was =
    rankBefore === null ? '' : rankBefore === rank ? ' (unchanged)' : ` (previously #${rankBefore})`;
  const paid = paidWords(now, isOfOne) ?? '';
  const place = rank === null ? '' : ` Ranked #${rank}${where}${was}.`;
  return (
    `${name}: ${countWords(now.few, now.units, 'unit')} sold${where}${paid && ` for ${paid}`}` +
    `${changeWords(frame, change(frame, standing, 'sales'))}.${place}`
  );
}
