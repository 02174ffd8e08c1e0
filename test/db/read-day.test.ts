/** What was read of each day is kept by `window_read` itself, whatever becomes of its windows. */
import { expect, test } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time/instant.ts';
import { coverageOf, differentReadDays } from '../../src/db/coverage.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { testDatabase } from '../support/database.ts';
import { NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const read = (from: Instant, until: Instant) => db`
  insert into window_read (from_at, until_at, source, read_at)
  values (${from}, ${until}, 'feed', ${until})`;
const coverage = () => coverageOf(db, [{ from: NOON - DAY, until: NOON + DAY }]);

test('windows that overlap, span days, go and come again', async () => {
  await read(NOON - DAY, NOON - 6 * HOUR);
  await read(NOON - 12 * HOUR - MINUTE, NOON);
  expect(await coverage()).toBe(0.5);
  // An import switches off the checks of references.
  await storeLoad(
    db,
    'import',
    { sales: [], rejects: [], windows: [{ from: NOON, until: NOON + 6 * HOUR }] },
    NOON,
  );
  expect(await coverage()).toBe(0.625);
  expect(await differentReadDays(db)).toEqual([]);
  await db`delete from window_read where from_at < ${NOON - DAY + MINUTE}`;
  expect(await coverage()).toBeCloseTo(18 / 48, 3);
  expect(await differentReadDays(db)).toEqual([]);
  await db`update read_day set spans = '{}' where day = '2026-10-07'`;
  expect(await differentReadDays(db)).toMatchObject([{ day: '2026-10-07', stored: '{}' }]);
  await db`truncate window_read`;
  expect(await coverage()).toBe(0);
});
