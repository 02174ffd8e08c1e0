/** Which of a day's answers is news: the rules one by one, and what is not told twice. */
import { describe, expect, test } from 'vitest';
import type { Answer, Row } from '../../src/core/answer.ts';
import { type DayOfNews, newsOf, varied } from '../../src/questions/lib/news.ts';
import { goneFrom, markText, rankMarks } from '../../src/questions/lib/rank-marks.ts';

const answer = (question: string, rows: Row[]): Answer => ({
  question,
  params: {},
  title: question,
  headline: '',
  asOf: '2026-10-08T00:00:00Z',
  dataVersion: 1,
  window: { from: '2026-10-01T00:00:00Z', until: '2026-10-08T00:00:00Z' },
  zone: 'UTC',
  coverage: 1,
  columns: [],
  rows,
  notes: [],
  followUps: [],
});
const rose = { since: '2026-10-05T00:00:00Z', from: 0.4, to: 61, countries: 38 };
const peaked = { ...rose, from: 61, to: 4 };
type Told = [name: string, liftLow: number, reason?: object];
const emerging = (...rows: Told[]) =>
  answer(
    'emerging-artists',
    rows.map(([artist, liftLow, reason = rose]) => ({
      ...{ artist, liftLow, verdict: 'emerging' },
      reason: reason as never,
    })),
  );
const genres = (...rows: [name: string, liftLow: number, verdict?: string][]) =>
  answer(
    'trending-genres',
    rows.map(([genre, liftLow, verdict = 'trending']) => ({ genre, liftLow, verdict })),
  );
const trendingArtists = (...rows: [name: string, liftLow: number][]) =>
  answer(
    'trending-artists',
    rows.map(([artist, liftLow]) => ({ artist, liftLow, verdict: 'trending' })),
  );
const told = (...days: DayOfNews[]) => newsOf(days).map(({ name, rule }) => `${name}: ${rule}`);

describe('newsOf', () => {
  test('a newcomer with a reason goes before a new call, a mover and what stands', () => {
    const today = {
      emerging: emerging(['New', 3], ['Old', 9]),
      genres: genres(['jungle', 5], ['dub', 4], ['ambient', 2]),
    };
    const yesterday = { emerging: emerging(['Old', 9]), genres: genres(['ambient', 1.1], ['dub', 4]) };
    expect(told(today, yesterday)).toEqual([
      'New: newcomer',
      'jungle: call',
      'ambient: mover',
      'Old: standing',
      'dub: standing',
    ]);
  });

  test('who is new without a reason, or is past the peak, is a new call', () => {
    const today = { emerging: emerging(['Peaked', 9, peaked], ['New', 3]) };
    expect(told(today, { emerging: emerging() })).toEqual(['New: newcomer', 'Peaked: call']);
  });

  test('three places up are a climb, two are not', () => {
    const today = { genres: genres(['d', 4], ['b', 3], ['a', 2], ['c', 1]) };
    const yesterday = { genres: genres(['a', 4], ['b', 4], ['c', 4], ['d', 4]) };
    expect(told(today, yesterday)[0]).toBe('d: mover');
    expect(told(today, yesterday).slice(1)).toEqual(['b: standing', 'a: standing', 'c: standing']);
  });

  test('an artist in both lists is told of as emerging, and is not new for entering the other', () => {
    const today = { emerging: emerging(['Ana', 9]), artists: trendingArtists(['Ana', 3], ['Bo', 2]) };
    expect(told(today, { emerging: emerging(['Ana', 9]), artists: trendingArtists() })).toEqual([
      'Bo: call',
      'Ana: standing',
    ]);
    expect(newsOf([today]).map(({ list }) => list)).toEqual(['emerging', 'artists']);
  });

  test('what is not called is no news, and nothing is where nothing is called', () => {
    expect(told({ genres: genres(['jungle', 2, 'one-artist']) })).toEqual([]);
    expect(newsOf([])).toEqual([]);
  });

  test('without a day before nothing is new: the strongest leads', () => {
    expect(told({ emerging: emerging(['a', 2], ['b', 8]) })).toEqual(['b: standing', 'a: standing']);
  });

  test('the same does not lead unchanged on the next day', () => {
    const day = { emerging: emerging(['a', 8], ['b', 4]) };
    expect(told(day, day)[0]).toBe('b: standing');
    // What led the day before that may lead again.
    expect(told(day, day, day)[0]).toBe('a: standing');
    const alone = { emerging: emerging(['a', 8]) };
    expect(told(alone, alone)).toEqual(['a: standing']);
    // Another place is a change.
    expect(told({ emerging: emerging(['c', 9], ['a', 8]) }, alone, alone)).toEqual([
      'c: newcomer',
      'a: standing',
    ]);
  });
});

test('varied mixes artists and genres as far as there are both', () => {
  const stories = newsOf([
    { emerging: emerging(['a', 9], ['b', 8], ['c', 7]), genres: genres(['jungle', 2]) },
  ]);
  expect(varied(stories, 3).map(({ name }) => name)).toEqual(['a', 'jungle', 'b']);
  expect(varied(stories, 9)).toHaveLength(4);
  expect(varied([], 4)).toEqual([]);
});

test('varied tells what is new before what only stands', () => {
  const genre = { genres: genres(['jungle', 9]) };
  const stories = newsOf([
    { emerging: emerging(['a', 3], ['b', 2]), ...genre },
    { emerging: emerging(), ...genre },
  ]);
  expect(varied(stories, 3).map(({ name }) => name)).toEqual(['a', 'b', 'jungle']);
});

describe('rank marks', () => {
  test('tell new, up, down and the same', () => {
    const marks = rankMarks(['a', 'b', 'c', 'd'], ['b', 'a', 'c', 'e']);
    expect(marks.map(markText)).toEqual(['▲1', '▼1', '=', 'new']);
    expect(rankMarks(['a'], null)).toEqual([null]);
    expect(markText(null)).toBe('');
  });

  test('who is gone is told with the place it had', () => {
    expect(goneFrom(['a'], ['b', 'a', 'c'])).toEqual([
      { id: 'b', rank: 1 },
      { id: 'c', rank: 3 },
    ]);
    expect(goneFrom(['a'], null)).toEqual([]);
  });
});
