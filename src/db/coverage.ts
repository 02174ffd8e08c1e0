/** For which stretches of time the feed was really read. */
import { DAY, type Instant, SECOND } from '../core/time/instant.ts';
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

/** Where in this window reading begins; its end where nothing of it was read. */
export async function readSince(db: Reader, { from, until }: Window): Promise<Instant> {
  const [row] = await db<{ at: Instant | null }[]>`
    select min(lower(spans)) as at from read_day
    where day >= (${from}::timestamptz at time zone 'UTC')::date
      and day <= (${until}::timestamptz at time zone 'UTC')::date and not isempty(spans)`;
  return Math.min(until, Math.max(from, row?.at ?? until));
}

/** Without reading for longer than this, what came before is not of the same history. */
const LONGEST_GAP = DAY;

/** Where in this window the reading begins that goes on to its end, or ends last in it. */
export async function readOnSince(db: Reader, { from, until }: Window): Promise<Instant> {
  const [row] = await db<{ at: Instant | null }[]>`
    select max(from_at) as at
    from (
      select lower(span) as from_at, lag(upper(span)) over (order by lower(span)) as before
      from read_day, unnest(spans) as span
      where day >= (${from}::timestamptz at time zone 'UTC')::date
        and day <= (${until}::timestamptz at time zone 'UTC')::date and lower(span) < ${until}
    ) stretch
    where before is null or from_at > before + make_interval(secs => ${LONGEST_GAP / SECOND})`;
  return Math.min(until, Math.max(from, row?.at ?? until));
}

/** When something of this window was read last; null where nothing was. */
export async function lastReading(db: Reader, { from, until }: Window): Promise<Instant | null> {
  const [row] = await db<{ at: Instant | null }[]>`
    select max(read_at) as at from window_read where until_at > ${from} and from_at < ${until}`;
  return row?.at ?? null;
}

/** The share, 0 to 1, of these windows together (which do not overlap) that was read. */
export const coverageOf = async (db: Reader, windows: readonly Window[]): Promise<number> =>
  commonCoverage(
    (await coveragesOf(db, windows)).map((coverage, n) => ({ ...(windows[n] as Window), coverage })),
  );

/** The share of these windows together that was read, of which it is known for each. */
export function commonCoverage(windows: readonly (Window & { coverage: number })[]): number {
  const total = windows.reduce((sum, window) => sum + lengthOf(window), 0);
  const read = windows.reduce((sum, window) => sum + lengthOf(window) * window.coverage, 0);
  return total > 0 ? read / total : 0;
}

/** The share, 0 to 1, of each of these windows that was read. */
export async function coveragesOf(db: Reader, windows: readonly Window[]): Promise<number[]> {
  const rows = await db<{ n: number; seconds: number }[]>`
    with asked as (
      select n, tstzrange(from_at, until_at) as span
      from unnest(
        ${windows.map(w => w.from)}::timestamptz[], ${windows.map(w => w.until)}::timestamptz[]
      ) with ordinality as w (from_at, until_at, n)
    ), read as (
      select range_agg(spans) as spans from read_day
      where day >= (select (min(lower(span)) at time zone 'UTC')::date from asked)
        and day <= (select (max(upper(span)) at time zone 'UTC')::date from asked)
    )
    select n, sum(extract(epoch from upper(common) - lower(common)))::float8 as seconds
    from asked, read, unnest(read.spans * multirange(asked.span)) as common group by n`;
  const seconds = new Map(rows.map(row => [row.n, row.seconds]));
  return windows.map((window, at) =>
    lengthOf(window) > 0 ? Math.min(1, ((seconds.get(at + 1) ?? 0) * SECOND) / lengthOf(window)) : 0,
  );
}

/** The stretches of this window that were not read, in order. */
export async function unreadIn(db: Reader, { from, until }: Window): Promise<Window[]> {
  return [
    ...(await db<Window[]>`
      select lower(gap) as from, upper(gap) as until
      from (
        select unnest(
          tstzmultirange(tstzrange(${from}, ${until})) - coalesce(range_agg(spans), '{}'::tstzmultirange)
        ) as gap
        from read_day
        where day >= (${from}::timestamptz at time zone 'UTC')::date
          and day <= (${until}::timestamptz at time zone 'UTC')::date
      ) gaps order by 1`),
  ];
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
