/** Why an artist is called emerging, in as many words as there is room for. */
import { expect, test } from 'vitest';
import { concentrationInWords, concentrationSentence, reasonInWords } from '../../src/core/reason.ts';
import { BROAD, NARROW } from '../support/concentration.ts';

const since = '2026-11-12T00:00:00Z';

test('a rise says since when, from and to how much, and how broadly', () => {
  expect(reasonInWords({ since, from: 4, to: 61.3, countries: 9 }, 'UTC')).toBe(
    'from 4 to 61 sales a day since 12 Nov, in 9 countries',
  );
  expect(reasonInWords({ since, from: 1 / 30, to: 2.5, countries: 1 }, 'America/New_York')).toBe(
    'from 0 to 2.5 sales a day since 11 Nov, in 1 country',
  );
});

test('a rise that is over says when it was', () => {
  expect(reasonInWords({ since, from: 0.5, to: 0.1, countries: 2 }, 'UTC')).toBe(
    'peaked on 12 Nov; now 0.1 sales a day in 2 countries',
  );
  expect(reasonInWords({ since, from: 4, to: 1, countries: 2 }, 'UTC', 45)).toBe(
    'peaked on 12 Nov; now 1 sale a day',
  );
});

test('whole parts are left out where there is little room, never a half', () => {
  const reason = { since, from: 4, to: 61, countries: 9 };
  expect(reasonInWords(reason, 'UTC', 48)).toBe('from 4 to 61 sales a day since 12 Nov');
  expect(reasonInWords(reason, 'UTC', 36)).toBe('from 4 to 61 sales a day');
  expect(reasonInWords(reason, 'UTC', 1)).toBe('from 4 to 61 sales a day');
});

test('where no day begins it, how broadly is all', () => {
  expect(reasonInWords({ since: null, from: null, to: null, countries: 3 }, 'UTC')).toBe('in 3 countries');
});

test('what is concentrated says in what, in as many parts as fit; all else says nothing', () => {
  expect(concentrationInWords(NARROW)).toBe('concentrated: 36 of 40 from Poland, 31 in one hour');
  expect(concentrationInWords(NARROW, 40)).toBe('concentrated: 36 of 40 from Poland');
  expect(concentrationInWords({ ...NARROW, concentratedBy: ['hour', 'counted'] })).toBe(
    'concentrated: 31 of 40 in one hour, 12 sales count',
  );
  expect(concentrationInWords(BROAD)).toBe('');
});

test('a rise that is concentrated says so behind it, rather than the countries', () => {
  const rise = { since, from: 4, to: 61, countries: 9, ...NARROW };
  expect(reasonInWords(rise, 'UTC')).toBe(
    'from 4 to 61 sales a day since 12 Nov, in 9 countries; ' +
      'concentrated: 36 of 40 from Poland, 31 in one hour',
  );
  expect(reasonInWords(rise, 'UTC', 70)).toBe('from 4 to 61 sales a day; concentrated: 36 of 40 from Poland');
  expect(reasonInWords(rise, 'UTC', 40)).toBe('concentrated: 36 of 40 from Poland');
  expect(reasonInWords(rise, 'UTC', 30)).toBe('from 4 to 61 sales a day');
  expect(reasonInWords({ ...rise, ...BROAD }, 'UTC', 70)).not.toContain('concentrated');
});

test('why tells all three in a sentence, without what may not be told', () => {
  expect(concentrationSentence(NARROW, 'Europe/Warsaw', 'one per checkout')).toBe(
    'Concentrated: 12 of 40 sales count (one per checkout), 31 of 40 within 15:00–16:00 Europe/Warsaw on ' +
      '12 Nov, 36 of 40 from buyers in Poland.',
  );
  expect(concentrationSentence({ ...NARROW, busiestHour: null, firstCountry: null }, 'UTC', 'x')).toBe(
    'Concentrated: 12 of 40 sales count (x).',
  );
  expect(concentrationSentence(BROAD, 'UTC', 'x')).toBe('');
});
