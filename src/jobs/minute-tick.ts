/**
 * Ticks each minute of the service's clock: by node-schedule in real time, by waiting where time is
 * simulated.
 */

import { type Job, scheduleJob } from 'node-schedule';
import type { Ambient } from '../ambient.ts';
import { floorTo, type Instant, MINUTE } from '../core/time/instant.ts';

/** How often the wall clock is checked for a step. */
const LOOK_MS = 5_000;
/** More than a clock drifts meanwhile. */
const STRAY_MS = 1_000;
/**
 * After the minute: a timer that fires early, or a clock that is corrected meanwhile, must not tick for the
 * minute before, which would leave what is due to the next tick.
 */
const LATE_MS = 500;

/**
 * Calls `onTick` once now and at each whole minute, until the signal aborts. What it starts is its own to
 * await.
 */
export function tickEachMinute(
  { clock, log }: Pick<Ambient, 'clock' | 'log'>,
  onTick: (minute: Instant) => void,
  signal: AbortSignal,
): void {
  const tick = (minute: Instant) => {
    if (signal.aborted) return;
    try {
      onTick(minute);
    } catch (error) {
      log.error('tick-failed', { error });
    }
  };
  tick(floorTo(clock.now(), MINUTE));
  if (clock.speed === 1) tickReal({ clock, log }, tick, signal);
  else void tickSimulated(clock, tick, signal);
}

/**
 * Ticks by the service's minute, which need not be the wall clock's, by which node-schedule counts. So each
 * tick arms the next one, and a step of the wall clock arms it anew: set back an hour, it would not tick for
 * an hour.
 */
function tickReal(
  { clock, log }: Pick<Ambient, 'clock' | 'log'>,
  tick: (minute: Instant) => void,
  signal: AbortSignal,
): void {
  let job: Job | null = null;
  const arm = () => {
    job?.cancel();
    if (signal.aborted) return;
    const now = clock.now();
    const waitMs = Math.ceil((floorTo(now, MINUTE) + MINUTE - now) / 1000) + LATE_MS;
    job = scheduleJob(new Date(Date.now() + waitMs), () => {
      tick(floorTo(clock.now(), MINUTE));
      arm();
    });
  };
  /** Constant unless the wall clock is set. */
  const offset = () => Date.now() - performance.now();
  let known = offset();
  arm();
  const look = setInterval(() => {
    const moved = offset() - known;
    known += moved;
    // None where the clock was set at the very moment of arming, so that the next minute was over already.
    if (job === null) arm();
    if (Math.abs(moved) < STRAY_MS) return;
    log.warn('wall-clock-set', { bySeconds: Math.round(moved / 1000) });
    tick(floorTo(clock.now(), MINUTE));
    arm();
  }, LOOK_MS);
  const stop = () => {
    clearInterval(look);
    job?.cancel();
    job = null;
  };
  signal.addEventListener('abort', stop, { once: true });
}

async function tickSimulated(
  clock: Ambient['clock'],
  tick: (minute: Instant) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const next = floorTo(clock.now(), MINUTE) + MINUTE;
    await clock.sleep(next - clock.now(), signal).catch(() => {});
    tick(next);
  }
}
