/**
 * Plants the hardships of a world: what makes trends hard to tell. Each kind has its own stream of numbers,
 * so that another number of one leaves the others where they are.
 */
import { DAY, floorTo, HOUR, type Instant } from '../../core/time/instant.ts';
import { type Ground, SEASON } from '../planting.ts';
import { mix, named } from '../random.ts';
import { attackArtist, attackGenre, GENRE_ACCOMPLICES } from './attacks.ts';
import { MOST_CAMPAIGNERS, plantCampaign, plantReleaseWeek, plantViral } from './genre-decoys.ts';
import { plantHabits, plantOutages } from './habits.ts';
import { plantBulk, plantEmerging, plantNamesake, plantSmall, plantSpike } from './newcomers.ts';
import { ATTACKS, DECOYS, NEWCOMERS, OUTAGES, RISES } from './plan.ts';
import { plantFading, plantNational, plantShrinking, plantSlow, plantSteady } from './rises.ts';

const genreBudgets = ATTACKS.budgets.filter(budget => budget >= ATTACKS.genreBudget);

/** Artists that a season's hardships make. */
export const hardPlaces =
  NEWCOMERS.emerging +
  NEWCOMERS.small +
  NEWCOMERS.namesakes +
  DECOYS.campaigns * MOST_CAMPAIGNERS +
  ATTACKS.budgets.length * ATTACKS.artists +
  genreBudgets.length * ATTACKS.genres * GENRE_ACCOMPLICES;

export function plantHardships(ground: Ground, start: Instant, days: number): void {
  const root = mix(ground.root, named('hardships'));
  const begin = floorTo(start, HOUR);
  for (let season = 0; season * SEASON < days * DAY; season += 1) {
    const plant = (kind: string, count: number, one: (at: Instant) => void) => {
      ground.random.open(mix(mix(root, named(kind)), season));
      for (let n = 0; n < count; n += 1)
        one(begin + season * SEASON + floorTo(ground.random.next() * SEASON, HOUR));
    };
    plant('slow', RISES.slow, at => plantSlow(ground, at));
    plant('steady', RISES.steady, at => plantSteady(ground, at));
    plant('fading', RISES.fading, at => plantFading(ground, at));
    plant('national', RISES.national, at => plantNational(ground, at));
    plant('shrinking', RISES.shrinking, at => plantShrinking(ground, at));
    plant('release weeks', DECOYS.releaseWeeks, at => plantReleaseWeek(ground, at));
    plant('campaigns', DECOYS.campaigns, at => plantCampaign(ground, at));
    plant('viral', DECOYS.viral, at => plantViral(ground, at));
    plant('emerging', NEWCOMERS.emerging, at => plantEmerging(ground, at));
    plant('small', NEWCOMERS.small, at => plantSmall(ground, at));
    plant('namesakes', NEWCOMERS.namesakes, at => plantNamesake(ground, at));
    plant('spikes', NEWCOMERS.spikes, at => plantSpike(ground, at));
    plant('bulk buyers', NEWCOMERS.bulkBuyers, at => plantBulk(ground, at));
    for (const budget of ATTACKS.budgets)
      plant(`artists for ${budget}`, ATTACKS.artists, at => attackArtist(ground, at, budget));
    for (const budget of genreBudgets)
      plant(`genres for ${budget}`, ATTACKS.genres, at => attackGenre(ground, at, budget));
    plant('outages', OUTAGES.short, at => plantOutages(ground, at, OUTAGES.shortHours));
    plant('long outages', season % 2, at => plantOutages(ground, at, OUTAGES.longHours));
  }
  plantHabits(ground, mix(root, named('habits')), start, start + days * DAY);
}
