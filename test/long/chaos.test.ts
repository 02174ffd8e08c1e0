/** A simulated week of every fault, a hundred kills of the service and ten of the database. */
import { expect, test } from 'vitest';
import { FAULT_KINDS } from '../../src/simulation/faults.ts';
import { runChaos } from '../support/chaos.ts';
import { NOON } from '../support/sales.ts';

test('a week of chaos stores each sale once, with every number right and no gap', async () => {
  const run = await runChaos({
    start: NOON,
    hours: 7 * 24,
    speed: 600,
    kills: 100,
    databaseKills: 10,
    faults: [...FAULT_KINDS],
    rate: 0.05,
    seed: 11,
  });
  expect(run.wanted.length).toBeGreaterThan(25_000);
  expect(run.stored).toEqual(run.wanted);
  expect(run.verified.differences).toEqual([]);
  expect(run.gaps).toBe(0);
  expect(run.requests.strangers).toEqual([]);
  expect(run.killed).toEqual({ service: 100, database: 10 });
}, 3_600_000);
