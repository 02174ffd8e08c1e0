/** Three days of digests with many kills: one digest a day each. */
import { expect, test } from 'vitest';
import { HOUR, parseInstant } from '../../src/core/time/instant.ts';
import { testDatabase } from '../support/database.ts';
import { checkDigests, runDays, subscribeAll } from '../support/digest-days.ts';
import { simulate } from '../support/simulation.ts';

const SPEED = 1800;

test.each([
  // The clocks of Berlin go back, then those of New York forward.
  ['2026-10-24T00:00Z', 3],
  ['2026-03-07T00:00Z', 4],
])('ten kills at random moments and four at acceptance, from %s, seed %i', async (day, seed) => {
  const from = parseInstant(day);
  const until = from + 72 * HOUR;
  const { db, url } = await testDatabase();
  const simulation = await simulate(url, from, SPEED);
  try {
    await subscribeAll(db, from);
    const killed = await runDays(db, simulation, until, { anytime: 10, onAcceptance: 4, seed });
    await checkDigests(db, simulation, until);
    const [late] = await db`
      select max(extract(epoch from sent_at - due_at))::float8 / ${SPEED}::float8 as "realSeconds",
        max(attempts) as attempts, count(*) filter (where attempts > 1) as again, count(*) as deliveries
      from delivery`;
    process.stdout.write(`${JSON.stringify({ killed, ...late })}\n`);
    expect(killed).toBe(18);
  } finally {
    await simulation.close();
  }
});
