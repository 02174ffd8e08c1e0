/**
 * The demo once its address says "loading": database, history by the real import, a few answers, and the
 * service as a process of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { parseClock, realClock } from './core/time/clock.ts';
import { DAY, HOUR, type Instant, parseInstant, SECOND, toIso, WEEK } from './core/time/instant.ts';
import { connect, type Sql } from './db/connect.ts';
import { newestRead } from './db/coverage.ts';
import { markSimulated } from './db/data-version.ts';
import { openEmbedded } from './db/embedded.ts';
import { importRecords } from './etl/import.ts';
import { type ImportRecord, recordOfJson } from './etl/import-records.ts';
import { prepareDatabase } from './jobs/prepare-database.ts';
import { createLog } from './log.ts';
import type { Steps } from './present/steps.ts';
import { renderText } from './present/text.ts';
import { ask } from './questions/lib/ask.ts';
import { parseText } from './questions/lib/free-text.ts';
import { questions } from './questions/registry.ts';
import type { Begun } from './simulation/demo-settings.ts';
import { startDemoServer } from './simulation/server.ts';
import { createWorld, type FeedResponse, type World } from './simulation/world.ts';
import { HANDED_DOWN, handOver } from './web/handover.ts';
import type { Listening } from './web/listen.ts';

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

/** How far the start is, on standard output, until it is stopped. */
export interface Telling {
  stop(): Promise<void>;
}

interface Demo {
  config: Config;
  /** Its own, below that of the settings. */
  dataDir: string;
  /** Where `begun` is kept once history is loaded. */
  file: string;
  begun: Begun;
  speed: number;
  page: Listening;
  address: string;
  steps: Steps & Telling;
  stopping: AbortSignal;
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
  { onShare, onEnd, signal }: { onShare(share: number): void; onEnd(): void; signal: AbortSignal },
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
    for (const [at, answer] of answers.entries()) {
      yield* recordsOf(answer);
      onShare((days - from + (at / answers.length) * Math.min(TOGETHER, until - days)) / (until - from));
      await setImmediate();
      signal.throwIfAborted();
    }
  }
  onEnd();
}

function* recordsOf(json: object | null): Iterable<ImportRecord> {
  const record = recordOfJson(json, realClock.now());
  if (record) yield record;
}

/** History, its pages and the mark that all of it is simulated, once. */
async function loadHistory(
  db: Sql,
  world: World,
  begun: Begun,
  { steps, signal }: { steps: Steps; signal: AbortSignal },
): Promise<void> {
  const present = parseInstant(begun.present);
  await markSimulated(db);
  const from = present - begun.weeks * WEEK;
  steps.at(0);
  const onShare = (share: number) => steps.at(share);
  const records = history(world, from, present, { onShare, onEnd: steps.next, signal });
  await importRecords({ db, clock: realClock }, records);
}

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Answers, each below the command that gives the same one in another terminal: of this database, whatever
 * `.env` says, and of the same instant, since the feed goes on.
 */
async function answers(db: Sql, until: Instant, { dataDir, elsewhere }: DemoPlace): Promise<string> {
  const settings = `${elsewhere ? 'DATABASE_URL= ' : ''}DATA_DIR=${quoted(dataDir)}`;
  let text = '';
  for (const words of SHOWN) {
    const asked = `${words} until=${toIso(until)}`;
    const answer = await ask({ db, clock: realClock }, parseText(questions, asked));
    text += `\n$ ${settings} npm run -s cli -- ask ${asked}\n\n${renderText(answer)}\n`;
  }
  return text;
}

/** Where the demo's database is; `elsewhere`: settings name another one, which the demo leaves alone. */
interface DemoPlace {
  dataDir: string;
  elsewhere: boolean;
}

/**
 * The real service as a process of its own, on a socket of ours; resolves to what it says when it runs.
 */
async function startService(
  env: Record<string, string>,
  { socket, close }: Listening,
): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [script('main.ts'), HANDED_DOWN], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  handOver(socket, child);
  let said = '';
  let runs = false;
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (runs) return void process.stdout.write(chunk);
      said += chunk;
      runs = /^ {2}charts.*\n/m.test(said);
      if (runs) resolve();
    });
    child.once('exit', code => reject(new Error(`the service ended with ${code}`)));
  });
  // Both listen until here; what we took we still answer.
  void close();
  return { child, said };
}

/** Loads what is not loaded yet, and runs until it is stopped. */
export async function runDemo(demo: Demo): Promise<void> {
  const { config, dataDir, file, begun, speed, page, address, steps, stopping } = demo;
  const log = createLog('warn');
  await using stack = new AsyncDisposableStack();
  const server = await openEmbedded(dataDir, log, { settings: FAST });
  stack.defer(server.leave);
  const db = connect(server.url, { max: 4, name: 'bandcamp-tracker demo' });
  stack.defer(() => db.end({ timeout: 5 }));
  await prepareDatabase({ db, log });
  steps.next();
  const world = worldOf(begun);
  const read = await newestRead(db);
  steps.next();
  if ((read ?? 0) < parseInstant(begun.present))
    await loadHistory(db, world, begun, { steps, signal: stopping });
  await writeFile(file, `${JSON.stringify(begun, null, 2)}\n`);
  steps.next();

  const present = Math.max((await newestRead(db)) ?? 0, parseInstant(begun.present));
  const clockText = `${toIso(present)}@${speed}@${toIso(realClock.now())}`;
  const bandcamp = await startDemoServer({ world, clock: parseClock(clockText) });
  stack.defer(bandcamp.close);
  const env = {
    DATABASE_URL: server.url,
    CLOCK: clockText,
    UPSTREAM_ORIGIN: bandcamp.origin,
    PORT: String(page.port),
    LOG_LEVEL: 'error',
  };
  const place = { dataDir, elsewhere: config.databaseUrl !== undefined };
  const shown = answers(db, present, place);
  const { child: service, said } = await startService(env, page);
  stack.defer(async () => {
    if (service.exitCode !== null || service.signalCode !== null) return;
    service.kill('SIGINT');
    await once(service, 'exit');
  });
  const text = await shown;
  await steps.stop();
  process.stdout.write(
    `${text}\nFrom here on an hour passes every ${Math.round(3600 / speed)} seconds. Stop with ` +
      `Ctrl-C; the next start continues from there.\n\n${said}\n` +
      `Try ${address}/, ${address}/report/latest.pdf and ${address}/api/questions, or in a second terminal ` +
      'one of the commands above.\n',
  );
  await once(service, 'exit', { signal: stopping });
}
