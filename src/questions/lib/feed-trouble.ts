/** What is wrong with the reading of the feed, for people: what failed, since when, and what to do. */
import { formatMinute } from '../../core/time/dates.ts';
import type { FeedState } from '../../db/feed-reading.ts';

/** Why the feed is not read, in words for people. */
export interface FeedTrouble {
  /** "bandcamp.com cannot be reached: no sales since 29 Nov 2026, 09:22 UTC." */
  what: string;
  /** What an operator can do, and when it is tried again. */
  todo: string;
}

/** Failures in a row before it is said; the first of them may be over a minute later. */
const TELLING = 2;

/** The cause that a stored failure names, and what helps. */
const CAUSES: readonly [RegExp, string, string][] = [
  [
    /refuses: (forbidden|challenge)|HTTP 40[13]/,
    'bandcamp.com refuses to answer',
    'Set CONTACT in .env, and ask Bandcamp for permission.',
  ],
  [
    /refuses: too-many-requests|HTTP 429/,
    'bandcamp.com asks us to wait',
    'Run one service for each address.',
  ],
  [
    /refuses: server-error|HTTP 5\d\d|http-5\d\d/,
    'bandcamp.com has a fault',
    'Wait, it is not on your side.',
  ],
  [
    /: (network|private-address)$/,
    'bandcamp.com cannot be reached',
    'Check the internet connection, DNS and firewall of this machine.',
  ],
  [
    /: (timeout|cut)$/,
    'bandcamp.com does not answer in time',
    'Check the internet connection and firewall of this machine.',
  ],
];
const UNKNOWN = ['The feed cannot be read', 'See the row "Failures" of the status, and the log.'] as const;

/** Undefined where all is well, or nobody reads the feed here. */
export function feedTrouble(feed: FeedState, zone: string): FeedTrouble | undefined {
  const fails = feed.failures >= (feed.until === null ? 1 : TELLING);
  if (!fails && !feed.stalled) return undefined;
  const [, cause, advice] = CAUSES.find(([pattern]) => pattern.test(feed.lastError ?? '')) ?? [
    '',
    ...UNKNOWN,
  ];
  const since = formatMinute(feed.until ?? feed.since, zone);
  const zoned = `${since} ${zone === 'UTC' ? 'UTC' : `(${zone})`}`;
  const stopped = feed.until === null ? `no sales yet, tried since ${zoned}` : `no new sales since ${zoned}`;
  const next =
    feed.nextAt === null ? '' : ` The next try is at ${formatMinute(feed.nextAt, zone).slice(-5)}.`;
  return feed.failures > 0
    ? { what: `${cause}: ${stopped}.`, todo: `${advice}${next}` }
    : { what: `The feed is stalled: ${stopped}.`, todo: 'See the log of the service that reads it.' };
}
