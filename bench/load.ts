/** How the service of a checkout stands many requests at once: waiting, memory, what holds its event loop. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UserError } from '../src/core/errors.ts';
import { type Platforms, startPlatforms } from './load-chats.ts';
import { commitOf, type History, openCopy, openHistory } from './load-data.ts';
import { chatsFigures, crowdFigures, type Figure, rowsOf } from './load-figures.ts';
import { type ChatsMeasured, type Crowd, type CrowdMeasured, chatsPhase, crowdPhase } from './load-phases.ts';
import { causesOf, causeText } from './load-profile.ts';
import { startService, type Turn } from './load-service.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BLOCK_MS = 100;
const CAUSES = 25;
/** As long as what is quoted may be, so that the table stays narrow; JSON has more. */
const WORDS = 90;

interface Phase {
  title: string;
  /** Of requests; commands without. */
  crowd?: Crowd;
}

const PHASES: Record<string, Phase> = {
  one: {
    title: '40 charts, 20 reports, 200 questions at once, from one address',
    crowd: { charts: 40, reports: 20, proxied: false },
  },
  own: {
    title: 'the same, each from an address of its own',
    crowd: { charts: 40, reports: 20, proxied: true },
  },
  chats: { title: '200 chat commands at once, 100 by each platform' },
  // To see what else blocks.
  questions: {
    title: '200 questions alone, each from an address of its own',
    crowd: { charts: 0, reports: 0, proxied: true },
  },
};
const USUAL = 'one,own,chats';
/** How many proxies append to `X-Forwarded-For`. */
const BEHIND_PROXY = { TRUSTED_PROXIES: '1' };

interface Told {
  phase: string;
  title: string;
  quiet: boolean;
  /** By which clock signatures were judged. */
  signed: Record<string, string>;
  /** Runnable processes in the last minute, before and after. */
  machine: [number, number];
  platformsLagMs: number;
  figures: Figure[];
  complaints: Record<string, number>;
  examples: string[];
  ended?: string | undefined;
}

/**
 * @param args `--checkout FOLDER` of another version (this one unless given), `--keep FOLDER` where the
 * loaded history stays, `--json FILE`, `--phases one,own,chats` (or `questions`), and `--profile FOLDER` for
 * a `.cpuprofile` of each phase and the causes of its longest blocks (which then take longer)
 */
export async function loadBench(args: string[]): Promise<string[][]> {
  const text = { type: 'string' } as const;
  const options = { checkout: text, keep: text, json: text, profile: text, phases: text };
  const { values } = parseArgs({ args, options });
  const checkout = resolve(values.checkout ?? ROOT);
  const phases = (values.phases ?? USUAL).split(',');
  const unknown = phases.find(phase => !Object.hasOwn(PHASES, phase));
  if (unknown !== undefined)
    throw new UserError(`There is no phase "${unknown}".`, `Use some of ${Object.keys(PHASES).join(', ')}.`);
  const profiles = values.profile && resolve(values.profile);
  if (profiles) await mkdir(profiles, { recursive: true });

  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-load-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  const history = await openHistory(resolve(values.keep ?? join(folder, 'history')), checkout);
  const server = await openCopy(resolve(values.keep ?? join(folder, 'history')), folder);
  stack.defer(() => server.leave());
  // Ctrl-C would else leave the server behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stack.disposeAsync().finally(() => process.exit(1)));
  const clock = `${history.until}@1@${new Date().toISOString()}`;
  const platforms = await startPlatforms({ clock, world: history.world });
  stack.defer(async () => platforms.close());

  const told: Told[] = [];
  for (const phase of phases) {
    const profile = profiles && join(profiles, `${phase}.cpuprofile`);
    const env = { ...platforms.env, DATABASE_URL: server.url };
    told.push(await runPhase({ phase, checkout, folder, env, platforms, history, profile }));
  }
  const commit = await commitOf(checkout);
  if (values.json) await writeFile(values.json, JSON.stringify({ commit, history, phases: told }, null, 2));
  return [
    [`load: ${commit}, ${availableParallelism()} cores for all of it`, 'measured', 'limit', 'of it'],
    ...told.flatMap(one => [...rowsOf(one.title, one.figures), ...aside(one)]),
  ];
}

interface PhaseOptions {
  phase: string;
  checkout: string;
  folder: string;
  env: Record<string, string>;
  platforms: Platforms;
  history: History;
  profile: string | undefined;
}

/** A phase has a process of its own, so that its peak of memory is its own, and nothing is remembered. */
async function runPhase(options: PhaseOptions): Promise<Told> {
  const { phase, checkout, folder, env, platforms, history, profile } = options;
  const { title, crowd } = PHASES[phase] as Phase;
  process.stderr.write(`${title} …\n`);
  const own = { folder: join(folder, phase), env: { ...env, ...(crowd?.proxied && BEHIND_PROXY) } };
  const service = await startService({ checkout, profile, ...own });
  const measure = async () => {
    const signed = await platforms.meet(service.origin);
    const quiet = await service.quiet();
    await platforms.forget();
    const before = loadavg()[0] ?? 0;
    const stage = { service, platforms, history };
    const measured = crowd ? await crowdPhase(stage, crowd) : await chatsPhase(stage);
    const machine: Told['machine'] = [before, loadavg()[0] ?? 0];
    return { measured, signed, quiet, machine, platformsLagMs: await platforms.forget() };
  };
  const { measured, ...about } = await measure().finally(service.stop);
  if (profile) await tellCauses(profile, checkout, measured.turns);
  return {
    phase,
    title,
    ...about,
    complaints: measured.complaints,
    examples: examplesOf(measured),
    ended: measured.ended,
    figures: 'sent' in measured ? chatsFigures(measured) : crowdFigures(measured),
  };
}

/** On stderr, and beside the profile. */
async function tellCauses(profile: string, checkout: string, turns: readonly Turn[]): Promise<void> {
  const causes = await causesOf(profile, checkout, turns, { longerMs: BLOCK_MS, most: CAUSES });
  const text = `${causes.map(causeText).join('\n')}\n`;
  process.stderr.write(text);
  await writeFile(profile.replace(/\.cpuprofile$/, '.txt'), text);
}

/** What helps to judge the figures: how quiet it was, whose lag is in them, what was logged. */
function aside({ quiet, machine, platformsLagMs, signed, complaints, examples, ended }: Told): string[][] {
  const load = machine.map(one => one.toFixed(1));
  const lag = Math.round(platformsLagMs);
  const logged = Object.entries(complaints).map(([event, count]) => `${event} ${count}`);
  return [
    [`  the service was ${quiet ? 'quiet' : 'not quiet'} before; load of the machine ${load.join(' → ')}`],
    [`  lag of Slack and Discord themselves at most ${lag} ms; signed by ${signed.slack} time`],
    ...(logged.length > 0 ? [[`  logged: ${logged.join(', ')}`]] : []),
    ...(ended === undefined ? [] : [[`  it ended with: ${ended.slice(0, WORDS)}`]]),
    ...examples.map(example => [`  such as: ${example.slice(0, WORDS)}`]),
  ];
}

function examplesOf(measured: CrowdMeasured | ChatsMeasured): string[] {
  if ('sent' in measured) return measured.chats.examples;
  const wrong = Object.values(measured.answered)
    .flat()
    .filter(({ status }) => status !== 200 && status !== 429 && status !== 503);
  const lines = wrong.map(({ path, status = '', words = '' }) => `${path}: ${status} ${words}`.slice(0, 200));
  return lines.slice(0, 5);
}
