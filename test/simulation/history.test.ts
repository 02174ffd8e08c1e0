/**
 * The history that the demo loads: two months of a simulated world through the real import, and once more.
 */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, parseInstant, SECOND } from '../../src/core/time/instant.ts';
import { importSources } from '../../src/etl/import.ts';
import { verify } from '../../src/jobs/verify.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { testDatabase } from '../support/database.ts';
import { contentOf } from '../support/import.ts';

const START = parseInstant('2026-08-15');
const UNTIL = START + 60 * DAY;
const clock = simulatedClock(UNTIL, 1);

test('sixty days imported twice are stored once, sale by sale', async () => {
  const { db } = await testDatabase();
  const world = createWorld({ seed: 4, salesADay: 150, artists: 1500, start: START });
  let sold = 0;
  function* lines() {
    for (const facts of world.pageFacts(START, UNTIL)) yield Buffer.from(`${JSON.stringify(facts)}\n`);
    sold = 0;
    for (let at = START; at < UNTIL; at += HOUR) {
      const response = world.feedResponse(at / SECOND, (at + HOUR) / SECOND, (at + HOUR) / SECOND);
      for (const { items } of response.events) sold += items.length;
      yield Buffer.from(`${JSON.stringify(response)}\n`);
    }
  }
  const load = () =>
    importSources({ db, clock }, [{ name: 'history', size: null, bytes: Readable.from(lines()) }]);

  expect(await load()).toMatchObject({ repeated: 0, rejected: new Map() });
  const [row] = await db<{ sales: number }[]>`select count(*) as sales from sale`;
  expect(row?.sales).toBe(sold);
  expect((await verify({ db })).differences).toEqual([]);
  const before = await contentOf(db);
  expect(await load()).toMatchObject({ stored: 0, repeated: sold, pages: 0 });
  expect(await contentOf(db)).toBe(before);
}, 180_000);
