import { describe, expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { keepLeading, withLock } from '../../src/db/lock.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';

const { db, url } = await testDatabase();

const until = (signal: AbortSignal) =>
  new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

describe('withLock', () => {
  test('lets one in at a time, and the next when it has left', async () => {
    let leave = () => {};
    const entered = Promise.withResolvers<void>();
    const first = withLock(db, 'a', async () => {
      entered.resolve();
      await new Promise<void>(resolve => {
        leave = resolve;
      });
      return 'first';
    });
    await entered.promise;
    expect(await withLock(db, 'a', async () => 'second')).toBeUndefined();
    expect(await withLock(db, 'b', async () => 'other')).toBe('other');
    leave();
    expect(await first).toBe('first');
    expect(await withLock(db, 'a', async () => 'second')).toBe('second');
  });

  test('is free again when the work throws', async () => {
    await expect(withLock(db, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(db, 'a', async () => 'again')).toBe('again');
  });

  test('tells the work that its connection, and so the lock, is lost', async () => {
    const lost = await withLock(db, 'a', async signal => {
      await db`
        select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())`;
      await until(signal);
      return String(signal.reason);
    });
    expect(lost).toMatch(/lost/);
  });
});

test('another leads when the leader is gone', async () => {
  const leaders: string[] = [];
  const stop = new AbortController();
  const lead = (name: string, pool: typeof db) =>
    keepLeading(
      { db: pool, log: silentLog },
      'gateway',
      async signal => {
        leaders.push(name);
        await until(signal);
      },
      stop.signal,
    );
  const other = connect(url, { max: 2 });
  const first = lead('first', db);
  while (leaders.length < 1) await new Promise(resolve => setTimeout(resolve, 20));
  const second = lead('second', other);
  await db`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory'
      and granted
      and database = (select oid from pg_database where datname = current_database())`;
  while (leaders.length < 2) await new Promise(resolve => setTimeout(resolve, 20));
  expect(leaders).toHaveLength(2);
  stop.abort();
  await Promise.all([first, second]);
  await other.end();
});
