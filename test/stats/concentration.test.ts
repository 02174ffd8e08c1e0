/** From where on sales are called concentrated. */
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/core/time/instant.ts';
import { canBeConcentrated, concentratedBy } from '../../src/stats/concentration.ts';

const ALL = { counted: 0.8, country: 0.1 };
const BROAD = { seen: 40, counted: 30, hour: 5, country: 12 };
const by = (spread: Partial<typeof BROAD>, all = ALL, length = 7 * DAY) =>
  concentratedBy({ ...BROAD, ...spread }, all, length);

test('what is spread is not', () => {
  expect(by({})).toEqual([]);
  expect(canBeConcentrated(BROAD, 7 * DAY)).toBe(false);
});

test('three quarters of one country are, where it buys less than half as much of everything', () => {
  expect(by({ country: 30 })).toEqual(['country']);
  expect(by({ country: 29 })).toEqual([]);
  expect(by({ country: 30 }, { ...ALL, country: 0.375 })).toEqual(['country']);
  expect(by({ country: 30 }, { ...ALL, country: 0.4 })).toEqual([]);
});

test('half of one hour is, in a window of a day or more', () => {
  expect(by({ hour: 20 })).toEqual(['hour']);
  expect(by({ hour: 19 })).toEqual([]);
  expect(by({ hour: 20 }, ALL, DAY)).toEqual(['hour']);
  expect(by({ hour: 40 }, ALL, 23 * HOUR)).toEqual([]);
});

test('half that counts is, where of everything twice as much does', () => {
  expect(by({ counted: 16 })).toEqual(['counted']);
  expect(by({ counted: 17 })).toEqual([]);
  expect(by({ counted: 20 }, { ...ALL, counted: 1 })).toEqual(['counted']);
  expect(by({ counted: 16 }, { ...ALL, counted: 0.5 })).toEqual([]);
});

test('fewer than ten sales are called nothing, and what is not told makes nothing so', () => {
  expect(by({ seen: 9, counted: 1, hour: 9, country: 9 })).toEqual([]);
  expect(concentratedBy({ ...BROAD, seen: 10, hour: null, country: null }, ALL, 7 * DAY)).toEqual([]);
});
