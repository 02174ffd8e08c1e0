/** Times and zones as people type them. */
import { expect, test } from 'vitest';
import { parseLocalTime, parseZone, suggestZones } from '../../../src/core/time/local-time.ts';

test.each([
  ['09:00', '09:00'],
  ['9', '09:00'],
  ['9am', '09:00'],
  ['9:30 pm', '21:30'],
  ['9:30PM', '21:30'],
  ['12am', '00:00'],
  ['12 p.m.', '12:00'],
  ['0:05', '00:05'],
  ['23.59', '23:59'],
  ['7h30', '07:30'],
])('"%s" is %s', (typed, time) => {
  expect(parseLocalTime(typed)).toBe(time);
});

test.each(['24:00', '13pm', '0am', '9:60', 'noon', '', '9:3', '-1', '9:00:00', '1'.repeat(99)])(
  '"%s" is no time',
  typed => {
    expect(() => parseLocalTime(typed)).toThrow(/is not a time of day/);
  },
);

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['AMERICA/NEW YORK', 'America/New_York'],
  ['utc', 'UTC'],
  ['GMT', 'UTC'],
  // The runtime would give their former names.
  ['Asia/Kathmandu', 'Asia/Kathmandu'],
  ['europe/kyiv', 'Europe/Kyiv'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
])('"%s" is %s', (typed, zone) => {
  expect(parseZone(typed)).toBe(zone);
});

test.each([
  ['berlin', /Did you mean Europe\/Berlin\?/],
  ['new york', /Did you mean America\/New_York\?/],
  ['kolkata', /Did you mean Asia\/Kolkata\?/],
  ['kyiv', /Did you mean Europe\/Kyiv\?/],
  ['Mars/Olympus', /Use a place such as Europe\/Berlin/],
  ['+02:00', /Use a place such as/],
  ['EST', /time zone that I know/],
])('"%s" is no zone, and the error says what is', (typed, message) => {
  expect(() => parseZone(typed)).toThrow(expect.objectContaining({ text: expect.stringMatching(message) }));
});

test('suggestions begin with the city itself', () => {
  expect(suggestZones('ber')).toContain('Europe/Berlin');
  expect(suggestZones('london')[0]).toBe('Europe/London');
  expect(suggestZones('x')).toEqual([]);
});
