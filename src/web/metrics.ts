/** `/metrics`: how the service does, in the text format that Prometheus reads. */

import { Hono, type MiddlewareHandler } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import type { Ambient } from '../ambient.ts';
import { SECOND } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { readDataVersion } from '../db/data-version.ts';
import { feedState } from '../db/feed-reading.ts';
import { pagesState } from '../db/read/service-state.ts';
import { rejectCounts } from '../db/reject-counts.ts';
import type { JobCount } from '../jobs/runner.ts';
import type { Answers, HasAnswers } from '../questions/lib/answer-cache.ts';
import { BOUNDS, type Latency } from '../questions/lib/latencies.ts';

/** As Prometheus has it: buckets add up to `+Inf`, which is the count. */
function latencyMetric({ latencies }: Answers): Metric {
  const labels = ({ question, cached }: Latency) => ({ question, cached: cached ? 'yes' : 'no' });
  return {
    name: 'bandcamp_tracker_answer_seconds',
    help: 'How long answers took, by question and by whether they were made before.',
    type: 'histogram',
    samples: latencies.all().flatMap(one => [
      ...[...BOUNDS, '+Inf'].map((le, at) => ({
        suffix: '_bucket',
        labels: { ...labels(one), le: String(le) },
        value: one.within[at] ?? one.count,
      })),
      { suffix: '_sum', labels: labels(one), value: one.sum },
      { suffix: '_count', labels: labels(one), value: one.count },
    ]),
  };
}

const jobsMetric = (counts: readonly JobCount[]): Metric => ({
  name: 'bandcamp_tracker_job_runs_total',
  help: 'Runs of jobs that ended, by how they did.',
  type: 'counter',
  samples: counts.map(({ job, outcome, count }) => ({ labels: { job, outcome }, value: count })),
});

interface Metric {
  name: string;
  help: string;
  type: 'gauge' | 'counter' | 'histogram';
  samples: { suffix?: string; labels?: Record<string, string>; value: number }[];
}

export interface MetricsDeps extends HasDb, Pick<Ambient, 'clock'>, Partial<HasAnswers> {
  /** Finished job runs by outcome. */
  jobs?: () => JobCount[];
  /** Required as a bearer token; without one, only this machine is served unless `open`. */
  token?: string | undefined;
  /** Served on a private port, without a check. */
  open?: boolean;
}

export function metricsRoutes(deps: MetricsDeps): Hono {
  const app = new Hono();
  if (deps.token) app.use('/metrics', bearerAuth({ token: deps.token }));
  else if (!deps.open) app.use('/metrics', forThisMachine);
  return app.get('/metrics', async c => {
    const metrics = await readMetrics(deps);
    return c.text(metrics.map(write).join(''), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  });
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

async function readMetrics({ db, clock, answers, jobs }: MetricsDeps): Promise<Metric[]> {
  const now = clock.now();
  const [feed, rejects, pages, data] = await Promise.all([
    feedState(db, now),
    rejectCounts(db),
    pagesState(db, now),
    readDataVersion(db),
  ]);
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `bandcamp_tracker_${name}`,
    help,
    type: 'gauge',
    samples: [{ value }],
  });
  return [
    gauge(
      'feed_behind_seconds',
      'How long ago the end of the feed that is stored was.',
      feed.behindMicros / SECOND,
    ),
    gauge('feed_stalled', '1 where the feed has not gone forward for ten minutes.', feed.stalled ? 1 : 0),
    gauge('feed_failures', 'Failures of the feed in a row.', feed.failures),
    gauge('pages', 'Pages that are known, about.', pages.pages),
    gauge('pages_waiting', 'Pages that are due to be read.', pages.waiting),
    gauge('pages_guessed', "Pages whose tags are guessed from their artist's others.", pages.guessed),
    {
      name: 'bandcamp_tracker_rejects',
      help: 'Records that were refused, by the code of their reason.',
      type: 'gauge',
      samples: rejects.map(({ code, count }) => ({ labels: { code }, value: count })),
    },
    {
      name: 'bandcamp_tracker_data_version',
      help: 'Raised by every change of what answers are made of.',
      type: 'counter',
      samples: [{ value: data.version }],
    },
    ...(answers ? [latencyMetric(answers)] : []),
    ...(jobs ? [jobsMetric(jobs())] : []),
  ];
}

const write = ({ name, help, type, samples }: Metric): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map(({ suffix = '', labels, value }) => `${name}${suffix}${labelText(labels)} ${value}\n`).join('')}`;

function labelText(labels: Record<string, string> = {}): string {
  const pairs = Object.entries(labels).map(
    ([key, value]) =>
      `${key}="${value.replace(/[\\"\n]/g, found => (found === '\n' ? '\\n' : `\\${found}`))}"`,
  );
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}
