import { describe, expect, test } from 'vitest';
import { balance, cutEnd, isolate, tidy, widthOf, wrap } from '../../src/charts/labels.ts';
import { MIXED_NAMES, SCRIPTS } from '../support/charts.ts';

describe('cutEnd', () => {
  test('keeps the beginning', () => {
    expect(cutEnd('Very long name of an artist that goes on', 12)).toMatch(/^Very long name.*…$/);
  });

  test.each([...Object.values(SCRIPTS), ...MIXED_NAMES])('%s: whole graphemes, within its width', name => {
    const graphemes = (text: string) =>
      [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
    for (let em = 2; em < widthOf(name); em += 0.7) {
      const cut = cutEnd(name, em);
      expect(widthOf(cut)).toBeLessThanOrEqual(em);
      const head = cut.replace(/…$/, '');
      expect(name.startsWith(head)).toBe(true);
      expect(graphemes(name)).toEqual(expect.arrayContaining(graphemes(head)));
    }
    expect(cutEnd(name, widthOf(name))).toBe(name);
  });
});

describe('wrap', () => {
  test('breaks at spaces, not before a percent sign', () => {
    expect(wrap('read 98.2% of the feed: 90% interval', 8, 5)).toEqual([
      'read 98.2% of',
      'the feed: 90%',
      'interval',
    ]);
  });

  test('breaks between the words of a language that has no spaces', () => {
    const text = '東京スカパラダイスオーケストラと仲間たちの楽団';
    const lines = wrap(text, 10, 9);
    expect(lines.join('')).toBe(text);
    expect(lines.every(line => widthOf(line) <= 10)).toBe(true);
  });

  test('says that lines were left out', () => {
    const lines = wrap('one two three four five six seven eight nine ten', 6, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]?.endsWith('…')).toBe(true);
  });

  test('empty text has no lines', () => expect(wrap('', 10, 2)).toEqual([]));
});

describe('tidy', () => {
  test.each([
    ['new\nline\r\n\ttab\u0000end', 'new line tab end'],
    ['\u202egnp.exe\u202c\u2066 hidden\u2069', 'gnp.exe hidden'],
    ['  \u200f ', '–'],
    ['a\u0335\u0336\u0337\u0338\u0339', 'a\u0335\u0336\u0337'],
    ['\ud800x', '\ufffdx'],
    ['น้ำกี่', 'น้ำกี่'],
    ['👩🏽‍🎤', '👩🏽‍🎤'],
  ])('%j → %j', (given, wanted) => expect(tidy(given)).toBe(wanted));
});

test('only what holds right-to-left script is set apart', () => {
  expect(isolate('مريم (x)')).toBe('\u2068مريم (x)\u2069');
  expect(isolate('東京')).toBe('東京');
});

test('a title has no lone word, and keeps all its words', () => {
  expect(wrap('Which genres rise, day by day', 24 * 0.58, 2)).toEqual(['Which genres rise, day by', 'day']);
  expect(balance('Which genres rise, day by day', 24 * 0.58, 2)).toEqual([
    'Which genres',
    'rise, day by day',
  ]);
});
