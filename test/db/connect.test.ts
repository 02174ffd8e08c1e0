/**
 * The pool outlives its connections: backends die, the server restarts, and neither crashes nor hangs
 * anything.
 */
import { expect, test } from 'vitest';
import { parseInstant } from '../../src/core/time/instant.ts';
import { connect } from '../../src/db/connect.ts';
import { testDatabase } from '../support/database.ts';

const { db, url } = await testDatabase({ max: 4 });

const killOthers = (admin: typeof db) => admin`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database()
    and pid <> pg_backend_pid()
    and backend_type = 'client backend'`;

test('backends killed in the middle of queries and transactions fail these and no later ones', async () => {
  const admin = connect(url, { max: 1 });
  await admin`create table t (n integer)`;
  let failed = 0;
  for (let round = 0; round < 20; round += 1) {
    const work = Array.from({ length: 8 }, (_, n) =>
      n % 2
        ? db.begin(async sql => {
            await sql`insert into t values (${round})`;
            await sql`select pg_sleep(0.002)`;
            await sql`insert into t values (${round})`;
          })
        : db`select pg_sleep(0.002), ${n}::int`,
    );
    const settled = Promise.allSettled(work);
    await new Promise(resolve => setTimeout(resolve, round % 8));
    await killOthers(admin);
    failed += (await settled).filter(({ status }) => status === 'rejected').length;
  }
  expect(failed).toBeGreaterThan(0);
  // Half a transaction is never there.
  expect(await admin`select n from t group by n having count(*) % 2 <> 0`).toEqual([]);
  for (let n = 0; n < 20; n += 1)
    expect(await db`select ${n}::int as n`.catch(() => db`select ${n}::int as n`)).toEqual([{ n }]);
  await admin.end();
}, 60_000);

test('instants keep their microseconds both ways, bigints are numbers, days are days', async () => {
  const at = parseInstant('2020-09-09T22:00:03.517512Z');
  const [row] = await db`
    select ${at}::timestamptz as at, ${[at, at + 1]}::timestamptz[] as list,
      ${2 ** 53 - 1}::bigint as big, '2026-10-25'::date as day,
      extract(microseconds from ${at}::timestamptz)::int as micros`;
  expect(row).toEqual({ at, list: [at, at + 1], big: 2 ** 53 - 1, day: '2026-10-25', micros: 3_517_512 });
  await expect(db`select ${'9007199254740993'}::bigint as n`).rejects.toThrow(/safe integer/);
});
