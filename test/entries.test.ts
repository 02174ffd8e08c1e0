/** Real `node` on every entry: it accepts less than the test runner's transform does. */
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toIso } from '../src/core/time/instant.ts';
import { markSimulated } from '../src/db/data-version.ts';
import { testDatabase } from './support/database.ts';
import { ROOT, startNode } from './support/process.ts';
import { seedWorld, WORLD_END } from './support/world.ts';

/** Nothing of ours listens there: no test may reach Bandcamp. */
const NOWHERE = 'http://127.0.0.1:9';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-entries-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a question where there is no database says how to get one, and makes none', async () => {
  const dataDir = join(folder, 'nothing');
  const cli = startNode('src/cli.ts', ['ask', 'top'], { DATA_DIR: dataDir }, folder);
  expect(await cli.exited).toBe(1);
  expect(cli.stderr()).toBe(
    `There is no database in ${dataDir}. Start the service first (npm start), or set DATA_DIR=data/demo ` +
      'to ask the demo.\n',
  );
  await expect(access(dataDir)).rejects.toThrow('ENOENT');
});

test('help of a command has lines to copy', async () => {
  const cli = startNode('src/cli.ts', ['ask', '--help']);
  expect(await cli.exited).toBe(0);
  expect(cli.stdout()).toContain('\nExamples:\n  npm run -s cli -- ask trending genres germany 7d\n');
});

describe('npm start', () => {
  test('without any setting says what is on and off, answers, and ends well at SIGTERM, or two', async () => {
    const service = startNode(
      'src/main.ts',
      [],
      { DATA_DIR: join(folder, 'data'), PORT: '0', UPSTREAM_ORIGIN: NOWHERE },
      folder,
    );
    const [, address] = await service.waitFor(/dashboard +(http:\S+)/, 60_000);
    await service.waitFor(/charts/);
    expect(service.stdout()).toMatch(/Slack +off: SLACK_BOT_TOKEN is not set/);
    expect(service.stdout()).toMatch(/Discord +off: /);
    expect(await (await fetch(`${address}healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${address}readyz`)).json()).toEqual({ status: 'ready', readUntil: null });
    const page = await fetch(address as string, { headers: { Accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('No sales with a known genre in this period.'),
    ]);
    expect((await fetch(`${address}nowhere`)).status).toBe(404);
    service.child.kill('SIGTERM');
    await delay(20);
    expect(await service.stop()).toBe(0);
  });

  test.each([
    [{ PORT: 'http' }, /PORT: use a port number/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL: use an address that starts with postgres:/],
    [{ CLOCK: 'noon' }, /CLOCK: Use "real", or an instant and a speed/],
    [{ DISCORD_PUBLIC_KEY: 'abc' }, /DISCORD_PUBLIC_KEY: use the 64 hexadecimal digits/],
    [{ ROLES: 'web,feed' }, /ROLES: use a list out of web, etl, bots, deliver/],
  ])('with %j ends with one line that says what would be right', async (env, message) => {
    const service = startNode('src/main.ts', [], env, folder);
    expect(await service.exited).toBe(1);
    expect(service.stderr()).toMatch(message);
    expect(service.stderr().trim().split('\n')).toHaveLength(1);
  });
});

describe('real sales are kept out of simulated ones', async () => {
  const { db, url } = await testDatabase();
  beforeAll(() => markSimulated(db));

  test.each(['ingest', 'enrich'])('by %s', async command => {
    const cli = startNode('src/cli.ts', [command], { DATABASE_URL: url }, folder);
    expect(await cli.exited).toBe(1);
    expect(cli.stderr()).toMatch(
      /^This database holds simulated sales; real ones would be mixed with them\./,
    );
  });

  test('by the service, which answers all the same', async () => {
    const env = { DATABASE_URL: url, DATA_DIR: join(folder, 'simulated'), PORT: '0' };
    const service = startNode('src/main.ts', [], env, folder);
    await service.waitFor(/feed +off: this database holds simulated sales/, 60_000);
    expect(await service.stop()).toBe(0);
  });
});

describe('the command line', async () => {
  const { db, url } = await testDatabase();
  const cli = async (...args: string[]) => {
    const run = startNode(
      'src/cli.ts',
      args,
      { DATABASE_URL: url, UPSTREAM_ORIGIN: NOWHERE, LOG_LEVEL: 'silent' },
      folder,
    );
    return { code: await run.exited, stdout: run.stdout(), stderr: run.stderr() };
  };
  beforeAll(() => seedWorld(db));

  test('asks in words and by names, in every format', async () => {
    const until = `until=${toIso(WORLD_END)}`;
    const text = await cli('ask', 'trending', 'genres', 'germany', until);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^Trending genres in Germany\nNo genre in Germany is clearly selling more/);
    const json = await cli('ask', 'trending-genres', 'country=de', until, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      question: 'trending-genres',
      params: { country: 'de' },
      coverage: 1,
    });
    expect((await cli('ask', 'trending-genres', '--format', 'csv')).stdout).toMatch(
      /^Genre,Sales,Artists,Expected,Lift \(×\),At least \(×\),Verdict,.*\r\nลูกทุ่งอีสาน,29,/,
    );
    expect((await cli('ask', 'trending-genres', '--format', 'excel')).stdout).toMatch(/^\ufeffGenre,/);
    for (const format of ['slack', 'discord'])
      expect(JSON.parse((await cli('ask', 'trending-genres', '--format', format)).stdout)).toBeTypeOf(
        'object',
      );
    // Each is a process of its own.
  }, 120_000);

  test('writes the chart', async () => {
    expect(await cli('ask', 'trending-genres', '--png', join(folder, 'chart.png'))).toMatchObject({
      code: 0,
    });
    expect((await readFile(join(folder, 'chart.png'))).subarray(1, 4).toString()).toBe('PNG');
  });

  test.each([
    [['ask', 'trending-genres', 'window=soon'], 1, /"soon" is not a window\. Use a length such as 24h/],
    [['ask', 'weather'], 1, /I don't recognise "weather"\. Try "trending genres"/],
    [['ask', 'trending-genres', '--format', 'xml'], 1, /Unknown format "xml"/],
    [['ask', 'trending-genres', '--colour'], 2, /Unknown option '--colour'.*Usage: ask/],
    [['dance'], 2, /Unknown command "dance"/],
  ])('%j ends with %i and one line', async (args, code, message) => {
    const run = await cli(...args);
    expect(run).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('shows its help', async () => {
    expect((await cli('help')).stdout).toMatch(/^Usage: npm run -s cli/);
    expect((await cli()).code).toBe(2);
  });
});

test('the scripts that the README shows exist', async () => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const shown = [...readme.matchAll(/npm (?:run (?:-s )?)?([a-z:]+)/g)]
    .map(([, name]) => name as string)
    .filter(name => !['ci', 'install'].includes(name));
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter(name => !(name in scripts))).toEqual([]);
});
