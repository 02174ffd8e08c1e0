/** The real command: what it prints, what it refuses, and that a kill in the middle does no harm. */
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sql } from '../../src/db/connect.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { csvLines, feedLines, HISTORY_FROM, pageLines, rawItems } from '../support/history.ts';
import { ROOT, startNode } from '../support/process.ts';

const { db, url } = await testDatabase();
const env = { DATABASE_URL: url, LOG_LEVEL: 'silent' };
let folder: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-import-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  await emptyData(db);
});

const run = async (...args: string[]) => {
  const command = startNode('src/cli.ts', ['import', ...args], env, folder);
  return { code: await command.exited, stdout: command.stdout(), stderr: command.stderr() };
};
const count = async (sql: Sql) => (await sql<{ n: number }[]>`select count(*) as n from sale`)[0]?.n ?? 0;

const OPTIONS = { sales: 40, from: HISTORY_FROM };

test('says in one line what came of it', async () => {
  await writeFile(file('of-any-name'), [...feedLines(OPTIONS)].join(''));
  await writeFile(file('sales.txt'), `${[...csvLines(rawItems(OPTIONS))].join('')}7,too,short\n`);
  await writeFile(file('pages.csv'), [...pageLines(3)].join(''));
  expect(await run('of-any-name', 'sales.txt', 'pages.csv')).toEqual({
    code: 0,
    stdout: '40 sales stored, 40 repeated; 1 rejected (bad-row 1); 3 pages stored, 0 repeated.\n',
    stderr: '',
  });
});

test('reads standard input', async () => {
  const command = startNode('src/cli.ts', ['import', '-'], env);
  command.child.stdin?.end([...feedLines(OPTIONS)].join(''));
  expect(await command.exited).toBe(0);
  expect(command.stdout()).toMatch(/^40 sales stored/);
});

/** Gives a program a terminal; of util-linux, so not on every machine. */
const hasScript = spawnSync('script', ['--version']).status === 0;
test.skipIf(!hasScript)('draws how far it is on a terminal', async () => {
  await writeFile(file('feed'), [...feedLines(OPTIONS)].join(''));
  const command = `"${process.execPath}" src/cli.ts import "${file('feed')}"`;
  const { PATH } = process.env;
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: ROOT,
    env: { PATH, ...env },
    encoding: 'utf8',
  });
  const lines = stdout.replaceAll('\u001b[K', '').split('\r');
  expect(lines[1]).toMatch(/feed {2}█+ 100% {2}\d+ sales$/);
  expect(lines.at(-2)).toMatch(/^40 sales stored/);
});

describe('ends with 1 and one line', () => {
  test.each([
    ['a file that is not there', 'nowhere', /^nowhere cannot be read: ENOENT.*Check that the file exists/],
    ['a folder', '.', /^\. cannot be read: it is a folder\. /],
    [
      'a file of no known kind',
      'diary',
      /^diary is not in a format that can be imported\. Give responses of the sales feed/,
    ],
    ['a file that says it is packed', 'packed', /^packed cannot be read: unknown compression method\. /],
  ])('at %s, and keeps what was stored before', async (_, name, message) => {
    await writeFile(file('feed'), [...feedLines(OPTIONS)].join(''));
    await writeFile(file('diary'), 'Dear diary,\n'.repeat(10_000));
    await writeFile(file('packed'), new Uint8Array([0x1f, 0x8b, 0x42, 0, 0, 0]));
    const { code, stdout, stderr } = await run('feed', name);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await count(db)).toBe(40);
  });

  test('and with 2 without a file', async () => {
    expect(await run()).toMatchObject({
      code: 2,
      stderr: 'Name at least one file to import. Usage: import FILE…\n',
    });
  });
});

test('killed in the middle and started again, it stores each sale once', async () => {
  const sales = 50_000;
  await writeFile(file('long.csv'), [...csvLines(rawItems({ sales, from: HISTORY_FROM }))].join(''));
  const command = startNode('src/cli.ts', ['import', file('long.csv')], env);
  while ((await count(db)) === 0) await delay(20);
  expect(await command.stop('SIGKILL')).toBeNull();
  const before = await count(db);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(sales);
  expect(await db`select from window_read`).toEqual([]);
  const again = await run(file('long.csv'));
  expect(again.code).toBe(0);
  const [, stored, repeated] = /^([\d,]+) sales stored, ([\d,]+) repeated/.exec(again.stdout) ?? [];
  const number = (text = '') => Number(text.replaceAll(',', ''));
  expect(number(stored) + number(repeated)).toBe(sales);
  expect(number(repeated)).toBeGreaterThanOrEqual(before);
  expect(await count(db)).toBe(sales);
  const totals = await db`
    select sum(units)::bigint as units, (select sum(sales)::bigint from artist_day) as spelt from sale`;
  expect(totals).toEqual([{ units: sales, spelt: sales }]);
  expect(await db`select count(*) as n from window_read`).toEqual([{ n: 1 }]);
}, 120_000);
