/** Brings the database to the schema of `schema/NNNN_name.sql`, forward only, safe when replicas start at once. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import type { Deps } from '../deps.ts';

const FOLDER = new URL('../../schema/', import.meta.url);
const LOCK = 'bandcamp-tracker migrate';

export interface Migrated {
  /** Names of the files applied now, in order. */
  applied: string[];
}

/**
 * Applies what is missing, all in one transaction.
 * @throws UserError when a file that was applied has changed since.
 */
export async function migrate({ db, log }: Pick<Deps, 'db' | 'log'>): Promise<Migrated> {
  const names = (await readdir(FOLDER)).filter(name => /^\d{4}_.+\.sql$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async name => ({ name, text: await readFile(new URL(name, FOLDER), 'utf8') })),
  );
  return db.begin(async sql => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`;
    await sql`create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;
    const done = new Map(
      (await sql<{ name: string; sha256: string }[]>`select name, sha256 from migration`).map(row => [
        row.name,
        row.sha256,
      ]),
    );
    const applied: string[] = [];
    for (const { name, text } of files) {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      done.delete(name);
      if (before === sha256) continue;
      if (before)
        throw new UserError(
          `The applied migration ${name} has changed.`,
          'Put its text back, and write the change as a new migration.',
        );
      await sql.unsafe(text);
      await sql`insert into migration (name, sha256) values (${name}, ${sha256})`;
      applied.push(name);
    }
    if (done.size > 0) log.warn('schema-is-newer', { unknown: [...done.keys()] });
    return { applied };
  });
}
