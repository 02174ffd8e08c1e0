/**
 * What of the feed was missed → asked for again, newest first, in steps that double; what can never be had
 * becomes a gap.
 */
import { Unavailable } from '../bandcamp/client.ts';
import { feedUrl } from '../bandcamp/feed.ts';
import { floorTo, HOUR, type Instant, MINUTE, SECOND, toIso } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import { type GapReason, giveUp, missedStretches } from '../db/feed-gaps.ts';
import { type FeedDeps, type FeedRead, readFeed } from './read-feed.ts';

/**
 * An answer has no end but now: each step back asks for all that is newer again, so steps that double cost
 * twice the last of them.
 */
const FIRST_STEP = HOUR;
/** Where the answer is too large, how exactly it is found out up to where it is not. */
const LEAST_STEP = 10 * MINUTE;
/** Enough for a week back and a search to the step above; more goes on with the next tick. */
const MAX_ASKS = 16;

/**
 * Where to begin the next answer for a stretch: twice as far back as is had, but within the stretch; nearer
 * than the newest start whose answer could not be taken, `failed`.
 */
export function nextStart({ from, until }: Window, newest: Instant, failed: Instant): Instant {
  if (failed >= until) return Math.max(from, until - LEAST_STEP);
  const start = Math.max(from, newest - 2 * Math.max(newest - until, FIRST_STEP / 2));
  return start <= failed ? floorTo((failed + until) / 2, SECOND) : start;
}

interface CatchUpOptions {
  /** End of what was read. */
  newest: Instant;
  giveUpTooLarge: boolean;
  onRead(read: FeedRead): void;
}

/**
 * Asks for what was missed. Given up is what lies beyond the feed's look-back, which two answers in a row
 * must show; and, with
 * `giveUpTooLarge`, what only an answer past the limit could hold: it reaches up to now, so it only grows.
 * True where nothing is missed any more but what was given up.
 * @throws Refused, Unavailable, BadFeed: what is stored until then stays
 */
export async function catchUp(
  deps: FeedDeps,
  { newest, giveUpTooLarge, onRead }: CatchUpOptions,
  signal?: AbortSignal,
): Promise<boolean> {
  const { db, clock, log } = deps;
  let failed = -Infinity;
  /** Where the last answer began, if that was later than asked. */
  let short: Instant | null = null;
  const lose = async (until: Instant, reason: GapReason) => {
    for (const gap of await giveUp(db, until, reason, clock.now()))
      log.warn('feed-gap', { from: toIso(gap.from), until: toIso(gap.until), reason });
  };
  for (let asks = 0; asks < MAX_ASKS; asks += 1) {
    const [stretch] = await missedStretches(db);
    if (!stretch) return true;
    signal?.throwIfAborted();
    const start = nextStart(stretch, newest, failed);
    let read: FeedRead | null;
    try {
      read = await readFeed(deps, start, signal);
    } catch (error) {
      if (!(error instanceof Unavailable && ['too-large', 'timeout'].includes(error.reason))) throw error;
      const last = stretch.until - start <= LEAST_STEP;
      if (last && !(giveUpTooLarge && error.reason === 'too-large')) throw error;
      if (last) await lose(stretch.until, 'too-large');
      failed = start;
      continue;
    }
    if (!read) throw new Unavailable(feedUrl(start / SECOND), 'nothing-yet');
    onRead(read);
    const before: Instant | null = short;
    short = read.from > start ? read.from : null;
    if (before !== null && short !== null) await lose(Math.min(before, short), 'look-back');
  }
  return false;
}
