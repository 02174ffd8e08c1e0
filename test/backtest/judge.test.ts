/** The judge judged: what is found by those who know, by nobody, and in a small simulated world. */
import { describe, expect, test } from 'vitest';
import { backtestCounts, truthByFuture } from '../../src/backtest/by-future.ts';
import { countedSales } from '../../src/backtest/caps.ts';
import { countTags, type DayCounts } from '../../src/backtest/day-counts.ts';
import { judgeMethod, type Truth } from '../../src/backtest/judge.ts';
import { type Method, WINDOW_DAYS } from '../../src/backtest/methods/method.ts';
import { METHODS } from '../../src/backtest/methods.ts';
import { reportGenres } from '../../src/backtest/report.ts';
import { logOfWorld } from '../../src/backtest/world.ts';
import { DAY, parseInstant } from '../../src/core/time/instant.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { salesLogWriter } from '../../src/stats/sales-log.ts';

const START = parseInstant('2026-07-01');

/** Forty subjects that sell 20 a day; `subject 5` twice as much from day 50 on. */
const steady: DayCounts = (() => {
  const keys = Array.from({ length: 40 }, (_, n) => `subject ${n}`);
  const sales = Array.from({ length: 70 * 40 }, (_, at) => (at % 40 === 5 && at >= 50 * 40 ? 40 : 20));
  const totals = Array.from({ length: 70 }, (_, day) => (day < 50 ? 800 : 820));
  return {
    days: 70,
    keys,
    sales,
    counted: sales,
    totalSales: totals,
    totalCounted: totals,
    contributions: () => [],
  };
})();

describe('a method', () => {
  const truth: Truth = {
    label: (subject, origin) => (subject === 5 && origin > 50 ? 'rising' : 'not'),
    episodes: [{ subject: 5, from: 50, until: 60 }],
    decoys: [{ subject: 6, from: 50, until: 52 }],
    attacks: [{ subject: 7, from: 50, until: 52, budget: 20 }],
    fridays: new Set([54]),
  };
  const knowing = (subject: number): Method => ({
    name: 'knowing',
    judge: ({ keys }) => ({
      score: Float64Array.from(keys, (_, at) => (at === subject ? 1 : -at)),
      called: new Set([subject]),
    }),
  });
  const origins = [48, 49, 50, 51, 52, 53, 54, 55];
  const judging = { counts: steady, truth, origins, window: WINDOW_DAYS };

  test('that knows finds all, before its peak, in ordinary and Bandcamp Friday weeks', () => {
    expect(judgeMethod(knowing(5), judging)).toMatchObject({
      ordinary: { origins: 4, sum: 4 },
      friday: { origins: 1, sum: 1 },
      calls: { rising: 5, other: 0, not: 3 },
      episodes: 1,
      found: 1,
      lead: 9,
      decoys: 1,
      decoysCalled: 0,
    });
  });

  test('that is fooled is told so', () => {
    expect(judgeMethod(knowing(6), judging)).toMatchObject({
      calls: { rising: 0, other: 0, not: 8 },
      decoysCalled: 1,
      decoysInTop: 1,
    });
  });

  test('is told its rows, by what they are and by days since the onset', () => {
    const { rows, wrong, decoyRows, onset } = judgeMethod(knowing(5), judging);
    expect({ rows, wrong, decoyRows }).toEqual({ rows: 8, wrong: 3, decoyRows: 0 });
    expect(onset).toMatchObject({ 1: { of: 2, all: 2 }, 3: { of: 2, all: 2 }, 5: { of: 1, all: 1 } });
    expect(judgeMethod(knowing(6), judging)).toMatchObject({ rows: 8, wrong: 8, decoyRows: 5 });
  });

  test('that lists what was paid for is told the price', () => {
    expect(judgeMethod(knowing(5), judging).attacks).toEqual({ 20: { attacks: 1, listed: 0, called: 0 } });
    expect(judgeMethod(knowing(7), judging).attacks).toEqual({ 20: { attacks: 1, listed: 1, called: 1 } });
  });

  test('without planted truth what grows in the next 14 days is rising', () => {
    const future = truthByFuture(steady, WINDOW_DAYS, 28, new Set());
    expect(future.label(5, 52)).toBe('rising');
    expect(future.label(4, 52)).toBe('not');
  });
});

test('a log marks two of an artist at a seller, six of the seller, and no "Various Artists"', () => {
  const writer = salesLogWriter(START, 2);
  const none = writer.tagSet([]);
  const [a, b] = [writer.artist('a'), writer.artist('b')];
  const [c, d] = [writer.artist('c'), writer.artist('d')];
  const seller = writer.seller('s');
  const sale = { artist: a, seller, country: writer.country('de'), item: 1, checkout: 1, tagSet: none };
  const expected: number[] = [];
  for (const [minute, counts, more] of [
    [0, 1, {}],
    [9, 1, {}],
    [20, 0, {}], // the third
    [21, 1, { seller: writer.seller('t') }],
    [23, 0, { artist: null, item: 3 }],
    [30, 1, { artist: b }],
    [30, 1, { artist: b, item: 2 }],
    [31, 1, { artist: c }],
    [32, 0, { artist: d, item: 9 }], // the seventh of the seller: what is less by content comes first
    [32, 1, { artist: d, item: 4 }],
    [33, 0, { artist: c }],
  ] as const) {
    writer.add({ ...sale, ...more, minute });
    expected.push(counts);
  }
  expect([...countedSales(writer.done())]).toEqual(expected);
});

test('too few days are told so', () => {
  expect(() => backtestCounts(() => ({ ...steady, days: 40 }), new Set())).toThrow(
    '40 days of data are too few',
  );
});

describe('a simulated world', () => {
  const options = { seed: 2, salesADay: 2000, artists: 20_000, start: START, days: 28 };
  const { log } = logOfWorld(options, 42);
  const counts = countTags(log);

  test('is the log of the demo’s world: as many sales, tagged as often', () => {
    const ofLog = log.length / 70;
    const week = [...createWorld(options).events(START - 14 * DAY, START - 7 * DAY)].flatMap(
      ({ items }) => items,
    );
    expect(ofLog / (week.length / 7)).toBeGreaterThan(0.85);
    expect(ofLog / (week.length / 7)).toBeLessThan(1.3);
    expect(counts.keys).toContain('techno');
  });

  test('has contributions that sum to the counts', () => {
    const techno = counts.keys.indexOf('techno');
    const found = counts.contributions(techno, 20, 48, 55);
    const inWindow = found.flatMap(({ window }) => Array.from(window)).reduce((sum, count) => sum + count, 0);
    const onDays = Array.from({ length: 7 }, (_, n) =>
      Number(counts.counted[(48 + n) * counts.keys.length + techno]),
    );
    expect(inWindow).toBe(onDays.reduce((sum, count) => sum + count, 0));
    expect(found.reduce((sum, { baseline }) => sum + baseline, 0)).toBeGreaterThan(inWindow);
  });

  test('is judged by every method, and told as a table and a chart', () => {
    const report = reportGenres(
      backtestCounts(() => counts, new Set()),
      'a small world',
    );
    expect(report.rows.map(({ method }) => method)).toEqual(METHODS.map(({ name }) => name));
    expect(report.chart.series.map(({ points }) => points.length)).toEqual([METHODS.length, METHODS.length]);
  });
});
