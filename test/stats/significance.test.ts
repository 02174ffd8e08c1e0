import { describe, expect, test } from 'vitest';
import { gammaCdf, logGamma, normalTail } from '../../src/stats/gamma.ts';
import {
  chanceByClusters,
  chanceOf,
  dispersionOf,
  falseDiscoveryRates,
} from '../../src/stats/significance.ts';
import { seeded } from '../support/random.ts';
import { poisson } from '../support/trends.ts';

describe('functions', () => {
  test.each([
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [1, 0],
    [10, Math.log(362_880)],
  ])('ln Γ(%d)', (x, expected) => expect(logGamma(x)).toBeCloseTo(expected, 10));

  test.each([
    [1, 1, 1 - Math.exp(-1)],
    [2, 3, 1 - 4 * Math.exp(-3)],
    [3, 0.5, 1 - Math.exp(-0.5) * (1 + 0.5 + 0.125)],
    [500, 500, 0.5059471],
  ])('gamma(%d) is below %d with a known probability', (shape, x, expected) =>
    expect(gammaCdf(shape, x)).toBeCloseTo(expected, 6),
  );

  test('the normal tail', () => {
    expect(normalTail(1.6448536)).toBeCloseTo(0.05, 7);
    expect(normalTail(-1.6448536)).toBeCloseTo(0.95, 7);
    expect(normalTail(5)).toBeCloseTo(2.8665e-7, 10);
  });
});

test('chance is Poisson’s tail where the variance is one, and larger where sales are clustered', () => {
  expect(chanceOf(3, 1, 1)).toBeCloseTo(1 - Math.exp(-1) * 2.5, 10);
  expect(chanceOf(60, 40, 2)).toBeGreaterThan(chanceOf(60, 40, 1));
  expect(chanceOf(0, 5, 1)).toBe(1);
});

test('one cluster is never enough, many small ones are', () => {
  expect(chanceByClusters([1000])).toBeCloseTo(0.1587, 4);
  expect(chanceByClusters([1000, ...Array(10).fill(1)])).toBeGreaterThan(0.15);
  expect(chanceByClusters(Array(25).fill(1))).toBeCloseTo(2.87e-7, 8);
  expect(chanceByClusters([])).toBe(1);
});

test('dispersion is one for independent sales, as planted for clusters, whatever a few subjects do', () => {
  const random = seeded(5);
  const spread = (cluster: number) =>
    dispersionOf(
      Array.from({ length: 4000 }, (_, at) => ({
        observed: at % 50 === 0 ? 4000 : cluster * poisson(random, 40 / cluster),
        expected: 40,
        spread: 1,
      })),
    );
  expect(spread(1)).toBeCloseTo(1, 0);
  expect(spread(4)).toBeGreaterThan(3.4);
  expect(spread(4)).toBeLessThan(4.6);
});

test('q-values are those of Benjamini and Hochberg, in the order given', () => {
  // Their example of 15 p-values: at 0.05 the first four are rejected.
  const chances = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  const rates = falseDiscoveryRates(chances);
  expect(rates.filter(q => q <= 0.05)).toHaveLength(4);
  expect(rates[3]).toBeCloseTo((0.0095 * 15) / 4, 10);
  expect(falseDiscoveryRates(chances.toReversed())).toEqual(rates.toReversed());
  expect(falseDiscoveryRates([])).toEqual([]);
});
