/**
 * How the reading of the feed goes, in one row that all replicas share: failures, when to ask next, and the
 * alarm.
 */

import { type Instant, MINUTE } from '../core/time/instant.ts';
import type { Reader, Sql } from './connect.ts';
import { feedCursor } from './coverage.ts';

/** A feed that is read goes forward each minute. */
const STALLED_AFTER = 10 * MINUTE;

export interface FeedState {
  /** Up to where the feed is stored; null before the first answer. */
  until: Instant | null;
  /** How long ago that is, in microseconds; before the first answer, since the first asking. */
  behindMicros: number;
  /** When it was asked for the first time; now where it never was. */
  since: Instant;
  /** Not gone forward for ten minutes. */
  stalled: boolean;
  /** Of the last failure, as long as none has succeeded since. */
  lastError: string | null;
  /** In a row. */
  failures: number;
  /** Not to be asked before; null: with the next tick. */
  nextAt: Instant | null;
}

/** What metrics and the status tell of the feed. */
export async function feedState(db: Reader, now: Instant): Promise<FeedState> {
  const [row] = await db<
    { since: Instant; failures: number; lastError: string | null; nextAt: Instant | null }[]
  >`
    select since, failures, last_error as "lastError", next_at as "nextAt" from feed_reading`;
  const { since, ...rest } = row ?? { since: now, failures: 0, lastError: null, nextAt: null };
  const until = await feedCursor(db);
  const behindMicros = Math.max(0, now - (until ?? since));
  return { until, behindMicros, since, stalled: behindMicros > STALLED_AFTER, ...rest };
}

/** From now on somebody reads the feed. */
export async function beginReading(db: Sql, now: Instant): Promise<void> {
  await db`insert into feed_reading (since) values (${now}) on conflict do nothing`;
}

export interface ReadingDue {
  /** Whether the newest of the feed may be asked for. */
  live: boolean;
  /** Whether what was missed may be asked for; how often in a row that has failed. */
  missed: boolean;
  missedFailures: number;
}

export async function readingDue(db: Reader, now: Instant): Promise<ReadingDue> {
  const [row] = await db<ReadingDue[]>`
    select coalesce(next_at <= ${now}, true) as live, coalesce(missed_next_at <= ${now}, true) as missed,
      missed_failures as "missedFailures"
    from feed_reading`;
  return row ?? { live: true, missed: true, missedFailures: 0 };
}

/** Notes a failure; `wait` makes of the failures in a row how long not to ask, in microseconds. */
export async function noteFailure(
  db: Sql,
  of: 'live' | 'missed',
  { error, now, wait }: { error: string; now: Instant; wait: (failures: number) => number },
): Promise<void> {
  await db.begin(async sql => {
    const [row] = await sql<{ failures: number; missed: number }[]>`
      select failures, missed_failures as missed from feed_reading for update`;
    if (!row) return;
    const failures = (of === 'live' ? row.failures : row.missed) + 1;
    const nextAt = now + wait(failures);
    if (of === 'live')
      await sql`update feed_reading set failures = ${failures}, last_error = ${error}, next_at = ${nextAt}`;
    else await sql`update feed_reading set missed_failures = ${failures}, missed_next_at = ${nextAt}`;
  });
}

/** Forgets the failures. */
export async function noteSuccess(db: Sql, of: 'live' | 'missed'): Promise<void> {
  if (of === 'live')
    await db`update feed_reading set failures = 0, last_error = null, next_at = null where failures > 0`;
  else await db`update feed_reading set missed_failures = 0, missed_next_at = null where missed_failures > 0`;
}
