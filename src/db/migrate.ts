/**
 * Brings the database to the schema of `schema/NNNN_name.sql`, forward only, safe when replicas start at
 * once.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { Ambient } from '../ambient.ts';
import { UserError } from '../core/errors.ts';
import type { HasDb, Reader, Sql, Transaction } from './connect.ts';
import { refuseNewer, SCHEMA } from './known-schema.ts';
import { LOAD_LOCK } from './load-lock.ts';
import { readSchema, type SchemaFiles, type Step } from './migration-files.ts';
import { type Applied, marked, type Plan, planOf, type Todo } from './migration-plan.ts';
import { inMigrationSession, type MigrationSession } from './migration-session.ts';
import { type Watch, watchMigration } from './migration-watch.ts';

export interface Migrated {
  /** Names of the files applied now, in order. */
  applied: string[];
}

export interface MigrateOptions {
  files?: SchemaFiles;
  /**
   * How long a statement waits for a lock. Who reads queues up behind it, so it is less than the two seconds
   * that a question may take; and more than Postgres's `deadlock_timeout` of one, after which an autovacuum
   * gives way.
   */
  lockTimeoutMs?: number;
  /** How long it is tried again before it fails. */
  patienceMs?: number;
  pauseMs?: number;
  tellEveryMs?: number;
}

const SECOND_MS = 1_000;
const DEFAULTS = {
  lockTimeoutMs: 1.5 * SECOND_MS,
  patienceMs: 600 * SECOND_MS,
  pauseMs: 2 * SECOND_MS,
  tellEveryMs: 15 * SECOND_MS,
};
const LOADS_END_IN = '15s';
const LONGEST_PAUSE_MS = 10 * SECOND_MS;

/** What Postgres says where a lock was not to be had in time, or two waited for each other. */
const LOCK_TROUBLE = ['55P03', '40P01'];

type MigrateDeps = HasDb & Pick<Ambient, 'log'>;

/**
 * Applies what is missing, each step in a transaction of its own, so that a start after a kill goes on where
 * it ended.
 * @throws UserError when a file that was applied has changed since, when a newer version has migrated the
 *   database, or when others hold what a step needs for too long
 */
export async function migrate(deps: MigrateDeps, options: MigrateOptions = {}): Promise<Migrated> {
  const files = options.files ?? (await ownSchema());
  const settings = { ...DEFAULTS, ...options };
  if (isDone(known(planOf(files, await appliedTo(deps.db))))) return { applied: [] };
  return inMigrationSession(deps, settings.lockTimeoutMs, async session => {
    const { sql } = session;
    const rows = await appliedTo(sql);
    const plan = known(planOf(files, rows));
    await recordNames(sql, plan);
    for (const todo of plan.todo) {
      await applyOne({ ...deps, session, settings, isNew: rows.length === 0 }, todo);
    }
    return { applied: [...new Set(plan.todo.map(({ name }) => name))] };
  });
}

/**
 * @throws Error for who writes a migration and forgets src/db/known-schema.ts: every load would be refused
 * afterwards
 */
async function ownSchema(): Promise<SchemaFiles> {
  const files = await readSchema();
  const newest = files.migrations.at(-1)?.name ?? '';
  if (Number(newest.slice(0, 4)) !== SCHEMA)
    throw new Error(`schema/${newest} is the newest: set SCHEMA in src/db/known-schema.ts to its number.`);
  return files;
}

const isDone = ({ renamed, todo }: Plan): boolean => renamed.length + todo.length === 0;

function known(plan: Plan): Plan {
  refuseNewer(plan.unknown.map(name => ({ name })));
  return plan;
}

/** None where the database is new. */
export async function appliedTo(db: Reader): Promise<Applied[]> {
  const [row] = await db<{ isNew: boolean }[]>`select to_regclass('public.migration') is null as "isNew"`;
  return row?.isNew ? [] : db<Applied[]>`select name, sha256 from public.migration order by name`;
}

async function recordNames(sql: Sql, { renamed }: Plan): Promise<void> {
  await sql`
    create table if not exists migration
      (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;
  for (const { from, to } of renamed) await sql`update migration set name = ${to} where name = ${from}`;
}

interface Applying extends MigrateDeps {
  session: MigrationSession;
  settings: typeof DEFAULTS;
  /** A database without anything: nobody waits for a line on each file. */
  isNew: boolean;
}

async function applyOne(applying: Applying, { migration, name, stepsDone }: Todo): Promise<void> {
  const { session, settings, isNew } = applying;
  const log = applying.log[isNew ? 'debug' : 'info'];
  const { steps } = migration;
  const began = performance.now();
  const record = (sql: Transaction, sha256: string) => sql`
    insert into migration (name, sha256) values (${name}, ${sha256})
    on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`;
  log('migration-begins', { name, file: migration.name, steps: steps.length, stepsDone });
  const watch = watchMigration(applying, { pid: session.pid, name, tellEveryMs: settings.tellEveryMs });
  try {
    for (const [at, step] of steps.entries()) {
      if (at < stepsDone) continue;
      const isLast = at === steps.length - 1;
      const [during, after] = [marked(migration, at), isLast ? migration.sha256 : marked(migration, at + 1)];
      await runStep({ ...applying, watch }, name, step, (sql, ended) => record(sql, ended ? after : during));
    }
  } finally {
    watch.stop();
  }
  log('migration-applied', { name, seconds: secondsSince(began) });
}

/**
 * What is done is recorded in the same transaction: from a repeated step's first round on no older version
 * loads.
 */
async function runStep(
  applying: Applying & { watch: Watch },
  name: string,
  { what, text, repeated }: Step,
  record: (sql: Transaction, ended: boolean) => PromiseLike<unknown>,
): Promise<void> {
  const { log, settings } = applying;
  const began = performance.now();
  let [told, rounds] = [began, 0];
  for (;;) {
    const goesOn = await patiently(applying, name, what, async sql => {
      const goesOn = returned(await sql.unsafe(text)) > 0 && repeated;
      await record(sql, !goesOn);
      return goesOn;
    });
    if (!goesOn) return;
    rounds += 1;
    if (performance.now() - told < settings.tellEveryMs) continue;
    told = performance.now();
    log.info('migration-step', { name, step: what, rounds, seconds: secondsSince(began) });
  }
}

/** How many rows the last of the statements returned. */
function returned(result: unknown[]): number {
  const last = Array.isArray(result[0]) ? result.at(-1) : result;
  return (last as unknown[]).length;
}

/** In one transaction, which holds the load's lock; tried again while others hold what it needs. */
async function patiently<T>(
  { log, session, settings, watch }: Applying & { watch: Watch },
  name: string,
  step: string,
  work: (sql: Transaction) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  for (let pauseMs = settings.pauseMs; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return (await session.sql.begin(async sql => {
        session.assertHeld();
        await waitForLoads(sql);
        return work(sql);
      })) as T;
    } catch (error) {
      if (!LOCK_TROUBLE.includes((error as { code?: string }).code ?? '')) throw error;
      const blockers = watch.blockers();
      if (performance.now() - began > settings.patienceMs)
        throw new UserError(
          `The migration ${name} cannot have what it needs: ${blockers.join('; ') || 'others load'}.`,
          'End what holds it, and start again: what is applied stays.',
        );
      log.warn('migration-waits-for-lock', { name, step, blockers, seconds: secondsSince(began) });
      await delay(pauseMs);
    }
  }
}

/** An import stores for some seconds at a time; only other loads queue up behind who waits for it. */
async function waitForLoads(sql: Transaction): Promise<void> {
  const [row] = await sql<{ before: string }[]>`
    select current_setting('lock_timeout') as before, set_config('lock_timeout', ${LOADS_END_IN}, true)`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${LOAD_LOCK}, 0))`;
  await sql`select set_config('lock_timeout', ${row?.before ?? '0'}, true)`;
}

const secondsSince = (began: number): number => Math.round((performance.now() - began) / 100) / 10;
