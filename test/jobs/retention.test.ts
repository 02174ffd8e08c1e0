/** Sales beyond the retention leave, their sums stay, and they do not come in again. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { realClock } from '../../src/core/time/clock.ts';
import { parseInstant } from '../../src/core/time/instant.ts';
import { openLoad, storeLoad } from '../../src/db/write/feed.ts';
import { createNames } from '../../src/db/write/name-cache.ts';
import { rebuild } from '../../src/jobs/rebuild.ts';
import { keepRecent } from '../../src/jobs/retention.ts';
import { verify } from '../../src/jobs/verify.ts';
import { silentLog } from '../../src/log.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { aSale } from '../support/sales.ts';

const { db } = await testDatabase();
const at = (day: string) => parseInstant(day);
const sales = ['2026-01-15', '2026-02-10', '2026-06-20', '2026-10-01'].map(day =>
  aSale({ at: at(day), checkoutAt: at(day) - 1 }),
);
const load = () => storeLoad(db, 'import', { sales, rejects: [], windows: [] }, at('2026-10-02'));
const keep = (days?: string, now = at('2026-10-02')) =>
  keepRecent({
    db,
    clock: { ...realClock, now: () => now },
    config: readConfig({ RETENTION_DAYS: days }),
    log: silentLog,
  });
const sums = () => db`select day, sales from artist_day order by day`;

test('whole months leave the table; their roll-ups stay, through verify and rebuild', async () => {
  await load();
  const before = await sums();
  expect(await keep()).toEqual([]);
  expect(await keep('120')).toEqual(['sale_202601', 'sale_202602']);
  expect(await db`select count(*) as n from sale`).toEqual([{ n: 2 }]);
  expect(await db`select count(*) as n from sale_202601`).toEqual([{ n: 1 }]);
  expect((await verify({ db })).differences).toEqual([]);
  await rebuild({ db });
  expect(await sums()).toEqual(before);
});

test('what was given up is not counted twice when it is imported again', async () => {
  expect(await load()).toMatchObject({ stored: 0, repeated: 4 });
  expect(await sums()).toHaveLength(4);
  expect(await keep('120')).toEqual([]);
  // A longer retention brings nothing back.
  expect(await keep('500')).toEqual([]);
  expect(await load()).toMatchObject({ stored: 0 });
});

test('what is given up while an import stages it is not stored', async () => {
  await emptyData(db);
  const open = openLoad(db, createNames());
  await open.add(sales);
  expect(await keep('100', at('2026-12-20'))).toEqual(['sale_202606']);
  expect(await open.close({ rejects: [], windows: [] }, at('2026-10-02'))).toMatchObject({
    stored: 1,
    repeated: 3,
  });
  expect((await verify({ db })).differences).toEqual([]);
});

test('less than trends look back is refused', () => {
  expect(() => readConfig({ RETENTION_DAYS: '30' })).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/100 days or more/) }),
  );
});
