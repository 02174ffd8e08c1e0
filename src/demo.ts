/**
 * `npm run demo`: the service over a simulated Bandcamp: history loaded by the real import, the feed running
 * live, a few answers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from './config.ts';
import { wantsHelp } from './core/arguments.ts';
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
import { liveLine, shareLine, withProgress } from './present/progress.ts';
import { createSteps, type Steps } from './present/steps.ts';
import { renderText } from './present/text.ts';
import { ask } from './questions/lib/ask.ts';
import { parseText } from './questions/lib/free-text.ts';
import { questions } from './questions/registry.ts';
import { checkPublished, checkTable } from './simulation/check.ts';
import { type Begun, readSettings, type Settings, USAGE, worldOf } from './simulation/demo-settings.ts';
import { startDemoServer } from './simulation/server.ts';
import type { FeedResponse, World } from './simulation/world.ts';
import { HANDED_DOWN, handOver } from './web/handover.ts';
import { type Listening, listen } from './web/listen.ts';
import { loadingApp } from './web/loading.ts';

const SHOWN = ['trending genres', 'top artists limit=5', 'overview'];
/** What is simulated can be simulated again, so its database need not outlive a power cut. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  autovacuum_naptime: '10min',
};
/** Usual times of the steps on two cores: what percent and time left start from. */
const USUAL_MS = { database: 3_000, world: 500, aSale: 0.18, last: 5_000, service: 8_000 };
/** A file or pipe gets a line at least each two seconds: making sales holds the loop up for as much as one. */
const TOLD_EACH_MS = 1_000;

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
  { onShare, signal }: { onShare(share: number): void; signal: AbortSignal },
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
      onShare((days - from + (at / answers.length) * TOGETHER) / (until - from));
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

const isLoaded = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function begin(file: string, settings: Settings): Promise<Begun> {
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known) return JSON.parse(known);
  const { seed, salesADay, weeks } = settings;
  return { seed, salesADay, weeks, present: toIso(floorTo(realClock.now(), MINUTE)) };
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
  const onShare = (share: number) => {
    steps.at(share);
    if (share >= 1) steps.next();
  };
  const records = history(world, from, present, { onShare, signal });
  await importRecords({ db, clock: realClock }, records);
}

/** The steps of a start; history is loaded once. */
function stepsOf({ salesADay, weeks }: Omit<Begun, 'present'>, loads: boolean): Steps {
  const sales = salesADay * 7 * weeks;
  return createSteps([
    { what: 'Starting PostgreSQL', usualMs: USUAL_MS.database },
    { what: 'Making the simulated Bandcamp', usualMs: USUAL_MS.world },
    ...(loads
      ? [
          { what: `Loading ${weeks} weeks of simulated sales`, usualMs: USUAL_MS.aSale * sales },
          { what: 'Storing the last of them', usualMs: USUAL_MS.last },
        ]
      : []),
    { what: 'Starting the service', usualMs: USUAL_MS.service },
  ]);
}

/** How far the start is, on standard output, until it is stopped. */
function tellSteps(steps: Steps): { stop(): void } {
  const line = liveLine(process.stdout, TOLD_EACH_MS);
  const draw = () =>
    line.draw(width => {
      const { what, share, leftMs } = steps.now();
      return shareLine(what, { share, leftMs }, width);
    });
  const timer = setInterval(draw, TOLD_EACH_MS / 4);
  return {
    stop() {
      clearInterval(timer);
      line.clear();
    },
  };
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

async function demo(settings: Settings, stopping: AbortSignal): Promise<void> {
  const config = loadConfig();
  const dataDir = join(config.dataDir, 'demo');
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'demo.json');
  const log = createLog('warn');
  await using stack = new AsyncDisposableStack();
  const begun = await begin(file, settings);

  // A folder that has no file yet was not loaded to its end.
  const steps = stepsOf(begun, !(await isLoaded(file)));
  const page = await listen(loadingApp(steps.now), config.port);
  stack.defer(page.close);
  const address = config.publicUrl ?? `http://localhost:${page.port}`;
  say(
    `A simulated Bandcamp, ${begun.salesADay.toLocaleString('en')} sales a day: no artist and no sale in it ` +
      `is real.\n${address}/ shows how far it is loaded, then the dashboard.\n`,
  );
  const telling = tellSteps(steps);
  stack.defer(telling.stop);

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
  const clockText = `${toIso(present)}@${settings.speed}@${toIso(realClock.now())}`;
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
  telling.stop();
  say(
    `${text}\nFrom here on an hour passes every ${Math.round(3600 / settings.speed)} seconds. Stop with ` +
      `Ctrl-C; started again it goes on.\n\n${said}\n` +
      `Try ${address}/, ${address}/report/latest.pdf and ${address}/api/questions, or in a second terminal ` +
      'one of the commands above.\n',
  );
  await once(service, 'exit', { signal: stopping });
}

const HELP = `${USAGE}

  Runs the service over a simulated Bandcamp, from a database of its own below DATA_DIR.

  --speed N        seconds that pass in a second, 60 unless given
  --seed N         another world, 1 unless given
  --sales-a-day N  3000 unless given
  --weeks N        weeks of history, 10 unless given
  --check          compares the simulation with published figures instead
`;

async function main(): Promise<void> {
  if (wantsHelp(process.argv.slice(2))) return say(HELP);
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'check') {
    const rows = await withProgress(process.stderr, 'Simulating', ({ at }) => checkPublished(at));
    say(`${checkTable(rows)}\n`);
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
