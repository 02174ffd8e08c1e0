/** One load at a time: sales, pages and their roll-ups change together. */
import type { Fragment, Transaction } from './connect.ts';

/**
 * Waits until no other transaction loads, and keeps others out until this one ends. Loads touch the same roll-up rows in orders of their own, so
 * that without it they would lock each other out; each takes well below a second.
 */
export const takeLoadLock = (sql: Transaction): Fragment =>
  sql`select pg_advisory_xact_lock(hashtextextended('bandcamp-tracker load', 0))`;

/**
 * One who stores pages, items, artists or sellers at a time, so that what was not found can be copied in without another look. Whoever takes
 * both locks takes the load's first.
 */
export const takeNamesLock = (sql: Transaction): Fragment =>
  sql`select pg_advisory_xact_lock(hashtextextended('bandcamp-tracker names', 0))`;
