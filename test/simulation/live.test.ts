import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { runLiveFeed } from '../support/live-feed.ts';
import { NOON } from '../support/sales.ts';

test('two hours of the simulated feed through the service are stored sale by sale', async () => {
  const { db, url } = await testDatabase();
  const { stored, wanted } = await runLiveFeed(db, url, { start: NOON, hours: 2, speed: 600 });
  expect(wanted.length).toBeGreaterThan(200);
  expect(stored).toEqual(wanted);
}, 120_000);
