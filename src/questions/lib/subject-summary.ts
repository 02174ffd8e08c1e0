/** How one subject stands: its sums now and in the weeks before, over time, and its rank among all. */
import type { Answer } from '../../core/answer.ts';
import { countOf, formatMoney } from '../../core/numbers.ts';
import { DAY, floorTo, HOUR } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import { artistRank } from '../../db/read/artist-standing.ts';
import { rankOf } from '../../db/read/rankings.ts';
import { NO_SALES, type Sum, totalsOf } from '../../db/read/totals.ts';
import { changeOf, changeWords, usualScale } from './baseline-change.ts';
import type { Frame } from './definition.ts';
import { type History, stepsOf, windowsOf } from './history.ts';

/** All sales of longer windows would have to be summed up to rank one. */
const LONGEST_RANKED = 31 * DAY;

export interface Standing {
  now: Sum;
  /** All baseline windows together. */
  before: Sum;
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

const add = (a: Sum, b: Sum): Sum => ({
  sales: a.sales + b.sales,
  units: a.units + b.units,
  usdCents: a.usdCents + b.usdCents,
});

/** Of an artist or a genre (with its rank), a release or a seller. */
export async function loadStanding(
  db: Reader,
  subject: 'artist' | 'page' | 'tag' | 'seller',
  ids: readonly number[],
  frame: Frame,
  country?: string,
): Promise<Standing> {
  const comparable = usualScale(frame) !== null;
  // By hour genres alone are summed up, for all countries together.
  const steps = stepsOf(frame, {
    byDay: subject !== 'tag' || country !== undefined,
    hours: subject !== 'tag' || country === undefined,
  });
  const baseline = comparable ? frame.baseline : [];
  const windows = [frame.window, ...baseline, ...windowsOf(steps)];
  const [now = NO_SALES, ...rest] = await totalsOf(db, subject, ids, windows, country);
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
    before: rest.slice(0, baseline.length).reduce(add, NO_SALES),
    history: { steps, sums: rest.slice(baseline.length) },
    rank: await rankIn(frame.window, now),
    rankBefore: comparable ? await rankIn(frame.baseline[0], rest[0] ?? NO_SALES) : null,
  };
}

const salesChange = (frame: Frame, { now, before }: Standing): number | null =>
  changeOf(now.sales, before.sales, usualScale(frame));

/** What the headline says as numbers. */
export function standingFigures(frame: Frame, standing: Standing): NonNullable<Answer['figures']> {
  const { now, before, rank } = standing;
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
      salesChange: salesChange(frame, standing),
      revenueUsd: now.usdCents,
      revenueChange: changeOf(now.usdCents, before.usdCents, usualScale(frame)),
      rank,
    },
  };
}

/** `Ann Artist sold 1,234 items for $5,678.00, +25% on the weeks before: rank 12 (18 before).` */
export function standingHeadline(name: string, where: string, frame: Frame, standing: Standing): string {
  const { now, rank, rankBefore } = standing;
  if (now.sales === 0) return `No sales of ${name}${where} in this window.`;
  const was = rankBefore === null ? '' : rankBefore === rank ? ', as before' : `, ${rankBefore} before`;
  const place = rank === null ? '' : ` Rank ${rank}${where}${was}.`;
  return (
    `${name}: ${countOf(now.units, 'unit')} sold${where} for ` +
    `${formatMoney(now.usdCents, 'USD')}${changeWords(salesChange(frame, standing))}.${place}`
  );
}
