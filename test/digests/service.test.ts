/** Two processes of the service, one database, three days with a change of the clocks: one digest a day each, whatever is killed. */
import { expect, test } from 'vitest';
import { HOUR, parseInstant } from '../../src/core/instant.ts';
import { testDatabase } from '../support/database.ts';
import { checkDigests, runDays, subscribeAll } from '../support/digest-days.ts';
import { simulate } from '../support/simulation.ts';

/** Berlin and London leave summer time on 25 October 2026. */
const FROM = parseInstant('2026-10-24T00:00Z');
const UNTIL = FROM + 72 * HOUR;

test.each([
  ['undisturbed', { anytime: 0, onAcceptance: 0, seed: 1 }],
  ['killed -9 in the moments in which a platform has accepted something', { anytime: 1, onAcceptance: 2, seed: 2 }],
])(
  'each subscription gets one digest with its PDF a day, at its local hour: %s',
  async (_, kills) => {
    const { db, url } = await testDatabase();
    const simulation = await simulate(url, FROM, 10_800);
    try {
      await subscribeAll(db, FROM);
      await runDays(simulation, UNTIL, kills);
      await checkDigests(db, simulation, UNTIL);
      if (kills.onAcceptance === 0) expect(await db`select id from delivery where attempts > 1`).toEqual([]);
    } finally {
      await simulation.close();
    }
  },
  90_000,
);
