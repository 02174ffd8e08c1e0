/** The tokens' limits, as the design language states them. */
import { describe, expect, test } from 'vitest';
import { THEMES } from '../../src/charts/theme.ts';
import { contrastOf, distanceOf, type Sight } from '../support/colors.ts';

/** What pages stand on, where charts without a ground of their own may be put. */
const GROUNDS = { light: '#f6f5f2', dark: '#0f1215' };
/** Smallest ΔE (CIE 1976) of two lines, in whole numbers as it is stated. */
const DISTANCES: Record<'light' | 'dark', Record<Sight, number>> = {
  light: { normal: 37, protan: 17, deutan: 17, tritan: 16 },
  dark: { normal: 32, protan: 23, deutan: 25, tritan: 25 },
};
const TEXT = 4.5;
const MARK = 3;

const pairsOf = (colors: readonly string[]): [string, string][] =>
  colors.flatMap((one, at) => colors.slice(at + 1).map((other): [string, string] => [one, other]));

describe.each(['light', 'dark'] as const)('%s', name => {
  const theme = THEMES[name];
  const grounds = [GROUNDS[name], theme.paper];
  const least = (colors: readonly string[], under: readonly string[]) =>
    Math.min(...colors.flatMap(color => under.map(ground => contrastOf(color, ground))));

  test.each(Object.entries(DISTANCES[name]))('lines differ to %s sight by %d', (sight, distance) => {
    const distances = pairsOf(theme.lines).map(([a, b]) => distanceOf(a, b, sight as Sight));
    expect(Math.round(Math.min(...distances))).toBeGreaterThanOrEqual(distance);
  });

  test('texts have 4.5, on the page and on paper', () => {
    expect(least([theme.ink, theme.soft, theme.signal, theme.mid], grounds)).toBeGreaterThanOrEqual(TEXT);
  });

  test('lines and their names have 5.2, and 4.6 on a Friday', () => {
    expect(theme.lines).toHaveLength(5);
    expect(least(theme.lines, grounds)).toBeGreaterThanOrEqual(5.2);
    expect(least(theme.lines, [theme.band])).toBeGreaterThanOrEqual(4.6);
    expect(least([theme.soft], [theme.band])).toBeGreaterThanOrEqual(TEXT);
  });

  test('the solid part of a bar stands out from the pale one, the mark from the range', () => {
    expect(contrastOf(theme.signal, theme.signalpale)).toBeGreaterThanOrEqual(MARK);
    expect(contrastOf(theme.mid, theme.midpale)).toBeGreaterThanOrEqual(MARK);
    expect(least([theme.ink], [theme.signalpale, theme.midpale])).toBeGreaterThanOrEqual(7);
    expect(least([theme.edge], grounds)).toBeGreaterThanOrEqual(MARK);
  });

  test('each shade of a map is a step further', () => {
    for (const shades of [theme.above, theme.counts]) {
      const steps = shades.slice(1).map((shade, at) => contrastOf(shade, shades[at] as string));
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(1.3);
      const away = shades.map(shade => contrastOf(shade, theme.paper));
      expect(away).toEqual(away.toSorted((a, b) => a - b));
    }
    const warm = theme.above.slice(1).map((shade, at) => contrastOf(shade, theme.above[at] as string));
    expect(Math.min(...warm)).toBeGreaterThanOrEqual(1.6);
  });
});
