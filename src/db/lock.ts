/** Work that one replica at a time may do, by Postgres advisory locks on a connection of its own. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import type { Sql } from './connect.ts';

/** How often the holder looks whether its connection, and with it the lock, still lives; real time, as connections are. */
const HEARTBEAT_MS = 2_000;
/** How often the others try: far below the two minutes in which a dead holder must be replaced. */
const RETRY_MS = 5_000;

/**
 * Runs `work` if nobody else holds the lock, else returns undefined at once. `signal` aborts when the lock's connection is lost.
 * @throws what `work` throws
 */
export async function withLock<T>(
  db: Sql,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const connection = await db.reserve();
  try {
    const [row] = await connection<{ held: boolean; pid: number }[]>`
      select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held, pg_backend_pid() as pid`;
    if (!row?.held) return undefined;
    const lost = new AbortController();
    const watch = watchConnection(connection, row.pid, lost);
    try {
      return await work(lost.signal);
    } finally {
      clearInterval(watch);
      if (!lost.signal.aborted)
        await connection`select pg_advisory_unlock(hashtextextended(${name}, 0))`.catch(() => {});
    }
  } finally {
    connection.release();
  }
}

/** postgres.js reconnects silently: another backend process means that the lock is gone. */
function watchConnection(connection: Sql, pid: number, lost: AbortController): NodeJS.Timeout {
  const fail = () => lost.abort(new Error('the connection that held the lock is lost'));
  return setInterval(() => {
    connection<{ pid: number }[]>`select pg_backend_pid() as pid`.then(([row]) => row?.pid === pid || fail(), fail);
  }, HEARTBEAT_MS).unref();
}

/**
 * Keeps trying to lead until `signal` aborts: while this process holds the lock, `lead` runs; its signal aborts when the
 * lock is lost or `signal` aborts. Errors of `lead` are logged, and the lock is tried again.
 */
export async function keepLeading(
  { db, log }: Pick<Deps, 'db' | 'log'>,
  name: string,
  lead: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await withLock(db, name, async lost => {
        log.info('lock-held', { name });
        await lead(AbortSignal.any([lost, signal]));
      });
    } catch (error) {
      if (!signal.aborted) log.error('leader-failed', { name, error });
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}
