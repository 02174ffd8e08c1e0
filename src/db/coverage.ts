/** For which stretches of time the feed was really read. */
import { type Instant, SECOND } from '../core/time/instant.ts';
import { lengthOf, type Window } from '../core/time/window.ts';
import type { Reader } from './connect.ts';

/**
 * The end of the newest stretch that was read: the newest complete minute of the feed; null before the first.
 */
export async function newestRead(db: Reader): Promise<Instant | null> {
  const [row] = await db<{ until: Instant | null }[]>`select max(until_at) as until from window_read`;
  return row?.until ?? null;
}

/** Up to where the feed is stored; null before the first answer. */
export async function feedCursor(db: Reader): Promise<Instant | null> {
  const [row] = await db<
    { until: Instant | null }[]
  >`select max(until_at) as until from window_read where source = 'feed'`;
  return row?.until ?? null;
}

/** When something of this window was read last; null where nothing was. */
export async function lastReading(db: Reader, { from, until }: Window): Promise<Instant | null> {
  const [row] = await db<{ at: Instant | null }[]>`
    select max(read_at) as at from window_read where until_at > ${from} and from_at < ${until}`;
  return row?.at ?? null;
}

/** The share, 0 to 1, of these windows together (which do not overlap) that was read. */
export async function coverageOf(db: Reader, windows: readonly Window[]): Promise<number> {
  const total = windows.reduce((sum, window) => sum + lengthOf(window), 0);
  if (total === 0) return 0;
  const [row] = await db<{ seconds: number }[]>`
    with asked as (
      select range_agg(tstzrange(w.from_at, w.until_at)) as spans
      from unnest(
        ${windows.map(w => w.from)}::timestamptz[], ${windows.map(w => w.until)}::timestamptz[]
      ) as w (from_at, until_at)
    ), read as (
      select range_agg(read_day.spans) as spans from asked, read_day
      where day >= (lower(asked.spans) at time zone 'UTC')::date
        and day <= (upper(asked.spans) at time zone 'UTC')::date
    )
    select coalesce(sum(extract(epoch from upper(span) - lower(span))), 0)::float8 as seconds
    from asked, read, unnest(asked.spans * read.spans) as span`;
  return Math.min(1, ((row?.seconds ?? 0) * SECOND) / total);
}

/** UTC days for which `read_day` says something else than the windows that were read. */
export async function differentReadDays(
  db: Reader,
): Promise<{ day: string; stored: string | null; recounted: string | null }[]> {
  return [
    ...(await db<{ day: string; stored: string | null; recounted: string | null }[]>`
      select day, stored.spans::text as stored, counted.spans::text as recounted
      from read_day stored full join (
        select day, range_agg(span) as spans from window_read, day_parts(from_at, until_at) group by day
      ) counted using (day)
      where stored.spans is distinct from counted.spans order by day`),
  ];
}
