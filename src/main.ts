/** The service: web, feed, bots, in one process; `ROLES` chooses which of them this one does. */
import type { Server } from 'node:http';
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
import { recordCalls } from './etl/calls.ts';
import { enrichOnRing } from './etl/enrich.ts';
import { ingestOnRing } from './etl/ingest.ts';
import { keepAnswersOnRing } from './etl/keep-answers.ts';
import { keepReportOnRing } from './etl/keep-report.ts';
import { mergeOnRing } from './etl/merge.ts';
import { keepRecent } from './etl/retention.ts';
import { renderReport } from './report/render.ts';
import { createApp } from './web/app.ts';
import { CHART_CLIENT, liveChartRoutes } from './web/live-charts.ts';
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
        job('ingest', async signal => {
          await ingestOnRing(deps, signal);
          job('answers', signal => keepAnswersOnRing(deps, signal));
          job('report', () => keepReportOnRing(deps));
        });
        job('enrich', signal => enrichOnRing(deps, signal));
        job('retention', () => keepRecent(deps));
        job('calls', () => recordCalls(deps));
        job('tag-sales', () => mergeOnRing(deps));
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

interface Listening {
  port: number;
  /** What is being answered is answered; every other connection is closed, also one that never said a word. */
  close(): Promise<void>;
}

function listen(app: Hono, port: number): Promise<Listening> {
  let answering = 0;
  let closing = false;
  return new Promise((done, fail) => {
    const server = serve({ fetch: app.fetch, port, hostname: '0.0.0.0' }, ({ port }) =>
      done({ port, close }),
    ) as Server;
    const closeWhenQuiet = () => {
      if (closing && answering === 0) server.closeAllConnections();
    };
    const close = () =>
      new Promise<void>(closed => {
        closing = true;
        server.close(() => closed());
        closeWhenQuiet();
      });
    server.on('request', (_request, response) => {
      answering += 1;
      response.once('close', () => {
        answering -= 1;
        closeWhenQuiet();
      });
    });
    server.once('error', error => {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      fail(taken ? new UserError(`Port ${port} is taken.`, 'Set PORT to a free one, such as PORT=8081.') : error);
    });
  });
}

/** Opens everything and says what is on; `stack` closes it again, last opened first, also where the opening failed half-way. */
async function open(config: Config, stack: AsyncDisposableStack): Promise<void> {
  const { deps, database, dispose } = await openDeps(config, { renderChart, renderConfig, renderReport });
  stack.defer(dispose);
  const parts = await createParts(deps);
  const pages = config.roles.includes('web');
  const routes = [
    ...parts.flatMap(part => part.routes ?? []),
    ...(pages ? [reportRoutes(deps), liveChartRoutes(deps)] : []),
  ];
  const server = await listen(
    createApp({ ...deps, hasReports: true, chartClient: CHART_CLIENT }, routes, { pages }),
    config.port,
  );
  stack.defer(async () => void (await Promise.all([server.close(), ...parts.map(part => part.stop?.())])));
  for (const part of parts) await part.start?.();
  const address = config.publicUrl ?? `http://localhost:${server.port}`;
  const lines = [
    ['dashboard', pages ? `${address}/` : 'off: ROLES has no "web"'],
    ['database', `on: ${database}`],
    ...parts.map(part => [part.name, part.describe]),
    ['clock', config.clock === 'real' ? 'real' : `simulated: ${config.clock}`],
    ['charts', config.quickchartUrl ? `by ${config.quickchartUrl}` : 'drawn here'],
  ];
  process.stdout.write(
    `Bandcamp Tracker is running.\n${lines.map(([name, text]) => `  ${String(name).padEnd(10)} ${text}\n`).join('')}`,
  );
}

/** Resolves at the first signal to stop; from then on the process ends within `DRAIN_MS`, whatever hangs. */
const stopSignal = (): Promise<void> =>
  new Promise(stop => {
    const onSignal = () => {
      setTimeout(() => {
        process.stderr.write(`It took longer than ${DRAIN_MS / 1000} s to stop.\n`);
        process.exit(1);
      }, DRAIN_MS).unref();
      stop();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
  });

async function run(): Promise<void> {
  // Before anything is opened, so that a stop during the start closes what it opened.
  const stopped = stopSignal();
  await using stack = new AsyncDisposableStack();
  await open(loadConfig(), stack);
  await stopped;
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error instanceof UserError ? error.text : messageOf(error)}\n`);
    process.exit(1);
  },
);
