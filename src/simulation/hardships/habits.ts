/** What is always so: genres that drift and have their weekday, and stretches that nobody reads. */
import { round } from '../../core/numbers.ts';
import { HOUR, type Instant } from '../../core/time/instant.ts';
import type { Ground } from '../planting.ts';
import { SCENES } from '../scenes.ts';

/** Scenes that drift and have a weekday. */
const HABITUAL = 0.3;
/** Both own estimates: the seasons of a genre, and the days before a weekend or of a weekly radio show. */
const DRIFT = { amplitude: 0.15, leastDays: 60, moreDays: 120 };
const WEEKDAY = { least: 1.2, more: 0.6 };

export function plantHabits(ground: Ground, hash: number, from: Instant, until: Instant): void {
  const { random, truth } = ground;
  random.open(hash);
  for (const [scene, { tag }] of SCENES.entries()) {
    if (!random.chance(HABITUAL)) continue;
    const habit = {
      scene,
      amplitude: round(DRIFT.amplitude * (0.5 + random.next()), 4),
      periodDays: DRIFT.leastDays + random.below(DRIFT.moreDays),
      phase: round(random.next(), 4),
      weekday: random.below(7),
      times: round(WEEKDAY.least + WEEKDAY.more * random.next()),
    };
    truth.habits.push(habit);
    const { amplitude, periodDays, phase, weekday, times } = habit;
    if (until > from)
      ground.note('habitual-genre', tag, from, until, { amplitude, periodDays, phase, weekday, times });
  }
}

/** A stretch of up to so many hours: a host that is down, a feed that refuses. */
export function plantOutages(ground: Ground, at: Instant, most: number): void {
  const until = at + Math.ceil(most * (0.2 + 0.8 * ground.random.next())) * HOUR;
  ground.truth.outages.push({ from: at, until });
  ground.note('outage', 'the feed', at, until, { hours: (until - at) / HOUR });
}
