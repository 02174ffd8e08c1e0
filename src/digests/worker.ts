/** The digests as a part of the service: rings record what is due, and whoever is woken delivers it. */
import type { Pool, Pools } from '../db/pools.ts';
import { ringEachMinute } from '../jobs/minute-tick.ts';
import type { Job, Runner } from '../jobs/runner.ts';
import type { Channel } from './channel.ts';
import { type DeliverDeps, deliverDue } from './deliver.ts';
import { openQueue, type Queue } from './queue.ts';
import { recordDue } from './record-due.ts';

export interface Worker {
  start(): Promise<void>;
  /** Begins nothing new; what is being sent ends with the runner. */
  stop(): Promise<void>;
}

/** A delivery that hangs ends by itself before that. */
const DELIVER_LIMIT_MS = 10 * 60_000;
const RING_LIMIT_MS = 60_000;
/** Deliveries at a time, and what composes them. */
const DELIVER_CONNECTIONS = 8;
const QUEUE_STATEMENT_MS = 30_000;

export function createWorker(
  deps: DeliverDeps,
  { channels, runner, pools }: { channels: ReadonlyMap<string, Channel>; runner: Runner; pools: Pools },
): Worker {
  const stopping = new AbortController();
  let queue: Queue | undefined;
  let pool: Pool | undefined;

  const deliver: Job = {
    name: 'deliver',
    limitMs: DELIVER_LIMIT_MS,
    connections: DELIVER_CONNECTIONS,
    again: true,
    work: (db, signal) => deliverDue({ ...deps, db }, channels, signal),
  };
  const wake = () => runner.start(deliver);
  const onRing = (minute: number) =>
    runner.start({
      name: 'digests',
      limitMs: RING_LIMIT_MS,
      connections: 1,
      work: db => recordDue({ db }, minute, queue).finally(wake),
    });

  return {
    async start() {
      pool = pools.open({ name: 'queue', max: 2, longestMs: QUEUE_STATEMENT_MS });
      queue = await openQueue({ ...deps, db: pool.sql });
      await queue.work(async () => wake());
      ringEachMinute(deps, onRing, stopping.signal);
    },
    async stop() {
      stopping.abort(new Error('the service is stopping'));
      await queue?.close();
    },
  };
}
