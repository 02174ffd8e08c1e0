/** One embedded PostgreSQL for the whole run, in a folder of its own, with a migrated template database. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/db/connect.ts';
import { openEmbedded } from '../../src/db/embedded.ts';
import { prepareDatabase } from '../../src/jobs/prepare-database.ts';
import { silentLog } from '../../src/log.ts';
import { databaseUrl } from './database.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-test-'));
  // Open to the user that PostgreSQL runs as when the tests run as root, so that its files are removed with
  // the folder.
  await chmod(folder, 0o755);
  const server = await openEmbedded(folder, silentLog, {
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  const admin = connect(server.url, { max: 1 });
  await admin`create database tracker_template`;
  await admin.end();
  const template = connect(databaseUrl(server.url, 'tracker_template'), { max: 1 });
  await prepareDatabase({ db: template, log: silentLog });
  await template.end();
  project.provide('serverUrl', server.url);
  return async () => {
    await server.leave();
    await rm(folder, { recursive: true, force: true });
  };
}
