/**
 * A clock that stands still unless somebody sleeps, and then jumps to the end of that sleep: waiting without
 * time passing.
 */
import { setImmediate as tick } from 'node:timers/promises';
import type { Clock } from '../../src/core/time/clock.ts';
import type { Instant } from '../../src/core/time/instant.ts';

export function leapingClock(start: Instant = 0): Clock {
  let now = start;
  return {
    now: () => now,
    realNow: () => now,
    speed: 1,
    async sleep(micros, signal) {
      const due = now + micros;
      await tick();
      signal?.throwIfAborted();
      now = Math.max(now, due);
    },
  };
}
