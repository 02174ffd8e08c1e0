import { expect, test } from 'vitest';
import { firstSubjects, subjectsOf } from '../../src/charts/shorten.ts';
import type { ChartSpec } from '../../src/core/chart-spec.ts';
import {
  bars,
  COUNTRIES,
  GENRES,
  lines,
  multiples,
  scatter,
  slope,
  sparklines,
  worldMap,
} from '../support/charts.ts';

test.each<[ChartSpec, number]>([
  [bars(GENRES), 12],
  [bars([]), 1],
  [multiples(GENRES), 12],
  [sparklines(GENRES), 12],
  [slope(GENRES), 12],
  [lines(GENRES), 1],
  [scatter(GENRES), 1],
  [worldMap(COUNTRIES), 1],
])('%#: subjects that make a chart taller', (spec, wanted) => expect(subjectsOf(spec)).toBe(wanted));

test('the first subjects, and the caption says so', () => {
  const spec = firstSubjects(bars(GENRES), 3);
  expect(spec.series[0]?.points.map(({ x }) => x)).toEqual(GENRES.slice(0, 3));
  expect(spec.caption).toMatch(/; the first 3 of 12$/);
  expect(firstSubjects(bars(GENRES), 12)).toEqual(bars(GENRES));
});

test('of ranks the uppermost stay, also of those who have left', () => {
  const { series } = firstSubjects(slope(GENRES), 3);
  const ranks = series.flatMap(({ points }) => points.map(({ y }) => y));
  expect(Math.max(...ranks)).toBe(3);
  expect(series.length).toBeLessThan(GENRES.length);
});
