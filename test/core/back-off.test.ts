/** Waits double up to a limit, spread by chance, and are never shorter than asked for. */
import { expect, test } from 'vitest';
import { backOff } from '../../src/core/back-off.ts';

const waits = (random: number, more = {}) =>
  [0, 1, 2, 3, 4, 5, 2_000].map(failures =>
    backOff({ first: 100, longest: 1_000, failures, random: () => random, ...more }),
  );

test('each wait is twice the one before, up to the longest', () => {
  expect(waits(0)).toEqual([100, 100, 200, 400, 800, 1_000, 1_000]);
});

test('chance adds up to a half, or spreads it as told', () => {
  expect(waits(0.999)).toEqual([150, 150, 300, 600, 1_200, 1_500, 1_500]);
  const jitter = [0.5, 1.5];
  expect(waits(0, { jitter })).toEqual([50, 50, 100, 200, 400, 500, 500]);
  expect(waits(0.5, { jitter })).toEqual([100, 100, 200, 400, 800, 1_000, 1_000]);
});

test('what is asked for at least is kept whatever the chance, and spread upwards', () => {
  expect(waits(0, { atLeast: 300 })).toEqual([300, 300, 300, 400, 800, 1_000, 1_000]);
  expect(waits(0, { atLeast: 300, jitter: [0.5, 1] })).toEqual([300, 300, 300, 300, 400, 500, 500]);
  expect(waits(0.5, { atLeast: 5_000 })[0]).toBe(6_250);
});
