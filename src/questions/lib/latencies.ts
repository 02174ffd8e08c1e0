/**
 * How long answers took, by question and by whether they were counted anew: as Prometheus' histograms have
 * it.
 */

/** Upper bounds in seconds: around the aims of 50 ms, 500 ms and a second. */
export const BOUNDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5] as const;

export interface Latency {
  question: string;
  cached: boolean;
  /** How many took at most as long as each bound says. */
  within: number[];
  count: number;
  /** Of all, in seconds. */
  sum: number;
}

export interface Latencies {
  observe(question: string, cached: boolean, seconds: number): void;
  all(): Latency[];
}

export function createLatencies(): Latencies {
  const latencies = new Map<string, Latency>();
  return {
    observe(question, cached, seconds) {
      const key = `${question} ${cached}`;
      let one = latencies.get(key);
      if (!one) {
        one = { question, cached, within: BOUNDS.map(() => 0), count: 0, sum: 0 };
        latencies.set(key, one);
      }
      for (const [at, bound] of BOUNDS.entries())
        if (seconds <= bound) one.within[at] = (one.within[at] ?? 0) + 1;
      one.count += 1;
      one.sum += seconds;
    },
    all: () => [...latencies.values()],
  };
}
