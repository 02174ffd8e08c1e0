/** Days that an older version judged by other rules are judged anew once, whoever starts and is killed. */
import { beforeEach, expect, test } from 'vitest';
import { prepareDatabase } from '../../src/jobs/prepare-database.ts';
import { rebuildStale } from '../../src/jobs/rebuild.ts';
import { verify } from '../../src/jobs/verify.ts';
import { silentLog } from '../../src/log.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { seedWorld } from '../support/world.ts';

const { db } = await testDatabase();
const deps = { db, log: silentLog };
const versionOf = async () => (await db<{ version: number }[]>`select version from data_version`)[0]?.version;

/** As an older version left them. */
beforeEach(async () => {
  await emptyData(db);
  await seedWorld(db);
  await db`update sale set among_first = false, counted = not counted`;
  await db`insert into stale_day select distinct day from seller_day`;
});

test('two processes at once judge each day once, and every sum is right', async () => {
  const [days] = await db<{ count: number }[]>`select count(*) from stale_day`;
  expect((await verify({ db })).differences).not.toEqual([]);
  const before = Number(await versionOf());
  await Promise.all([prepareDatabase(deps), prepareDatabase(deps)]);
  expect(await db`select from stale_day`).toHaveLength(0);
  expect((await verify({ db })).differences).toEqual([]);
  expect(Number(await versionOf()) - before).toBe(Number(days?.count));
}, 120_000);

test('one that is killed has done whole days, the newest first, and the next goes on', async () => {
  const days = await db<{ day: string }[]>`select day from stale_day order by day desc`;
  let told = 0;
  const log = {
    ...silentLog,
    info() {
      told += 1;
      throw new Error('killed');
    },
  };
  // Of the first day, and of the last.
  await expect(rebuildStale({ db, log })).rejects.toThrow('killed');
  expect(await db`select from stale_day`).toHaveLength(days.length);
  await db`delete from stale_day where day < ${days[1]?.day ?? ''}`;
  let calls = 0;
  const later = { ...silentLog, info: () => (calls++ > 0 ? log.info() : undefined) };
  await expect(rebuildStale({ db, log: later })).rejects.toThrow('killed');
  expect(await db`select day from stale_day`).toEqual([{ day: days[1]?.day }]);
  await rebuildStale(deps);
  expect(await db`select from stale_day`).toHaveLength(0);
  const wrong = new Set((await verify({ db })).differences.map(({ day }) => day));
  expect(wrong.has(days[0]?.day ?? '') || wrong.has(days[1]?.day ?? '')).toBe(false);
  expect(told).toBe(2);
}, 120_000);
