/** A rush of commands: replies are made a few at a time, and each of them is. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { replyToOptions } from '../../bots/replies.ts';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { createTurns } from '../../src/core/turns.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();

test('20 replies at once are made three at a time', async () => {
  await seedWorld(db);
  let drawing = 0;
  let most = 0;
  const deps = {
    config: readConfig({}),
    db,
    clock: simulatedClock(WORLD_END, 1),
    log: silentLog,
    turns: createTurns({ capacity: 3 }),
    renderChart: async () => {
      drawing += 1;
      most = Math.max(most, drawing);
      // Longer than what three answers differ by.
      await delay(300);
      drawing -= 1;
      return new Uint8Array();
    },
  };
  const replies = await Promise.all(Array.from({ length: 20 }, () => replyToOptions(deps, 'top', {})));
  expect(new Set(replies.map(({ kind }) => kind))).toEqual(new Set(['answer']));
  expect(most).toBe(3);
});
