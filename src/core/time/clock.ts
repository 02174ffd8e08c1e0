/**
 * Time as a dependency: real, or simulated at a speed, so that a simulated week is the real code running
 * fast.
 */
import { UserError } from '../errors.ts';
import { type Instant, instantFromMillis, parseInstant } from './instant.ts';

export interface Clock {
  /** The present, in microseconds. */
  now(): Instant;
  /** Waits for that much of this clock's time; rejects with the signal's reason when aborted. */
  sleep(micros: number, signal?: AbortSignal): Promise<void>;
  /**
   * The real time, in microseconds, by which others sign and set deadlines; differs from `now` where time is
   * simulated.
   */
  realNow(): Instant;
  /** Seconds of this clock that pass in one real second: 1 for the real clock. */
  readonly speed: number;
}

/** `setTimeout` holds its delay in 32 bits. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

function wait(millis: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(Math.max(millis, 0), MAX_TIMEOUT_MS),
    );
    signal?.addEventListener('abort', stop, { once: true });
  });
}

const wallNow = (): Instant => instantFromMillis(Date.now());

/** This machine's wall clock: it may be wrong, and it may be set while we run. */
export const realClock: Clock = {
  now: wallNow,
  realNow: wallNow,
  sleep: (micros, signal) => wait(micros / 1000, signal),
  speed: 1,
};

export interface SyncedClock extends Clock {
  /**
   * Takes over another clock's time: it showed `at` at some moment between two readings of
   * `performance.now()`. A difference within that uncertainty is ignored, so that time does not jitter.
   * @returns by how many microseconds this machine's wall clock is ahead
   */
  sync(at: Instant, askedMs: number, heardMs: number): number;
}

/**
 * A clock that follows another one and is monotonic in between: setting this machine's wall clock does not
 * move it.
 */
export function createSyncedClock(): SyncedClock {
  /** The other clock's time at `performance.now() === 0`; this machine's until the first sync. */
  let origin = wallNow() - performance.now() * 1000;
  let heard = false;
  const now = (): Instant => Math.round(origin + performance.now() * 1000);
  return {
    now,
    realNow: now,
    sleep: realClock.sleep,
    speed: 1,
    sync(at, askedMs, heardMs) {
      const [least, most] = [at - heardMs * 1000, at - askedMs * 1000];
      if (!heard || origin < least || origin > most) origin = (least + most) / 2;
      heard = true;
      return wallNow() - now();
    },
  };
}

/**
 * A clock that stood at `start` that many real milliseconds ago and runs `speed` times as fast as the real
 * one.
 */
export function simulatedClock(start: Instant, speed: number, agoMs = 0): Clock {
  const origin = performance.now() - agoMs;
  return {
    now: () => start + Math.round((performance.now() - origin) * 1000 * speed),
    realNow: wallNow,
    sleep: (micros, signal) => wait(micros / 1000 / speed, signal),
    speed,
  };
}

/**
 * Reads the setting `CLOCK`: `real`, or `<ISO instant>@<speed>`. A third part, `@<ISO instant>`, is the real
 * moment at which the simulated time began: processes that start one after the other, or again, share one
 * time by it.
 * @throws UserError
 */
export function parseClock(text: string): Clock {
  if (text === 'real') return realClock;
  const [start, speed, began] = text.split('@');
  const factor = Number(speed);
  if (!start || !(factor > 0 && factor <= 100_000)) {
    throw new UserError(
      `CLOCK is "${text}".`,
      'Use "real", or an instant and a speed such as 2026-10-07T00:00Z@60.',
    );
  }
  const agoMs = began ? (realClock.now() - parseInstant(began)) / 1000 : 0;
  return simulatedClock(parseInstant(start), factor, agoMs);
}
