/**
 * PostgreSQL of our own for a laptop: started below `DATA_DIR`, joined when it already runs there, stopped by
 * the last who leaves.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { messageOf, UserError } from '../core/errors.ts';
import type { Log } from '../log.ts';
import { connect, type Sql } from './connect.ts';
import { type Account, type Binaries, findPlace, isInitialised } from './embedded-place.ts';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
/** Shared by all who use the server: whoever gets it alone is the last, and may stop it. */
const PRESENCE = 'bandcamp-tracker presence';
const USER = 'tracker';
const PASSWORD_FILE = 'tracker.password';

export interface EmbeddedServer {
  /** Address of the maintenance database `postgres`; the service uses it as its own. */
  url: string;
  /** False where it ran already. */
  started: boolean;
  /** Leaves; the last who leaves stops the server. */
  leave(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Further `postgres` settings, such as `fsync=off` for tests. */
  settings?: Record<string, string>;
}

/**
 * Joins the server that runs in `dataDir`, or starts one, initialising the cluster the first time (UTF-8
 * whatever `LANG` says).
 * @throws UserError when this machine cannot run it; it names what to do.
 */
export async function openEmbedded(
  dataDir: string,
  log: Log,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const { cluster, binaries, account } = await findPlace(resolve(dataDir), log);
  if (!(await isInitialised(cluster))) await initialise(cluster, binaries, account);

  const deadline = performance.now() + START_TIMEOUT_MS;
  let started = false;
  let problem: unknown;
  while (performance.now() < deadline) {
    const url = await runningUrl(cluster);
    if (url) {
      try {
        const presence = await arrive(url);
        return { url, started, leave: () => leave(presence, cluster, binaries, account) };
      } catch (error) {
        problem = error;
      }
    } else {
      try {
        await start(cluster, binaries, account, options);
        started = true;
      } catch (error) {
        problem = error;
      }
    }
    await delay(100);
  }
  throw new UserError(
    `PostgreSQL does not start in ${cluster}: ${messageOf(problem).trim().split('\n').at(-1)}.`,
    `See ${join(cluster, 'server.log')}, choose another DATA_DIR, or set DATABASE_URL to a server of yours.`,
  );
}

/**
 * Initialises beside the final place and renames, so that a kill leaves nothing half made and two starters do
 * not meet.
 */
async function initialise(cluster: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  const partial = `${cluster}.${randomBytes(4).toString('hex')}`;
  await mkdir(partial, { mode: 0o700 });
  const passwordFile = `${partial}.password`;
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account) for (const path of [partial, passwordFile]) await chown(path, account.uid, account.gid);
  try {
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    await command(
      binaries.initdb,
      ['-D', partial, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale],
      account,
    );
    await rename(passwordFile, join(partial, PASSWORD_FILE));
    await rename(partial, cluster);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
    if (!(await isInitialised(cluster))) throw error;
  }
}

const command = (file: string, args: string[], account: Account | undefined) =>
  run(file, args, {
    uid: account?.uid,
    gid: account?.gid,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });

/**
 * The address that a live server wrote into `postmaster.pid` (line 4 the port, line 8 its state), if there is
 * one.
 */
async function runningUrl(cluster: string): Promise<string | undefined> {
  const lines = await readFile(join(cluster, 'postmaster.pid'), 'utf8').then(
    text => text.split('\n'),
    () => [],
  );
  const [pid, , , port] = lines;
  if (!pid || !port || lines[7]?.trim() !== 'ready' || !isAlive(Number(pid))) return undefined;
  const password = await readFile(join(cluster, PASSWORD_FILE), 'utf8');
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Starts the server detached, so that Ctrl-C in a terminal reaches the service alone. */
async function start(
  cluster: string,
  binaries: Binaries,
  account: Account | undefined,
  { settings = {} }: EmbeddedOptions,
): Promise<void> {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(await freePort()),
    unix_socket_directories: '',
    ...settings,
  };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  const seconds = String(START_TIMEOUT_MS / 1000);
  await command(
    binaries.pg_ctl,
    [
      'start',
      '-D',
      cluster,
      '-l',
      join(cluster, 'server.log'),
      '-w',
      '-t',
      seconds,
      '-s',
      '-o',
      flags.join(' '),
    ],
    account,
  );
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * A connection that holds the presence lock in share; it waits while a last one is stopping the server, and
 * then fails.
 */
async function arrive(url: string): Promise<Sql> {
  const presence = connect(url, { max: 1, name: PRESENCE });
  try {
    await presence`select pg_advisory_lock_shared(hashtextextended(${PRESENCE}, 0))`;
    return presence;
  } catch (error) {
    await presence.end({ timeout: 0 });
    throw error;
  }
}

async function leave(
  presence: Sql,
  cluster: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  try {
    const [row] = await presence<{ alone: boolean }[]>`
      select pg_advisory_unlock_shared(hashtextextended(${PRESENCE}, 0)),
        pg_try_advisory_lock(hashtextextended(${PRESENCE}, 0)) as alone`;
    if (row?.alone)
      await command(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-s'], account);
  } finally {
    await presence.end({ timeout: 0 });
  }
}
