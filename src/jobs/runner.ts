/** Runs jobs one at a time each, on connections of their own, and ends one that takes too long, whatever it hangs on. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../db/connect.ts';
import { assertSchemaKnown } from '../db/known-schema.ts';
import type { Pool, Pools } from '../db/pools.ts';
import type { Log } from '../log.ts';

export interface Job {
  /** As logs, metrics and `pg_stat_activity` have it. */
  name: string;
  /** Real time after which it is ended, in milliseconds. */
  limitMs: number;
  /** That it uses at a time, locks not counted. */
  connections: number;
  /** Asked for while it runs, it runs once more afterwards. */
  again?: boolean;
  /** Ends soon after the signal aborts; what it waits for of the database is then failed. */
  work(db: Sql, signal: AbortSignal): Promise<unknown>;
}

/** `stopped`: since the service stops. */
export type Outcome = 'done' | 'failed' | 'timed-out' | 'stopped';

export interface JobCount {
  job: string;
  outcome: Outcome;
  count: number;
}

export interface Runner {
  /** Begins a run; a run that still goes on is left to end. Never throws. */
  start(job: Job): void;
  /** How often runs ended how, since the start. */
  counts(): JobCount[];
  /** Aborts what runs and resolves when it has ended. */
  stop(): Promise<void>;
}

/** For what was aborted to end by itself; then its connections are closed, and after as long again nobody waits for it. */
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
    const timer = setTimeout(() => limit.abort(new JobTooLong(`took longer than ${limitMs / 1000} s`)), limitMs);
    const signal = AbortSignal.any([stopping.signal, limit.signal]);
    // Jobs write: none begins when a newer version has started meanwhile.
    const work = assertSchemaKnown(pool.sql).then(() => job.work(pool.sql, signal));
    try {
      await Promise.race([work, abandoned(signal, pool)]);
      count(name, 'done');
    } catch (error) {
      const outcome = outcomeNow();
      count(name, outcome);
      if (outcome === 'timed-out') log.error('job-timed-out', { job: name, limitSeconds: limitMs / 1000, error });
      if (outcome === 'failed') log.warn('job-failed', { job: name, error });
    } finally {
      clearTimeout(timer);
      running.delete(name);
      if (again.delete(name)) start(job);
      // Nobody waits for its end any more.
      work.catch(() => {});
    }

    function outcomeNow(): Outcome {
      if (limit.signal.aborted) return 'timed-out';
      return stopping.signal.aborted ? 'stopped' : 'failed';
    }

    /** Rejects when work that was aborted has had its time to end. */
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
