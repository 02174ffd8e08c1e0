/** Genres sold by artists of a small world, by day: for the statistics of trends. */
import type { Slices } from '../../src/stats/expected.ts';
import {
  breadthOf,
  type Contribution,
  type Judged,
  judgeTrends,
  measureTrends,
} from '../../src/stats/trend.ts';
import { seeded } from './random.ts';

export function poisson(random: () => number, mean: number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 30) {
    const floor = Math.exp(-Math.min(left, 30));
    for (let product = random(); product > floor; product *= random()) count += 1;
  }
  return count;
}

/** Sales by genre: of each artist in the window's days and in the baseline. */
export type Genres = Map<string, Contribution[]>;

/** Sixty genres of 60 artists, each selling about once in six days, times the rate given. */
export function sellGenres(seed: number, rate: (genre: string, day: number) => number = () => 1): Genres {
  const random = seeded(seed);
  return new Map(
    Array.from({ length: 60 }, (_, n) => {
      const genre = `genre ${n}`;
      const artists = Array.from({ length: 60 }, (_, artist): Contribution => {
        const usual = 0.05 + 0.25 * random();
        return {
          artist: `${genre} artist ${artist}`,
          seller: `${genre} seller ${artist >> 1}`,
          window: Array.from({ length: 7 }, (_, day) => poisson(random, usual * rate(genre, day))),
          baseline: poisson(random, 28 * usual),
        };
      });
      return [genre, artists];
    }),
  );
}

function add(all: Iterable<Slices>): { window: number[]; baseline: number } {
  const sums = { window: Array(7).fill(0) as number[], baseline: 0 };
  for (const { window, baseline } of all) {
    sums.baseline += baseline;
    for (let day = 0; day < 7; day += 1) sums.window[day] = (sums.window[day] ?? 0) + (window[day] ?? 0);
  }
  return sums;
}

/** All steps from sales to judgement, by genre in the order of the ranking. */
export function judgeGenres(genres: Genres): Map<string, Judged<string>> {
  const subjects = [...genres].map(([key, artists]) => ({ key, ...add(artists) }));
  const measurement = measureTrends(subjects, add(subjects));
  const breadths = new Map(
    measurement.subjects
      .filter(({ candidate }) => candidate)
      .map(subject => [subject.key, breadthOf(subject, genres.get(subject.key) ?? [], measurement)]),
  );
  return new Map(judgeTrends(measurement, breadths).map(judged => [judged.key, judged]));
}
