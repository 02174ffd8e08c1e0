/** What must hold of trends whatever is sold: properties over many seeds, and what must never be called. */
import { describe, expect, test } from 'vitest';
import {
  type Breadth,
  type Contribution,
  judgeTrends,
  type Measured,
  type Measurement,
} from '../../src/stats/trend.ts';
import { type Genres, judgeGenres, sellGenres } from '../support/trends.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
/** `genre 7` grows by a seventh a day. */
const growing = (seed: number) =>
  sellGenres(seed, (genre, day) => (genre === 'genre 7' ? 1.3 * 1.15 ** day : 1));
const ranking = (genres: Genres) => [...judgeGenres(genres).keys()];
const change = (genres: Genres, of: (artist: Contribution, genre: string) => Contribution): Genres =>
  new Map([...genres].map(([genre, artists]) => [genre, artists.map(artist => of(artist, genre))]));

describe.each(SEEDS)('seed %i', seed => {
  const genres = growing(seed);
  const judged = judgeGenres(genres);

  test('what grows by many is first, and called', () => {
    expect([...judged.keys()][0]).toBe('genre 7');
    expect(judged.get('genre 7')).toMatchObject({ trending: true, notCalledBecause: null });
    expect([...judged.values()].filter(({ trending }) => trending).length).toBeLessThanOrEqual(2);
  });

  test('the order of rows and the names of subjects change nothing', () => {
    const shuffled = new Map(
      [...genres].toReversed().map(([genre, artists]) => [genre, artists.toReversed()]),
    );
    const renamed = new Map([...genres].map(([genre, artists]) => [`x${genre}`, artists]));
    for (const [genre, { low, q }] of judgeGenres(shuffled)) {
      expect(low).toBeCloseTo(judged.get(genre)?.low ?? 0, 9);
      expect(q).toBeCloseTo(judged.get(genre)?.q ?? 0, 9);
    }
    expect(ranking(renamed)).toEqual(ranking(genres).map(genre => `x${genre}`));
  });

  test('an artist who sells as ever in one genre moves no other', () => {
    const more = new Map(genres);
    const steady = { artist: 'new', seller: 'new', window: Array(7).fill(2), baseline: 56 };
    more.set('genre 3', [...(genres.get('genre 3') ?? []), steady]);
    for (const [genre, { lift }] of judgeGenres(more))
      if (genre !== 'genre 3') expect(Math.abs(lift / (judged.get(genre)?.lift ?? 0) - 1)).toBeLessThan(0.02);
  });

  test('a Bandcamp Friday, on which all sell three times as much, calls nobody', () => {
    const friday = sellGenres(seed, (_, day) => (day === 4 ? 3 : 1));
    expect([...judgeGenres(friday).values()].filter(({ trending }) => trending)).toEqual([]);
  });

  test('hours that were not read leave the lifts as they are, but for chance', () => {
    const gap = change(genres, artist => ({
      ...artist,
      window: Array.from(artist.window, (count, day) => (day === 2 ? 0 : count)),
    }));
    const found = judgeGenres(gap);
    expect([...found.keys()][0]).toBe('genre 7');
    const moved = [...found].map(([genre, { lift }]) =>
      Math.abs(Math.log(lift / (judged.get(genre)?.lift ?? 1))),
    );
    expect(moved.reduce((sum, move) => sum + move, 0) / moved.length).toBeLessThan(0.1);
  });

  test('sales that all come in pairs tell the same', () => {
    const pairs = change(genres, artist => ({
      ...artist,
      window: Array.from(artist.window, count => 2 * count),
      baseline: 2 * artist.baseline,
    }));
    const found = judgeGenres(pairs);
    expect([...found.keys()][0]).toBe('genre 7');
    for (const [genre, { lift, expected }] of found)
      if (expected > 20) expect(Math.abs(Math.log(lift / (judged.get(genre)?.lift ?? 0)))).toBeLessThan(0.1);
  });
});

describe('is never called trending', () => {
  const usual = sellGenres(11);
  const lifted = (genre: string, with_: Contribution[]) =>
    judgeGenres(new Map([...usual, [genre, [...(usual.get(genre) ?? []), ...with_]]])).get(genre);

  test('a genre by one artist', () => {
    const one = lifted('genre 5', [{ artist: 'one', seller: 'own', window: Array(7).fill(60), baseline: 0 }]);
    expect(one).toMatchObject({ trending: false, notCalledBecause: 'one-artist' });
    expect(one?.low).toBeGreaterThan(1.5);
  });

  test('by one seller', () => {
    const artists = Array.from({ length: 12 }, (_, n) => ({
      artist: `signed ${n}`,
      seller: 'label',
      window: [2, 2, 2, 2, 2, 2, 2],
      baseline: 0,
    }));
    expect(lifted('genre 5', artists)).toMatchObject({ trending: false, notCalledBecause: 'one-seller' });
  });

  test('on one day', () => {
    const artists = Array.from({ length: 90 }, (_, n) => ({
      artist: `guest ${n}`,
      seller: `guest ${n}`,
      window: [0, 0, 0, 0, 0, 0, 1],
      baseline: 0,
    }));
    expect(lifted('genre 5', artists)).toMatchObject({ trending: false, notCalledBecause: 'one-day' });
  });

  test('a candidate whose artists were not looked at', () => {
    const genres = growing(1);
    genres.set('genre 7', []);
    expect([...judgeGenres(genres).values()].every(({ trending }) => !trending)).toBe(true);
  });
});

test('nothing sold, or nothing before, is no trend and no error', () => {
  const none = change(sellGenres(1), artist => ({ ...artist, window: Array(7).fill(0) }));
  expect(
    [...judgeGenres(none).values()].every(({ trending, lift }) => !trending && Number.isFinite(lift)),
  ).toBe(true);
  const unknown = change(sellGenres(1), artist => ({ ...artist, baseline: 0 }));
  expect([...judgeGenres(unknown).values()].every(({ trending }) => !trending)).toBe(true);
});

describe('of twenty subjects that are tested, the likeliest is called', () => {
  /** Sells a third more than expected, by many, with this probability that it is chance. */
  const subject = (key: string, chance: number, changes: Partial<Measured<string>> = {}) => ({
    key,
    window: [40],
    baseline: 120,
    observed: 40,
    expected: 30,
    spread: 1,
    lift: 1.33,
    low: 1.1,
    high: 1.6,
    chance,
    candidate: chance <= 0.02,
    ...changes,
  });
  const broad: Breadth = { chance: 0, leaveOneOut: { artist: 1.1, seller: 1.1, slice: 1.1 }, artists: 30 };
  const judgeFirst = (chance: number, changes: Partial<Measured<string>> = {}, breadth = broad) => {
    const others = Array.from({ length: 19 }, (_, n) => subject(`other ${n}`, 0.5));
    const subjects = [subject('first', chance, changes), ...others];
    const measurement = {
      subjects,
      totals: {},
      weights: [1],
      dispersion: 1,
    } as unknown as Measurement<string>;
    return judgeTrends(measurement, new Map([['first', breadth]]))[0];
  };

  // Benjamini and Hochberg's q of the likeliest is its chance times the tests: 0.05 = 20 × 0.0025. At 0.2 a
  // fifth of what a digest calls trending would be noise, and its readers would learn not to believe it.
  test.each([
    [0.0024, true],
    [0.0025, true],
    [0.0026, false],
    [0.005, false],
    [0.01, false],
  ])('at a chance of %d: %s, for five calls in a hundred may be false', (chance, trending) => {
    expect(judgeFirst(chance)).toMatchObject({ trending, notCalledBecause: trending ? null : 'uncertain' });
  });

  test('with three sales expected, not with fewer: a count so small is too coarse', () => {
    expect(judgeFirst(0.001, { expected: 3 })?.trending).toBe(true);
    expect(judgeFirst(0.001, { expected: 2.99 })).toMatchObject({ trending: false, q: 1 });
  });

  test.each([
    ['artist', 'one-artist'],
    ['seller', 'one-seller'],
    ['slice', 'one-day'],
  ] as const)('with a tenth more left without its first %s, not with less', (of, notCalledBecause) => {
    const leaveOneOut = (left: number) => ({ ...broad, leaveOneOut: { ...broad.leaveOneOut, [of]: left } });
    expect(judgeFirst(0.001, {}, leaveOneOut(1.1))?.trending).toBe(true);
    expect(judgeFirst(0.001, {}, leaveOneOut(1.09))).toMatchObject({
      trending: false,
      notCalledBecause: 'uncertain',
    });
    expect(judgeFirst(0.001, {}, leaveOneOut(1.04))).toMatchObject({ trending: false, notCalledBecause });
  });

  test('not where its artists sell in clusters, however unlikely its own count is', () => {
    expect(judgeFirst(1e-9, {}, { ...broad, chance: 0.01 })).toMatchObject({
      trending: false,
      q: expect.closeTo(0.2, 10),
    });
  });
});
