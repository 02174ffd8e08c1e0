/** Dates as they are written: a range says its year and its month once. */
import { expect, test } from 'vitest';
import { formatDates, formatDatesOfYear, formatDays, formatMinutes } from '../../../src/core/time/dates.ts';
import { parseInstant } from '../../../src/core/time/instant.ts';

const at = (text: string) => parseInstant(text);

test.each([
  ['2026-11-09T00:00:00Z', '2026-11-16T00:00:00Z', 'UTC', '9–15 Nov 2026, UTC'],
  ['2026-11-09T00:00:00Z', '2026-11-10T00:00:00Z', 'UTC', '9 Nov 2026, UTC'],
  ['2026-08-31T00:00:00Z', '2026-09-07T00:00:00Z', 'UTC', '31 Aug – 6 Sep 2026, UTC'],
  ['2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z', 'UTC', '28 Dec 2026 – 3 Jan 2027, UTC'],
  ['2026-10-23T22:00:00Z', '2026-10-30T23:00:00Z', 'Europe/Berlin', '24–30 Oct 2026, Europe/Berlin'],
  ['2026-09-30T12:00:00Z', '2026-10-07T12:00:00Z', 'UTC', '30 Sep, 12:00 – 7 Oct 2026, 12:00 UTC'],
  ['2026-10-07T09:00:00Z', '2026-10-07T12:00:00Z', 'UTC', '7 Oct 2026, 09:00–12:00 UTC'],
  ['2026-12-31T12:00:00Z', '2027-01-01T12:00:00Z', 'UTC', '31 Dec 2026, 12:00 – 1 Jan 2027, 12:00 UTC'],
])('%s to %s in %s is %s', (from, until, zone, text) => {
  expect(formatMinutes(at(from), at(until), zone)).toBe(text);
});

test('days without a window', () => {
  const [first, last] = [at('2026-11-13T12:00:00Z'), at('2026-11-19T12:00:00Z')];
  expect(formatDates(first, last, 'UTC')).toBe('13–19 Nov 2026');
  expect(formatDatesOfYear(first, last, last, 'UTC')).toBe('13–19 Nov');
  expect(formatDatesOfYear(at('2026-10-29T12:00:00Z'), first, last, 'UTC')).toBe('29 Oct – 13 Nov');
  expect(formatDatesOfYear(first, last, at('2027-11-01T00:00:00Z'), 'UTC')).toBe('13–19 Nov 2026');
  expect(formatDays(first, last, 'UTC')).toBe('13–19 November 2026');
});
