import { describe, expect, test } from 'vitest';
import {
  altInChat,
  describeChart,
  explanationOf,
  INTERVALS_EXPLAINED,
  withAlt,
} from '../../src/core/chart-alt.ts';
import type { BarsSpec, ChartSpec } from '../../src/core/chart-spec.ts';
import {
  areas,
  bars,
  COUNTRIES,
  GENRES,
  LONG_NAMES,
  lines,
  multiples,
  scatter,
  slope,
  sparklines,
  worldMap,
} from '../support/charts.ts';

test.each<[ChartSpec, string]>([
  [
    bars(GENRES),
    'Bar chart of 12 genres, times the expected sales: ambient 4.5× (3.9× to 5.2×), ' +
      'drum & bass 3.6× (2.8× to 4.7×), city pop 3.3× (2.3× to 4.8×); last vaporwave 2.2× ' +
      '(1.4× to 3.6×). A line marks 1.0×, as expected.',
  ],
  [bars(['jungle'], { format: 'usd' }), 'Bar chart of 1 genre, US dollars: jungle $12,346.'],
  [
    lines(GENRES.slice(0, 1), { bands: true }),
    'Line chart of genres, sales a day, 8 Sep to 7 Oct 2026: ambient from 660 to 791, ' +
      'most 982 on 2 Oct. Shaded: Bandcamp Friday. Hatched: no data.',
  ],
  [
    slope(GENRES),
    'Ranks of 12 genres, 30 Sep to 7 Oct; ambient leads; hyperpop falls from 4 to 6, ' +
      'jungle climbs from 9 to 7, drum & bass climbs from 3 to 2; new: city pop.',
  ],
  [
    scatter(GENRES.slice(0, 4)),
    'Scatter plot of 4 genres, sales in seven days against sales relative to expected: ' +
      'drum & bass at 96 and 3.6×, ambient at 12 and 2.7×, psytrance at 6,112 and 1.0×. ' +
      '4 of 4 lie above 1.0×, as expected.',
  ],
  [
    worldMap(COUNTRIES),
    'World map of 50 countries, sales by the buyer’s country: ' +
      'United States 14,800, United Kingdom 4,882, Germany 2,552.',
  ],
])('%#: %o', (spec, wanted) => expect(describeChart(spec, 'genres')).toBe(wanted));

describe('every kind', () => {
  const kinds: Record<string, (names: readonly string[]) => ChartSpec> = {
    bars,
    lines,
    areas,
    multiples,
    sparklines,
    slope,
    scatter,
    map: names => worldMap(COUNTRIES.slice(0, names.length)),
  };
  test.each(Object.entries(kinds))('%s says so when it shows nothing', (_, make) =>
    expect(describeChart(make([]), 'genres')).toMatch(/ without data\.$/),
  );
  test.each(Object.entries(kinds))('%s fits where a platform takes least', (_, make) =>
    expect(describeChart(make(Array(50).fill(LONG_NAMES.join(' '))), 'genres').length).toBeLessThanOrEqual(
      500,
    ),
  );
});

test('withAlt completes a spec', () => {
  const { alt: _, ...untold } = bars(GENRES);
  expect(withAlt(untold, 'genres')).toEqual({ ...untold, alt: describeChart(untold, 'genres') });
});

test('in a chat the alternative text counts the rows of the picture, and ends with its last', () => {
  const names = Array.from({ length: 12 }, (_, at) => `genre ${at + 1}`);
  const spec = withAlt<BarsSpec>(bars(names), 'genres');
  expect(spec.alt).toContain('12 genres');
  expect(altInChat(spec)).toContain('8 genres');
  expect(altInChat(spec)).toContain('; last genre 8 ');
  const few = withAlt<BarsSpec>(bars(names.slice(0, 8)), 'genres');
  expect(altInChat(few)).toBe(few.alt);
});

test('intervals are explained, quantities are not', () => {
  const spec = bars(['jungle']);
  expect(explanationOf({ ...spec, format: 'count' })).toBe('');
  const points = [{ x: 'jungle', y: 2, low: 1.5, high: 3 }];
  const lift: BarsSpec = { ...spec, format: 'ratio', series: [{ label: 'Lift', points }] };
  expect(explanationOf(lift)).toBe(INTERVALS_EXPLAINED);
  expect(explanationOf(undefined)).toBe('');
});
