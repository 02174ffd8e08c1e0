/**
 * A one-time mend: artists and tags that older code stored under other keys than this code gives get the new
 * ones, and rows that have become one are merged. SQL cannot fold names as TypeScript does, so that no
 * migration could do it.
 */
import { addDays } from '../../core/time/zone.ts';
import { BLOCK_DAYS } from '../../stats/counted-blocks.ts';
import { type Fragment, pipelined, type Sql, type Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { jobTime } from '../jobs.ts';
import { takeLoadLock, takeNamesLock } from '../load-lock.ts';
import { rekeyArtists } from './rekey-artists.ts';
import { rekeyTags } from './rekey-tags.ts';
import { rebuildDay } from './rollups.ts';
import { leaveTagsUnjudged } from './tag-kinds.ts';

/**
 * Stands in the table of jobs where the mend is done. Its number goes up when `artistKey`, `isVariousArtists`
 * or `classifyTag` say something else of names that are stored.
 */
const JOB = 'keys-2';
/** For jobs whose time tells nothing. */
const EPOCH = 0;

/** Rows that changed, and the days whose roll-ups were made anew. */
export interface Rekeyed {
  artists: number;
  tags: number;
  days: number;
}

/**
 * Brings stored keys up to date, all in one transaction, once for each version of the keys. Returns null
 * where that was done before, which is asked before any lock is taken.
 */
export async function rekey(db: Sql): Promise<Rekeyed | null> {
  if ((await jobTime(db, JOB)) !== undefined) return null;
  return db.begin(async sql => {
    await pipelined([takeLoadLock(sql), takeNamesLock(sql)]);
    // Another process may have been first.
    if ((await jobTime(sql, JOB)) !== undefined) return null;
    return mend(sql);
  }) as Promise<Rekeyed | null>;
}

async function mend(sql: Transaction): Promise<Rekeyed> {
  const { artists, days } = await rekeyArtists(sql);
  for (const day of judgedWith(days)) await rebuildDay(sql, day);
  // Behind the artists: what moves between tags is of the artists and counts as they are now.
  const tags = await rekeyTags(sql);
  if (tags > 0) await leaveTagsUnjudged(sql, EPOCH);
  if (artists + tags > 0) await bumpDataVersion(sql);
  await markDone(sql);
  return { artists, tags, days: days.length };
}

/** These days and those behind them that may lie in the same blocks of counted sales. */
const judgedWith = (days: readonly string[]): string[] => [
  ...new Set(days.flatMap(day => Array.from({ length: BLOCK_DAYS }, (_, ahead) => addDays(day, ahead)))),
];

const markDone = (sql: Transaction): Fragment =>
  sql`insert into job (name, ran_at) values (${JOB}, ${EPOCH}) on conflict do nothing`;
