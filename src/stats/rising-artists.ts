/**
 * Which artists, known or not, sell more than their own weeks before predict: broadly, and for longer than a
 * rush.
 */
import type { NotCalled } from '../core/verdict.ts';
import { type ArtistSales, isBroad, LEAST, lastingPart } from './emergence.ts';
import type { Totals } from './expected.ts';
import { lowestLift } from './lift.ts';
import { falseDiscoveryRates } from './significance.ts';
import {
  FALSE_DISCOVERY_RATE,
  LEAST_EXPECTED,
  LEAST_SPARED,
  type Measured,
  measureTrends,
  TREND_PRIOR,
} from './trend.ts';

export interface RisingArtist<K> extends Measured<K> {
  /** Lower bound of the lift without the two best days in a row: whether it is called. */
  lasting: number;
  q: number;
  trending: boolean;
  /** Why one that sells more is not called trending. */
  notCalledBecause: NotCalled | null;
}

/**
 * Lifts of artists by distinct checkouts, by the lower bound, which lists and pictures show. Artists expected
 * to sell fewer than three times in the window are not tested: `rankEmerging` is for them.
 * @param artists all of whom as many sales are expected, also those who sold nothing: they tell the
 *   dispersion
 * @param totals checkouts of all artists, counted alike
 */
export function rankRisingArtists<K>(artists: readonly ArtistSales<K>[], totals: Totals): RisingArtist<K>[] {
  const byKey = new Map(artists.map(artist => [artist.key, artist]));
  const { subjects, dispersion } = measureTrends(artists, totals, { apart: true });
  const tested = subjects.filter(({ expected }) => expected >= LEAST_EXPECTED);
  const rates = falseDiscoveryRates(tested.map(({ chance }) => chance));
  return tested
    .map((subject, at): RisingArtist<K> => {
      const q = rates[at] ?? 1;
      const { sold, part } = lastingPart(subject.window, totals.lengths);
      // Without the best days the others weigh alike, so that the variance is the dispersion's and the
      // baseline's alone.
      const variance = dispersion * (1 + (subject.expected * part) / (subject.baseline + 1));
      const lasting = lowestLift(sold / variance, (subject.expected * part) / variance, TREND_PRIOR);
      const artist = byKey.get(subject.key);
      const narrow = !artist || !isBroad(artist) ? 'few-buyers' : lasting < LEAST_SPARED ? 'rush' : null;
      const trending = q <= FALSE_DISCOVERY_RATE && narrow === null;
      const notCalledBecause = trending || subject.low < LEAST_SPARED ? null : (narrow ?? 'uncertain');
      return { ...subject, lasting, q, trending, notCalledBecause };
    })
    .sort((a, b) => b.low - a.low);
}

/** What is left of a judgement that was made as if the artist sold to many countries, once they are known. */
export const withCountries = <A extends RisingArtist<unknown>>(artist: A, countries: number): A =>
  countries >= LEAST.countries || artist.notCalledBecause === 'few-buyers'
    ? artist
    : { ...artist, trending: false, notCalledBecause: artist.low < LEAST_SPARED ? null : 'few-buyers' };
