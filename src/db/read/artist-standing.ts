/**
 * Ranks of artists, from how many of them sold how much: kept for the usual windows, since it takes the sums
 * of all artists.
 */
import { type Instant, MINUTE } from '../../core/time/instant.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Fragment, Reader, Sql } from '../connect.ts';
import { unlistedArtists } from './listed.ts';
import { rankOf } from './rankings.ts';
import { totalsBy } from './totals-by-subject.ts';

/** A rank over days is little else some minutes later. */
const KEPT_FOR = 5 * MINUTE;

const counted = (db: Reader, window: Window): Fragment => db`
  select array_agg(units order by units) as units, array_agg(above order by units) as above
  from (
    select units, (sum(count(*)) over (order by units desc) - count(*))::bigint as above
    from (
      select sum(units)::bigint as units from (${totalsBy(db, 'artist', [window])}) sums
      where subject <> all (${unlistedArtists(db)}) group by subject
    ) each group by units
  ) counts`;

/** Of the data as they are, and made by this version of the code. */
export interface StandingsOf {
  version: number;
  code: string;
}

/** Keeps the standings of these windows, and no others. Returns how many were made. */
export async function keepStandings(
  db: Sql,
  windows: readonly Window[],
  { version, code }: StandingsOf,
): Promise<number> {
  return db.begin(async sql => {
    await sql`
      delete from artist_standing where version <> ${version} or made_by <> ${code}
        or (from_at, until_at) not in (
          select * from unnest(
            ${windows.map(({ from }) => from)}::timestamptz[],
            ${windows.map(({ until }) => until)}::timestamptz[]
          )
        )`;
    let made = 0;
    for (const window of windows) {
      const kept = await sql`
        insert into artist_standing (from_at, until_at, version, made_by, units, above)
        select ${window.from}, ${window.until}, ${version}, ${code}, units, above
        from (${counted(sql, window)}) counts
        where units is not null and not exists (
          select from artist_standing where from_at = ${window.from} and until_at = ${window.until}
        )`;
      made += kept.count;
    }
    return made;
  }) as Promise<number>;
}

/**
 * The artist's rank by units, of which `units` were sold in the window; as it was a few minutes before, where
 * that is kept.
 */
export async function artistRank(
  db: Reader,
  id: number,
  units: number,
  window: Window,
): Promise<number | null> {
  if (units <= 0) return null;
  const [kept] = await db<{ above: number | null }[]>`
    select above[greatest(1, width_bucket(${units}::bigint, units))]::bigint as above
    from artist_standing
    where until_at > ${window.until - KEPT_FOR}
      and until_at <= ${window.until}
      and until_at - from_at = ${lengthOf(window)} * interval '1 microsecond'
    order by until_at desc limit 1`;
  return kept ? (kept.above ?? 0) + 1 : rankOf(db, 'artist', id, { window });
}

/** Forgets those that other code made: where nothing is loaded any more, nobody makes them anew. */
export async function forgetStandings(db: Sql, code: string): Promise<void> {
  await db`delete from artist_standing where made_by <> ${code}`;
}

/** Those kept that a recount contradicts, of the data as they are. */
export async function differentStandings(
  db: Reader,
  { version, code }: StandingsOf,
): Promise<{ from: Instant; until: Instant }[]> {
  const all = await db<Window[]>`
    select from_at as from, until_at as until from artist_standing
    where version = ${version} and made_by = ${code}`;
  const different: Window[] = [];
  for (const window of all) {
    const [same] = await db`
      select from artist_standing kept
      join (${counted(db, window)}) made on made.units = kept.units and made.above = kept.above
      where from_at = ${window.from} and until_at = ${window.until}`;
    if (!same) different.push(window);
  }
  return different;
}
