import { describe, expect, test } from 'vitest';
import { slotsOf, tickLabels } from '../../src/charts/time-axis.ts';
import { DAY, HOUR, MINUTE, parseInstant } from '../../src/core/time/instant.ts';

const FROM = parseInstant('2026-09-07');
const every = (step: number, count: number, from = FROM) =>
  Array.from({ length: count }, (_, at) => from + at * step);
const shown = (slots: number[]) => tickLabels(slots).filter(Boolean);

describe('slotsOf', () => {
  test('fills what is missing between even ones', () => {
    expect(slotsOf([FROM + 4 * DAY, FROM, FROM + DAY])).toEqual(every(DAY, 5));
  });
  test('leaves uneven ones as they are', () => {
    const uneven = [FROM, FROM + DAY, FROM + 1.5 * DAY, FROM + 9.2 * DAY];
    expect(slotsOf(uneven)).toEqual(uneven);
  });
  test('does not fill a year of minutes', () => {
    const sparse = [FROM, FROM + MINUTE, FROM + 365 * DAY];
    expect(slotsOf(sparse)).toEqual(sparse);
  });
});

describe('tickLabels', () => {
  test.each([
    [
      'a day of hours',
      every(HOUR, 24),
      ['7 Sep', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00'],
    ],
    [
      'a week of hours',
      every(HOUR, 168),
      ['7 Sep', '8 Sep', '9 Sep', '10 Sep', '11 Sep', '12 Sep', '13 Sep'],
    ],
    ['a month of days: Mondays', every(DAY, 30), ['7 Sep', '14 Sep', '21 Sep', '28 Sep', '5 Oct']],
    ['half a year of days: months', every(DAY, 180), ['Oct', 'Nov', 'Dec', '2027', 'Feb', 'Mar']],
    ['a year of days: quarters', every(DAY, 365), ['Oct', '2027', 'Apr', 'Jul']],
    ['one slot', [FROM + 12 * HOUR], ['12:00']],
    ['none', [], []],
  ])('%s', (_, slots, wanted) => expect(shown(slots)).toEqual(wanted));

  test('slots on no round hours are labelled evenly', () => {
    expect(shown(every(DAY, 20, FROM + 7 * MINUTE))).toEqual([
      '7 Sep',
      '10 Sep',
      '13 Sep',
      '16 Sep',
      '19 Sep',
      '22 Sep',
      '25 Sep',
    ]);
  });
});
