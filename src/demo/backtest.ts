/** The backtest over simulated worlds: every method on every day of worlds whose truth is known. */
import { type Instant, parseInstant } from '../core/instant.ts';
import { judgeMethod, type Tally } from '../stats/backtest.ts';
import { type ArtistTally, judgeArtists, SOON_DAYS } from '../stats/backtest-artists.ts';
import { METHODS, WINDOW_DAYS } from '../stats/backtest-methods.ts';
import { countTags } from '../stats/day-counts.ts';
import { truthOfArtists, truthOfGenres } from './backtest-truth.ts';
import { logOfWorld } from './backtest-world.ts';

export interface SimulatedBacktest {
  salesADay: number;
  seeds: readonly number[];
  genres: Record<string, Tally>;
  artists: Record<string, ArtistTally>;
}

/** Three seasons of truth, with the window and the baseline before; a Bandcamp Friday is in each. */
const DAYS = { before: 42, truth: 84 };
/** A twentieth of a year's sales is what the real ones are. */
const ARTISTS_A_SALE = 365 / 20;
/** On the first days hardly anything has begun. */
const FIRST_ORIGIN = 3;
const START: Instant = parseInstant('2026-07-01');

/** One world, its results added to those before. At 40,000 sales a day two minutes and 1.3 GB, at 8,000 a quarter of a minute. */
export function backtestWorld(seed: number, results: SimulatedBacktest): SimulatedBacktest {
  const { salesADay, genres, artists } = results;
  const size = Math.round(salesADay * ARTISTS_A_SALE);
  const { log, truth } = logOfWorld({ seed, salesADay, artists: size, start: START, days: DAYS.truth }, DAYS.before);
  const origins = Array.from({ length: DAYS.truth - FIRST_ORIGIN + 1 }, (_, at) => DAYS.before + FIRST_ORIGIN + at);
  const counts = countTags(log);
  const ofGenres = truthOfGenres(truth, log, DAYS.before);
  for (const method of METHODS)
    genres[method.name] = judgeMethod(method, counts, ofGenres, origins, WINDOW_DAYS, genres[method.name]);
  judgeArtists(log, truthOfArtists(truth, log, SOON_DAYS), origins, artists);
  return { ...results, seeds: [...results.seeds, seed] };
}

export const emptyBacktest = (salesADay: number): SimulatedBacktest => ({
  salesADay,
  seeds: [],
  genres: {},
  artists: {},
});
