/**
 * Who can be among the first of a board, found without summing everybody up: who sold the most over many days
 * sold much on one of them (the threshold algorithm TPUT: Cao & Wang 2004, "Efficient Top-K Query Calculation
 * in Distributed Networks", PODC).
 */
import { DAY, floorTo } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { daysOf } from './period-tables.ts';

const COLUMNS = { units: 'units', revenue: 'usd_cents' } as const;
/** A day's rows of less are in no index: as the migration says. */
const INDEXED = {
  artist: { units: 8, revenue: 8000 },
  seller: { units: 8, revenue: 8000 },
  page: { units: 4, revenue: 4000 },
} as const;
/**
 * Of each day, and of all days together, for each that is wanted: whose sums tell how much it takes to be
 * among the first.
 */
const TRIED = 4;
/** With more of them summing up everybody is no slower. */
const MOST = 2_000;

export type By = 'units' | 'revenue';

export interface Wanted {
  by: By;
  limit: number;
  /** Of a page's items, those that count. */
  types?: readonly string[];
  /** Of how many subjects a row of the board can be made: its best has at least that part of its sum. */
  parts?: number;
}

/**
 * Ids that hold the first `limit` of the window; null where it takes the sums of all, since little was sold,
 * or by few, or by very many alike.
 * @param board the first `limit` of these ids, by their sums in the window: units, or cents
 */
export async function rankingCandidates(
  db: Reader,
  subject: keyof typeof INDEXED,
  window: Window,
  { by, limit, types, parts = 1 }: Wanted,
  board: (ids: readonly number[]) => Promise<readonly { units: number; usdCents: number }[]>,
): Promise<number[] | null> {
  const [column, least] = [COLUMNS[by], INDEXED[subject][by]];
  // Days that the window holds a part of count as a whole here: no sale is of less than nothing, so that more
  // than was sold in it is no harm.
  const from = floorTo(window.from, DAY);
  const days = Math.ceil((window.until - from) / DAY);
  const ofTypes = types ? db`and type = any(${types}::text[])` : db``;
  const heads = (more: Fragment) => db`
    ${daysOf(db, [{ n: 0, window: { from, until: from + days * DAY } }])} cross join lateral (
      select ${db(`${subject}_id`)} as id, ${db(column)} as amount from ${db(`${subject}_day`)} kept
      where kept.day = w.day and ${db(column)} >= ${least} ${ofTypes} ${more}
    ) head`;
  const tried = await db<{ id: number }[]>`
    select id from ${heads(db`order by ${db(column)} desc limit ${TRIED * limit}`)}
    group by id order by sum(amount) desc, id limit ${TRIED * limit}`;
  const last = (await board(tried.map(({ id }) => id)))[limit - 1];
  if (!last) return null;
  const enough = (by === 'units' ? last.units : last.usdCents) / parts;
  // Who never sold as much as this in one row does not reach `enough` with all of them.
  const rows = days * (types?.length ?? 1);
  const share = Math.ceil(enough / rows);
  if (share < least) return null;
  const found = await db<{ id: number }[]>`
    select id from ${heads(db`and ${db(column)} >= ${share} offset 0`)}
    group by id having sum(amount) + (${rows} - count(*)) * ${share - 1}::bigint >= ${Math.ceil(enough)}
    limit ${MOST + 1}`;
  return found.length > MOST ? null : found.map(({ id }) => id);
}
