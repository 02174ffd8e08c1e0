/** For processes that only read: they change no schema, but wait until one who writes has made it. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Ambient } from '../ambient.ts';
import { UserError } from '../core/errors.ts';
import type { HasDb } from './connect.ts';
import { appliedTo } from './migrate.ts';
import { readSchema } from './migration-files.ts';
import { planOf } from './migration-plan.ts';
import { MIGRATION_LOCK } from './migration-session.ts';
import { holderOf } from './migration-watch.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Resolves when the schema is the one that this version knows, or a newer one, which it warns of. While
 * somebody migrates it waits, else for `patienceMs`.
 * @throws UserError where the schema is older, or an applied migration has changed since
 */
export async function schemaReady(
  { db, log }: HasDb & Pick<Ambient, 'log'>,
  patienceMs: number,
): Promise<void> {
  const files = await readSchema();
  let [since, told] = [performance.now(), false];
  for (;;) {
    // Asked first: who has ended by then has made what is looked at next.
    const holder = await holderOf(db, MIGRATION_LOCK);
    const rows = await appliedTo(db);
    const { todo, unknown } = planOf(files, rows);
    if (todo.length === 0) {
      if (unknown.length > 0) log.warn('schema-is-newer', { unknown });
      return;
    }
    if (holder) since = performance.now();
    else if (performance.now() - since > patienceMs) throw older(rows.length === 0, todo[0]?.name ?? '');
    if (!told) log.info('schema-awaited', { missing: todo.map(({ name }) => name), holder });
    told = true;
    await delay(LOOK_EVERY_MS);
  }
}

const older = (isEmpty: boolean, missing: string): UserError =>
  new UserError(
    isEmpty ? 'The database is empty.' : `The database is of an older version: it lacks ${missing}.`,
    'Run migrate first: npm run -s cli -- migrate.',
  );
