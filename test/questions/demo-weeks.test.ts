/**
 * On the demo's world, in which nothing rises: no headline of an ordinary day or week swings because of a
 * Bandcamp Friday before it.
 */
import { beforeAll, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, type Instant, parseInstant, SECOND, toIso } from '../../src/core/time/instant.ts';
import { importRecords } from '../../src/etl/import.ts';
import { recordOfJson } from '../../src/etl/import-records.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { testDatabase } from '../support/database.ts';

const { db } = await testDatabase();
/** Bandcamp Fridays are the 7th of August and the 4th of September. */
const FROM: Instant = parseInstant('2026-07-25');
const UNTIL: Instant = parseInstant('2026-09-12');
const clock = simulatedClock(UNTIL, 1);

beforeAll(async () => {
  const world = createWorld({ seed: 3, salesADay: 500, artists: 3_000, start: FROM, days: 0 });
  async function* records() {
    for (let at = FROM; at < UNTIL; at += 6 * HOUR) {
      const end = (at + 6 * HOUR) / SECOND;
      const record = recordOfJson(world.feedResponse(at / SECOND, end, end), UNTIL);
      if (record) yield record;
    }
  }
  await importRecords({ db, clock }, records());
});

const changeOf = async (text: string, until: Instant): Promise<number> => {
  const { rows } = await ask({ db, clock }, parseText(questions, `overview ${text} until=${toIso(until)}`));
  return Number(rows[0]?.salesChange);
};
const days = (from: string, many: number): Instant[] =>
  Array.from({ length: many }, (_, n) => parseInstant(from) + n * DAY);

/** Of some 500 sales in clusters a day varies by a tenth. */
test.each([
  ['the days after a Bandcamp Friday', '24h', days('2026-09-06', 7), 0.25],
  ['the days a week after one', '24h', days('2026-08-15', 7), 0.25],
  ['weeks with one before them', '7d', days('2026-08-16', 14), 0.15],
  ['hours after one', '6h', days('2026-09-05T13:00Z', 2), 0.4],
])('%s', async (_, window, ends, most) => {
  for (const until of ends) expect(Math.abs(await changeOf(window, until))).toBeLessThan(most);
});

test('a Bandcamp Friday is as the one before', async () => {
  expect(Math.abs(await changeOf('24h', parseInstant('2026-09-05T07:00Z')))).toBeLessThan(0.15);
});
