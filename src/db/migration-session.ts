/**
 * The one session in which a database is migrated: it holds the lock that keeps other migrators out, and its
 * settings.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { Ambient } from '../ambient.ts';
import { dedicated, type HasDb, type Sql } from './connect.ts';
import { holderOf } from './migration-watch.ts';

/** Older versions take it, too, for a transaction. */
export const MIGRATION_LOCK = 'bandcamp-tracker migrate';
const TRY_EVERY_MS = 1_000;
/** Who waits says so at once, and then so often. */
const TELL_EVERY_MS = 60_000;
/**
 * A migrator that froze, or whose host is gone, does nothing between two statements for so long: then the
 * server ends it.
 */
const LONGEST_PAUSE_MS = 60_000;

export interface MigrationSession {
  sql: Sql;
  pid: number;
  /**
   * @throws Error when the lock went with its connection: the next one, which the driver opens by itself,
   * holds nothing
   */
  assertHeld(): void;
}

/**
 * Runs `work` when no other process migrates; until then it waits and logs for whom. A holder that dies lets
 * go: the lock and the statements are of one session.
 * @throws what `work` throws
 */
export async function inMigrationSession<T>(
  { db, log }: HasDb & Pick<Ambient, 'log'>,
  lockTimeoutMs: number,
  work: (session: MigrationSession) => Promise<T>,
): Promise<T> {
  let lost = false;
  const onClose = () => {
    lost = true;
  };
  const sql = dedicated(db, { silenceMs: LONGEST_PAUSE_MS, onClose });
  const assertHeld = () => {
    if (lost) throw new Error('The connection that migrates is lost; what is applied stays.');
  };
  try {
    await waitForLock({ db: sql, log });
    await settle(sql, lockTimeoutMs);
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return await work({ sql, pid: row?.pid ?? 0, assertHeld });
  } finally {
    // The session's end frees the lock.
    await sql.end({ timeout: 1 });
  }
}

async function waitForLock({ db, log }: HasDb & Pick<Ambient, 'log'>): Promise<void> {
  let told = -Infinity;
  for (;;) {
    const [row] = await db<{ held: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended(${MIGRATION_LOCK}, 0)) as held`;
    if (row?.held) return;
    if (performance.now() - told >= TELL_EVERY_MS) {
      told = performance.now();
      log.info('migration-waits', { holder: await holderOf(db, MIGRATION_LOCK) });
    }
    await delay(TRY_EVERY_MS);
  }
}

/** No limit of a role or a database cuts a migration; a killed migrator's statement ends soon after it. */
const settle = (sql: Sql, lockTimeoutMs: number): Promise<unknown> => sql`
  select set_config(name, value, false)
  from unnest(
    array['lock_timeout', 'statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout',
      'client_connection_check_interval'],
    ${[lockTimeoutMs, 0, 0, LONGEST_PAUSE_MS, 5_000].map(String)}::text[]
  ) as setting (name, value) join pg_settings using (name)
  where name <> 'client_connection_check_interval' or version() like '%linux%'`;
