import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { runLiveFeed } from '../support/live-feed.ts';
import { NOON } from '../support/sales.ts';

test('a day of the simulated feed through the service is stored sale by sale', async () => {
  const { db, url } = await testDatabase();
  const { stored, wanted } = await runLiveFeed(db, url, { start: NOON, hours: 24, speed: 600 });
  expect(wanted.length).toBeGreaterThan(3_000);
  expect(stored).toEqual(wanted);
}, 600_000);
