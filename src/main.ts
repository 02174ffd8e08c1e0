/** The service: web, feed, bots, in one process; `ROLES` chooses which of them this one does. */
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createChannels } from '../bots/channels.ts';
import { createDiscord } from '../bots/discord/app.ts';
import { createSlack } from '../bots/slack/app.ts';
import { renderChart, renderConfig } from './charts/render.ts';
import { type Config, loadConfig, type Role } from './config.ts';
import { messageOf, UserError } from './core/errors.ts';
import { type Deps, openDeps } from './deps.ts';
import { ringEachMinute } from './digests/schedule.ts';
import { createWorker } from './digests/worker.ts';
import { enrichOnRing } from './etl/enrich.ts';
import { ingestOnRing } from './etl/ingest.ts';
import { renderReport } from './report/render.ts';
import { createApp } from './web/app.ts';
import { reportRoutes } from './web/reports.ts';

/** What runs must end within this after SIGTERM; ECS kills after 30 s, Kubernetes too. */
const DRAIN_MS = 10_000;

/** A part of the service: what it says of itself at the start, and its end. */
interface Part {
  name: string;
  describe: string;
  start?(): Promise<void>;
  stop?(): Promise<void>;
  routes?: Hono;
}

/** Feed and pages, driven by the rings. */
function etlPart(deps: Deps): Part {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  /** A job that still runs from an earlier ring is left to end. */
  const job = (name: string, work: (signal: AbortSignal) => Promise<unknown>) => {
    if (running.has(name)) return;
    const done = work(stopping.signal)
      .then(
        () => {},
        error => stopping.signal.aborted || deps.log.warn(`${name}-failed`, { error }),
      )
      .then(() => void running.delete(name));
    running.set(name, done);
  };
  const { upstreamOrigin, contact } = deps.config;
  return {
    name: 'feed',
    describe: `on: read each minute from ${upstreamOrigin ?? 'bandcamp.com'}${contact ? '' : '; set CONTACT, so that Bandcamp can reach you'}`,
    async start() {
      const onRing = () => {
        job('ingest', signal => ingestOnRing(deps, signal));
        job('enrich', signal => enrichOnRing(deps, signal));
      };
      ringEachMinute(deps, onRing, stopping.signal);
    },
    async stop() {
      stopping.abort(new Error('the service is stopping'));
      await Promise.all(running.values());
    },
  };
}

/** Digests to the chats that are configured. */
async function deliverPart(deps: Deps): Promise<Part> {
  const channels = await createChannels(deps);
  return {
    name: 'digests',
    ...(channels.size > 0
      ? { describe: `on: to ${[...channels.keys()].join(' and ')}`, ...createWorker(deps, channels) }
      : { describe: 'off: neither SLACK_BOT_TOKEN nor DISCORD_TOKEN is set' }),
  };
}

/** The parts that this process has; a part whose role is elsewhere says so. */
async function createParts(deps: Deps): Promise<Part[]> {
  const { roles } = deps.config;
  const part = async (name: string, role: Role, create: () => Part | Promise<Part>): Promise<Part> =>
    roles.includes(role) ? create() : { name, describe: `off: ROLES has no "${role}"` };
  return [
    await part('feed', 'etl', () => etlPart(deps)),
    await part('digests', 'deliver', () => deliverPart(deps)),
    await part('Slack', 'bots', () => ({ name: 'Slack', ...createSlack(deps) })),
    await part('Discord', 'bots', async () => ({ name: 'Discord', ...(await createDiscord(deps)) })),
  ];
}

/** Listens; resolves to where, and to how to stop: what is being answered is answered, idle connections are closed. */
function listen(app: Hono, port: number): Promise<{ port: number; close(): Promise<void> }> {
  return new Promise((done, fail) => {
    const server = serve({ fetch: app.fetch, port, hostname: '0.0.0.0' }, ({ port }) =>
      done({
        port,
        close: () =>
          new Promise(closed => {
            server.close(() => closed());
            if ('closeIdleConnections' in server) server.closeIdleConnections();
          }),
      }),
    );
    server.once('error', error => {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      fail(taken ? new UserError(`Port ${port} is taken.`, 'Set PORT to a free one, such as PORT=8081.') : error);
    });
  });
}

async function run(config: Config): Promise<void> {
  const { deps, database, dispose } = await openDeps(config, { renderChart, renderConfig, renderReport });
  const parts = await createParts(deps);
  const web = config.roles.includes('web');
  const routes = parts.flatMap(part => part.routes ?? []);
  const server = await listen(
    createApp({ ...deps, hasReports: true }, [...routes, reportRoutes(deps)]),
    config.port,
  ).catch(async error => {
    await dispose();
    throw error;
  });

  let stopping: Promise<void> | undefined;
  const stop = (signal: string): Promise<void> => {
    stopping ??= (async () => {
      deps.log.info('stopping', { signal });
      const late = setTimeout(() => {
        deps.log.error('drain-too-slow', { afterMs: DRAIN_MS });
        process.exit(1);
      }, DRAIN_MS);
      await Promise.all([server.close(), ...parts.map(part => part.stop?.())]);
      await dispose();
      clearTimeout(late);
    })();
    return stopping;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void stop(signal).then(() => process.exit(0)));

  for (const part of parts) await part.start?.();
  const address = config.publicUrl ?? `http://localhost:${server.port}`;
  const lines = [
    ['dashboard', web ? `${address}/` : 'off: ROLES has no "web"'],
    ['database', `on: ${database}`],
    ...parts.map(part => [part.name, part.describe]),
    ['clock', config.clock === 'real' ? 'real' : `simulated: ${config.clock}`],
    ['charts', config.quickchartUrl ? `by ${config.quickchartUrl}` : 'drawn here'],
  ];
  process.stdout.write(
    `Bandcamp Tracker is running.\n${lines.map(([name, text]) => `  ${String(name).padEnd(10)} ${text}\n`).join('')}`,
  );
}

run(loadConfigOrExit()).catch(fail);

function loadConfigOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof UserError ? error.text : messageOf(error)}\n`);
  process.exit(1);
}
