/** Text into lines: nothing is wider than it may be, and no grapheme is torn. */
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/charts/labels.ts';
import type { Measure } from '../../src/report/boxes.ts';
import { balance, fitLines, shorten, wrap } from '../../src/report/fit.ts';
import { NAMES } from '../support/answers.ts';
import { MIXED_NAMES, SCRIPTS } from '../support/charts.ts';
import { seeded } from '../support/random.ts';

const measure: Measure = (text, { size }) => widthOf(text) * size;
const font = { size: 10 };
const graphemes = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

describe('wrap', () => {
  test('breaks between words and keeps every one', () => {
    const text = 'An office of the city, where nobody (not even once) sleeps.';
    const lines = wrap(text, 90, font, measure);
    expect(lines.join(' ')).toBe(text);
    expect(lines.length).toBeGreaterThan(2);
  });

  test('lets no line begin with the punctuation of the one before', () => {
    const lines = wrap('東京、大阪、京都、札幌。福岡', 42, font, measure);
    expect(lines.every(line => !/^[、。]/.test(line))).toBe(true);
    expect(lines.join('')).toBe('東京、大阪、京都、札幌。福岡');
  });

  test('breaks within a word only where it is wider than a line, and between graphemes', () => {
    const lines = wrap('👩🏽‍🎤'.repeat(9), 35, font, measure);
    expect(lines.flatMap(graphemes)).toEqual(Array.from({ length: 9 }, () => '👩🏽‍🎤'));
    expect(lines).toHaveLength(3);
  });

  test('gives no line for no text, and one for a letter that is too wide', () => {
    expect(wrap(' ', 50, font, measure)).toEqual([]);
    expect(wrap('W', 1, font, measure)).toEqual(['W']);
  });

  test('breaks what is wider than a line after its hyphen', () => {
    const width = measure('singer-son', font);
    expect(wrap('singer-songwriter', width, font, measure)[0]).toBe('singer-');
    expect(wrap('-songwriters', width, font, measure)).toHaveLength(3);
  });
});

describe('fitLines', () => {
  test('leaves what fits', () => {
    expect(fitLines('jungle', 100, font, measure)).toEqual(['jungle']);
  });

  test('cuts the middle, so that beginning and end stay', () => {
    const [line] = fitLines('The Very Long Name of an Orchestra, Volume 2', 120, font, measure);
    expect(line).toMatch(/^The Very.*….*2$/);
  });

  test('never makes a line that is too wide, nor too many', () => {
    const random = seeded(7);
    const words = [
      ...NAMES,
      ...MIXED_NAMES,
      ...Object.values(SCRIPTS),
      'Donaudampfschifffahrtsgesellschaft',
      '…',
      'a b c d',
    ];
    for (let round = 0; round < 400; round++) {
      const text = Array.from(
        { length: 1 + random() * 12 },
        () => words[Math.floor(random() * words.length)],
      ).join(' ');
      const width = 12 + random() * 300;
      const most = 1 + Math.floor(random() * 3);
      const lines = fitLines(text, width, font, measure, most);
      expect(lines.length).toBeLessThanOrEqual(most);
      for (const line of lines)
        expect(measure(line, font)).toBeLessThanOrEqual(Math.max(width, widthOf('…') * 10));
    }
  });

  test('measures little of a text without end', () => {
    let measured = 0;
    const counting: Measure = (text, of) => {
      measured += text.length;
      return measure(text, of);
    };
    fitLines('W'.repeat(200_000), 200, font, counting, 2);
    expect(measured).toBeLessThan(20_000);
  });
});

test('balance keeps the number of lines and evens them out', () => {
  const text = 'City pop rises most: at least three times the expected sales.';
  const plain = wrap(text, 190, font, measure);
  const even = balance(text, 190, font, measure);
  const raggedness = (lines: string[]) => {
    const widths = lines.map(line => measure(line, font));
    return Math.max(...widths) - Math.min(...widths);
  };
  expect(even).toHaveLength(plain.length);
  expect(raggedness(even)).toBeLessThanOrEqual(raggedness(plain));
});

test('shorten keeps whole graphemes of both ends', () => {
  expect(graphemes(shorten('👩🏽‍🎤'.repeat(50), 9))).toHaveLength(9);
  expect(shorten('short', 9)).toBe('short');
});
