/** The digests as a part of the service: rings record what is due, and whoever is woken delivers it. */
import type { Channel } from './channel.ts';
import { type DeliverDeps, deliverDue } from './deliver.ts';
import { openQueue, type Queue } from './queue.ts';
import { recordDue } from './ring.ts';
import { ringEachMinute } from './schedule.ts';

export interface Worker {
  start(): Promise<void>;
  /** Begins nothing new and resolves when what is being sent is sent. */
  stop(): Promise<void>;
}

export function createWorker(deps: DeliverDeps, channels: ReadonlyMap<string, Channel>): Worker {
  const { log } = deps;
  const stopping = new AbortController();
  let queue: Queue | undefined;
  let working: Promise<void> | undefined;
  let again = false;

  /** Delivers what is due; who wakes it while it works makes it look once more. */
  const wake = (): Promise<void> => {
    again = true;
    working ??= (async () => {
      while (again && !stopping.signal.aborted) {
        again = false;
        await deliverDue(deps, channels, stopping.signal);
      }
    })()
      .catch(error => log.error('deliver-failed', { error }))
      .finally(() => {
        working = undefined;
      });
    return working;
  };

  let ringing: Promise<unknown> | undefined;
  const onRing = (minute: number) => {
    ringing ??= recordDue(deps, minute, queue)
      .catch(error => log.error('digest-ring-failed', { error }))
      .finally(() => {
        ringing = undefined;
        void wake();
      });
  };

  return {
    async start() {
      queue = await openQueue(deps);
      await queue.work(wake);
      ringEachMinute(deps, onRing, stopping.signal);
    },
    async stop() {
      stopping.abort(new Error('the service is stopping'));
      await ringing;
      await working;
      await queue?.close();
    },
  };
}
