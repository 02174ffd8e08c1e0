/** A start in steps of a usual length, as one share of it all and the time that is left. */

export interface Step {
  what: string;
  usualMs: number;
}

export interface Steps {
  /** The next step begins. */
  next(): void;
  /** How much of the current step is done, from 0 to 1; without it the usual time tells. */
  at(share: number): void;
  now(): { what: string; share: number; leftMs: number };
}

/** From this share on a step's own pace says how long it still takes. */
const TELLING = 0.05;
const LEAST_LEFT_MS = 1_000;

/**
 * The share never falls and reaches 1 at no time: whoever ends says so otherwise. The first step has begun.
 * @param clock milliseconds of a monotonic clock
 */
export function createSteps(steps: readonly Step[], clock = () => performance.now()): Steps {
  const sum = (list: readonly Step[]) => list.reduce((all, { usualMs }) => all + usualMs, 0);
  let current = 0;
  let began = clock();
  let own: number | undefined;
  return {
    next() {
      current = Math.min(current + 1, steps.length - 1);
      began = clock();
      own = undefined;
    },
    at(share) {
      own = Math.max(own ?? 0, Math.min(1, share));
    },
    now() {
      const { what, usualMs } = steps[current] as Step;
      const ms = clock() - began;
      const share = own ?? 1 - Math.exp(-ms / usualMs);
      const leftMs = own && own >= TELLING ? (ms * (1 - own)) / own : usualMs * (1 - share);
      return {
        what,
        share: Math.min(0.99, (sum(steps.slice(0, current)) + usualMs * share) / sum(steps)),
        leftMs: Math.max(LEAST_LEFT_MS, leftMs + sum(steps.slice(current + 1))),
      };
    },
  };
}
