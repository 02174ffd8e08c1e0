/**
 * Two processes of the service, one database, two days with a change of the clocks: one digest a day each,
 * whatever is killed.
 */
import { expect, test } from 'vitest';
import { HOUR, parseInstant } from '../../src/core/time/instant.ts';
import { testDatabase } from '../support/database.ts';
import { checkDigests, runDays, subscribeAll } from '../support/digest-days.ts';
import { simulate } from '../support/simulation.ts';

/** In them, Berlin leaves summer time on 25 October 2026. */
const DAYS = { from: parseInstant('2026-10-24T00:00Z'), hours: 48, speed: 3_600 };
/** Slower, since a process needs some real seconds to start, and a day late is too late. */
const A_DAY = { from: parseInstant('2026-10-24T18:00Z'), hours: 30, speed: 3_600 };

test.each([
  ['undisturbed', DAYS, { anytime: 0, onAcceptance: 0, seed: 1 }],
  ['killed -9 when a platform has just accepted something', A_DAY, { anytime: 1, onAcceptance: 2, seed: 2 }],
])(
  'each subscription gets one digest with its PDF a day, at its local hour: %s',
  async (_, time, kills) => {
    const until = time.from + time.hours * HOUR;
    const { db, url } = await testDatabase();
    const simulation = await simulate(url, time.from, time.speed);
    try {
      await subscribeAll(db, time.from);
      const killed = await runDays(db, simulation, until, kills);
      await checkDigests(db, simulation, until);
      expect(killed).toBe(kills.anytime + 2 * kills.onAcceptance);
      if (killed === 0) expect(await db`select id from delivery where attempts > 1`).toEqual([]);
    } finally {
      await simulation.close();
    }
  },
  240_000,
);
