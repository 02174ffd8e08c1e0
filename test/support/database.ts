/**
 * A database of its own for a test file: a clone of the migrated template that the run's one server holds.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { connect, type Sql } from '../../src/db/connect.ts';
import { ROLLUPS } from '../../src/db/write/rollups.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's server; its database `tracker_template` is migrated. */
    serverUrl: string;
  }
}

export interface TestDatabase {
  db: Sql;
  url: string;
}

export const databaseUrl = (serverUrl: string, name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;

/**
 * Clones the template; the clone is dropped after the file's tests. Call it at the top level of a test file
 * or of a `describe`.
 */
export async function testDatabase({ max = 10 } = {}): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = connect(serverUrl, { max: 1 });
  await admin`create database ${admin(name)} template tracker_template`;
  const url = databaseUrl(serverUrl, name);
  const db = connect(url, { max });
  afterAll(async () => {
    await db.end({ timeout: 5 });
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin.end();
  });
  return { db, url };
}

/** Empties what was read of Bandcamp, but for the genres that every database begins with. */
const DATA = ['sale', 'item', 'page', 'artist', 'seller', 'country', 'reject', 'window_read', ...ROLLUPS];
/** Empties what was read of Bandcamp, but for the genres that every database begins with. */
export const emptyData = (db: Sql): Promise<unknown> => db`truncate ${db(DATA)} cascade`;
