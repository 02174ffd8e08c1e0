import { expect, test } from 'vitest';
import { liftOf, lowestLift } from '../../src/stats/lift.ts';

test('is one where what was expected came, and nearer to one the less there is to go by', () => {
  expect(liftOf(100, 100).lift).toBe(1);
  expect(liftOf(3, 1).lift).toBeLessThan(liftOf(300, 100).lift);
  expect(liftOf(300, 100).lift).toBeCloseTo(2.92, 2);
});

test.each([
  // Quantiles of gamma(observed + 4, expected + 4) at 5% and 95%, by bisection of the regularised incomplete
  // gamma function.
  [0, 10, 0.0976, 0.5538],
  [10, 10, 0.6046, 1.4763],
  [66, 27.7, 1.7927, 2.6595],
])('%i of %d has the interval %d – %d, within 1%%', (observed, expected, low, high) => {
  const lift = liftOf(observed, expected);
  expect(Math.abs(lift.low / low - 1)).toBeLessThan(0.01);
  expect(Math.abs(lift.high / high - 1)).toBeLessThan(0.01);
});

test('has a lower bound by itself, and comes to an end with what is no count', () => {
  expect(lowestLift(10, 10)).toBe(liftOf(10, 10).low);
  expect(lowestLift(0, 1e9)).toBeGreaterThan(0);
  expect(lowestLift(1e7, 1e-9)).toBeGreaterThan(2e6);
  expect(lowestLift(Number.NaN, 1)).toBeNaN();
  expect(lowestLift(-46, 110)).toBeNaN();
});
