/** What every room may be given without knowing any other: settings, time, chance and the log. */
import type { Config } from './config.ts';
import type { Clock } from './core/time/clock.ts';
import type { Log } from './log.ts';

export interface Ambient {
  config: Config;
  clock: Clock;
  /** Uniform in [0, 1), for jitter. */
  random: () => number;
  log: Log;
}
