/** The service: web, feed, bots, in one process; `ROLES` chooses which of them this one does. */
import type { Hono } from 'hono';
import { createChannels, platforms } from '../bots/platforms.ts';
import { type Config, loadConfig, type Role } from './config.ts';
import { wantsHelp } from './core/arguments.ts';
import { messageOf, UserError } from './core/errors.ts';
import { createTurns } from './core/turns.ts';
import type { Pools } from './db/pools.ts';
import { chartsOf, type Deps, openDeps } from './deps.ts';
import { createWorker } from './digests/worker.ts';
import { enrichOnTick } from './etl/enrich.ts';
import { createFeedAlarm, ingestOnTick } from './etl/ingest.ts';
import { wouldMix } from './etl/one-world.ts';
import { compactOnTick } from './jobs/compact-sale-lists.ts';
import { tickEachMinute } from './jobs/minute-tick.ts';
import { precomputeAnswersOnTick } from './jobs/precompute-answers.ts';
import { precomputeReportOnTick } from './jobs/precompute-report.ts';
import { recordTrendCalls } from './jobs/record-trend-calls.ts';
import { keepRecent } from './jobs/retention.ts';
import { createRunner, type Job, type Runner } from './jobs/runner.ts';
import { type Counting, createCounting } from './questions/lib/counting.ts';
import { COMPOSED, createDrawing, type Drawing, HASTY, PATIENT } from './report/drawing.ts';
import { createApp } from './web/app.ts';
import { handedDown } from './web/handover.ts';
import { createLimits } from './web/limits.ts';
import { listen } from './web/listen.ts';
import { CHART_CLIENT, liveChartRoutes } from './web/live-charts.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';
import { reportRoutes } from './web/reports.ts';

/** Requests are still served this long after SIGTERM, until load balancers have seen `/readyz` turn 503. */
const LINGER_MS = 4_000;
/** What runs must end within this after SIGTERM; ECS kills after 30 s, Kubernetes too. */
const DRAIN_MS = 10_000;

const MINUTE_MS = 60_000;
/** The longest statement of a question, for a report; see src/report/question-batch.ts. */
const QUESTION_MS = 10_000;
const WEB = { name: 'web', max: 12, longestMs: QUESTION_MS };
const BOTS = { name: 'bots', max: 6, longestMs: QUESTION_MS };
const HEALTH = { name: 'health', max: 1, longestMs: 1_000 };
const METRICS = { name: 'metrics', max: 2, longestMs: 5_000 };

/**
 * Questions counted at once: about two per core of a small database. A page waits for seconds, a chat for
 * minutes.
 */
const WEB_LANE = { capacity: 4, mostWaiting: 60, longestWaitMs: 8_000 };
const CHAT_LANE = { capacity: 4, mostWaiting: 2_000, longestWaitMs: 120_000 };

/** Replies to chats that are made at once: enough to keep the database and the drawing threads busy. */
const CHAT_REPLIES = 8;

/** How long a process with the role `web` alone waits for another one to begin migrating. */
const SCHEMA_WITHIN_MS = 60_000;

/** A part of the service: what it says of itself at the start, and its end. */
interface Part {
  name: string;
  describe: string;
  start?(): Promise<void>;
  stop?(): Promise<void>;
  routes?: Hono;
}

/** What parts are made of. */
interface Building {
  deps: Deps;
  pools: Pools;
  runner: Runner;
  counting: Counting;
  drawing: Drawing;
  metrics: Metrics;
}

/** Feed and pages, driven by the ticks. */
async function etlPart({ deps, runner }: Building): Promise<Part> {
  if (await wouldMix(deps))
    return {
      name: 'feed',
      describe: 'off: this database holds simulated sales; `npm run demo` goes on with them',
    };
  const stopping = new AbortController();
  const tellFeed = createFeedAlarm(deps);
  const answers: Job = {
    name: 'answers',
    limitMs: 10 * MINUTE_MS,
    connections: 1,
    work: (db, signal) => precomputeAnswersOnTick({ ...deps, db }, signal),
  };
  const jobs: Job[] = [
    // A job of its own, so that it also reports an ingest that hangs.
    { name: 'feed-alarm', limitMs: MINUTE_MS / 2, connections: 1, work: tellFeed },
    {
      name: 'ingest',
      limitMs: 4 * MINUTE_MS,
      connections: 2,
      work: async (db, signal) => {
        await ingestOnTick({ ...deps, db }, signal);
        runner.start(answers);
      },
    },
    {
      name: 'report',
      limitMs: 5 * MINUTE_MS,
      connections: 3,
      work: db => precomputeReportOnTick({ ...deps, db }),
    },
    {
      name: 'enrich',
      limitMs: 5 * MINUTE_MS,
      connections: 5,
      work: (db, signal) => enrichOnTick({ ...deps, db }, signal),
    },
    { name: 'retention', limitMs: 5 * MINUTE_MS, connections: 1, work: db => keepRecent({ ...deps, db }) },
    { name: 'calls', limitMs: 10 * MINUTE_MS, connections: 1, work: db => recordTrendCalls({ ...deps, db }) },
    {
      name: 'tag-sales',
      limitMs: 15 * MINUTE_MS,
      connections: 1,
      work: db => compactOnTick({ ...deps, db }),
    },
  ];
  const { upstreamOrigin, contact } = deps.config;
  const unknown = contact || upstreamOrigin ? '' : '; set CONTACT so that Bandcamp can reach you';
  return {
    name: 'feed',
    describe: `on: read each minute from ${upstreamOrigin ?? 'bandcamp.com'}${unknown}`,
    start: async () => tickEachMinute(deps, () => jobs.forEach(runner.start), stopping.signal),
    stop: async () => stopping.abort(new Error('the service is stopping')),
  };
}

/** Digests to the chats that are configured. */
async function deliverPart({ deps, pools, runner }: Building): Promise<Part> {
  const channels = await createChannels(deps);
  return {
    name: 'digests',
    ...(channels.size > 0
      ? {
          describe: `on: to ${[...channels.keys()].join(' and ')}`,
          ...createWorker(deps, { channels, runner, pools }),
        }
      : { describe: `off: neither ${platforms.map(one => one.channelSetting).join(' nor ')} is set` }),
  };
}

/** The parts that this process has; a part whose role is elsewhere says so. */
async function createParts(building: Building): Promise<Part[]> {
  const { deps, pools, counting } = building;
  const { roles } = deps.config;
  const part = async (name: string, role: Role, create: () => Part | Promise<Part>): Promise<Part> =>
    roles.includes(role) ? create() : { name, describe: `off: ROLES has no "${role}"` };
  const chats = {
    ...deps,
    db: pools.open(BOTS).sql,
    admit: counting.lane(CHAT_LANE),
    turns: createTurns({ capacity: CHAT_REPLIES }),
  };
  return [
    await part('feed', 'etl', () => etlPart(building)),
    await part('digests', 'deliver', () => deliverPart(building)),
    ...(await Promise.all(
      platforms.map(({ label: name, bot }) =>
        part(name, 'bots', async () => ({ name, ...(await bot(chats)) })),
      ),
    )),
  ];
}

/** The web as one app, its questions and health on pools of their own. */
function webApp(
  { deps, pools, counting, drawing, metrics }: Building,
  parts: readonly Part[],
  isStopping: () => boolean,
) {
  const { config } = deps;
  const pages = config.roles.includes('web');
  const web = {
    ...deps,
    ...chartsOf(config, drawing.lane(HASTY)),
    renderReport: drawing.lane(COMPOSED).renderReport,
    limits: createLimits(config),
    db: pools.open(WEB).sql,
    admit: counting.lane(WEB_LANE),
  };
  const routes = [
    ...parts.flatMap(part => part.routes ?? []),
    ...(pages ? [reportRoutes(web), liveChartRoutes(web)] : []),
    ...(config.metricsPort === undefined ? [metrics.routes] : []),
  ];
  const health = { ...deps, db: pools.open(HEALTH).sql, isStopping };
  return createApp({ ...web, hasReports: true, chartClient: CHART_CLIENT, health, metrics }, routes, {
    pages,
  });
}

/** Opens everything and prints what is on; `stack` closes it in reverse order, also after a failed start. */
async function open(config: Config, stack: AsyncDisposableStack, stopping: AbortSignal): Promise<void> {
  const drawing = createDrawing();
  stack.defer(() => drawing.close());
  const use = config.roles.some(role => role !== 'web') ? 'write' : 'read';
  const opened = await openDeps(config, drawing.lane(PATIENT), { use, patienceMs: SCHEMA_WITHIN_MS });
  const { pools, database, dispose } = opened;
  stack.defer(dispose);
  const runner = createRunner({ pools, log: opened.deps.log });
  const metrics = createMetrics({
    db: pools.open(METRICS).sql,
    clock: opened.deps.clock,
    jobs: runner.counts,
    pools: pools.use,
    token: config.metricsToken,
    open: config.metricsPort !== undefined,
  });
  const answers = { ...opened.deps.answers, latencies: metrics.latencies };
  const deps = { ...opened.deps, answers };
  // Jobs end at once, so that another replica takes over while this one still answers.
  stopping.addEventListener('abort', () => void runner.stop(), { once: true });
  const building: Building = { deps, pools, runner, counting: createCounting(), drawing, metrics };
  const parts = await createParts(building);
  const pages = config.roles.includes('web');
  const app = webApp(building, parts, () => stopping.aborted);
  const server = await listen(app, (await handedDown(process.argv)) ?? config.port);
  stack.defer(async () => {
    await Promise.all([server.close(), ...parts.map(part => part.stop?.()), runner.stop()]);
  });
  if (config.metricsPort !== undefined) {
    const { close } = await listen(metrics.routes, config.metricsPort);
    stack.defer(close);
  }
  for (const part of parts) await part.start?.();
  const address = config.publicUrl ?? `http://localhost:${server.port}`;
  const lines = [
    ['dashboard', pages ? `${address}/` : 'off: ROLES has no "web"'],
    ['database', `on: ${database}`],
    ...parts.map(part => [part.name, part.describe]),
    ['clock', config.clock === 'real' ? 'real' : `simulated: ${config.clock}`],
    ['charts', config.quickchartUrl ? `by ${config.quickchartUrl}` : 'rendered locally'],
  ];
  const table = lines.map(([name, text]) => `  ${String(name).padEnd(10)} ${text}\n`).join('');
  process.stdout.write(`Bandcamp Tracker is running.\n${table}`);
}

interface Stop {
  /** Resolves at the first signal; from then on the process ends within `DRAIN_MS`, whatever hangs. */
  asked: Promise<void>;
  /** Resolves when serving may end: some seconds after SIGTERM, at once after Ctrl-C or a second signal. */
  due: Promise<void>;
}

function stopSignals(): Stop {
  const asked = Promise.withResolvers<void>();
  const due = Promise.withResolvers<void>();
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      signals += 1;
      asked.resolve();
      setTimeout(due.resolve, signal === 'SIGTERM' && signals === 1 ? LINGER_MS : 0);
      setTimeout(() => {
        process.stderr.write(`It took longer than ${DRAIN_MS / 1000} s to stop.\n`);
        process.exit(1);
      }, DRAIN_MS).unref();
    });
  }
  return { asked: asked.promise, due: due.promise };
}

const HELP =
  'Usage: npm start\n\n  Runs the service until Ctrl-C. Settings are variables of the environment, or ' +
  'lines of .env;\n  .env.example lists them. Without any it serves http://localhost:8080/ from ./data.\n';

async function run(): Promise<void> {
  if (wantsHelp(process.argv.slice(2))) return void process.stdout.write(HELP);
  // Before anything is opened, so that a stop during the start closes what it opened.
  const stop = stopSignals();
  const stopping = new AbortController();
  void stop.asked.then(() => stopping.abort());
  await using stack = new AsyncDisposableStack();
  await open(loadConfig(), stack, stopping.signal);
  await stop.due;
}

run().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error instanceof UserError ? error.text : messageOf(error)}\n`);
    process.exit(1);
  },
);
