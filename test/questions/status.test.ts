/** The status tells what goes wrong while it goes wrong. */
import { expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { HOUR, MINUTE } from '../../src/core/time/instant.ts';
import { beginReading, noteFailure } from '../../src/db/feed-reading.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();

async function stateAt(now: number): Promise<{ headline: string; state: Record<string, unknown> }> {
  const { headline, rows } = await ask(
    { db, clock: simulatedClock(now, 1) },
    parseText(questions, 'status 24h'),
  );
  return { headline, state: Object.fromEntries(rows.map(({ what, state }) => [what, state])) };
}

test('before the first answer of the feed, when all is well, and when nothing is', async () => {
  expect((await stateAt(NOON)).headline).toBe('The feed has not been read yet; 0% of this period was read.');

  await beginReading(db, NOON - HOUR);
  const rejects = [
    { reason: 'bad-item: no url', raw: '{}' },
    { reason: 'bad-item: no date', raw: '[]' },
    { reason: 'bad-event: empty', raw: '{"items":[]}' },
  ];
  await storeBatch(
    db,
    {
      kind: 'sales',
      from: NOON - 12 * HOUR,
      until: NOON,
      serverTime: NOON,
      sales: [aSale({ at: NOON - HOUR })],
      rejects,
    },
    NOON,
  );
  const well = await stateAt(NOON + 30_000_000);
  expect(well.headline).toBe('Up to date; 50% of this period was read.');
  expect(well.state).toMatchObject({
    Feed: 'read until 7 Oct 2026, 12:00',
    Failures: 'none since the last success',
    Coverage: '50% of this period was read',
    Gaps: 'none',
    Rejects: '3 records: bad-item 2, bad-event 1',
    Pages: 'about 1, 1 waiting to be read',
    Versions: expect.stringMatching(/^data \d+, schema \d{4}_\w+, PostgreSQL \d+\.\d+$/),
  });

  await noteFailure(db, 'live', {
    error: 'refused with 403',
    now: NOON + 30 * MINUTE,
    wait: () => 5 * MINUTE,
  });
  await db`
    insert into feed_gap (from_at, until_at, reason, recorded_at)
    values (${NOON - 20 * HOUR}, ${NOON - 15 * HOUR}, 'look-back', ${NOON})`;
  const ill = await stateAt(NOON + 35 * MINUTE);
  expect(ill.headline).toBe(
    'The feed cannot be read: no new sales since 7 Oct 2026, 12:00 UTC. 50% of this period was read.',
  );
  expect(ill.state).toMatchObject({
    Failures: '1 in a row: refused with 403; next attempt 7 Oct 2026, 12:35',
    'What to do': 'See the row "Failures" of the status, and the log. The next try is at 12:35.',
    Gaps: '1 unrecoverable gap (5 hours in total)',
  });
});
