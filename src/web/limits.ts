/** Limits per client, in the memory of this process: so many a minute of each kind. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import { NotNow } from '../core/errors.ts';
import { LIMITED, type Limited, type Limits } from './admission.ts';
import { clientOf } from './client-address.ts';

const MINUTE_SECONDS = 60;

/** By `LIMIT_CHARTS`, `LIMIT_REPORTS` and `LIMIT_QUESTIONS`, where 0 is none; `TRUSTED_PROXIES` tells whom a request comes from. */
export function createLimits(
  config: Pick<Config, 'limitCharts' | 'limitReports' | 'limitQuestions' | 'trustedProxies'>,
): Limits {
  const points: Record<Limited, number> = {
    charts: config.limitCharts,
    reports: config.limitReports,
    questions: config.limitQuestions,
  };
  const limiters = new Map(
    LIMITED.filter(what => points[what] > 0).map(what => [
      what,
      new RateLimiterMemory({ points: points[what], duration: MINUTE_SECONDS }),
    ]),
  );
  return {
    async take(what, context) {
      try {
        await limiters.get(what)?.consume(clientOf(seen(context), config.trustedProxies));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw new NotNow('limit', Math.ceil(error.msBeforeNext / 1000));
      }
    },
  };
}

/** A request that came by no connection, as tests make them, has none of Node's bindings. */
function seen(context: Context) {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  return { remote: incoming?.socket.remoteAddress, forwarded: context.req.header('X-Forwarded-For') };
}
