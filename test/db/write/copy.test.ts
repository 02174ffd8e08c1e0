/** A COPY that fails, whatever fails it and when, ends: with the error, its connection as good as new. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { connect, type Sql, type Transaction } from '../../../src/db/connect.ts';
import { type CopyValue, copyRows, copyToTemporary } from '../../../src/db/write/copy.ts';
import { testDatabase } from '../../support/database.ts';

const { db: admin, url } = await testDatabase();

await admin`create table numbered (n integer primary key, word text not null)`;
await admin`insert into numbered values (0, 'zero')`;

const COLUMNS = { n: 'integer', word: 'text' } as const;
/** What a backend says when it is told to end, or its end itself. */
const ENDED = /^(57P01|CONNECTION_CLOSED|ECONNRESET|EPIPE)$/;
const NOTHING = 'nothing within 5 s';
/** Chunks of 128 kB that no socket buffer holds all of: the server speaks while the client still sends. */
const MANY = 200_000;
/** Of the connections that are tested. */
const NAME = 'copy test';
const HOLDER = 'copy test holder';
const pools: Sql[] = [];

/** Of one connection, so that what comes next needs it. */
function poolOfOne(): Sql {
  const pool = connect(url, { max: 1, name: NAME });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  // What hangs is not to hang the tests behind it.
  await admin`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name in (${NAME}, ${HOLDER})`;
  await Promise.all(pools.splice(0).map(pool => pool.end({ timeout: 1 })));
  await admin`delete from numbered where n > 0`;
});

function* rowsFrom(first: number, count: number): Generator<CopyValue[]> {
  for (let n = first; n < first + count; n += 1) yield [n, 'a word of ordinary length'];
}

/** `done`, the error's code or message, or that there was neither. */
const outcome = (work: Promise<unknown>): Promise<string> =>
  Promise.race([
    work.then(
      () => 'done',
      error => error.code ?? error.message,
    ),
    delay(5_000, NOTHING, { ref: false }),
  ]);

type Rows = Iterable<readonly CopyValue[]>;

const copyInto = (pool: Sql, rows: Rows, before?: (tx: Transaction) => Promise<unknown>) =>
  pool.begin(async tx => {
    await before?.(tx);
    await copyRows(tx, 'numbered', COLUMNS, rows);
  });

/** The pool's one connection answers, no transaction is open, and nothing of the COPY was stored. */
async function expectAsNew(pool: Sql): Promise<void> {
  expect(await outcome(pool`select 1`)).toBe('done');
  expect(await outcome(copyInto(pool, rowsFrom(10, 5)))).toBe('done');
  expect(await admin`select n from numbered order by n`).toEqual([0, 10, 11, 12, 13, 14].map(n => ({ n })));
  const states = await admin`
    select state from pg_stat_activity where application_name = ${NAME} and state <> 'idle'`;
  expect(states).toEqual([]);
}

function* throwing(after: number): Generator<CopyValue[]> {
  yield* rowsFrom(1, after);
  throw new Error('the rows ended badly');
}

const TOO_LARGE: CopyValue[] = [2 ** 31, 'too large'];

const cases: [string, () => Rows, string][] = [
  ['a clashing row among few', () => [...rowsFrom(1, 3), [0, 'again']], '23505'],
  ['a clashing row at the start of many', () => rowsFrom(0, MANY), '23505'],
  ['a clashing row at the end of many', () => [...rowsFrom(1, MANY), [0, 'again']], '23505'],
  ['a missing value', () => [[1, null]], '23502'],
  ['a text that Postgres cannot hold', () => [[1, 'nul \0 byte']], '22021'],
  ['a number that does not fit', () => [...rowsFrom(1, 3), TOO_LARGE], 'ERR_OUT_OF_RANGE'],
  ['a number that does not fit, after many', () => [...rowsFrom(1, MANY), TOO_LARGE], 'ERR_OUT_OF_RANGE'],
  ['rows that end in an error at once', () => throwing(0), 'the rows ended badly'],
  ['rows that end in an error', () => throwing(3), 'the rows ended badly'],
  ['rows that end in an error after many', () => throwing(MANY), 'the rows ended badly'],
];

test.each(cases)('with %s', async (_, rows, error) => {
  const pool = poolOfOne();
  expect(await outcome(copyInto(pool, rows()))).toBe(error);
  await expectAsNew(pool);
});

test('into a table that is not there, or a column', async () => {
  const pool = poolOfOne();
  const into = (table: string, columns: Record<string, 'integer'>) =>
    outcome(pool.begin(tx => copyRows(tx, table, columns, [[1]])));
  expect([await into('nowhere', { n: 'integer' }), await into('numbered', { m: 'integer' })]).toEqual([
    '42P01',
    '42703',
  ]);
  await expectAsNew(pool);
});

/** A row that is not committed yet: whoever copies one of its key waits in the middle of the COPY. */
async function holdKey(n: number): Promise<() => Promise<void>> {
  const other = connect(url, { max: 1, name: HOLDER });
  pools.push(other);
  const held = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const holder = other.begin(async tx => {
    await tx`insert into numbered values (${n}, 'held')`;
    held.resolve();
    await letGo.promise;
    throw new Error('rolled back');
  });
  holder.catch(() => {});
  await held.promise;
  return async () => {
    letGo.resolve();
    await holder.catch(() => {});
  };
}

const waitsForKey = async (): Promise<boolean> => {
  const [row] = await admin<{ waits: boolean }[]>`
    select exists (
      select from pg_stat_activity where application_name = ${NAME} and wait_event_type = 'Lock') as waits`;
  return row?.waits ?? false;
};

describe.each([
  ['few', 3],
  ['many', MANY],
])('that stands still, of %s rows,', (_, count) => {
  test('past its statement_timeout', async () => {
    const letGo = await holdKey(2);
    const pool = poolOfOne();
    const copy = copyInto(pool, rowsFrom(1, count), tx => tx`set local statement_timeout = '300ms'`);
    expect(await outcome(copy)).toBe('57014');
    await letGo();
    await expectAsNew(pool);
  });

  test.each([
    ['cancelled', 'pg_cancel_backend', '57014'],
    ['ended with its backend', 'pg_terminate_backend', ENDED],
  ])('%s', async (_, by, error) => {
    const letGo = await holdKey(2);
    const pool = poolOfOne();
    const copy = outcome(copyInto(pool, rowsFrom(1, count)));
    while (!(await waitsForKey())) await delay(10);
    await admin`select ${admin.unsafe(by)}(pid) from pg_stat_activity where application_name = ${NAME}`;
    expect(await copy).toMatch(error);
    await letGo();
    await expectAsNew(pool);
  });
});

test('whose backend is ended while this process is busy, so that it reads both answers at once', async () => {
  const pool = poolOfOne();
  const work = copyInto(pool, rowsFrom(1, 3), async tx => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    void admin.unsafe(`select pg_sleep(0.5), pg_terminate_backend(${row?.pid ?? 0})`).execute();
    await delay(100);
    // As soon as the COPY has gone out, and until its backend has accepted it and died.
    setImmediate(() => setImmediate(() => blockFor(1_000)));
  });
  expect(await outcome(work)).toMatch(ENDED);
  await expectAsNew(pool);
});

function blockFor(millis: number): void {
  const end = performance.now() + millis;
  while (performance.now() < end);
}

describe('that nobody awaits first', () => {
  test('beside what else the transaction does, tells its own error', async () => {
    const pool = poolOfOne();
    const work = pool.begin(async tx => {
      const copy = copyRows(tx, 'numbered', COLUMNS, [[0, 'again']]);
      await Promise.all([delay(200), copy]);
    });
    expect(await outcome(work)).toBe('23505');
    await expectAsNew(pool);
  });

  test('into a temporary table that is there already', async () => {
    const pool = poolOfOne();
    const work = pool.begin(async tx => {
      await copyToTemporary(tx, 'staging', COLUMNS, rowsFrom(1, 3));
      await copyToTemporary(tx, 'staging', COLUMNS, rowsFrom(1, MANY));
    });
    expect(await outcome(work)).toBe('42P07');
    await expectAsNew(pool);
  });
});

// porsager/postgres 1189: of a BEGIN that filled the pipeline, the connection went back to the pool.
test.each([98, 99, 100, 101, 102])(
  'a transaction behind %i queries of a pool of one has its connection',
  async many => {
    const pool = poolOfOne();
    await pool`select 1`;
    const queries = Promise.all(Array.from({ length: many }, () => pool`select 1`.execute()));
    const transaction = pool.begin(async tx => {
      await tx`insert into numbered values (1, 'one')`;
      throw new Error('rolled back');
    });
    const after = pool`insert into numbered values (2, 'two')`.execute();
    expect([await outcome(transaction), await outcome(queries), await outcome(after)]).toEqual([
      'rolled back',
      'done',
      'done',
    ]);
    // Had it come into the transaction, it would not be seen here, or be gone.
    expect(await admin`select n from numbered order by n`).toEqual([{ n: 0 }, { n: 2 }]);
    await admin`delete from numbered where n > 0`;
    await expectAsNew(pool);
  },
);
