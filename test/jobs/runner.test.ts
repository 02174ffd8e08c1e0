/** Jobs end: by themselves, by their limit, or by losing their connections. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { withLock } from '../../src/db/lock.ts';
import { createPools } from '../../src/db/pools.ts';
import { createRunner, type Job } from '../../src/jobs/runner.ts';
import { createLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';

const { db, url } = await testDatabase();
const pools = createPools(url);
afterAll(() => pools.close());

function runnerWithLog() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('info', line => lines.push(JSON.parse(line)));
  return { runner: createRunner({ pools, log }), lines };
}

const until = async (isSo: () => boolean) => {
  const deadline = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('not within 20 s');
    await delay(20);
  }
};

const job = (work: Job['work'], options: Partial<Job> = {}): Job => ({
  name: 'work',
  limitMs: 300,
  connections: 1,
  work,
  ...options,
});

describe('a job', () => {
  test('runs once at a time; asked for meanwhile, one that wants to runs once more', async () => {
    const { runner } = runnerWithLog();
    let runs = 0;
    const slow = job(
      async () => {
        runs += 1;
        await delay(50);
      },
      { limitMs: 10_000 },
    );
    for (let n = 0; n < 5; n += 1) runner.start(slow);
    await until(() => runner.counts()[0]?.count === 1);
    await delay(100);
    expect(runs).toBe(1);
    for (let n = 0; n < 5; n += 1) runner.start({ ...slow, again: true });
    await until(() => runner.counts()[0]?.count === 3);
    expect(runs).toBe(3);
    await runner.stop();
  });

  test('that fails is logged and counted, and may run again', async () => {
    const { runner, lines } = runnerWithLog();
    const failing = job(() => Promise.reject(new Error('no')));
    runner.start(failing);
    await until(() => runner.counts().length === 1);
    runner.start(failing);
    await until(() => runner.counts()[0]?.count === 2);
    expect(runner.counts()).toEqual([{ job: 'work', outcome: 'failed', count: 2 }]);
    expect(lines[0]).toMatchObject({ event: 'job-failed', job: 'work', error: { message: 'no' } });
    await runner.stop();
  });

  test('that heeds the signal ends at its limit, logged and counted', async () => {
    const { runner, lines } = runnerWithLog();
    runner.start(job((_, signal) => delay(60_000, undefined, { signal })));
    await until(() => runner.counts().length === 1);
    expect(runner.counts()).toEqual([{ job: 'work', outcome: 'timed-out', count: 1 }]);
    expect(lines[0]).toMatchObject({
      level: 'error',
      event: 'job-timed-out',
      job: 'work',
      limitSeconds: 0.3,
    });
    await runner.stop();
  });

  test('that hangs on a statement ends all the same, and its lock is free', async () => {
    const { runner } = runnerWithLog();
    const name = 'hung';
    const hung = (sql: typeof db) =>
      withLock(sql, name, () => sql`select set_config('statement_timeout', '0', false), pg_sleep(600)`);
    runner.start(job(hung, { name }));
    await until(() => runner.counts().length === 1);
    expect(runner.counts()).toEqual([{ job: name, outcome: 'timed-out', count: 1 }]);
    await delay(100);
    expect(await withLock(db, name, async () => 'free')).toBe('free');
    // And the next run has connections again.
    runner.start(job(sql => sql`select 1`, { name }));
    await until(() => runner.counts().some(({ outcome }) => outcome === 'done'));
    await runner.stop();
  });

  test('that heeds nothing is left behind', async () => {
    const { runner } = runnerWithLog();
    runner.start(job(() => new Promise(() => {})));
    await until(() => runner.counts().length === 1);
    expect(runner.counts()).toEqual([{ job: 'work', outcome: 'timed-out', count: 1 }]);
    await runner.stop();
  });

  test('is stopped with the service, however it hangs', async () => {
    const { runner } = runnerWithLog();
    runner.start(job(() => new Promise(() => {}), { limitMs: 600_000 }));
    runner.start(job(sql => sql`select pg_sleep(600)`, { name: 'asleep', limitMs: 600_000 }));
    const began = performance.now();
    await runner.stop();
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(runner.counts().map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped']);
    runner.start(job(async () => {}));
    expect(runner.counts()).toHaveLength(2);
  });
});
