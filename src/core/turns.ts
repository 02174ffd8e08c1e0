/** A bounded queue: so much at a time, so many waiting, for so long at most; the others are told to come again. */
import { NotNow } from './errors.ts';

export interface TurnsOptions {
  /** Weight in work at a time; work of no weight given weighs 1. */
  capacity: number;
  /** Waiting at most; more are refused at once. */
  mostWaiting?: number;
  /** How long one waits at most, in milliseconds of real time. */
  longestWaitMs?: number;
  /** When the refused are told to come again. */
  retryAfterSeconds?: number;
}

export interface TurnOptions {
  /** What of the capacity the work takes; one that is heavier than all of it runs alone. */
  weight?: number;
  /** Goes before all that wait and are not urgent. */
  urgent?: boolean;
  /** Ends the wait, not the work. */
  signal?: AbortSignal | undefined;
}

export interface Turns {
  /**
   * Does the work when its turn comes: in the order of arrival, the urgent first. A heavy one at the head is not overtaken.
   * @throws NotNow where too many wait, or it waited too long; the signal's reason
   */
  take<T>(work: () => Promise<T>, options?: TurnOptions): Promise<T>;
  /** How many wait now. */
  readonly waiting: number;
  /** How many are in work now. */
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
