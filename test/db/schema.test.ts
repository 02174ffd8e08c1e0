/** The migrations make exactly the schema that `schema/current.sql` lists, so that a diff shows what a migration does. */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { listCatalogue } from '../../src/db/catalogue.ts';
import { migrate } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';

const CURRENT = new URL('../../schema/current.sql', import.meta.url);
const HEAD = '-- What the migrations make: a listing, not to be run. `npm run golden` writes it anew.\n';

const { db } = await testDatabase();

test('schema/current.sql is what the migrations make', async () => {
  const listing = HEAD + (await listCatalogue(db));
  if (process.env.UPDATE_GOLDEN) await writeFile(CURRENT, listing);
  expect(listing).toBe(await readFile(CURRENT, 'utf8'));
});

test('migrating again does nothing', async () => {
  expect(await migrate({ db, log: silentLog })).toEqual({ applied: [] });
});

test('a changed migration is refused', async () => {
  await db`update migration set sha256 = 'other'`;
  await expect(migrate({ db, log: silentLog })).rejects.toThrow(/applied migration 0001_init.sql has changed/);
});
