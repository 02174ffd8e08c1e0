/** Slices and weeks before: whole UTC days inside, the window itself at both ends, and no day twice. */
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, parseInstant, WEEK } from '../../../src/core/time/instant.ts';
import { baselineOf, lengthOf, type Window } from '../../../src/core/time/window.ts';
import { baselineIn, slicesOf, stretchesOf } from '../../../src/questions/lib/trend-windows.ts';

const MIDNIGHT = parseInstant('2026-10-07');
const TIMES = [0, MINUTE, 11 * HOUR + 59 * MINUTE, 12 * HOUR, 12 * HOUR + MINUTE, 23 * HOUR + 59 * MINUTE];
const LENGTHS = [2, 3, 7, 14, 30].map(days => days * DAY);
const endingAt = (until: number, length: number): Window => ({ from: until - length, until });
const follow = (windows: readonly Window[]) =>
  windows.every(({ from }, n) => n === 0 || windows[n - 1]?.until === from);

describe.each(TIMES)('a window that ends %d µs after midnight', time => {
  test.each(LENGTHS)('of %d µs', length => {
    const window = endingAt(MIDNIGHT + time, length);
    const slices = slicesOf(window);
    expect(slices).toHaveLength(length / DAY);
    expect([slices[0]?.from, slices.at(-1)?.until]).toEqual([window.from, window.until]);
    expect(follow(slices)).toBe(true);
    expect(slices.slice(1).map(({ from }) => from % DAY)).toEqual(slices.slice(1).map(() => 0));
    for (const slice of slices) expect(Math.abs(lengthOf(slice) - DAY)).toBeLessThanOrEqual(DAY / 2);
    for (const slice of slices.slice(1, -1)) expect(lengthOf(slice)).toBe(DAY);

    const baseline = baselineOf(window);
    const moved = baselineIn({ window, baseline });
    expect(moved.map(lengthOf)).toEqual(baseline.map(lengthOf));
    const unit = length >= WEEK ? DAY : HOUR;
    const shifts = new Set(moved.map(({ from }, n) => from - (baseline[n]?.from ?? 0)));
    expect(shifts.size).toBe(1);
    for (const shift of shifts) expect(Math.abs(shift)).toBeLessThan(unit);
    for (const { from, until } of moved) {
      expect(from % unit).toBe(0);
      expect(until).toBeLessThanOrEqual(window.from);
    }

    const { before, within } = stretchesOf({ window, since: 0 });
    expect(before).toHaveLength(28);
    // What was not read is no day without a sale.
    const since = (before[25] as Window).from;
    expect(stretchesOf({ window, since }).before).toEqual(before.slice(25));
    expect(within).toHaveLength(length / DAY);
    expect(follow([...before, ...within])).toBe(true);
    expect([within[0]?.from, within.at(-1)?.until]).toEqual([window.from, window.until]);
  });
});

test.each([5 * HOUR, DAY, 36 * HOUR, 167 * HOUR])('a window of %d µs stays whole', length => {
  const window = endingAt(MIDNIGHT + 12 * HOUR + 20 * MINUTE, length);
  expect(slicesOf(window)).toEqual([window]);
  expect(stretchesOf({ window, since: 0 }).within).toEqual([window]);
  const baseline = baselineOf(window);
  const shift = length < DAY ? 0 : -20 * MINUTE;
  expect(baselineIn({ window, baseline })).toEqual(
    baseline.map(({ from, until }) => ({ from: from + shift, until: until + shift })),
  );
});

test('at midnight nothing is moved', () => {
  const window = endingAt(MIDNIGHT, WEEK);
  const baseline = baselineOf(window);
  expect(baselineIn({ window, baseline })).toEqual(baseline);
  expect(new Set(slicesOf(window).map(lengthOf))).toEqual(new Set([DAY]));
});
