/**
 * Runs each job without overlap, on its own connections, under a time limit that ends it whatever it hangs
 * on.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../db/connect.ts';
import { assertSchemaKnown } from '../db/known-schema.ts';
import type { Pool, Pools } from '../db/pools.ts';
import type { Log } from '../log.ts';

export interface Job {
  /** In logs, metrics and `pg_stat_activity`. */
  name: string;
  /** Time limit in milliseconds of real time. */
  limitMs: number;
  /** Most connections it uses at once, locks not counted. */
  connections: number;
  /** When started while it runs, it runs once more afterwards. */
  again?: boolean;
  /** Should end soon after the signal aborts; then its database connections are closed. */
  work(db: Sql, signal: AbortSignal): Promise<unknown>;
}

/** `stopped`: since the service stops. */
type Outcome = 'done' | 'failed' | 'timed-out' | 'stopped';

export interface JobCount {
  job: string;
  outcome: Outcome;
  count: number;
}

export interface Runner {
  /** Starts a run, unless one is going on. Never throws. */
  start(job: Job): void;
  /** Finished runs by outcome, since the start. */
  counts(): JobCount[];
  /** Aborts what runs and resolves when it has ended or was given up. */
  stop(): Promise<void>;
}

/**
 * After an abort: time to end by itself; then its connections are closed; after as long again it is given up.
 */
const GRACE_MS = 2_500;

class JobTooLong extends Error {}

export function createRunner({ pools, log }: { pools: Pools; log: Log }): Runner {
  const running = new Map<string, Promise<void>>();
  const opened = new Map<string, Pool>();
  const counted = new Map<string, JobCount>();
  const again = new Set<string>();
  const stopping = new AbortController();

  function poolOf({ name, connections, limitMs }: Job): Pool {
    const pool = opened.get(name) ?? pools.open({ name, max: connections, longestMs: limitMs });
    opened.set(name, pool);
    return pool;
  }

  function count(job: string, outcome: Outcome): void {
    const key = `${job} ${outcome}`;
    const one = counted.get(key) ?? { job, outcome, count: 0 };
    counted.set(key, { ...one, count: one.count + 1 });
  }

  async function run(job: Job): Promise<void> {
    const { name, limitMs } = job;
    const pool = poolOf(job);
    const limit = new AbortController();
    const timer = setTimeout(
      () => limit.abort(new JobTooLong(`took longer than ${limitMs / 1000} s`)),
      limitMs,
    );
    const signal = AbortSignal.any([stopping.signal, limit.signal]);
    // Jobs write: none begins when a newer version has started meanwhile.
    const work = assertSchemaKnown(pool.sql).then(() => job.work(pool.sql, signal));
    try {
      await Promise.race([work, abandoned(signal, pool)]);
      count(name, 'done');
    } catch (error) {
      const outcome = outcomeNow();
      count(name, outcome);
      if (outcome === 'timed-out')
        log.error('job-timed-out', { job: name, limitSeconds: limitMs / 1000, error });
      if (outcome === 'failed') log.warn('job-failed', { job: name, error });
    } finally {
      clearTimeout(timer);
      running.delete(name);
      if (again.delete(name)) start(job);
      // It may still reject after it was given up.
      work.catch(() => {});
    }

    function outcomeNow(): Outcome {
      if (limit.signal.aborted) return 'timed-out';
      return stopping.signal.aborted ? 'stopped' : 'failed';
    }

    /** Rejects when aborted work has used up its grace period. */
    async function abandoned(signal: AbortSignal, pool: Pool): Promise<never> {
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
      await delay(GRACE_MS, undefined, { ref: false });
      if (opened.get(name) === pool) opened.delete(name);
      void pool.destroy(signal.reason);
      await delay(GRACE_MS, undefined, { ref: false });
      throw signal.reason;
    }
  }

  function start(job: Job): void {
    if (stopping.signal.aborted) return;
    if (!running.has(job.name)) running.set(job.name, run(job));
    else if (job.again) again.add(job.name);
  }

  return {
    start,
    counts: () => [...counted.values()],
    async stop() {
      stopping.abort(new Error('the service is stopping'));
      await Promise.all(running.values());
    },
  };
}
