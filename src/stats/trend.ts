/**
 * Which subjects of a kind (genres, styles) rise: lifts of all of them, and for the likely ones whether it is
 * many who rise, day by day.
 */
import type { NotCalled } from '../core/verdict.ts';
import {
  type Expectation,
  expectationOf,
  expectedSlices,
  type Slices,
  type Totals,
  weightsOf,
} from './expected.ts';
import { type Counts, fitShape, type Lift, liftOf, lowestLift, type Prior } from './lift.ts';
import { chanceByClusters, chanceOf, dispersionOf, falseDiscoveryRates } from './significance.ts';

/** Of what stands alone: as strong as two expected sales, so that nearly all is told by its own counts. */
export const TREND_PRIOR: Prior = [{ weight: 1, shape: 2, rate: 2 }];
/** Three subjects in a hundred rise, to twice what is expected: else what rises would not be believed. */
const RISING = { weight: 0.03, shape: 8, rate: 4 };
/**
 * Expected counted sales that a subject needs to be tested: with fewer it is shown, never called trending.
 */
export const LEAST_EXPECTED = 3;
/** What may be trending by its own counts; only these need their contributions loaded. */
const CANDIDATE = 0.02;
export const FALSE_DISCOVERY_RATE = 0.05;
/** What sells more, and still does without its first artist, seller or day. */
export const LEAST_SPARED = 1.05;
/** What a genre sells more, at least, without any of them, to be called. */
const LEAST_CALLED = 1.1;

export interface Subject<K> extends Slices {
  key: K;
}

export interface Measured<K> extends Subject<K>, Expectation, Lift {
  /** By its own counts. */
  chance: number;
  /** Whether its contributions should be looked at. */
  candidate: boolean;
}

/** All subjects of one kind and what is common to them. */
export interface Measurement<K> {
  /** By the lift's lower bound, the largest first. */
  subjects: Measured<K>[];
  totals: Totals;
  weights: number[];
  /** Variance for each sale, as estimated. */
  dispersion: number;
  lifts: Lifts;
}

/** How lifts of one kind are told. */
interface Lifts {
  of(subject: Expectation): Lift;
  /** The lower bound of such counts of the subject. */
  lowest(counts: Counts, subject: Expectation): number;
}

/**
 * Of genres, the prior is fitted to all of them: how much they vary by themselves is in it, so that counts
 * are taken as they are.
 */
function fittedLifts(expectations: readonly Expectation[]): Lifts {
  const shape = fitShape(expectations);
  const prior = [{ weight: 1 - RISING.weight, shape, rate: shape }, RISING];
  return {
    of: ({ observed, expected }) => liftOf(expected > 0 ? observed : 0, expected, prior),
    lowest: ({ observed, expected }) => lowestLift(observed, expected, prior),
  };
}

/** Each by its own counts, which are worth the less the more they vary. */
function plainLifts(dispersion: number): Lifts {
  const worth = (count: number, { spread }: Expectation) => count / (dispersion * spread);
  return {
    of: one => liftOf(one.expected > 0 ? worth(one.observed, one) : 0, worth(one.expected, one), TREND_PRIOR),
    lowest: ({ observed, expected }, one) =>
      lowestLift(worth(observed, one), worth(expected, one), TREND_PRIOR),
  };
}

/**
 * The lift of each subject, with an interval that holds the truth nine times in ten.
 * @param subjects of one kind, all of them: they tell the dispersion. Counts are of counted sales.
 * @param totals counted sales of all tagged pages
 * @param apart whether each is judged by its own counts, as artists are, who are as different as can be
 */
export function measureTrends<K>(
  subjects: readonly Subject<K>[],
  totals: Totals,
  { apart = false } = {},
): Measurement<K> {
  const weights = weightsOf(totals);
  const expectations = subjects.map(subject => expectationOf(subject, totals, weights));
  const dispersion = dispersionOf(expectations);
  const lifts = apart ? plainLifts(dispersion) : fittedLifts(expectations);
  const measured = subjects.map((subject, at): Measured<K> => {
    const expectation = expectations[at] as Expectation;
    const { observed, expected, spread } = expectation;
    const variance = dispersion * spread;
    const chance = expected >= LEAST_EXPECTED ? chanceOf(observed, expected, variance) : 1;
    return {
      ...subject,
      ...expectation,
      // Where nothing was sold before, or nobody read, nothing is known.
      ...lifts.of(expectation),
      chance,
      candidate: chance <= CANDIDATE,
    };
  });
  return { subjects: measured.sort((a, b) => b.low - a.low), totals, weights, dispersion, lifts };
}

/** What one artist sold of a subject, counted alike. */
export interface Contribution extends Slices {
  artist: string | number;
  seller: string | number;
}

/** Who makes a trend. */
export interface Breadth {
  /** Probability of the excess if artists, and if sellers, sell in clusters; the larger of both. */
  chance: number;
  /** The lower bound of the lift without the artist, the seller, or the slice that adds most. */
  leaveOneOut: { artist: number; seller: number; slice: number };
  /** Artists with sales in the window. */
  artists: number;
}

/** Looks at a candidate's contributions: every counted sale of the subject belongs to one of them. */
export function breadthOf<K>(
  subject: Measured<K>,
  contributions: Iterable<Contribution>,
  { totals, weights, lifts }: Measurement<K>,
): Breadth {
  const { observed, expected } = subject;
  const growth = totals.baseline > 0 ? weighted(totals.window, weights) / totals.baseline : 0;
  const byArtist = new Map<string | number, number>();
  const bySeller = new Map<string | number, number>();
  let artists = 0;
  for (const { artist, seller, window, baseline } of contributions) {
    const sold = weighted(window, weights);
    if (sold > 0) artists += 1;
    const excess = sold - baseline * growth;
    byArtist.set(artist, (byArtist.get(artist) ?? 0) + excess);
    bySeller.set(seller, (bySeller.get(seller) ?? 0) + excess);
  }
  const without = (excesses: Map<unknown, number>) =>
    lifts.lowest({ observed: Math.max(0, observed - most(excesses.values())), expected }, subject);
  const slices = expectedSlices(subject, totals).map((usual, at) => ({
    sold: (weights[at] ?? 0) * (subject.window[at] ?? 0),
    usual: (weights[at] ?? 0) * usual,
  }));
  const best = slices.reduce(
    (a, b) => (b.sold - b.usual > a.sold - a.usual ? b : a),
    slices[0] ?? { sold: 0, usual: 0 },
  );
  return {
    chance: Math.max(chanceByClusters(byArtist.values()), chanceByClusters(bySeller.values())),
    leaveOneOut: {
      artist: without(byArtist),
      seller: without(bySeller),
      slice:
        slices.length > 1
          ? lifts.lowest({ observed: observed - best.sold, expected: expected - best.usual }, subject)
          : subject.low,
    },
    artists,
  };
}

export interface Judged<K> extends Measured<K> {
  /** Part of the calls as likely as this one that would be false. */
  q: number;
  /** The words "is trending" may be used. */
  trending: boolean;
  breadth: Breadth | null;
  /** Why it is not called trending although it sells more; null where it is, or does not sell more. */
  notCalledBecause: NotCalled | null;
}

/** @param breadths of the candidates; one that is missing is not called trending */
export function judgeTrends<K>({ subjects }: Measurement<K>, breadths: ReadonlyMap<K, Breadth>): Judged<K>[] {
  const chances = subjects.map(({ key, chance, candidate }) =>
    candidate ? Math.max(chance, breadths.get(key)?.chance ?? 1) : chance,
  );
  // A subject too small to be tested is no test.
  const tested = subjects.flatMap(({ expected }, at) => (expected >= LEAST_EXPECTED ? [at] : []));
  const rates = falseDiscoveryRates(tested.map(at => chances[at] ?? 1));
  const qs = new Map(tested.map((at, n) => [at, rates[n] ?? 1]));
  return subjects.map((subject, at) => {
    const q = qs.get(at) ?? 1;
    const breadth = breadths.get(subject.key) ?? null;
    const narrow = breadth && narrowness(breadth, subject.low);
    const certain = subject.candidate && breadth !== null && q <= FALSE_DISCOVERY_RATE;
    const trending = certain && leastOf(breadth) >= LEAST_CALLED;
    const notCalledBecause = trending || subject.low < LEAST_SPARED ? null : (narrow ?? 'uncertain');
    return { ...subject, q, trending, breadth, notCalledBecause };
  });
}

const leastOf = ({ leaveOneOut: { artist, seller, slice } }: Breadth): number =>
  Math.min(artist, seller, slice);

/** Whose rise it is: without one artist, seller or day little is left, and not half of what there was. */
function narrowness({ leaveOneOut }: Breadth, low: number): NotCalled | null {
  const isMade = (left: number) => left < LEAST_SPARED && 2 * (left - 1) < low - 1;
  if (isMade(leaveOneOut.artist)) return 'one-artist';
  if (isMade(leaveOneOut.seller)) return 'one-seller';
  return isMade(leaveOneOut.slice) ? 'one-day' : null;
}

const most = (values: Iterable<number>): number => {
  let found = 0;
  for (const value of values) found = Math.max(found, value);
  return found;
};

function weighted(values: ArrayLike<number>, weights: readonly number[]): number {
  let all = 0;
  for (let at = 0; at < weights.length; at += 1) all += (values[at] ?? 0) * (weights[at] ?? 0);
  return all;
}
