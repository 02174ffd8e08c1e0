/** The world against the published figures: within a tenth, or the row says why not. */
import { expect, test } from 'vitest';
import { parseInstant } from '../../src/core/time/instant.ts';
import { checkTable, checkWorld } from '../../src/simulation/check.ts';
import { createWorld } from '../../src/simulation/world.ts';

test.each([1, 2])('300,000 sales of seed %i', seed => {
  const world = createWorld({
    seed,
    salesADay: 6000,
    artists: 25_000,
    start: parseInstant('2026-07-01'),
    days: 60,
  });
  const rows = checkWorld(world, 42);
  expect(rows.length).toBeGreaterThan(80);
  const unexplained = rows.filter(
    ({ difference, why }) => !why && (difference === null || Math.abs(difference) > 0.1),
  );
  expect(unexplained).toEqual([]);
  // Explanations are for the few.
  expect(rows.filter(({ why }) => why).length).toBeLessThan(25);
  const table = checkTable(rows);
  expect(table.split('\n')).toHaveLength(rows.length + 1);
  expect(table).not.toContain('UNEXPLAINED');
});
