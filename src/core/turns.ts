/**
 * A bounded, weighted queue: limits what runs at once, how many wait and for how long; the rest is refused.
 */
import { NotNow } from './errors.ts';

export interface TurnsOptions {
  /** Total weight that runs at once; a task weighs 1 by default. */
  capacity: number;
  /** Queue length; beyond it tasks are refused at once. */
  mostWaiting?: number;
  /** Longest wait in the queue, in milliseconds of real time. */
  longestWaitMs?: number;
  /** What a refused caller is told to wait. */
  retryAfterSeconds?: number;
}

interface TurnOptions {
  /** Share of the capacity; a task heavier than all of it runs alone. */
  weight?: number;
  /** Goes ahead of tasks that are not urgent. */
  urgent?: boolean;
  /** Ends the wait, not the work. */
  signal?: AbortSignal | undefined;
}

export interface Turns {
  /**
   * Runs the work when its turn comes: first in, first out, urgent ones first. A heavy task at the head is
   * not overtaken.
   * @throws NotNow when the queue is full or the wait is too long; the signal's reason when it aborts
   */
  take<T>(work: () => Promise<T>, options?: TurnOptions): Promise<T>;
  /** Tasks in the queue. */
  readonly waiting: number;
  /** Tasks that run. */
  readonly running: number;
}

interface Waiting {
  weight: number;
  urgent: boolean;
  begin(): void;
}

export function createTurns({
  capacity,
  mostWaiting = Number.POSITIVE_INFINITY,
  longestWaitMs = Number.POSITIVE_INFINITY,
  retryAfterSeconds = 60,
}: TurnsOptions): Turns {
  const queue: Waiting[] = [];
  let used = 0;
  let running = 0;

  const fits = (weight: number): boolean => running === 0 || used + weight <= capacity;

  function begin(weight: number): void {
    used += weight;
    running += 1;
  }

  function end(weight: number): void {
    used -= weight;
    running -= 1;
    for (let next = queue[0]; next && fits(next.weight); next = queue[0]) {
      queue.shift();
      begin(next.weight);
      next.begin();
    }
  }

  function wait(weight: number, urgent: boolean, signal: AbortSignal | undefined): Promise<void> {
    if (queue.length >= mostWaiting) throw new NotNow('busy', retryAfterSeconds);
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        done();
      };
      const give = (reason: unknown) => {
        queue.splice(queue.indexOf(waiting), 1);
        settle(() => reject(reason));
      };
      const leave = () => give(signal?.reason);
      const waiting: Waiting = { weight, urgent, begin: () => settle(resolve) };
      const timer = Number.isFinite(longestWaitMs)
        ? setTimeout(() => give(new NotNow('busy', retryAfterSeconds)), longestWaitMs)
        : undefined;
      signal?.addEventListener('abort', leave, { once: true });
      const at = urgent ? queue.findIndex(other => !other.urgent) : -1;
      queue.splice(at < 0 ? queue.length : at, 0, waiting);
    });
  }

  return {
    async take(work, { weight = 1, urgent = false, signal } = {}) {
      signal?.throwIfAborted();
      if (queue.length === 0 && fits(weight)) begin(weight);
      else await wait(weight, urgent, signal);
      try {
        return await work();
      } finally {
        end(weight);
      }
    },
    get waiting() {
      return queue.length;
    },
    get running() {
      return running;
    },
  };
}
