/**
 * `npm run demo`: the service over a simulated Bandcamp: history loaded by the real import, the feed running
 * live, a few answers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { messageOf, UserError } from './core/errors.ts';
import { parseClock, realClock } from './core/time/clock.ts';
import {
  DAY,
  floorTo,
  HOUR,
  type Instant,
  MINUTE,
  parseInstant,
  SECOND,
  toIso,
  WEEK,
} from './core/time/instant.ts';
import { connect, type Sql } from './db/connect.ts';
import { newestRead } from './db/coverage.ts';
import { markSimulated } from './db/data-version.ts';
import { openEmbedded } from './db/embedded.ts';
import { importRecords } from './etl/import.ts';
import { type ImportRecord, recordOfJson } from './etl/import-records.ts';
import { prepareDatabase } from './jobs/prepare-database.ts';
import { createLog } from './log.ts';
import { renderText } from './present/text.ts';
import { ask } from './questions/lib/ask.ts';
import { parseText } from './questions/lib/free-text.ts';
import { questions } from './questions/registry.ts';
import { checkPublished, checkTable } from './simulation/check.ts';
import { startDemoServer } from './simulation/server.ts';
import { createWorld, type FeedResponse, type World } from './simulation/world.ts';

const USAGE = 'Usage: npm run demo -- [--speed N] [--seed N] [--sales-a-day N] [--weeks N] | --check';
const SHOWN = ['trending genres', 'top artists limit=5', 'overview'];
/** What is simulated can be simulated again, so its database need not outlive a power cut. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  autovacuum_naptime: '10min',
};
/**
 * Sales of a year for each artist, as on Bandcamp in 2021 (src/simulation/figures.ts); of a world's artists
 * about half sell in ten weeks.
 */
const SALES_PER_ARTIST = 24.6;

interface Settings {
  seed: number;
  salesADay: number;
  weeks: number;
  speed: number;
}

/** What a folder of the demo was begun with; it goes on with that. */
interface Begun extends Omit<Settings, 'speed'> {
  /** Where history ends and the live feed begins, ISO. */
  present: string;
}

function readSettings(argv: string[]): Settings | 'check' {
  const number = { type: 'string' as const };
  const { values } = parseArgs({
    args: argv,
    options: {
      check: { type: 'boolean' },
      speed: number,
      seed: number,
      'sales-a-day': number,
      weeks: number,
    },
  });
  if (values.check) return 'check';
  const read = (name: 'speed' | 'seed' | 'sales-a-day' | 'weeks', initial: number, most: number): number => {
    const value = Number(values[name] ?? initial);
    if (!(value > 0 && value <= most))
      throw new UserError(`--${name} is "${values[name]}".`, `Use a number up to ${most}. ${USAGE}`);
    return value;
  };
  return {
    speed: read('speed', 60, 3600),
    seed: Math.round(read('seed', 1, 2 ** 31)),
    salesADay: Math.round(read('sales-a-day', 3_000, 100_000)),
    weeks: Math.round(read('weeks', 10, 60)),
  };
}

const worldOf = ({ seed, salesADay, weeks, present }: Begun): World =>
  createWorld({
    seed,
    salesADay,
    artists: Math.max(1_000, Math.round((salesADay * 365) / SALES_PER_ARTIST / 2)),
    start: parseInstant(present) - weeks * WEEK,
  });

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Days whose pages are loaded before their sales. */
const TOGETHER = 3 * DAY;

/**
 * Pages of a few days' items, then the sales: these enter the sums of their genres as they come, which is
 * cheaper than moving them afterwards.
 */
async function* history(
  world: World,
  from: Instant,
  until: Instant,
  signal: AbortSignal,
): AsyncGenerator<ImportRecord> {
  const seen = new Set<string>();
  for (let days = from; days < until; days += TOGETHER) {
    const answers: FeedResponse[] = [];
    for (let at = days; at < Math.min(days + TOGETHER, until); at += HOUR) {
      const end = Math.min(at + HOUR, until);
      const answer = world.feedResponse(at / SECOND, end / SECOND, end / SECOND);
      answers.push(answer);
      for (const { url } of answer.events.flatMap(({ items }) => items)) {
        if (seen.has(url)) continue;
        seen.add(url);
        yield* recordsOf(world.facts(url, until));
      }
      // Lets the database take what was made so far.
      await setImmediate();
      signal.throwIfAborted();
    }
    for (const answer of answers) {
      yield* recordsOf(answer);
      await setImmediate();
      signal.throwIfAborted();
    }
  }
}

function* recordsOf(json: object | null): Iterable<ImportRecord> {
  const record = recordOfJson(json, realClock.now());
  if (record) yield record;
}

const say = (text: string): void => void process.stdout.write(text);

async function begin(file: string, settings: Settings): Promise<Begun> {
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return JSON.parse(known);
  const { seed, salesADay, weeks } = settings;
  return { seed, salesADay, weeks, present: toIso(floorTo(realClock.now(), MINUTE)) };
}

/** History, its pages and the mark that all of it is simulated, once. */
async function loadHistory(db: Sql, world: World, begun: Begun, signal: AbortSignal): Promise<void> {
  const present = parseInstant(begun.present);
  await markSimulated(db);
  say(`Loading ${begun.weeks} weeks of simulated sales …\n`);
  const from = present - begun.weeks * WEEK;
  await importRecords({ db, clock: realClock }, history(world, from, present, signal));
}

async function showAnswers(db: Sql, until: Instant): Promise<void> {
  for (const text of SHOWN) {
    const answer = await ask({ db, clock: realClock }, parseText(questions, `${text} until=${toIso(until)}`));
    say(`\n$ npm run -s cli -- ask ${text}\n\n${renderText(answer)}\n`);
  }
}

/**
 * The real service as a process of its own; resolves when it says that it runs. What it says is shown once
 * `quiet` is over.
 */
async function startService(env: Record<string, string>, quiet: Promise<void>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script('main.ts')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let printed = '';
  const running = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk;
      quiet.then(() => process.stdout.write(chunk));
      if (/^ {2}charts/m.test(printed)) resolve();
    });
    child.once('exit', code => reject(new Error(`the service ended with ${code}`)));
  });
  await Promise.all([running, quiet]);
  return child;
}

async function demo(settings: Settings, stopping: AbortSignal): Promise<void> {
  const config = loadConfig();
  const dataDir = join(config.dataDir, 'demo');
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'demo.json');
  const log = createLog('warn');
  await using stack = new AsyncDisposableStack();

  const server = await openEmbedded(dataDir, log, { settings: FAST });
  stack.defer(server.leave);
  const db = connect(server.url, { max: 4, name: 'bandcamp-tracker demo' });
  stack.defer(() => db.end({ timeout: 5 }));
  await prepareDatabase({ db, log });
  const begun = await begin(file, settings);
  const world = worldOf(begun);
  const env = { DATABASE_URL: server.url, LOG_LEVEL: 'warn', CLOCK: 'real' };
  say(
    `A simulated Bandcamp, ${begun.salesADay.toLocaleString('en')} sales a day: no artist and no sale in ` +
      'it is real.\n',
  );
  const read = await newestRead(db);
  if ((read ?? 0) < parseInstant(begun.present)) await loadHistory(db, world, begun, stopping);
  await writeFile(file, `${JSON.stringify(begun, null, 2)}\n`);

  const present = Math.max((await newestRead(db)) ?? 0, parseInstant(begun.present));
  const clockText = `${toIso(present)}@${settings.speed}@${toIso(realClock.now())}`;
  const bandcamp = await startDemoServer({ world, clock: parseClock(clockText) });
  stack.defer(bandcamp.close);
  const shown = showAnswers(db, present).then(() =>
    say(
      `\nFrom here on an hour passes every ${Math.round(3600 / settings.speed)} seconds. Stop with Ctrl-C; ` +
        'started again it goes on.\n\n',
    ),
  );
  const service = await startService(
    {
      ...env,
      CLOCK: clockText,
      UPSTREAM_ORIGIN: bandcamp.origin,
      PORT: String(config.port),
      LOG_LEVEL: 'error',
    },
    shown,
  );
  stack.defer(async () => {
    if (service.exitCode !== null || service.signalCode !== null) return;
    service.kill('SIGINT');
    await once(service, 'exit');
  });
  say('\nTry: the dashboard, /report/latest.pdf, /api/questions.\n');
  await once(service, 'exit', { signal: stopping });
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'check') {
    say(`${checkTable(checkPublished())}\n`);
    return;
  }
  const stopping = new AbortController();
  // Again and again: who presses Ctrl-C twice, or lets npm pass it on, too, would else leave the database
  // behind.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort());
  await demo(settings, stopping.signal).catch(error => {
    if (!stopping.signal.aborted) throw error;
  });
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error instanceof UserError ? error.text : messageOf(error)}\n`);
    process.exit(1);
  },
);
