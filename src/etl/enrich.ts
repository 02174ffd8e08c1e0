/**
 * Pages → tags: fetches the pages of sold items and stores what they say, politely and for as long as it is
 * allowed.
 */
import type { Ambient } from '../ambient.ts';
import { type HasHttp, Refused, Unavailable } from '../bandcamp/client.ts';
import { classifyPage, type PageFacts } from '../bandcamp/item-page.ts';
import { backOff } from '../core/back-off.ts';
import { messageOf } from '../core/errors.ts';
import { classifyTags } from '../core/tags/tag.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { claimJob } from '../db/jobs.ts';
import { withLock } from '../db/lock.ts';
import { inferTags } from '../db/write/inference.ts';
import { claimDuePages, type DuePage, keepPage, markPage, storePage } from '../db/write/page-queue.ts';
import { judgeTagKinds } from '../db/write/tag-kinds.ts';

type EnrichDeps = HasDb & HasHttp & Pick<Ambient, 'clock' | 'random' | 'log'>;

export interface Enriched {
  read: number;
  gone: number;
  /** To be tried again. */
  postponed: number;
  unreadable: number;
}

export const READ_AGAIN = 90 * DAY;
/** A page that is gone, or that we cannot read, may come back or be learnt to be read. */
const LOOK_AGAIN = 30 * DAY;
const LEASE = 30 * MINUTE;
const RETRY = { first: 5 * MINUTE, longest: DAY };
/**
 * Unreadable answers after which a page is left for `LOOK_AGAIN`. Refusals and a dead network say nothing of
 * the page.
 */
const MAX_ATTEMPTS = 8;
/** Pages whose tags are guessed each minute: more than the sales of a minute bring. */
const INFERRED_A_RING = 500;
/** What no later try will change soon. */
const NOT_TO_BE_ASKED: readonly string[] = ['private-address', 'bad-address', 'robots'];
/** Hosts asked side by side; the client paces each host. */
const CONCURRENCY = 4;

/**
 * Reads due pages until none is due, `limit` are done, the time `forMicros` is over or the signal aborts.
 * Failures are stored with their reason and tried again later; nothing is thrown for a page.
 */
export async function enrich(
  deps: EnrichDeps,
  {
    limit = Infinity,
    forMicros = Infinity,
    signal,
  }: { limit?: number; forMicros?: number; signal?: AbortSignal } = {},
): Promise<Enriched> {
  const { db, clock } = deps;
  const end = clock.now() + forMicros;
  const total: Enriched = { read: 0, gone: 0, postponed: 0, unreadable: 0 };
  let left = limit;
  const worker = async () => {
    while (left > 0 && clock.now() < end && !signal?.aborted) {
      left -= 1;
      const [page] = await claimDuePages(db, { now: clock.now(), leaseUntil: clock.now() + LEASE, limit: 1 });
      if (!page) return;
      total[await enrichPage(deps, page, signal)] += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return total;
}

async function enrichPage(
  { db, clock, random, http, log }: EnrichDeps,
  page: DuePage,
  signal?: AbortSignal,
): Promise<keyof Enriched> {
  const retry = async (reason: string, leastSeconds = 0, counts = true): Promise<keyof Enriched> => {
    const attempts = page.attempts + (counts ? 1 : 0);
    const wait = backOff({ ...RETRY, failures: attempts, random, atLeast: leastSeconds * SECOND });
    await markPage(db, page.id, {
      state: 'new',
      reason,
      attempts,
      nextAskAt: clock.now() + wait,
    });
    return 'postponed';
  };
  const leave = async (state: 'gone' | 'unreadable', reason: string): Promise<keyof Enriched> => {
    await markPage(db, page.id, { state, reason, attempts: 0, nextAskAt: clock.now() + LOOK_AGAIN });
    return state;
  };
  try {
    const fetched = await http.get(page.url, {
      signal,
      ...(page.etag && { etag: page.etag }),
      ...(page.modified && { modified: page.modified }),
    });
    if (fetched.status === 304) {
      await keepPage(db, page.id, clock.now(), clock.now() + READ_AGAIN);
      return 'read';
    }
    const found = classifyPage(fetched, page.url);
    switch (found.kind) {
      case 'page': {
        const { tags, tagsLeftOut, ...facts } = found.facts;
        if (tagsLeftOut) log.warn('page-tags-cut', { url: page.url, leftOut: tagsLeftOut });
        const classified = classifyTags(tags, facts);
        const now = clock.now();
        await db.begin(sql =>
          storePage(
            sql,
            page.id,
            {
              ...facts,
              tags: classified,
              etag: fetched.headers.etag,
              modified: fetched.headers['last-modified'],
            },
            now,
            Math.min(now + READ_AGAIN, outAt(facts, now)),
          ),
        );
        return 'read';
      }
      case 'gone':
        return await leave('gone', 'not found');
      case 'refused':
        return await retry(found.reason, found.retryAfterSeconds);
      case 'unreadable':
        return await (page.attempts + 1 < MAX_ATTEMPTS
          ? retry(found.reason)
          : leave('unreadable', found.reason));
    }
  } catch (error) {
    if (signal?.aborted) return retry('stopped', 0, false);
    if (error instanceof Refused) return retry(error.reason, error.retryAfterSeconds, false);
    if (error instanceof Unavailable && NOT_TO_BE_ASKED.includes(error.reason))
      return leave('unreadable', error.reason);
    if (!(error instanceof Unavailable)) log.error('page-failed', { url: page.url, error });
    return retry(messageOf(error));
  }
}

/** When a pre-order will be out, and its page will say so; never for what is out. */
const outAt = (
  { isPreorder, published }: Pick<PageFacts, 'isPreorder' | 'published'>,
  now: Instant,
): Instant => (isPreorder && published !== null && published > now ? published + DAY : Infinity);

/**
 * `enrich` for the tick: on one replica, for most of the minute until the next tick; tags are judged anew
 * each hour.
 */
export async function enrichOnTick(deps: EnrichDeps, signal?: AbortSignal): Promise<Enriched | undefined> {
  return withLock(deps.db, 'enrich', async lost => {
    await inferTags(deps.db, deps.clock.now(), INFERRED_A_RING);
    const enriched = await enrich(deps, {
      forMicros: 50 * SECOND,
      signal: signal ? AbortSignal.any([signal, lost]) : lost,
    });
    if (await claimJob(deps.db, 'tag-kinds', deps.clock.now(), HOUR)) await judgeTagKinds(deps);
    return enriched;
  });
}
