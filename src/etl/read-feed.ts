/** One answer of the feed → database: asked for, held against what it says of itself, stored. */
import type { Ambient } from '../ambient.ts';
import type { HasHttp } from '../bandcamp/client.ts';
import { BadFeed, fetchFeed } from '../bandcamp/feed.ts';
import type { FeedBatch, FeedSale } from '../core/sale.ts';
import { floorTo, type Instant, MINUTE, toIso } from '../core/time/instant.ts';
import { LONGEST_GAP } from '../core/time/recorded-intervals.ts';
import type { Window } from '../core/time/window.ts';
import type { HasDb } from '../db/connect.ts';
import { type StoredBatch, storeBatch } from '../db/write/feed.ts';

export type FeedDeps = HasDb & HasHttp & Pick<Ambient, 'clock' | 'random' | 'log'>;

/** Answers with fewer sales prove nothing by their silence; a cap on events would be larger. */
const TELLING = 500;
/**
 * How far two clocks may differ. The cursor goes by the feed's: a window of the future would stop the reading
 * until then.
 */
const AHEAD = 10 * MINUTE;

/** What one answer told. */
export interface FeedRead extends Window {
  stored: StoredBatch;
  serverTime: Instant;
}

/**
 * The part of an answer's window that its sales vouch for. Whether the feed caps the events of an answer is
 * not known: one of many sales that is silent at its start or end for longer than the feed ever was is taken
 * to be cut there.
 */
export function provenWindow({
  from,
  until,
  sales,
}: Window & { sales: readonly Pick<FeedSale, 'at'>[] }): Window {
  if (sales.length < TELLING) return { from, until };
  const times = sales.map(({ at }) => floorTo(at, MINUTE)).filter(at => at >= from && at < until);
  const first = times.reduce((least, at) => Math.min(least, at), until);
  const last = times.reduce((most, at) => Math.max(most, at), from);
  if (first > last) return { from, until };
  return {
    from: first - from > LONGEST_GAP ? first : from,
    until: until - last > LONGEST_GAP ? last : until,
  };
}

/**
 * Asks for what came since `start`, or for the newest minutes, and stores it; null where nothing is published
 * yet.
 * @throws Refused, Unavailable, BadFeed
 */
export async function readFeed(
  { db, clock, http, log }: FeedDeps,
  start: Instant | null,
  signal?: AbortSignal,
): Promise<FeedRead | null> {
  const batch: FeedBatch = await fetchFeed(http, start, signal);
  if (batch.kind === 'nothing-yet') return null;
  if (batch.until > clock.now() + AHEAD)
    throw new BadFeed('it ends in the future', `${toIso(batch.until)} at ${toIso(clock.now())}`);
  const window = provenWindow(batch);
  const stored = await storeBatch(db, { ...batch, ...window }, clock.now());
  log.info('feed-read', { from: toIso(window.from), until: toIso(window.until), ...stored });
  return { ...window, stored, serverTime: batch.serverTime };
}
