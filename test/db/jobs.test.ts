/** Who ticks may have a wrong clock, and leave its time behind: that holds nobody up. */
import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/core/time/instant.ts';
import { advanceJob, claimJob, jobTime } from '../../src/db/jobs.ts';
import { testDatabase } from '../support/database.ts';
import { NOON } from '../support/sales.ts';

const { db } = await testDatabase();

test('a job is claimed once in its interval', async () => {
  expect(await claimJob(db, 'a', NOON, MINUTE)).toBe(true);
  expect(await claimJob(db, 'a', NOON + MINUTE / 2, MINUTE)).toBe(false);
  expect(await claimJob(db, 'a', NOON - MINUTE / 2, MINUTE)).toBe(false);
  expect(await claimJob(db, 'a', NOON + MINUTE, MINUTE)).toBe(true);
});

test('a claim two hours ahead is taken over at once', async () => {
  expect(await claimJob(db, 'b', NOON + 2 * HOUR, MINUTE)).toBe(true);
  expect(await claimJob(db, 'b', NOON, MINUTE)).toBe(true);
  expect(await jobTime(db, 'b')).toBe(NOON);
});

test('time that was handled far into the future is handled again from now on', async () => {
  const advance = (now: number) => db.begin(tx => advanceJob(tx, 'c', now));
  expect(await advance(NOON + 72 * HOUR)).toBe(null);
  expect(await advance(NOON)).toBe(undefined);
  expect(await advance(NOON + MINUTE)).toBe(NOON);
  // Of two who tick, one may be a little behind.
  expect(await advance(NOON)).toBe(undefined);
  expect(await jobTime(db, 'c')).toBe(NOON + MINUTE);
});
