/** What a window is compared with: as long, of the same weekdays, with as much of a Bandcamp Friday. */
import { describe, expect, test } from 'vitest';
import { firstFridaysIn } from '../../../src/core/time/bandcamp-friday.ts';
import { comparableWith, overlapOf, reachOf } from '../../../src/core/time/comparable.ts';
import { DAY, HOUR, parseInstant, toIso, WEEK } from '../../../src/core/time/instant.ts';
import { lengthOf, type Window } from '../../../src/core/time/window.ts';

const window = (until: string, length: number): Window => ({
  from: parseInstant(until) - length,
  until: parseInstant(until),
});
const comparable = (one: Window) => comparableWith(one, firstFridaysIn(reachOf(one)));
const ends = (windows: readonly Window[]) => windows.slice(0, 4).map(({ until }) => toIso(until));

test('first Fridays are found where a window touches one', () => {
  const found = firstFridaysIn({
    from: parseInstant('2026-10-03T06:00Z'),
    until: parseInstant('2026-12-04T08:00Z'),
  });
  expect(found.map(({ from }) => toIso(from))).toEqual([
    '2026-10-02T07:00:00Z',
    '2026-11-06T07:00:00Z',
    '2026-12-04T07:00:00Z',
  ]);
  expect(found.map(lengthOf)).toEqual([DAY, DAY, DAY]);
  expect(
    overlapOf({ from: 10, until: 30 }, [
      { from: 0, until: 15 },
      { from: 28, until: 50 },
    ]),
  ).toBe(7);
});

describe('what is comparable', () => {
  test('with an ordinary week are the weeks before without a Bandcamp Friday', () => {
    // The one that ends on 11 November holds the sixth.
    expect(ends(comparable(window('2026-11-18', WEEK)))).toEqual([
      '2026-11-04T00:00:00Z',
      '2026-10-28T00:00:00Z',
      '2026-10-21T00:00:00Z',
      '2026-10-14T00:00:00Z',
    ]);
  });

  test('with a Bandcamp Friday are those before, four or five weeks apart', () => {
    expect(ends(comparable(window('2026-11-07T07:00Z', DAY)))).toEqual([
      '2026-10-03T07:00:00Z',
      '2026-09-05T07:00:00Z',
      '2026-08-08T07:00:00Z',
      '2026-07-04T07:00:00Z',
    ]);
  });

  test.each([5 * HOUR, DAY, 3 * DAY, WEEK, 14 * DAY])(
    'with %d µs at any hour has the same weekday, and as much of a Bandcamp Friday',
    length => {
      for (let at = parseInstant('2026-11-01T03:00Z'); at < parseInstant('2026-12-08'); at += 5 * HOUR) {
        const own = { from: at - length, until: at };
        const fridays = firstFridaysIn(reachOf(own));
        const found = comparableWith(own, fridays);
        expect(found.length).toBeGreaterThanOrEqual(4);
        for (const one of found) {
          expect(lengthOf(one)).toBe(length);
          expect((own.until - one.until) % WEEK).toBe(0);
          expect(overlapOf(one, fridays)).toBe(overlapOf(own, fridays));
        }
        const all = [own, ...found];
        for (const [n, one] of found.entries())
          expect(one.until).toBeLessThanOrEqual((all[n] as Window).from);
      }
    },
  );
});
