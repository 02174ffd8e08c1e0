/** Work that one replica at a time may do, by Postgres advisory locks on a connection of its own. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Ambient } from '../ambient.ts';
import { dedicated, type HasDb, type Sql } from './connect.ts';

/** How often the others try: far below the two minutes in which a dead holder must be replaced. */
const RETRY_MS = 5_000;
/**
 * How often the holder asks its connection for a sign of life, and how long it waits for one: a peer that
 * vanished closes nothing.
 */
const HEARTBEAT_MS = 5_000;
/** A holder that was not heard of for so long is frozen or away, and the server takes the lock from it. */
const SILENCE_MS = 30_000;

/**
 * Runs `work` if nobody else holds the lock, else returns undefined at once. `signal` aborts when the lock's
 * connection is lost.
 * @throws what `work` throws
 */
export async function withLock<T>(
  db: Sql,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const lost = new AbortController();
  const lose = () => lost.abort(new Error(`the connection that held the lock "${name}" is lost`));
  const connection = dedicated(db, { silenceMs: SILENCE_MS, onClose: lose });
  let heartbeat: NodeJS.Timeout | undefined;
  try {
    const [row] = await connection<
      { held: boolean }[]
    >`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as held`;
    if (!row?.held) return undefined;
    let answered = true;
    heartbeat = setInterval(() => {
      if (!answered) lose();
      answered = false;
      connection`select`.then(() => {
        answered = true;
      }, lose);
    }, HEARTBEAT_MS).unref();
    return await work(lost.signal);
  } finally {
    clearInterval(heartbeat);
    // The session's end frees the lock.
    await connection.end({ timeout: 1 });
  }
}

/**
 * Keeps trying to lead until `signal` aborts: while this process holds the lock, `lead` runs; its signal
 * aborts when the lock is lost or `signal` aborts. Errors of `lead` are logged, and the lock is tried again.
 */
export async function keepLeading(
  { db, log }: HasDb & Pick<Ambient, 'log'>,
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
