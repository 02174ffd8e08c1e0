/**
 * Which schema this version knows, so that it stores nothing in one that newer code made: it would leave out
 * what that keeps.
 */
import { UserError } from '../core/errors.ts';
import type { Query, Reader } from './connect.ts';

/** The number of the newest file of `schema/`; test/db/schema.test.ts compares them. */
export const SCHEMA = 23;

/** @throws UserError that names them, if there are any */
export function refuseNewer(migrations: readonly { name: string }[]): void {
  if (migrations.length === 0) return;
  throw new UserError(
    `This database was migrated by a newer version (${migrations.map(({ name }) => name).join(', ')}).`,
    'Start that version, or restore a backup from before it.',
  );
}

/**
 * Asks for the migrations that this version does not know: one look at a table of some rows. Sent when it is
 * awaited.
 */
export const newerMigrations = (db: Reader): Query<{ name: string }> => db<{ name: string }[]>`
  select name from migration where substring(name from '^\\d+')::int > ${SCHEMA} order by name`;

/**
 * For who stores something without the load's lock, every now and then: a newer version may have started
 * meanwhile.
 * @throws UserError where a newer version has migrated the database, or is at it
 */
export async function assertSchemaKnown(db: Reader): Promise<void> {
  refuseNewer(await newerMigrations(db));
}
