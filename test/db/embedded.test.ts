/**
 * The embedded server, as processes of their own meet it: started once, joined, adopted, stopped by the last.
 */
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { type RunningProcess, startNode } from '../support/process.ts';

let folder: string;
let processes: RunningProcess[] = [];

beforeEach(async () => {
  // Mode 0700: as root, the user that PostgreSQL runs as cannot enter it.
  folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-embedded-'));
});

afterEach(async () => {
  await Promise.all(
    processes.map(({ child }) => (child.exitCode ?? child.signalCode) === null && child.kill('SIGTERM')),
  );
  await Promise.all(processes.map(({ exited }) => exited));
  processes = [];
  // As root the cluster lies elsewhere, behind a link.
  const cluster = await realpath(join(folder, 'data', 'postgres')).catch(() => folder);
  for (const path of [cluster, folder]) await rm(path, { recursive: true, force: true });
});

async function hold(
  env: Record<string, string> = {},
): Promise<RunningProcess & { url: string; started: boolean }> {
  const running = startNode('test/support/hold-database.ts', [join(folder, 'data')], env);
  processes.push(running);
  const [line] = await running.waitFor(/^\{.*\}$/m, 60_000);
  return { ...running, ...JSON.parse(line) };
}

const isUp = async (url: string): Promise<boolean> => {
  const db = connect(url, { max: 1 });
  try {
    await db`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await db.end({ timeout: 0 });
  }
};

describe('the embedded server', () => {
  test('speaks UTF-8 whatever LANG says', async () => {
    const { url } = await hold({ LANG: 'de_DE.ISO-8859-1', LC_ALL: 'POSIX' });
    const db = connect(url, { max: 1 });
    const [row] = await db`
      select current_setting('server_encoding') as encoding, lower('ÄÖÜ') as lower, version() as version`;
    expect(row).toMatchObject({
      encoding: 'UTF8',
      lower: 'äöü',
      version: expect.stringMatching(/^PostgreSQL 18/),
    });
    await db.end();
  });

  test('is joined by the second and stopped by the last who leaves', async () => {
    const first = await hold();
    const second = await hold();
    expect([first.started, second.started, second.url === first.url]).toEqual([true, false, true]);
    expect(await first.stop()).toBe(0);
    expect(await isUp(first.url)).toBe(true);
    expect(await second.stop()).toBe(0);
    expect(await isUp(first.url)).toBe(false);
  });

  test('is started once when several start at the same time', async () => {
    const all = await Promise.all([hold(), hold(), hold()]);
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  });

  test('outlives a kill -9 of the service and is adopted by the next', async () => {
    const killed = await hold();
    await killed.stop('SIGKILL');
    expect(await isUp(killed.url)).toBe(true);
    const next = await hold();
    expect([next.started, next.url]).toEqual([false, killed.url]);
    await next.stop();
    expect(await isUp(killed.url)).toBe(false);
  });

  test('starts again after a kill -9 of its own', async () => {
    const first = await hold();
    const cluster = join(folder, 'data', 'postgres');
    const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await first.stop('SIGKILL');
    const next = await hold();
    expect(next.started).toBe(true);
    expect(await isUp(next.url)).toBe(true);
  });

  test('says what to do when its folder cannot be made', async () => {
    await chmod(folder, 0o755);
    const running = startNode('test/support/hold-database.ts', ['/dev/null/data']);
    processes.push(running);
    expect(await running.exited).toBe(1);
    expect(running.stderr()).toMatch(/DATA_DIR \/dev\/null\/data cannot be made.*\n?.*/);
  });
});
