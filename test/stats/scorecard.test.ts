import { expect, test } from 'vitest';
import { outcomeOf, tallyOf } from '../../src/stats/scorecard.ts';

const totals = { window: Array(7).fill(4000), baseline: 112_000 };
const called = { lift: 1.8, low: 1.4, high: 2.3 };
const later = (perDay: number) => outcomeOf({ window: Array(7).fill(perDay), baseline: 560 }, totals, called);

test('a call rose, held or faded by what the same share would have sold later', () => {
  expect(later(44)).toMatchObject({ became: 'rose' });
  expect(later(30)).toMatchObject({ became: 'held' });
  expect(later(20)).toMatchObject({ became: 'faded' });
  expect(later(0)).toMatchObject({ became: 'faded' });
});

test('each genre counts once, by most of its calls', () => {
  const calls = (subject: number, ...sold: number[]) =>
    sold.map(perDay => ({ subject, outcome: later(perDay) }));
  expect(tallyOf([])).toEqual({ calls: 0, subjects: 0, kept: 0 });
  expect(tallyOf(calls(1, 44, 44, 44, 44))).toEqual({ calls: 4, subjects: 1, kept: 1 });
  expect(tallyOf([...calls(1, 44, 44, 44, 44), ...calls(2, 20), ...calls(3, 44, 20)])).toEqual({
    calls: 7,
    subjects: 3,
    kept: 1,
  });
});
