/** Rings each minute of the service's clock: by node-schedule in real time, by waiting where time is simulated. */
import { type Job, scheduleJob } from 'node-schedule';
import { floorTo, type Instant, MINUTE } from '../core/instant.ts';
import type { Deps } from '../deps.ts';

/** How often the wall clock is checked for a step. */
const LOOK_MS = 5_000;
/** More than a clock drifts meanwhile. */
const STRAY_MS = 1_000;

/** Calls `onRing` once now and at each whole minute, until the signal aborts. What it starts is its own to await. */
export function ringEachMinute(
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  onRing: (minute: Instant) => void,
  signal: AbortSignal,
): void {
  const ring = (minute: Instant) => {
    if (signal.aborted) return;
    try {
      onRing(minute);
    } catch (error) {
      log.error('ring-failed', { error });
    }
  };
  const ringNow = () => ring(floorTo(clock.now(), MINUTE));
  ringNow();
  if (clock.speed === 1) ringReal({ log }, ringNow, signal);
  else void ringSimulated(clock, ring, signal);
}

/**
 * node-schedule computes the next ring from the last one: after the wall clock is set back an hour it would not ring
 * for an hour. So the job is re-armed after each step of that clock.
 */
function ringReal({ log }: Pick<Deps, 'log'>, ring: () => void, signal: AbortSignal): void {
  const arm = (): Job => scheduleJob({ rule: '* * * * *', tz: 'UTC' }, ring);
  /** Constant unless the wall clock is set. */
  const offset = () => Date.now() - performance.now();
  let job = arm();
  let known = offset();
  const look = setInterval(() => {
    const moved = offset() - known;
    known += moved;
    if (Math.abs(moved) < STRAY_MS) return;
    log.warn('wall-clock-set', { bySeconds: Math.round(moved / 1000) });
    job.cancel();
    job = arm();
    ring();
  }, LOOK_MS);
  const stop = () => {
    clearInterval(look);
    job.cancel();
  };
  signal.addEventListener('abort', stop, { once: true });
}

async function ringSimulated(
  clock: Deps['clock'],
  ring: (minute: Instant) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const next = floorTo(clock.now(), MINUTE) + MINUTE;
    await clock.sleep(next - clock.now(), signal).catch(() => {});
    ring(next);
  }
}
