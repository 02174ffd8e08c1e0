/** The demo's history, loaded by a checkout's own demo into a folder that can be kept; a copy a run. */
import { execFile } from 'node:child_process';
import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseInstant, WEEK } from '../src/core/time/instant.ts';
import { type EmbeddedServer, openEmbedded } from '../src/db/embedded.ts';
import { silentLog } from '../src/log.ts';
import { createWorld, type World } from '../src/simulation/world.ts';
import { startNode } from '../test/support/process.ts';

const run = promisify(execFile);
/** On a machine that has much else to do. */
const LOADED_WITHIN_MS = 15 * 60_000;
/** As src/demo.ts makes its world. */
const SALES_PER_ARTIST = 24.6;

/** What the demo's folder was begun with. */
export interface DemoWorld {
  seed: number;
  salesADay: number;
  weeks: number;
  /** ISO. */
  present: string;
}

/** What sold most, as questions name it. */
export interface KnownNames {
  artists: string[];
  albums: string[];
  genres: string[];
  countries: string[];
}

/** What is known of the kept history. */
export interface History {
  /** Whose commit loaded it. */
  commit: string;
  world: DemoWorld;
  /** The newest minute that was read, ISO. */
  until: string;
  names: KnownNames;
}

/** The world whose sales were loaded, to go on selling. */
export const worldOf = ({ seed, salesADay, weeks, present }: DemoWorld): World =>
  createWorld({
    seed,
    salesADay,
    artists: Math.max(1_000, Math.round((salesADay * 365) / SALES_PER_ARTIST / 2)),
    start: parseInstant(present) - weeks * WEEK,
  });

/** `abc1234`, with a `+` where files differ from it. */
export async function commitOf(checkout: string): Promise<string> {
  const git = async (...args: string[]) => (await run('git', ['-C', checkout, ...args])).stdout.trim();
  const changed = await git('status', '--porcelain', '-uno');
  return `${await git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`;
}

/** Loads the history where the folder has none. Begin with the oldest checkout: it may refuse newer ones'. */
export async function openHistory(folder: string, checkout: string): Promise<History> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const file = join(folder, 'load.json');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return JSON.parse(known);
  process.stderr.write('Loading ten weeks of simulated sales …\n');
  const demo = startNode(join(checkout, 'src/demo.ts'), [], { DATA_DIR: folder, PORT: '0' }, folder);
  await demo.waitFor(/^Try: /m, LOADED_WITHIN_MS);
  await demo.stop();
  const server = await openEmbedded(join(folder, 'demo'), silentLog);
  try {
    const ask = askerOf(checkout, folder, server.url);
    const history: History = {
      commit: await commitOf(checkout),
      world: JSON.parse(await readFile(join(folder, 'demo/demo.json'), 'utf8')),
      until: (await ask('overview')).asOf,
      names: await namesOf(ask),
    };
    await writeFile(file, JSON.stringify(history, null, 2));
    return history;
  } finally {
    await server.leave();
  }
}

type Told = { asOf: string; rows: Record<string, string>[] };
type Asker = (...words: string[]) => Promise<Told>;

const askerOf =
  (checkout: string, cwd: string, url: string): Asker =>
  async (...words) => {
    const cli = startNode(
      join(checkout, 'src/cli.ts'),
      ['ask', ...words, '--format', 'json'],
      { DATABASE_URL: url },
      cwd,
    );
    if ((await cli.exited) !== 0) throw new Error(cli.stderr());
    return JSON.parse(cli.stdout());
  };

async function namesOf(ask: Asker): Promise<KnownNames> {
  // What free text reads as something else stays out: quotes, entities, `name=value`, lists.
  const plain = (name: string) => /^[\p{L}\p{N}][\p{L}\p{N} .'-]*$/u.test(name);
  const top = async (kind: string) => (await ask('top', `kind=${kind}`, 'window=30d', 'limit=100')).rows;
  const names = (rows: Told['rows']) => rows.flatMap(({ name }) => (name && plain(name) ? [name] : []));
  return {
    artists: names(await top('artist')),
    albums: (await top('album')).flatMap(({ name, artist }) =>
      name && artist && plain(name) && plain(artist) ? [`${name} by ${artist}`] : [],
    ),
    // Of one word, as `genre=…` takes it in free text, too.
    genres: names(await top('genre')).filter(name => !name.includes(' ')),
    countries: names(await top('country')),
  };
}

/** A server over a copy of the history, for whoever runs on it may change it for good. */
export async function openCopy(history: string, folder: string): Promise<EmbeddedServer> {
  const cluster = join(history, 'demo/postgres');
  await access(cluster);
  await run('cp', ['-aL', cluster, join(folder, 'postgres')]);
  return openEmbedded(folder, silentLog);
}
