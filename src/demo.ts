/**
 * `npm run demo`: the service over a simulated Bandcamp: history loaded by the real import, the feed running
 * live, a few answers.
 */
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { loadConfig } from './config.ts';
import { wantsHelp } from './core/arguments.ts';
import { messageOf, UserError } from './core/errors.ts';
import { realClock } from './core/time/clock.ts';
import { floorTo, MINUTE, toIso } from './core/time/instant.ts';
import type { Telling } from './demo-run.ts';
import { liveLine, withProgress } from './present/progress.ts';
import { createSteps, type Step, type Steps } from './present/steps.ts';
import type { Told, ToldNews } from './present/steps-thread.ts';
import { type Begun, readSettings, type Settings, USAGE } from './simulation/demo-settings.ts';
import { listen } from './web/listen.ts';
import { loadingApp } from './web/loading.ts';

/** Usual times of the steps on two cores: what percent and time left start from. */
const USUAL_MS = { database: 3_000, world: 500, aSale: 0.18, last: 5_000, service: 8_000 };
/** What a share must have grown by to be told again. */
const LEAST_NEWS = 0.005;

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

/** The steps of a start; history is loaded once. */
function stepsOf({ salesADay, weeks }: Omit<Begun, 'present'>, loads: boolean): Step[] {
  const sales = salesADay * 7 * weeks;
  return [
    { what: 'Starting PostgreSQL', usualMs: USUAL_MS.database },
    { what: 'Making the simulated Bandcamp', usualMs: USUAL_MS.world },
    ...(loads
      ? [
          { what: `Loading ${weeks} weeks of simulated sales`, usualMs: USUAL_MS.aSale * sales },
          { what: 'Storing the last of them', usualMs: USUAL_MS.last },
        ]
      : []),
    { what: 'Starting the service', usualMs: USUAL_MS.service },
  ];
}

/** The steps, told on standard output until that is stopped. */
function tellSteps(plan: readonly Step[]): Steps & Telling {
  const steps = createSteps(plan);
  const { isTTY = false, columns } = process.stdout;
  const workerData: Told = { steps: plan, isTTY, columns };
  const worker = new Worker(new URL('./present/steps-thread.ts', import.meta.url), { workerData });
  worker.unref();
  // The demo goes on without being told of.
  worker.on('error', () => {});
  let told = 0;
  const tell = (news: ToldNews) => worker.postMessage(news);
  return {
    now: steps.now,
    next() {
      steps.next();
      told = 0;
      tell('next');
    },
    at(share) {
      steps.at(share);
      if (share > 0 && share - told < LEAST_NEWS) return;
      told = share;
      tell(share);
    },
    async stop() {
      await worker.terminate();
      liveLine(process.stdout).clear();
    },
  };
}

async function demo(settings: Settings, stopping: AbortSignal): Promise<void> {
  const config = loadConfig();
  const dataDir = join(config.dataDir, 'demo');
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'demo.json');
  await using stack = new AsyncDisposableStack();
  const begun = await begin(file, settings);

  // A folder that has no file yet was not loaded to its end.
  const steps = tellSteps(stepsOf(begun, !(await isLoaded(file))));
  stack.defer(steps.stop);
  const page = await listen(loadingApp(steps.now), config.port);
  stack.defer(page.close);
  const address = config.publicUrl ?? `http://localhost:${page.port}`;
  say(
    `A simulated Bandcamp, ${begun.salesADay.toLocaleString('en')} sales a day: no artist and no sale in ` +
      `it is real.\n${address}/ shows how far it is loaded, then the dashboard.\n`,
  );
  // What takes long to be loaded comes when the page is there.
  const { runDemo } = await import('./demo-run.ts');
  await runDemo({
    config,
    dataDir,
    file,
    begun,
    speed: settings.speed,
    page,
    address,
    steps,
    stopping,
  });
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
    const { checkPublished, checkTable } = await import('./simulation/check.ts');
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
