/** One load at a time: sales, pages and their roll-ups change together. */
import { type Fragment, pipelined, type Transaction } from './connect.ts';
import { newerMigrations, refuseNewer } from './known-schema.ts';

/** Its name among the advisory locks; migrations take it, too, so that none runs in the middle of a load. */
export const LOAD_LOCK = 'bandcamp-tracker load';

/**
 * Waits until no other transaction loads, and keeps others out until this one ends. Loads touch the same
 * roll-up rows in orders of their own, so that without it they would lock each other out; each takes well
 * below a second.
 * @throws UserError where a newer version has migrated the database: this one does not know what it keeps
 */
export async function takeLoadLock(sql: Transaction): Promise<void> {
  const newer = newerMigrations(sql);
  await pipelined([sql`select pg_advisory_xact_lock(hashtextextended(${LOAD_LOCK}, 0))`, newer]);
  refuseNewer(await newer);
}

/**
 * One who stores pages, items, artists or sellers at a time, so that what was not found can be copied in
 * without another look. Whoever takes both locks takes the load's first.
 */
export const takeNamesLock = (sql: Transaction): Fragment =>
  sql`select pg_advisory_xact_lock(hashtextextended('bandcamp-tracker names', 0))`;
