/**
 * The read-only Worker: dashboard and API on Cloudflare, answered from the service's database through
 * Hyperdrive.
 */
import { Hono } from 'hono';
import { readConfig } from './config.ts';
import { UserError } from './core/errors.ts';
import { realClock } from './core/time/clock.ts';
import { connect } from './db/connect.ts';
import { createLog } from './log.ts';
import { createAnswers } from './questions/lib/answer-cache.ts';
import { createApp } from './web/app.ts';

/**
 * The settings that make sense here (`vars` of wrangler.toml) and the binding; a Worker has no other
 * environment.
 */
interface Env {
  HYPERDRIVE?: { connectionString: string };
  [name: string]: unknown;
}

/** The part of Workers' ExecutionContext that is used. */
interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

/** Workers allow six connections a request; Hyperdrive pools them, so one that idles costs little. */
const MAX_CONNECTIONS = 5;
const END_TIMEOUT_SECONDS = 5;

/** Everything is built for one request, since a Worker's sockets may not be used by another one. */
async function answer(request: Request, env: Env, execution: Execution): Promise<Response> {
  const texts = Object.entries(env).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const config = readConfig(Object.fromEntries(texts));
  if (!env.HYPERDRIVE)
    throw new UserError('There is no database.', 'Bind a Hyperdrive as HYPERDRIVE, as wrangler.toml shows.');
  const db = connect(env.HYPERDRIVE.connectionString, {
    max: MAX_CONNECTIONS,
    name: 'bandcamp-tracker edge',
  });
  const app = createApp(
    {
      config,
      db,
      clock: realClock,
      // Its memory lasts for the request, but it finds what the service keeps in the database, whichever
      // version made it.
      answers: createAnswers(),
      log: createLog(config.logLevel, print),
      chartServer: config.quickchartUrl,
      renderChart: drawsNothing,
      renderConfig: drawsNothing,
    },
    [servedElsewhere],
  );
  try {
    return await app.fetch(request);
  } finally {
    execution.waitUntil(db.end({ timeout: END_TIMEOUT_SECONDS }));
  }
}

async function drawsNothing(): Promise<never> {
  throw new UserError('The Worker draws no charts.', 'Set QUICKCHART_URL to a server that does.');
}

/** What needs native modules, so that only the service has it. */
const servedElsewhere = new Hono();
for (const path of ['/chart', '/report/*']) {
  servedElsewhere.all(path, c =>
    c.json(
      { error: 'The Worker draws no charts and no reports.', hint: 'Ask the service for this address.' },
      501,
    ),
  );
}

// biome-ignore lint/suspicious/noConsole: a Worker's log is its console
const print = (line: string): void => console.log(line.trimEnd());

export default {
  async fetch(request: Request, env: Env, execution: Execution): Promise<Response> {
    try {
      return await answer(request, env, execution);
    } catch (error) {
      // The app answers its own errors, so what arrives here is how the Worker was deployed.
      if (!(error instanceof UserError)) throw error;
      createLog('error', print).error('wrong-settings', { error });
      return Response.json({ error: error.message, hint: error.hint }, { status: 500 });
    }
  },
};
