/** Hours of faults and kills leave nothing out and nothing twice; the long one is in test/long. */
import { expect, test } from 'vitest';
import { FAULT_KINDS } from '../../src/simulation/faults.ts';
import { runChaos } from '../support/chaos.ts';
import { NOON } from '../support/sales.ts';

test('faulty feed, service and database killed: each sale once, every number right, no gap', async () => {
  const run = await runChaos({
    start: NOON,
    hours: 6,
    speed: 600,
    kills: 4,
    databaseKills: 1,
    // Those that last real seconds are left to the long test.
    faults: FAULT_KINDS.filter(kind => kind !== 'time-out' && kind !== 'slow'),
    rate: 0.05,
    seed: 3,
  });
  expect(run.wanted.length).toBeGreaterThan(500);
  expect(run.stored).toEqual(run.wanted);
  expect(run.verified.differences).toEqual([]);
  expect(run.gaps).toBe(0);
  expect(run.requests.strangers).toEqual([]);
  expect(run.killed).toEqual({ service: 4, database: 1 });
}, 300_000);
