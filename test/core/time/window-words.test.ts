/** Windows as people write them, in their own zone. */
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { parseInstant, toIso } from '../../../src/core/time/instant.ts';
import { looksLikeWindow, parseWindow, resolveWindow } from '../../../src/core/time/window-words.ts';

/** A Wednesday. */
const NOON = '2026-10-07T12:00Z';
const resolved = (text: string, zone = 'UTC', until = NOON): string[] => {
  const { window, text: canonical } = resolveWindow(parseWindow(text), parseInstant(until), zone);
  return [toIso(window.from), toIso(window.until), canonical].map(one => one.replace(':00Z', 'Z'));
};

describe('windows in words', () => {
  test.each([
    ['7d', '2026-09-30T12:00Z', '2026-10-07T12:00Z', '7d'],
    ['last 24 hours', '2026-10-06T12:00Z', '2026-10-07T12:00Z', '24h'],
    ['past week', '2026-09-30T12:00Z', '2026-10-07T12:00Z', '7d'],
    ['2 months', '2026-08-08T12:00Z', '2026-10-07T12:00Z', '60d'],
    ['today', '2026-10-07T00:00Z', '2026-10-07T12:00Z', '2026-10-07'],
    ['Yesterday', '2026-10-06T00:00Z', '2026-10-07T00:00Z', '2026-10-06'],
    ['this week', '2026-10-05T00:00Z', '2026-10-07T12:00Z', '2026-W41'],
    ['last week', '2026-09-28T00:00Z', '2026-10-05T00:00Z', '2026-W40'],
    ['last month', '2026-09-01T00:00Z', '2026-10-01T00:00Z', '2026-09'],
    ['this year', '2026-01-01T00:00Z', '2026-10-07T12:00Z', '2026'],
    ['2026-10', '2026-10-01T00:00Z', '2026-10-07T12:00Z', '2026-10'],
    ['2025-12', '2025-12-01T00:00Z', '2026-01-01T00:00Z', '2025-12'],
    ['february 2024', '2024-02-01T00:00Z', '2024-03-01T00:00Z', '2024-02'],
    ['november', '2025-11-01T00:00Z', '2025-12-01T00:00Z', '2025-11'],
    ['2026-W01', '2025-12-29T00:00Z', '2026-01-05T00:00Z', '2026-W01'],
    ['2026-09-20', '2026-09-20T00:00Z', '2026-09-21T00:00Z', '2026-09-20'],
    ['2026-10-01..2026-10-03', '2026-10-01T00:00Z', '2026-10-04T00:00Z', '2026-10-01..2026-10-03'],
    ['2026-10-01 to 2026-10-03', '2026-10-01T00:00Z', '2026-10-04T00:00Z', '2026-10-01..2026-10-03'],
    ['wednesday', '2026-10-07T00:00Z', '2026-10-07T12:00Z', '2026-10-07'],
    ['last wednesday', '2026-09-30T00:00Z', '2026-10-01T00:00Z', '2026-09-30'],
    ['since friday', '2026-10-02T00:00Z', '2026-10-07T12:00Z', '2026-10-02..'],
    ['since 2026-09-30', '2026-09-30T00:00Z', '2026-10-07T12:00Z', '2026-09-30..'],
    ['6 oct', '2026-10-06T00:00Z', '2026-10-07T00:00Z', '2026-10-06'],
    ['October 6th', '2026-10-06T00:00Z', '2026-10-07T00:00Z', '2026-10-06'],
    ['8 oct', '2025-10-08T00:00Z', '2025-10-09T00:00Z', '2025-10-08'],
    ['29 february', '2024-02-29T00:00Z', '2024-03-01T00:00Z', '2024-02-29'],
    ['6 november 2025', '2025-11-06T00:00Z', '2025-11-07T00:00Z', '2025-11-06'],
    ['since 6 oct', '2026-10-06T00:00Z', '2026-10-07T12:00Z', '2026-10-06..'],
    ['since last month', '2026-09-01T00:00Z', '2026-10-07T12:00Z', '2026-09-01..'],
  ])('%s', (text, from, until, canonical) => expect(resolved(text)).toEqual([from, until, canonical]));

  test('are days of the reader, who may have another date', () => {
    expect(resolved('today', 'Asia/Tokyo')).toEqual(['2026-10-06T15:00Z', '2026-10-07T12:00Z', '2026-10-07']);
    expect(resolved('today', 'Pacific/Auckland')[2]).toBe('2026-10-08');
    expect(resolved('2026-10-25', 'Europe/Berlin', '2026-11-01')).toEqual([
      '2026-10-24T22:00Z',
      '2026-10-25T23:00Z',
      '2026-10-25',
    ]);
  });

  test('mean the same when they are asked again by what they were understood as', () => {
    for (const text of ['yesterday', 'last week', 'this month', 'since friday', 'today', '36h']) {
      const { window, text: canonical } = resolveWindow(parseWindow(text), parseInstant(NOON), 'Asia/Tokyo');
      expect(resolveWindow(parseWindow(canonical), window.until, 'Asia/Tokyo')).toEqual({
        window,
        text: canonical,
      });
    }
  });

  test.each([
    '',
    'soon',
    '0d',
    '367d',
    '2 years',
    '2026-13',
    '2026-02-31',
    '2026-W54',
    '2026-10-07..2026-10-01',
    'since',
    'since since friday',
    'since 7d',
    'x'.repeat(500),
    '__proto__',
    'constructor',
  ])('%j is none, and the error shows what is', text => {
    expect(() => parseWindow(text)).toThrow(UserError);
    expect(() => parseWindow(text)).toThrow(/is not a window/);
  });

  test.each(['2027-01', '2026-10-08', '2025-01-01..2026-06-01', 'since 2020-01-01'])(
    '%s has no data, or too many',
    text => {
      expect(() => resolved(text)).toThrow(UserError);
    },
  );

  test('beside a name only what is hardly a part of one', () => {
    for (const text of ['7d', 'yesterday', 'last week', '2026-10', 'since friday'])
      expect([text, looksLikeWindow(text, true)]).toEqual([text, true]);
    for (const text of ['day', 'friday', 'october', 'year', 'soon'])
      expect([text, looksLikeWindow(text, true)]).toEqual([text, false]);
  });
});
