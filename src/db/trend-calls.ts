/** What was called trending day by day, and the counts that later tell what became of it. */
import { DAY, type Instant } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import type { Reader, Sql } from './connect.ts';

export interface TrendCall {
  /** The end of the UTC day it was called at: midnight. */
  at: Instant;
  tagId: number;
  name: string;
  lift: number;
  low: number;
  high: number;
}

/** Stores the calls of the UTC day that ends at `at`, once. */
export async function storeCalls(
  db: Sql,
  at: Instant,
  calls: readonly Omit<TrendCall, 'at' | 'name'>[],
): Promise<void> {
  await db`
    insert into trend_call (day, tag_id, lift, low, high)
    select (${at - DAY}::timestamptz at time zone 'UTC')::date, *
    from unnest(
      ${calls.map(({ tagId }) => tagId)}::bigint[], ${calls.map(({ lift }) => lift)}::float8[],
      ${calls.map(({ low }) => low)}::float8[], ${calls.map(({ high }) => high)}::float8[]
    )
    on conflict do nothing`;
}

/** The calls of whole days in the window, the newest first. */
export const callsIn = (db: Reader, { from, until }: Window): Promise<TrendCall[]> => db<TrendCall[]>`
  select (day + 1)::timestamp at time zone 'UTC' as at, tag_id as "tagId", tag.name, lift, low, high
  from trend_call join tag on tag.id = tag_id
  where (day + 1)::timestamp at time zone 'UTC' > ${from}
    and (day + 1)::timestamp at time zone 'UTC' <= ${until}
  order by day desc, low desc, tag.name`;

/** Counted sales of these tags, and of all tags together (`null`), by UTC day. */
export async function countedByDay(
  db: Reader,
  tagIds: readonly number[],
  { from, until }: Window,
): Promise<Map<number | null, Map<Instant, number>>> {
  const rows = await db<{ tagId: number | null; at: Instant; counted: number }[]>`
    select tag_id as "tagId", day::timestamp at time zone 'UTC' as at, sum(counted)::bigint as counted
    from tag_day
    where country_code = ''
      and day >= (${from}::timestamptz at time zone 'UTC')::date
      and day < (${until}::timestamptz at time zone 'UTC')::date
    group by grouping sets ((tag_id, day), (day))
    having grouping(tag_id) = 1 or tag_id = any(${tagIds}::bigint[])`;
  const found = new Map<number | null, Map<Instant, number>>();
  for (const { tagId, at, counted } of rows) {
    const days = found.get(tagId) ?? new Map<Instant, number>();
    found.set(tagId, days.set(at, counted));
  }
  return found;
}
