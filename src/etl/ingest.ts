/** Feed → database: each minute what came since the last window that was stored, then what was missed. */
import { Refused, Unavailable } from '../bandcamp/client.ts';
import { backOff } from '../core/back-off.ts';
import { messageOf } from '../core/errors.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND, toIso } from '../core/time/instant.ts';
import { feedCursor, newestRead } from '../db/coverage.ts';
import { beginReading, feedState, noteFailure, noteSuccess, readingDue } from '../db/feed-reading.ts';
import { claimJob } from '../db/jobs.ts';
import { withLock } from '../db/lock.ts';
import type { StoredBatch } from '../db/write/feed.ts';
import { catchUp } from './catch-up.ts';
import { type FeedDeps, type FeedRead, readFeed } from './read-feed.ts';

export interface Ingested extends StoredBatch {
  windows: number;
  /** End of the newest window that is stored; null before the first. */
  until: Instant | null;
}

/** Asked at the most in one run; a longer gap goes on with the next tick. */
const MAX_WINDOWS = 60;
/** Two replicas tick at the same minute: the second one has nothing to ask. */
const LEAST_INTERVAL = MINUTE / 2;
/** After a longer silence the newest minutes come first, and what was missed after them. */
const LONG_SILENCE = HOUR;
/** The first wait for the newest is below a minute, so that one failure costs no tick. */
const BACKOFF = {
  live: { first: 30 * SECOND, longest: 10 * MINUTE },
  missed: { first: 5 * MINUTE, longest: HOUR },
};
/**
 * Rounds, some two hours by the back-off, after which an answer that is always too large is believed to be.
 */
const ROUNDS_TOO_LARGE = 5;

/**
 * How long not to ask after failures in a row, in microseconds: exponential, jittered, what the host asks for
 * at least.
 */
export function feedBackoff(
  of: 'live' | 'missed',
  failures: number,
  error: unknown,
  random: () => number,
): number {
  const atLeast = error instanceof Refused ? (error.retryAfterSeconds ?? 0) * SECOND : 0;
  return backOff({ ...BACKOFF[of], failures, random, atLeast });
}

/**
 * Reads the feed up to now, and as much as can be had of what was missed. Notes how it went, for `feedState`.
 * @throws Refused, Unavailable, BadFeed where the newest could not be read: what is stored until then stays
 */
export async function ingest(deps: FeedDeps, signal?: AbortSignal): Promise<Ingested> {
  const { db, clock } = deps;
  await beginReading(db, clock.now());
  const total: Ingested = { windows: 0, stored: 0, repeated: 0, rejected: 0, until: null };
  const add = ({ stored, until }: FeedRead) => {
    total.windows += 1;
    for (const key of ['stored', 'repeated', 'rejected'] as const) total[key] += stored[key];
    total.until = Math.max(total.until ?? until, until);
  };
  await noting(deps, 'live', signal, async () => {
    total.until = await readNewest(deps, add, signal);
    return true;
  });
  const { missed, missedFailures } = await readingDue(db, clock.now());
  const newest = total.until;
  if (newest !== null && missed) {
    const giveUpTooLarge = missedFailures + 1 >= ROUNDS_TOO_LARGE;
    await noting(deps, 'missed', signal, () =>
      catchUp(deps, { newest, giveUpTooLarge, onRead: add }, signal),
    );
  }
  return total;
}

/**
 * Does a part of the reading and notes how it went, unless it was stopped. What was missed waits in the
 * table: that it fails is logged.
 */
async function noting(
  { db, clock, random, log }: FeedDeps,
  of: 'live' | 'missed',
  signal: AbortSignal | undefined,
  work: () => Promise<boolean>,
): Promise<void> {
  try {
    if (await work()) await noteSuccess(db, of);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const wait = (failures: number) => feedBackoff(of, failures, error, random);
    await noteFailure(db, of, { error: messageOf(error).slice(0, 500), now: clock.now(), wait });
    if (of === 'live') throw error;
    log.warn('feed-missed', { error });
  }
}

/**
 * From the cursor on until the feed has no more to tell; after a long silence its newest minutes alone.
 * Returns the new cursor.
 */
async function readNewest(
  deps: FeedDeps,
  add: (read: FeedRead) => void,
  signal: AbortSignal | undefined,
): Promise<Instant | null> {
  let until = await startingPoint(deps);
  for (let asks = 0; asks < MAX_WINDOWS; asks += 1) {
    signal?.throwIfAborted();
    const read = await readFrom(deps, until, signal);
    if (!read) break;
    add(read);
    const advanced = until === null || read.until > until;
    until = Math.max(until ?? read.until, read.until);
    if (!advanced || read.serverTime - read.until < MINUTE) break;
  }
  return until;
}

/** The end of the feed as it is stored, or else of history that was imported lately. */
async function startingPoint({ db, clock }: FeedDeps): Promise<Instant | null> {
  const cursor = await feedCursor(db);
  if (cursor !== null) return cursor;
  const imported = await newestRead(db);
  const ago = clock.now() - (imported ?? 0);
  return imported !== null && ago > 0 && ago < DAY ? imported : null;
}

async function readFrom(
  deps: FeedDeps,
  cursor: Instant | null,
  signal: AbortSignal | undefined,
): Promise<FeedRead | null> {
  const { clock, log } = deps;
  if (cursor === null || clock.now() - cursor > LONG_SILENCE) return readFeed(deps, null, signal);
  try {
    return await readFeed(deps, cursor, signal);
  } catch (error) {
    if (!(error instanceof Unavailable && error.reason === 'too-large')) throw error;
    log.warn('feed-too-large', { from: toIso(cursor) });
    return readFeed(deps, null, signal);
  }
}

/** `ingest` for the tick: on one replica, not again within half a minute nor during a back-off. */
export async function ingestOnTick(deps: FeedDeps, signal?: AbortSignal): Promise<Ingested | undefined> {
  const { db, clock } = deps;
  await beginReading(db, clock.now());
  return withLock(db, 'ingest', async lost => {
    if (!(await readingDue(db, clock.now())).live) return undefined;
    if (!(await claimJob(db, 'ingest', clock.now(), LEAST_INTERVAL))) return undefined;
    return ingest(deps, signal ? AbortSignal.any([signal, lost]) : lost);
  });
}

/** What was not read while nothing ran is read within so long of a start. */
const CATCHES_UP = 2 * MINUTE;

/**
 * Logs once when the feed has been stalled for ten minutes, and once when it has recovered: on every replica,
 * also while its own ingest hangs. After a start it waits until something was asked.
 */
export function createFeedAlarm({
  clock,
  log,
}: Pick<FeedDeps, 'clock' | 'log'>): (db: FeedDeps['db']) => Promise<void> {
  let told = false;
  let first: Instant | undefined;
  return async db => {
    const now = clock.now();
    first ??= now;
    const { stalled, until, behindMicros, failures, lastError, nextAt } = await feedState(db, now);
    if (stalled === told || (stalled && failures === 0 && now - first < CATCHES_UP)) return;
    told = stalled;
    const read = until === null ? null : toIso(until);
    if (!stalled) return log.info('feed-recovered', { until: read });
    log.error('feed-stalled', {
      until: read,
      behindSeconds: Math.round(behindMicros / SECOND),
      failures,
      lastError,
      nextAt: nextAt === null ? null : toIso(nextAt),
    });
  };
}
