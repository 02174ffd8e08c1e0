/** Rings each minute of the service's clock: by node-schedule in real time, by waiting where time is simulated. */
import { scheduleJob } from 'node-schedule';
import { floorTo, type Instant, MINUTE } from '../core/instant.ts';
import type { Deps } from '../deps.ts';

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
  ring(floorTo(clock.now(), MINUTE));
  if (clock.speed === 1) {
    const job = scheduleJob({ rule: '* * * * *', tz: 'UTC' }, () => ring(floorTo(clock.now(), MINUTE)));
    signal.addEventListener('abort', () => job.cancel(), { once: true });
  } else {
    void ringSimulated(clock, ring, signal);
  }
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
