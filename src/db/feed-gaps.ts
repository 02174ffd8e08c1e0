/** What of the feed was missed: stretches that may still be had, and those that were given up. */

import type { Instant } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import type { Reader, Sql } from './connect.ts';
import { feedCursor } from './coverage.ts';

export type GapReason = 'look-back' | 'too-large';

export interface FeedGap extends Window {
  reason: GapReason;
}

/**
 * The stretches between the windows that were read which were neither read nor given up, newest first. They
 * begin with the first window of the feed, or with the end of history that was imported up to a day before
 * it. Remembers up to where there is none, so as not to look through all windows each minute.
 */
export async function missedStretches(db: Sql): Promise<Window[]> {
  const last = await feedCursor(db);
  if (last === null) return [];
  const missed = await db<Window[]>`
    with feed as (
      select min(from_at) as first from window_read where source = 'feed'
    ), bounds as (
      select least(${last}, coalesce(
        (select whole_until from feed_reading),
        (
          select max(until_at) from window_read
          where source = 'import' and until_at <= first and until_at > first - interval '1 day'
        ),
        first
      )) as first
      from feed
    ), settled as (
      select window_read.from_at, window_read.until_at from window_read, bounds
      where window_read.until_at > first
      union all
      select feed_gap.from_at, feed_gap.until_at from feed_gap, bounds where feed_gap.until_at > first
    )
    select lower(stretch) as from, upper(stretch) as until
    from bounds, unnest(
      tstzmultirange(tstzrange(first, ${last}))
        - (select coalesce(range_agg(tstzrange(from_at, until_at)), '{}') from settled)
    ) as stretch
    order by 1 desc`;
  if (missed.length === 0) await db`update feed_reading set whole_until = ${last}`;
  return [...missed];
}

/** Gives up what lies before `until` of the stretches that were missed. Returns the gaps. */
export async function giveUp(db: Sql, until: Instant, reason: GapReason, at: Instant): Promise<FeedGap[]> {
  const gaps = (await missedStretches(db))
    .filter(stretch => stretch.from < until)
    .map(stretch => ({ from: stretch.from, until: Math.min(stretch.until, until), reason }));
  for (const gap of gaps)
    await db`
      insert into feed_gap (from_at, until_at, reason, recorded_at)
      values (${gap.from}, ${gap.until}, ${reason}, ${at})
      on conflict do nothing`;
  return gaps;
}

/** The gaps within a window, oldest first: what was given up and has not been imported since. */
export async function gapsWithin(db: Reader, { from, until }: Window): Promise<FeedGap[]> {
  const gaps = await db<FeedGap[]>`
    with gap as (
      select reason,
        range_agg(tstzrange(from_at, until_at)) * tstzmultirange(tstzrange(${from}, ${until})) as spans
      from feed_gap where from_at < ${until} and until_at > ${from} group by reason
    ), read as (
      select range_agg(tstzrange(from_at, until_at)) as spans from window_read
      where from_at < ${until} and until_at > ${from}
    )
    select lower(span) as from, upper(span) as until, reason
    from gap, read, unnest(gap.spans - coalesce(read.spans, '{}')) as span
    order by 1`;
  return [...gaps];
}
