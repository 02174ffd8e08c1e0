/** Feed → database: reads from the last stored window on until the feed has no more to tell. */
import { fetchFeed } from '../bandcamp/feed.ts';
import { type Instant, MINUTE, toIso } from '../core/instant.ts';
import { feedCursor, type StoredBatch, storeBatch } from '../db/feed.ts';
import { claimJob } from '../db/jobs.ts';
import { withLock } from '../db/lock.ts';
import type { Deps } from '../deps.ts';

type IngestDeps = Pick<Deps, 'db' | 'clock' | 'http' | 'log'>;

export interface Ingested extends StoredBatch {
  windows: number;
  /** End of the newest window that is stored; null before the first. */
  until: Instant | null;
}

/** Asked at the most in one run; a longer gap goes on with the next ring. */
const MAX_WINDOWS = 60;
/** Two replicas ring at the same minute: the second one has nothing to ask. */
const LEAST_INTERVAL = MINUTE / 2;

/**
 * Reads the feed up to now.
 * @throws Refused, Unavailable, BadFeed: what is stored until then stays
 */
export async function ingest({ db, clock, http, log }: IngestDeps, signal?: AbortSignal): Promise<Ingested> {
  let until = await feedCursor(db);
  const total: Ingested = { windows: 0, stored: 0, repeated: 0, rejected: 0, until };
  while (total.windows < MAX_WINDOWS && !signal?.aborted) {
    const batch = await fetchFeed(http, until, signal);
    if (batch.kind === 'nothing-yet') break;
    const stored = await storeBatch(db, batch, clock.now());
    log.info('feed-read', { from: toIso(batch.from), until: toIso(batch.until), ...stored });
    total.windows += 1;
    for (const key of ['stored', 'repeated', 'rejected'] as const) total[key] += stored[key];
    const advanced = until === null || batch.until > until;
    total.until = until = Math.max(until ?? batch.until, batch.until);
    if (!advanced || batch.serverTime - batch.until < MINUTE) break;
  }
  return total;
}

/** `ingest` for the ring: on one replica, and not again within half a minute. */
export async function ingestOnRing(deps: IngestDeps, signal?: AbortSignal): Promise<Ingested | undefined> {
  return withLock(deps.db, 'ingest', async lost => {
    if (!(await claimJob(deps.db, 'ingest', deps.clock.now(), LEAST_INTERVAL))) return undefined;
    return ingest(deps, signal ? AbortSignal.any([signal, lost]) : lost);
  });
}
