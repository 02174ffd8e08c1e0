/**
 * When a host may be asked: once a second at most, few hosts at a time, and not at all for a while after it
 * refused; then once, to see.
 */
import { LRUCache } from 'lru-cache';
import type { Ambient } from '../ambient.ts';
import { backOff } from '../core/back-off.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import { type Refusal, type RefusalReason, Refused } from './blocked-response.ts';

const PACE = SECOND;
/** Between two requests, whatever their hosts: most sellers are one server. */
const PACE_OVER_ALL = SECOND / 4;
/** Requests under way at any time, over all hosts. */
const CONCURRENCY = 6;
/**
 * First wait after a refusal in a row; doubled by each further one. A 429 lasts minutes, a block by
 * fingerprint for good.
 */
const FIRST_BACKOFF: Record<RefusalReason, number> = {
  'server-error': 15 * SECOND,
  'too-many-requests': MINUTE,
  forbidden: 10 * MINUTE,
  challenge: 10 * MINUTE,
};
const LONGEST_BACKOFF = HOUR;
/** A `Retry-After` beyond this is taken for a mistake. */
const LONGEST_RETRY_AFTER = 24 * HOUR;
/** Hosts kept in mind: of what is asked at the pace over all, those of the last 40 minutes at least. */
const MEMORY = 10_000;

interface Standing {
  /** When the next request may start. */
  nextAt: Instant;
  /** In a row. */
  refusals: number;
  refusedUntil: Instant;
  refusal?: Refusal;
  /** After a back-off one request goes out; the others wait for what it is told. */
  probing?: boolean;
}

export interface RateLimiter {
  /**
   * Waits for the host's turn. Call what it returns with the answer's refusal, null for an answer that was
   * none, undefined where no answer came.
   * @throws Refused during a back-off, the signal's reason
   */
  enter(host: string, signal?: AbortSignal): Promise<(refusal: Refusal | null | undefined) => void>;
}

/**
 * Whom a refusal speaks for: all sellers below bandcamp.com are one server, which refuses an address or a
 * client and not a page. The feed's own host stands apart, since it was seen to answer while pages were
 * refused. A 5xx is one host's trouble.
 */
const siteOf = (host: string, reason?: RefusalReason): string =>
  host.endsWith('.bandcamp.com') && reason !== 'server-error' ? '*.bandcamp.com' : host;

/**
 * How long a host is left alone after its `refusals`-th refusal in a row: exponential, jittered,
 * `Retry-After` at least.
 */
export function backoff(refusal: Refusal, refusals: number, random: () => number): number {
  return backOff({
    first: FIRST_BACKOFF[refusal.reason],
    longest: LONGEST_BACKOFF,
    failures: refusals,
    random,
    atLeast: Math.min((refusal.retryAfterSeconds ?? 0) * SECOND, LONGEST_RETRY_AFTER),
  });
}

export function createRateLimiter({
  clock,
  random,
  log,
}: Pick<Ambient, 'clock' | 'random' | 'log'>): RateLimiter {
  const standings = new LRUCache<string, Standing>({ max: MEMORY });
  let underWay = 0;
  let nextOverAll = clock.now();
  const waiting: (() => void)[] = [];

  function standingOf(host: string, now: Instant): Standing {
    const found = standings.get(host);
    if (found) return found;
    const fresh = { nextAt: now, refusals: 0, refusedUntil: now };
    standings.set(host, fresh);
    return fresh;
  }

  const checkBackoff = (host: string, standing: Standing) => {
    const left = standing.refusedUntil - clock.now();
    if (standing.refusal && left > 0) {
      throw new Refused(host, {
        reason: standing.refusal.reason,
        status: 0,
        retryAfterSeconds: Math.ceil(left / SECOND),
      });
    }
  };

  /** Somebody leaves: a slot is free, a probe is answered. */
  const someoneLeft = (signal?: AbortSignal) =>
    new Promise<void>(resolve => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      waiting.push(wake);
      signal?.addEventListener('abort', wake);
    });

  return {
    async enter(host, signal) {
      const standing = standingOf(host, clock.now());
      const site = standingOf(siteOf(host), clock.now());
      for (;;) {
        signal?.throwIfAborted();
        // Looked at after every wait: it may have refused somebody else meanwhile, or somebody else took the
        // turn.
        checkBackoff(host, standing);
        checkBackoff(host, site);
        const early = Math.max(standing.nextAt, nextOverAll) - clock.now();
        if (early > 0) await clock.sleep(early, signal);
        else if (underWay >= CONCURRENCY || standing.probing || site.probing) await someoneLeft(signal);
        else break;
      }
      standing.nextAt = clock.now() + PACE;
      nextOverAll = clock.now() + PACE_OVER_ALL;
      underWay += 1;
      const probed = [standing, site].filter(({ refusals }) => refusals > 0);
      for (const one of probed) one.probing = true;
      return refusal => {
        underWay -= 1;
        for (const one of probed) one.probing = false;
        for (const wake of waiting.splice(0)) wake();
        if (refusal === null) standing.refusals = site.refusals = 0;
        if (!refusal) return;
        const refused = standingOf(siteOf(host, refusal.reason), clock.now());
        // Those that were under way together are refused together: one refusal, not six in a row.
        if (refused.refusedUntil <= clock.now()) refused.refusals += 1;
        refused.refusal = refusal;
        const wait = backoff(refusal, refused.refusals, random);
        refused.refusedUntil = Math.max(refused.refusedUntil, clock.now() + wait);
        log.warn('refused', {
          host,
          reason: refusal.reason,
          status: refusal.status,
          leftAloneSeconds: Math.round(wait / SECOND),
        });
      };
    },
  };
}
