/** A PostgreSQL for one test file that many processes share: more connections than the run's server has. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Sql } from '../../src/db/connect.ts';
import { openEmbedded } from '../../src/db/embedded.ts';
import { prepareDatabase } from '../../src/jobs/prepare-database.ts';
import { silentLog } from '../../src/log.ts';
import { databaseUrl } from './database.ts';

const TEMPLATE = 'tracker_template';
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export interface OwnPostgres {
  /** A new database with the schema, and the test's own pool on it. */
  newDatabase(): Promise<{ db: Sql; url: string }>;
  close(): Promise<void>;
}

/** Starts it in a folder of its own. */
export async function startPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-faults-'));
  // Open to the user that PostgreSQL runs as when the tests run as root.
  await chmod(folder, 0o755);
  const server = await openEmbedded(folder, silentLog, { settings: FAST });
  const admin = connect(server.url, { max: 1 });
  await admin`create database ${admin(TEMPLATE)}`;
  const template = connect(databaseUrl(server.url, TEMPLATE), { max: 1 });
  await prepareDatabase({ db: template, log: silentLog });
  await template.end();
  const pools = [admin];
  return {
    async newDatabase() {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await admin`create database ${admin(name)} template ${admin(TEMPLATE)}`;
      const url = databaseUrl(server.url, name);
      const db = connect(url, { max: 4, name: 'the test itself' });
      pools.push(db);
      return { db, url };
    },
    async close() {
      await Promise.all(pools.map(pool => pool.end({ timeout: 5 })));
      await server.leave();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
