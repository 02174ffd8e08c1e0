/**
 * `/healthz`: the process is alive. `/readyz`: it takes requests and the database answers; always within two
 * seconds.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import type { Ambient } from '../ambient.ts';
import type { HasDb } from '../db/connect.ts';
import { newestRead } from '../db/coverage.ts';

/** Load balancers wait for two to five seconds. */
const LIMIT_MS = 1_800;

export interface HealthDeps extends HasDb, Pick<Ambient, 'log'> {
  /** Whether the service is shutting down: it still answers, but wants no new requests. */
  isStopping?: () => boolean;
}

export function healthRoutes({ db, log, isStopping = () => false }: HealthDeps): Hono {
  let asking: Promise<number | null> | undefined;
  /** Concurrent requests share one query. */
  const ask = () => {
    asking ??= newestRead(db).finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const inTime = () => {
    const late = delay(LIMIT_MS).then(() => {
      throw new Error(`no answer within ${LIMIT_MS / 1000} s`);
    });
    return Promise.race([ask(), late]);
  };

  async function ready(c: Context): Promise<Response> {
    if (isStopping()) return c.json({ status: 'not ready', reason: 'the service is stopping' }, 503);
    try {
      const until = await inTime();
      return c.json({
        status: 'ready',
        readUntil: until === null ? null : new Date(until / 1000).toISOString(),
      });
    } catch (error) {
      log.warn('not-ready', { error });
      return c.json({ status: 'not ready', reason: 'the database does not answer' }, 503);
    }
  }

  return new Hono().get('/healthz', c => c.json({ status: 'ok' })).get('/readyz', ready);
}
