/** `/metrics`: how the service does, in the text format that Prometheus reads. */
import { Hono, type MiddlewareHandler } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { routePath } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Ambient } from '../ambient.ts';
import { SECOND } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { readDataVersion } from '../db/data-version.ts';
import { feedState } from '../db/feed-reading.ts';
import type { PoolUse } from '../db/pools.ts';
import { pagesState } from '../db/read/service-state.ts';
import { rejectCounts } from '../db/reject-counts.ts';
import type { JobCount } from '../jobs/runner.ts';
import type { Latencies } from '../questions/lib/answer-cache.ts';

/** Upper bounds in seconds: around the aims of 50 ms, 500 ms and a second. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

export interface MetricsDeps extends HasDb, Pick<Ambient, 'clock'> {
  /** Finished job runs by outcome. */
  jobs?: () => JobCount[];
  /** The database pools of this process. */
  pools?: () => PoolUse[];
  /** Required as a bearer token; without one, only this machine is served unless `open`. */
  token?: string | undefined;
  /** Served on a private port, without a check. */
  open?: boolean;
}

export interface Metrics {
  /** `/metrics` */
  routes: Hono;
  /** Times each request that passes. */
  requests: MiddlewareHandler;
  /** To be told of each answer. */
  latencies: Latencies;
}

/** Build it once a process: it counts from now on. */
export function createMetrics(deps: MetricsDeps): Metrics {
  const registry = new Registry();
  const { requests, latencies } = timings(registry);
  const readService = serviceMetrics(registry, deps);
  if (deps.jobs) jobMetrics(registry, deps.jobs);
  if (deps.pools) poolMetrics(registry, deps.pools);
  collectDefaultMetrics({ register: registry });
  const routes = new Hono();
  if (deps.token) routes.use('/metrics', bearerAuth({ token: deps.token }));
  else if (!deps.open) routes.use('/metrics', forThisMachine);
  routes.get('/metrics', async c => {
    await readService();
    return c.text(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return { routes, requests, latencies };
}

/** What `@hono/node-server` hands over; a Worker has none. */
interface NodeBindings {
  incoming?: { socket: { remoteAddress?: string } };
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** 404 for other machines, also for those behind a proxy on this one. */
const forThisMachine: MiddlewareHandler = async (c, next) => {
  const address = (c.env as NodeBindings | undefined)?.incoming?.socket.remoteAddress ?? '';
  const isForwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded');
  if (!LOOPBACK.test(address) || isForwarded) return c.notFound();
  return next();
};

/** Observed as they happen. */
function timings(registry: Registry): Pick<Metrics, 'requests' | 'latencies'> {
  const requestSeconds = new Histogram({
    name: 'bandcamp_tracker_http_request_seconds',
    help: 'How long requests took until their response began, by the pattern of their address.',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const answerSeconds = new Histogram({
    name: 'bandcamp_tracker_answer_seconds',
    help: 'How long answers took, by question and by whether they were made before.',
    labelNames: ['question', 'cached'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return {
    requests: async (c, next) => {
      const stop = requestSeconds.startTimer({ method: c.req.method });
      await next();
      // The pattern of what answered; `/*` where nothing did.
      stop({ route: routePath(c), status: c.res.status });
    },
    latencies: {
      observe: (question, cached, seconds) =>
        answerSeconds.observe({ question, cached: cached ? 'yes' : 'no' }, seconds),
    },
  };
}

/** What the database tells; read together before each telling. */
function serviceMetrics(registry: Registry, { db, clock }: MetricsDeps): () => Promise<void> {
  const registers = [registry];
  const gauge = <Label extends string = never>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `bandcamp_tracker_${name}`, help, labelNames, registers });
  const behind = gauge('feed_behind_seconds', 'How long ago the end of the feed that is stored was.');
  const stalled = gauge('feed_stalled', '1 where the feed has not gone forward for ten minutes.');
  const failures = gauge('feed_failures', 'Failures of the feed in a row.');
  const known = gauge('pages', 'Pages that are known, about.');
  const waiting = gauge('pages_waiting', 'Pages that are due to be read.');
  const guessed = gauge('pages_guessed', "Pages whose tags are guessed from their artist's others.");
  const rejected = gauge('rejects', 'Records that were refused, by the code of their reason.', 'code');
  const dataVersion = new Counter({
    name: 'bandcamp_tracker_data_version',
    help: 'Raised by every change of what answers are made of.',
    registers,
  });
  return async () => {
    const now = clock.now();
    const [feed, rejects, pages, data] = await Promise.all([
      feedState(db, now),
      rejectCounts(db),
      pagesState(db, now),
      readDataVersion(db),
    ]);
    behind.set(feed.behindMicros / SECOND);
    stalled.set(feed.stalled ? 1 : 0);
    failures.set(feed.failures);
    known.set(pages.pages);
    waiting.set(pages.waiting);
    guessed.set(pages.guessed);
    rejected.reset();
    for (const { code, count } of rejects) rejected.set({ code }, count);
    dataVersion.reset();
    dataVersion.inc(data.version);
  };
}

function jobMetrics(registry: Registry, counts: () => JobCount[]): void {
  new Counter({
    name: 'bandcamp_tracker_job_runs_total',
    help: 'Runs of jobs that ended, by how they did.',
    labelNames: ['job', 'outcome'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { job, outcome, count } of counts()) this.inc({ job, outcome }, count);
    },
  });
}

function poolMetrics(registry: Registry, pools: () => PoolUse[]): void {
  const gauge = (name: string, help: string, value: (pool: PoolUse) => number) =>
    new Gauge({
      name: `bandcamp_tracker_db_${name}`,
      help,
      labelNames: ['pool'],
      registers: [registry],
      collect() {
        this.reset();
        for (const pool of pools()) this.inc({ pool: pool.name }, value(pool));
      },
    });
  gauge('connections', 'Connections to the database that are open.', ({ connections }) => connections);
  gauge('connections_max', 'Most connections to the database at once.', ({ max }) => max);
  gauge(
    'connections_waiting',
    'Connections that wait for an answer of the database, for about a second or longer.',
    ({ waiting }) => waiting,
  );
}
