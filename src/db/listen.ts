/** LISTEN on a connection of its own, which is made again whenever it is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Ambient } from '../ambient.ts';
import { backOff } from '../core/back-off.ts';
import { dedicated, type HasDb } from './connect.ts';

/** Real milliseconds between tries to listen again. */
const RETRY = { first: 1_000, longest: 30_000, jitter: [0.5, 1.5], random: Math.random } as const;

/**
 * Calls `onNotify` at each NOTIFY on the channel, and once whenever listening begins, since something may
 * have been missed before. Resolves when the signal aborts. A pooler in front of the database may swallow
 * notifications: who must not miss one looks at the database every now and then, too.
 */
export async function listenTo(
  { db, log }: HasDb & Pick<Ambient, 'log'>,
  channel: string,
  onNotify: () => void,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const ended = Promise.withResolvers<void>();
    const end = () => ended.resolve();
    signal.addEventListener('abort', end, { once: true });
    const connection = dedicated(db, { onClose: end, onNotify });
    try {
      await connection`listen ${connection(channel)}`;
      failures = 0;
      onNotify();
      await ended.promise;
    } catch (error) {
      failures += 1;
      if (failures === 1 && !signal.aborted) log.warn('listen-failed', { channel, error });
    } finally {
      signal.removeEventListener('abort', end);
      await connection.end({ timeout: 0 });
    }
    const waitMs = backOff({ ...RETRY, failures: Math.max(1, failures) });
    await delay(waitMs, undefined, { signal }).catch(() => {});
  }
}
