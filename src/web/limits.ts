/** Limits per client, in the memory of this process: so many a minute of each kind. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import { NotNow } from '../core/errors.ts';
import { createTurns, type Turns, type TurnsOptions } from '../core/turns.ts';
import { LIMITED, type Limited, type Limits } from './admission.ts';
import { clientOf } from './client-address.ts';

const MINUTE_SECONDS = 60;
/**
 * Of each client at a time, so that many of one are not before the first of another; as much as there are
 * threads. Questions are not among them: one that several ask is counted for all of them.
 */
const AT_ONCE: Partial<Record<Limited, TurnsOptions>> = {
  charts: { capacity: 2, mostWaiting: 40, longestWaitMs: 8_000, retryAfterSeconds: 10 },
  reports: { capacity: 1, mostWaiting: 4, longestWaitMs: 15_000, retryAfterSeconds: 20 },
};

/**
 * By `LIMIT_CHARTS`, `LIMIT_REPORTS` and `LIMIT_QUESTIONS`, where 0 is none; `TRUSTED_PROXIES` tells whom a
 * request comes from.
 */
export function createLimits(
  config: Pick<Config, 'limitCharts' | 'limitReports' | 'limitQuestions' | 'trustedProxies'>,
): Limits {
  const points: Record<Limited, number> = {
    charts: config.limitCharts,
    reports: config.limitReports,
    questions: config.limitQuestions,
  };
  const limiters = new Map(
    LIMITED.map(what => [what, new RateLimiterMemory({ points: points[what], duration: MINUTE_SECONDS })]),
  );
  /** Of those who have something in work. */
  const lines = new Map<string, Turns>();

  async function take(what: Limited, client: string): Promise<void> {
    try {
      await limiters.get(what)?.consume(client);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new NotNow('limit', Math.ceil(error.msBeforeNext / 1000));
    }
  }

  async function inTurn<T>(key: string, options: TurnsOptions, work: () => Promise<T>): Promise<T> {
    const line = lines.get(key) ?? createTurns(options);
    lines.set(key, line);
    try {
      return await line.take(work);
    } finally {
      if (line.running === 0) lines.delete(key);
    }
  }

  return {
    async admit(what, context, work) {
      if (points[what] === 0) return work();
      const client = clientOf(seen(context), config.trustedProxies);
      await take(what, client);
      const options = AT_ONCE[what];
      return options ? inTurn(`${what} ${client}`, options, work) : work();
    },
  };
}

/** A request that came by no connection, as tests make them, has none of Node's bindings. */
function seen(context: Context) {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  return { remote: incoming?.socket.remoteAddress, forwarded: context.req.header('X-Forwarded-For') };
}
