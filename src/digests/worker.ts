/**
 * The digests as a part of the service: ticks record what is due, and whoever is woken delivers it. A worker
 * is woken by NOTIFY when any replica records something, at the earliest retry, and at each tick.
 */

import { MINUTE, SECOND } from '../core/time/instant.ts';
import type { Sql } from '../db/connect.ts';
import { DUE, nextOpen } from '../db/deliveries.ts';
import { listenTo } from '../db/listen.ts';
import type { Pools } from '../db/pools.ts';
import { tickEachMinute } from '../jobs/minute-tick.ts';
import type { Job, Runner } from '../jobs/runner.ts';
import type { Channel } from './channel.ts';
import { type DeliverDeps, deliverDue } from './deliver.ts';
import { recordDue } from './record-due.ts';

export interface Worker {
  start(): Promise<void>;
  /** Begins nothing new; what is being sent ends with the runner. */
  stop(): Promise<void>;
}

/** A delivery that hangs ends by itself before that. */
const DELIVER_LIMIT_MS = 10 * 60_000;
const TICK_LIMIT_MS = 60_000;
/** Deliveries at a time, and what composes them. */
const DELIVER_CONNECTIONS = 8;
const LISTEN_MS = 30_000;
/** Where something is open that cannot be claimed yet, such as another worker's at the end of its lease. */
const LEAST_WAIT = SECOND;

export function createWorker(
  deps: DeliverDeps,
  { channels, runner, pools }: { channels: ReadonlyMap<string, Channel>; runner: Runner; pools: Pools },
): Worker {
  const stopping = new AbortController();
  let listening = Promise.resolve();
  let retry = new AbortController();

  /** Wakes again at the earliest retry; later ones are left to the minute's tick. */
  async function wakeAtRetry(db: Sql): Promise<void> {
    const { clock } = deps;
    const at = await nextOpen(db);
    const wait = at === null ? MINUTE : Math.max(0, at - clock.now());
    if (wait >= MINUTE) return;
    retry.abort();
    retry = new AbortController();
    const signal = AbortSignal.any([retry.signal, stopping.signal]);
    clock.sleep(Math.max(wait, LEAST_WAIT * clock.speed), signal).then(wake, () => {});
  }

  const deliver: Job = {
    name: 'deliver',
    limitMs: DELIVER_LIMIT_MS,
    connections: DELIVER_CONNECTIONS,
    again: true,
    work: async (db, signal) => {
      await deliverDue({ ...deps, db }, channels, signal);
      await wakeAtRetry(db);
    },
  };
  const wake = () => runner.start(deliver);
  const onTick = (minute: number) =>
    runner.start({
      name: 'digests',
      limitMs: TICK_LIMIT_MS,
      connections: 1,
      work: db => recordDue({ db }, minute).finally(wake),
    });

  return {
    async start() {
      const { sql: db } = pools.open({ name: 'listen', max: 1, longestMs: LISTEN_MS });
      listening = listenTo({ ...deps, db }, DUE, wake, stopping.signal);
      tickEachMinute(deps, onTick, stopping.signal);
    },
    async stop() {
      stopping.abort(new Error('the service is stopping'));
      await listening;
    },
  };
}
