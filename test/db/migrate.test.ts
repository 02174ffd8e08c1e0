/**
 * How migrations run: in steps that stay applied, beside others who use the database, on one replica at a
 * time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { connect, type Sql } from '../../src/db/connect.ts';
import { type MigrateOptions, migrate } from '../../src/db/migrate.ts';
import { createLog } from '../../src/log.ts';
import { emptyDatabase } from '../support/old-database.ts';
import { removeFolders, schemaOf } from '../support/schema-folder.ts';

removeFolders();

interface Line {
  event: string;
  [field: string]: unknown;
}

/** A log that keeps its lines. */
function listen() {
  const lines: Line[] = [];
  const log = createLog('debug', line => void lines.push(JSON.parse(line)));
  return { log, lines, events: () => lines.map(({ event }) => event) };
}

async function until(isSo: () => unknown): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 400) throw new Error('it did not come');
    await delay(25);
  }
}

const FIRST = {
  '0001_first.sql': 'create table thing (n integer); insert into thing select generate_series(1, 100);',
};
/** Ten of the hundred a round; the pause lets a test look in between. */
const STEPS = `
-- step: a place for what is done
create table done (n integer);
-- step, repeated: ten things
select pg_sleep(0.05);
insert into done select n from thing where n not in (select n from done) order by n limit 10
returning n;
-- step: nothing is left
alter table thing add column done boolean not null default true;
`;
const QUICK: MigrateOptions = { lockTimeoutMs: 200, pauseMs: 100, tellEveryMs: 50 };

const hold = (db: Sql, statement: string): Promise<() => Promise<void>> =>
  new Promise((held, fail) => {
    const release = Promise.withResolvers<void>();
    const ended = db.begin(async sql => {
      await sql.unsafe(statement);
      held(async () => {
        release.resolve();
        await ended;
      });
      await release.promise;
    });
    ended.catch(fail);
  });

describe('one file after another', async () => {
  const { db, url: address } = await emptyDatabase();

  test('one that fails undoes none before it, and is tried again', async () => {
    const broken = await schemaOf({
      ...FIRST,
      '0002_second.sql': 'alter table nothing add column n integer',
    });
    await expect(migrate({ db, log: listen().log }, { files: broken })).rejects.toThrow(
      /"nothing" does not exist/,
    );
    expect([...(await db`select name from migration`)]).toEqual([{ name: '0001_first.sql' }]);
    const { log, lines } = listen();
    const files = await schemaOf({ ...FIRST, '0002_second.sql': 'alter table thing add column m integer' });
    expect(await migrate({ db, log }, { files })).toEqual({ applied: ['0002_second.sql'] });
    expect(lines).toMatchObject([
      { event: 'migration-begins', level: 'info', name: '0002_second.sql' },
      { event: 'migration-applied', level: 'info', name: '0002_second.sql', seconds: expect.any(Number) },
    ]);
  });

  test('no limit of the user cuts one', async () => {
    const hurried = connect(address, { max: 1 });
    Object.assign(hurried.options.connection, { statement_timeout: 300 });
    const files = await schemaOf({
      ...FIRST,
      '0002_second.sql': 'alter table thing add column m integer',
      '0003_long.sql': 'select pg_sleep(0.6)',
    });
    await expect(hurried`select pg_sleep(0.6)`).rejects.toThrow(/statement timeout/);
    expect(await migrate({ db: hurried, log: listen().log }, { files })).toEqual({
      applied: ['0003_long.sql'],
    });
    await hurried.end();
  });
});

describe('in steps', async () => {
  const { db, url: address } = await emptyDatabase();

  test('a kill leaves what was done, and the next start goes on; it says how far it is', async () => {
    const files = await schemaOf({ ...FIRST, '0002_steps.sql': STEPS });
    const killed = connect(address, { max: 4, name: 'killed' });
    const first = migrate({ db: killed, log: listen().log }, { files, ...QUICK });
    const failed = expect(first).rejects.toThrow();
    const count = async () =>
      (await db`select to_regclass('done') is not null as is`)[0]?.is &&
      (await db`select count(*)::int as done from done`)[0]?.done;
    await until(async () => (await count()) >= 30);
    await db`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'killed'`;
    await failed;
    await killed.end({ timeout: 0 });
    const before = await count();
    expect(before).toBeLessThan(100);
    const [row] = await db`select sha256 from migration where name = '0002_steps.sql'`;
    expect(row?.sha256).toMatch(/after step 1$/);

    const { log, lines } = listen();
    await migrate({ db, log }, { files, ...QUICK });
    expect(await count()).toBe(100);
    expect(lines[0]).toMatchObject({ event: 'migration-begins', steps: 3, stepsDone: 1 });
    expect(lines).toContainEqual(expect.objectContaining({ event: 'migration-step', step: 'ten things' }));
    expect(await migrate({ db, log }, { files })).toEqual({ applied: [] });
  });
});

describe('beside others', async () => {
  const { db, url: address } = await emptyDatabase();
  const files = await schemaOf({ ...FIRST, '0002_second.sql': 'alter table thing add column m integer' });

  test('it says who holds what it waits for, lets readers pass meanwhile, and fails in the end', async () => {
    await migrate(
      { db, log: listen().log },
      { files: { ...files, migrations: files.migrations.slice(0, 1) } },
    );
    const other = connect(address, { max: 1, name: 'a long report' });
    const release = await hold(other, 'select count(*) from thing');
    const { log, lines } = listen();
    const failing = migrate({ db, log }, { files, ...QUICK, lockTimeoutMs: 700, patienceMs: 1_500 });
    const cause = 'a long report \\(pid \\d+, idle in transaction since ';
    const failed = expect(failing).rejects.toThrow(
      new RegExp(`migration 0002_second.sql cannot have what it needs: ${cause}`),
    );
    await until(() => lines.some(({ event }) => event === 'migration-waits-for-lock'));
    // Between two tries nobody queues up behind it.
    expect(await db`select count(*)::int as n from thing`).toMatchObject([{ n: 100 }]);
    await failed;
    await release();
    await other.end();
    expect(lines).toContainEqual(
      expect.objectContaining({
        event: 'migration-goes-on',
        waitsFor: 'Lock: relation',
        blockers: [expect.stringMatching(/^a long report/)],
      }),
    );
  });

  test('it waits for a load to end', async () => {
    const release = await hold(
      db,
      `select pg_advisory_xact_lock(hashtextextended('bandcamp-tracker load', 0))`,
    );
    const { log, lines } = listen();
    let isDone = false;
    const migrating = migrate({ db, log }, { files, ...QUICK }).finally(() => {
      isDone = true;
    });
    await until(() => lines.some(({ waitsFor }) => waitsFor === 'Lock: advisory'));
    expect(isDone).toBe(false);
    await release();
    expect(await migrating).toEqual({ applied: ['0002_second.sql'] });
  });
});

describe('two at once', async () => {
  const { db, url: address } = await emptyDatabase();
  const files = await schemaOf({ ...FIRST, '0002_steps.sql': STEPS });

  test('one migrates, the other waits and says for whom', async () => {
    const [one, two] = ['one', 'two'].map(name => connect(address, { max: 4, name })) as [Sql, Sql];
    const { log, lines, events } = listen();
    const first = migrate({ db: one, log: listen().log }, { files });
    await until(async () => (await db`select to_regclass('done') is not null as is`)[0]?.is);
    const second = migrate({ db: two, log }, { files });
    expect((await first).applied).toEqual(['0001_first.sql', '0002_steps.sql']);
    expect(await second).toEqual({ applied: [] });
    expect(events()).toEqual(['migration-waits']);
    expect(lines[0]?.holder).toMatch(/^one \(pid /);
    await Promise.all([one.end(), two.end()]);
  });

  test('who waits takes over when the other one dies', async () => {
    await db.unsafe('drop table thing, done, migration');
    const [one, two] = ['dying', 'two'].map(name => connect(address, { max: 4, name })) as [Sql, Sql];
    const dying = expect(migrate({ db: one, log: listen().log }, { files })).rejects.toThrow();
    await until(async () => (await db`select to_regclass('done') is not null as is`)[0]?.is);
    const { log, events } = listen();
    const second = migrate({ db: two, log }, { files });
    await until(() => events().includes('migration-waits'));
    await db`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dying'`;
    expect((await second).applied).toEqual(['0002_steps.sql']);
    await dying;
    await Promise.all([one.end({ timeout: 0 }), two.end()]);
    expect(await db`select count(*)::int as n from done`).toMatchObject([{ n: 100 }]);
  });
});
