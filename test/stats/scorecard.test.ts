import { expect, test } from 'vitest';
import { outcomeOf, shareKept } from '../../src/stats/scorecard.ts';

const totals = { window: Array(7).fill(4000), baseline: 112_000 };
const called = { lift: 1.8, low: 1.4, high: 2.3 };
const later = (perDay: number) => outcomeOf({ window: Array(7).fill(perDay), baseline: 560 }, totals, called);

test('a call rose, held or faded by what the same share would have sold later', () => {
  expect(later(44)).toMatchObject({ became: 'rose' });
  expect(later(30)).toMatchObject({ became: 'held' });
  expect(later(20)).toMatchObject({ became: 'faded' });
  expect(later(0)).toMatchObject({ became: 'faded' });
});

test('of no calls nothing is said', () => {
  expect(shareKept([])).toBeNull();
  expect(shareKept([later(44), later(20)])).toBe(0.5);
});
