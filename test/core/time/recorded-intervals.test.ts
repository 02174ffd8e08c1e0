/** Sales in any order make the same stretches. */
import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/core/time/instant.ts';
import { createRecordedIntervals, LONGEST_GAP } from '../../../src/core/time/recorded-intervals.ts';
import { seeded } from '../../support/random.ts';
import { NOON } from '../../support/sales.ts';

const windowsOf = (instants: readonly number[]) => {
  const stretches = createRecordedIntervals();
  for (const at of instants) stretches.add(at);
  return stretches.windows();
};

test('a gap of ten minutes ends a stretch, a shorter one does not', () => {
  expect(windowsOf([])).toEqual([]);
  expect(windowsOf([NOON + 30 * SECOND])).toEqual([{ from: NOON, until: NOON + MINUTE }]);
  expect(windowsOf([NOON, NOON + LONGEST_GAP - 1])).toEqual([{ from: NOON, until: NOON + 10 * MINUTE }]);
  expect(windowsOf([NOON, NOON + LONGEST_GAP])).toEqual([
    { from: NOON, until: NOON + MINUTE },
    { from: NOON + 10 * MINUTE, until: NOON + 11 * MINUTE },
  ]);
});

test('the order does not matter', () => {
  const random = seeded(7);
  for (let round = 0; round < 200; round += 1) {
    const instants = Array.from({ length: 30 }, () => NOON + Math.floor(random() * 200 * MINUTE));
    const sorted = instants.toSorted((a, b) => a - b);
    const expected: { from: number; until: number }[] = [];
    for (const [n, at] of sorted.entries()) {
      const minute = at - (at % MINUTE);
      const last = expected.at(-1);
      if (last && at - (sorted[n - 1] ?? 0) < LONGEST_GAP) last.until = minute + MINUTE;
      else expected.push({ from: minute, until: minute + MINUTE });
    }
    expect(windowsOf(instants)).toEqual(expected);
  }
});
