/** Asks an address again and again, whether or not it has answered, and tells how it did. */
import { round } from './real-world.ts';

export interface Sample {
  /** When it was asked: true milliseconds since 1970. */
  at: number;
  /** 0: no answer in time, or none at all. */
  status: number;
  tookMs: number;
}

export interface Probe {
  samples: Sample[];
  /** Ends the asking; resolves when all are answered or given up. */
  stop(): Promise<void>;
}

export interface ProbeOptions {
  everyMs: number;
  timeoutMs: number;
}

/** Begins; `address` makes the n-th address. */
export function probe(address: (n: number) => string, { everyMs, timeoutMs }: ProbeOptions): Probe {
  const samples: Sample[] = [];
  const asking = new Set<Promise<void>>();
  let n = 0;
  async function ask(): Promise<void> {
    const at = Date.now();
    const began = performance.now();
    n += 1;
    // A connection of its own, as a load balancer's check has: one that is kept may be closed just now.
    const status = await fetch(address(n), {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { connection: 'close' },
    }).then(
      async answer => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => 0,
    );
    samples.push({ at, status, tookMs: Math.round(performance.now() - began) });
  }
  const timer = setInterval(() => {
    const asked = ask().catch(() => {});
    asking.add(asked);
    asked.then(() => asking.delete(asked));
  }, everyMs);
  return {
    samples,
    async stop() {
      clearInterval(timer);
      await Promise.all(asking);
    },
  };
}

/** Ten at once, so that the pool behind opens as many connections as it may; resolves to their statuses. */
export const askTen = (address: (n: number) => string): Promise<number[]> =>
  Promise.all(Array.from({ length: 10 }, async (_, n) => (await fetch(address(n))).status));

/** Of those that were asked from an instant on. */
export const slowestMs = (samples: readonly Sample[], from: number): number =>
  Math.max(0, ...samples.filter(({ at }) => at >= from).map(({ tookMs }) => tookMs));

export const statuses = (samples: readonly Sample[], from: number): number[] =>
  [...new Set(samples.filter(({ at }) => at >= from).map(({ status }) => status))].sort((a, b) => a - b);

/** Seconds from an instant until one that was asked since was answered with 200; NaN: none was. */
export function answeredAfter(samples: readonly Sample[], from: number): number {
  const answers = samples.filter(({ at, status }) => at >= from && status === 200);
  if (answers.length === 0) return Number.NaN;
  return round((Math.min(...answers.map(({ at, tookMs }) => at + tookMs)) - from) / 1000);
}
