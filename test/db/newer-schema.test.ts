/**
 * What a version does with a schema that is not its own: who writes refuses a newer one, who reads waits for
 * an older one.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { assertSchemaKnown } from '../../src/db/known-schema.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createPools } from '../../src/db/pools.ts';
import { schemaReady } from '../../src/db/schema-ready.ts';
import { putSubscription, removeSubscription } from '../../src/db/subscriptions.ts';
import { rebuild } from '../../src/jobs/rebuild.ts';
import { createRunner } from '../../src/jobs/runner.ts';
import { createLog, silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';
import { applyPlainly, emptyDatabase, novemberDatabase } from '../support/old-database.ts';
import { startNode } from '../support/process.ts';
import { seedWorld } from '../support/world.ts';

/** Processes start, one after another, on a machine that may be busy. */
const LONG = { timeout: 90_000 };

const NEWER = /migrated by a newer version \(9999_next.sql\)/;

describe('a newer one', LONG, async () => {
  const { db, url } = await testDatabase();
  await seedWorld(db);
  const next = [{ name: '9999_next.sql', text: 'create table next (n integer)' }];

  test('is noticed by a version that runs, with its next load', async () => {
    await assertSchemaKnown(db);
    await rebuild({ db });
    await applyPlainly(db, next);
    await expect(assertSchemaKnown(db)).rejects.toThrow(NEWER);
    await expect(rebuild({ db })).rejects.toThrow(NEWER);
  });

  test('is noticed before each job, and by who subscribes', async () => {
    const pools = createPools(url);
    const lines: string[] = [];
    const runner = createRunner({ pools, log: createLog('warn', line => void lines.push(line)) });
    let begun = false;
    const work = async () => {
      begun = true;
    };
    runner.start({ name: 'write', limitMs: 10_000, connections: 1, work });
    while (runner.counts().length === 0) await delay(20);
    await runner.stop();
    await pools.close();
    expect([begun, runner.counts()]).toEqual([false, [{ job: 'write', outcome: 'failed', count: 1 }]]);
    expect(lines.join('')).toMatch(NEWER);
    const target = { platform: 'slack', tenant: 'T', target: 'C' };
    const daily = { digest: 'daily', localTime: '09:00', zone: 'UTC', owner: 'U', since: 0 };
    await expect(putSubscription(db, { ...target, ...daily })).rejects.toThrow(NEWER);
    await expect(removeSubscription(db, target, 'daily')).rejects.toThrow(NEWER);
  });

  test('is refused by who writes, at the start', async () => {
    await expect(migrate({ db, log: silentLog })).rejects.toThrow(NEWER);
    const env = { DATABASE_URL: url, LOG_LEVEL: 'silent', PORT: '0' };
    for (const process of [
      startNode('src/cli.ts', ['import', 'file'], env),
      startNode('src/main.ts', [], { ...env, ROLES: 'web,etl', UPSTREAM_ORIGIN: 'http://127.0.0.1:9' }),
    ]) {
      expect(await process.exited).toBe(1);
      expect(process.stderr()).toMatch(NEWER);
      expect(process.stderr().trim().split('\n')).toHaveLength(1);
    }
  });

  test('is read all the same, with a warning', async () => {
    const lines: string[] = [];
    await schemaReady({ db, log: createLog('warn', line => void lines.push(line)) }, 0);
    expect(lines.map(line => JSON.parse(line))).toMatchObject([
      { event: 'schema-is-newer', unknown: ['9999_next.sql'] },
    ]);
    const ask = startNode('src/cli.ts', ['ask', 'top', 'artists'], {
      DATABASE_URL: url,
      LOG_LEVEL: 'silent',
    });
    expect([await ask.exited, ask.stdout()]).toEqual([0, expect.stringContaining('Top artists')]);
    const web = startNode('src/main.ts', [], {
      DATABASE_URL: url,
      ROLES: 'web',
      PORT: '0',
      LOG_LEVEL: 'silent',
    });
    await web.waitFor(/dashboard +http/, 60_000);
    expect(await web.stop()).toBe(0);
  });
});

describe('an older one', LONG, async () => {
  const { db, url } = await emptyDatabase();

  test('is changed by nobody who only reads: they say what is to be run', async () => {
    const ask = () => startNode('src/cli.ts', ['ask', 'top'], { DATABASE_URL: url, LOG_LEVEL: 'silent' });
    const onEmpty = ask();
    expect(await onEmpty.exited).toBe(1);
    expect(onEmpty.stderr()).toMatch(/database is empty. Run migrate first/);
    await novemberDatabase(db);
    const onOlder = ask();
    expect(await onOlder.exited).toBe(1);
    expect(onOlder.stderr()).toMatch(
      /lacks 0014_page_day_tag_sale.sql. Run migrate first: npm run -s cli -- migrate/,
    );
    expect(await db`select from migration`).toHaveLength(13);
  });

  test('is waited for, as long as somebody migrates', async () => {
    const web = startNode('src/main.ts', [], {
      DATABASE_URL: url,
      ROLES: 'web',
      PORT: '0',
      LOG_LEVEL: 'info',
    });
    await delay(3_000);
    expect(web.stdout()).toBe('');
    const migrating = startNode('src/cli.ts', ['migrate'], { DATABASE_URL: url });
    expect(await migrating.exited).toBe(0);
    expect(migrating.stdout()).toBe('The schema is up to date.\n');
    await web.waitFor(/dashboard +http/, 60_000);
    expect(web.stderr()).toMatch(/"schema-awaited"/);
    expect(await web.stop()).toBe(0);
  });
});
