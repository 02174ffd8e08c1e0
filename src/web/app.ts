/** The web face as one Hono app, from parts that run on Node and on Workers alike. */

import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Ambient } from '../ambient.ts';
import type { ChartRenderers } from '../charts/renderers.ts';
import { NotNow, UserError } from '../core/errors.ts';
import type { HasDb } from '../db/connect.ts';
import type { AskDeps } from '../questions/lib/ask.ts';
import type { Limits } from './admission.ts';
import { apiRoutes } from './api.ts';
import { chartRoutes } from './charts.ts';
import { dashboardRoutes } from './dashboard.ts';
import { type HealthDeps, healthRoutes } from './health.ts';
import type { Metrics } from './metrics.ts';
import { errorPage } from './pages.ts';

export interface WebDeps
  extends HasDb,
    Pick<Ambient, 'config' | 'clock' | 'log'>,
    Pick<ChartRenderers, 'renderChart' | 'renderConfig'>,
    Pick<AskDeps, 'answers' | 'admit'> {
  /** What `/readyz` asks, on a connection of its own. */
  health?: HealthDeps;
  /** Times the requests. */
  metrics?: Pick<Metrics, 'requests'>;
  /** What one client may ask for; without it all that it likes. */
  limits?: Limits;
  /**
   * A QuickChart server that browsers are sent to for the charts of pages; without it `renderChart` draws
   * them.
   */
  chartServer?: string | undefined;
  /** Whether `/report/…` is there to be linked to. */
  hasReports?: boolean;
  /** The address of the script that makes charts live; without it they are pictures. */
  chartClient?: string;
}

/**
 * `more`: routes of others, such as a bot's events address, mounted at the root. Without `pages` there is
 * only those and the health.
 */
export function createApp(deps: WebDeps, more: readonly Hono[] = [], { pages = true } = {}): Hono {
  const app = new Hono();
  if (deps.metrics) app.use(deps.metrics.requests);
  // A bot's address verifies the bytes as they came, so it stands before everything that reads or changes
  // them.
  for (const routes of more) app.route('/', routes);
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        imgSrc: ["'self'", 'data:', ...(deps.chartServer ? [new URL(deps.chartServer).origin] : [])],
        styleSrc: ["'self'"],
        ...(deps.chartClient && { scriptSrc: ["'self'"], connectSrc: ["'self'"] }),
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  );
  app.route('/', healthRoutes(deps.health ?? deps));
  if (pages)
    for (const routes of [apiRoutes(deps), chartRoutes(deps), dashboardRoutes(deps)]) app.route('/', routes);
  const fail = failing(deps.hasReports ?? false);
  app.notFound(c => fail(c, 404, 'There is nothing at this address.', 'Start at / or see /api/questions.'));
  app.onError((error, c) => {
    if (error instanceof NotNow) {
      c.header('Retry-After', String(error.retryAfterSeconds));
      if (error.reason === 'away') deps.log.warn('database-away', { path: c.req.path, error: error.cause });
      return fail(c, error.status, error.message, error.hint);
    }
    // Of Hono's own middleware: a body that is too large, a token that is missing.
    if (error instanceof HTTPException) return error.getResponse();
    if (error instanceof UserError) return fail(c, error.status, error.message, error.hint);
    const id = crypto.randomUUID().slice(0, 8);
    deps.log.error('request-failed', { id, path: c.req.path, error });
    return fail(
      c,
      500,
      `Something went wrong on our side (${id}).`,
      'Try again in a minute; the operator can find the cause by that id.',
    );
  });
  return app;
}

const wantsPage = (c: Context): boolean =>
  (c.req.header('Accept') ?? '').includes('text/html') && !c.req.path.startsWith('/api/');

/** Tells what went wrong: as a page, which links to reports where they are, or as JSON. */
const failing =
  (reports: boolean) => (c: Context, status: 400 | 404 | 429 | 500 | 503, error: string, hint: string) =>
    wantsPage(c) ? c.html(errorPage(error, hint, reports), status) : c.json({ error, hint }, status);
