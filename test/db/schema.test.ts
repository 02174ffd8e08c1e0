/**
 * The migrations make exactly the schema that `schema/current.sql` lists, so that a diff shows what one does;
 * what is landed stays.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SCHEMA } from '../../src/db/known-schema.ts';
import { migrate } from '../../src/db/migrate.ts';
import { readSchema } from '../../src/db/migration-files.ts';
import { silentLog } from '../../src/log.ts';
import { listCatalogue } from '../support/catalogue.ts';
import { testDatabase } from '../support/database.ts';
import { rewriteGolden } from '../support/golden.ts';

const FOLDER = new URL('../../schema/', import.meta.url);
const CURRENT = new URL('current.sql', FOLDER);
const HEAD = '-- What the migrations make: a listing, not to be run. `npm run golden` writes it anew.\n';

const { db } = await testDatabase();

test('schema/current.sql is what the migrations make', async () => {
  const listing = HEAD + (await listCatalogue(db));
  if (rewriteGolden(fileURLToPath(CURRENT), listing)) return;
  expect(listing).toBe(await readFile(CURRENT, 'utf8'));
});

test('migrating again does nothing', async () => {
  expect(await migrate({ db, log: silentLog })).toEqual({ applied: [] });
});

test('a changed migration is refused', async () => {
  await db`update migration set sha256 = 'other'`;
  await expect(migrate({ db, log: silentLog })).rejects.toThrow(
    /applied migration 0001_init.sql has changed/,
  );
});

describe('what is landed', async () => {
  const names = (await readdir(FOLDER, { recursive: true }))
    .filter(name => name.endsWith('.sql') && name !== 'current.sql')
    .sort();
  const digest = async (name: string) =>
    createHash('sha256')
      .update(await readFile(new URL(name, FOLDER)))
      .digest('hex');
  // As `sha256sum` writes it; databases hold these digests.
  const listed = (await readFile(new URL('landed.sha256', FOLDER), 'utf8')).trim().split('\n');
  const landed = new Map(listed.map(line => [line.slice(66), line.slice(0, 64)]));

  test.each(names)('schema/%s is listed', name => {
    const command = `(cd schema && sha256sum ${name} >> landed.sha256)`;
    expect(landed.has(name), `schema/${name} is new. When it is ready to be landed: ${command}`).toBe(true);
  });

  test.each([...landed])('schema/%s is as it was', async (name, sha256) => {
    const advice = 'is applied to databases already: put its name and text back, and write another one.';
    expect(names, `schema/${name} ${advice}`).toContain(name);
    expect(await digest(name), `schema/${name} ${advice}`).toBe(sha256);
  });

  test('has one file for each number, and src/db/known-schema.ts knows the newest', async () => {
    const { migrations } = await readSchema();
    expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(
      Array.from({ length: SCHEMA }, (_, at) => at + 1),
    );
  });

  test('of older texts leads to a file that is there', async () => {
    const { migrations, amendments } = await readSchema();
    const reached = new Set([
      ...migrations.map(({ sha256 }) => sha256),
      ...amendments.map(({ from }) => from),
    ]);
    expect(amendments.filter(({ sha256 }) => !reached.has(sha256))).toEqual([]);
  });

  test('in steps belongs to a file of the same name', async () => {
    const steps = names.filter(name => name.startsWith('steps/'));
    expect(steps.filter(name => !names.includes(name.slice('steps/'.length)))).toEqual([]);
  });
});
