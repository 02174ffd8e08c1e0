/**
 * Databases as older versions of the service left them: empty ones on the run's server, their migrations and
 * data by SQL.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, inject } from 'vitest';
import { connect, type Sql } from '../../src/db/connect.ts';
import { databaseUrl, type TestDatabase } from './database.ts';

const SCHEMA = new URL('../../schema/', import.meta.url);

/**
 * An empty database, dropped after the file's tests. Call it at the top level of a test file or of a
 * `describe`.
 */
export async function emptyDatabase({ max = 4 } = {}): Promise<TestDatabase> {
  const admin = connect(inject('serverUrl'), { max: 1 });
  const name = `test_old_${randomBytes(6).toString('hex')}`;
  await admin`create database ${admin(name)}`;
  const url = databaseUrl(inject('serverUrl'), name);
  const db = connect(url, { max });
  afterAll(async () => {
    await db.end({ timeout: 5 });
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin.end();
  });
  return { db, url };
}

/** Applies these texts in order, and records them under these names, as every version so far has done. */
export async function applyPlainly(db: Sql, files: readonly { name: string; text: string }[]): Promise<void> {
  await db`
    create table if not exists migration
      (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;
  for (const { name, text } of files) {
    const sha256 = createHash('sha256').update(text).digest('hex');
    await db.begin(async sql => {
      await sql.unsafe(text);
      await sql`insert into migration (name, sha256) values (${name}, ${sha256})`;
    });
  }
}

/** Two files of c0bc7f8 (23 November 2026) had other names than today: both numbers were taken twice. */
const OLD_NAMES: Record<string, string> = {
  '0012_read_day.sql': '0011_read_day.sql',
  '0013_page_without_first_seen.sql': '0012_page_without_first_seen.sql',
};

/** The files of c0bc7f8 under the names that they had then, in the order in which it applied them. */
async function novemberFiles(): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(SCHEMA)).filter(name => /^00(0\d|1[0-3])_.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async name => ({
      name: OLD_NAMES[name] ?? name,
      text: await readFile(new URL(name, SCHEMA), 'utf8'),
    })),
  );
}

/** The database of c0bc7f8 with some sales. */
export async function novemberDatabase(db: Sql): Promise<void> {
  await applyPlainly(db, await novemberFiles());
  await db.unsafe(await readFile(new URL('../fixtures/november.sql', import.meta.url), 'utf8'));
}

const cut = (text: string, from: string, to: string): string =>
  text.slice(0, text.indexOf(from)) + text.slice(text.indexOf(to, text.indexOf(from)));

/**
 * 0014 as it was landed five times, oldest first, and 0015 as it was at first; their digests are those of
 * git's history.
 */
export async function olderTexts(): Promise<{ commit: string; files: { name: string; text: string }[] }[]> {
  const read = async (name: string) => ({ name, text: await readFile(new URL(name, SCHEMA), 'utf8') });
  const [lists, indexes] = [await read('0014_page_day_tag_sale.sql'), await read('0015_board_indexes.sql')];
  const unguessed = cut(lists.text, '-- Pages whose tags are guessed', '-- Distinct checkouts');
  const ofTags = cut(unguessed, "-- The same of each buyers' country.", '-- Distinct checkouts').replace(
    ', country_sale',
    '',
  );
  const uncounted = cut(ofTags, '-- Distinct checkouts', '-- How many artists sold');
  const first = cut(uncounted, '-- How many artists sold', 'do $$\nbegin\n  if exists').replace(
    ', artist_standing',
    '',
  );
  const wider = indexes.text.replaceAll('>= 8', '>= 4');
  const of = (text: string) => [{ ...lists, text }];
  return [
    { commit: '8f65ee1', files: of(first) },
    { commit: 'e9b45c7', files: of(uncounted) },
    { commit: '7abbdff', files: of(ofTags) },
    { commit: 'e22b531', files: of(unguessed) },
    { commit: '136efb0', files: of(lists.text) },
    { commit: 'ec6d0d6', files: [...of(lists.text), { ...indexes, text: wider }] },
  ];
}
