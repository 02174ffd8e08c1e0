/** `/metrics` tells Prometheus how the service does. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { MINUTE } from '../../src/core/time/instant.ts';
import { createPools } from '../../src/db/pools.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { silentLog } from '../../src/log.ts';
import { createApp } from '../../src/web/app.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db, url } = await testDatabase();

test('the feed, its rejects, the pages and the data are told, each with its meaning', async () => {
  const rejects = [
    { reason: 'bad-item: "x"', raw: '{}' },
    { reason: 'odd"\n: y', raw: '{}' },
  ];
  await storeBatch(
    db,
    { kind: 'sales', from: NOON - MINUTE, until: NOON, serverTime: NOON, sales: [aSale()], rejects },
    NOON,
  );
  const never = async () => new Uint8Array();
  const pools = createPools(url);
  const { sql } = pools.open({ name: 'other', max: 3, longestMs: 5_000 });
  await sql`select 1`;
  const clock = simulatedClock(NOON + 15 * MINUTE, 1);
  const jobs = () => [{ job: 'ingest', outcome: 'timed-out' as const, count: 2 }];
  const metrics = createMetrics({ db, clock, jobs, pools: pools.use });
  metrics.latencies.observe('top', true, 0.02);
  metrics.latencies.observe('top', true, 30);
  const app = createApp(
    { db, config: readConfig({}), clock, log: silentLog, renderChart: never, renderConfig: never, metrics },
    [metrics.routes],
  );
  const get = (path: string) =>
    app.request(path, {}, { incoming: { socket: { remoteAddress: '127.0.0.1' } } });
  await get('/q/status?zone=UTC');
  await get('/nowhere');
  await get('/metrics');
  const response = await get('/metrics');
  await pools.close();
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  expect(text).toMatch(/^bandcamp_tracker_feed_behind_seconds 9\d\d(\.\d+)?$/m);
  expect(text).toMatch(/^bandcamp_tracker_feed_stalled 1$/m);
  expect(text).toMatch(/^bandcamp_tracker_rejects\{code="bad-item"\} 1$/m);
  expect(text).toMatch(/^bandcamp_tracker_pages_waiting 1$/m);
  const bucket = (le: string) =>
    new RegExp(
      `^bandcamp_tracker_answer_seconds_bucket\\{le="${le}",question="top",cached="yes"\\} (\\d+)$`,
      'm',
    );
  expect(['0.01', '0.025', '5', '\\+Inf'].map(le => bucket(le).exec(text)?.[1])).toEqual([
    '0',
    '1',
    '1',
    '2',
  ]);
  expect(text).toMatch(/^bandcamp_tracker_answer_seconds_count\{question="top",cached="yes"\} 2$/m);
  expect(text).toMatch(/^# TYPE bandcamp_tracker_answer_seconds histogram$/m);
  expect(text).toMatch(/^bandcamp_tracker_job_runs_total\{job="ingest",outcome="timed-out"\} 2$/m);
  const timed = [...text.matchAll(/^bandcamp_tracker_http_request_seconds_count\{(.*)\} 1$/gm)];
  expect(timed.map(([, labels]) => labels)).toEqual([
    'method="GET",route="/q/:question",status="200"',
    'method="GET",route="/*",status="404"',
    'method="GET",route="/metrics",status="200"',
  ]);
  const pool = (name: string) =>
    new RegExp(`^bandcamp_tracker_db_${name}\\{pool="other"\\} (\\d+)$`, 'm').exec(text)?.[1];
  expect(['connections', 'connections_max', 'connections_waiting'].map(pool)).toEqual(['1', '3', '0']);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
  // Each line is a comment or a sample, as the format has it.
  for (const line of text.split('\n').filter(Boolean))
    expect(line).toMatch(
      /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="([^"\\\n]|\\.)*"(,\w+="([^"\\\n]|\\.)*")*\})? (-?[\d.e+-]+|Nan))$/,
    );
});
