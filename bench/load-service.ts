/** The service of a checkout as a process of its own, its memory and its main thread's time. */
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startNode } from '../test/support/process.ts';

const START_MS = 120_000;
const MEMORY_EVERY_MS = 50;
/** The first tick comes within a minute of the start and reads the feed; what is kept is then made anew. */
const RING_WITHIN_MS = 75_000;
const QUIET_WITHIN_MS = 180_000;
/** Three looks in a row at no more than this share of a core. */
const QUIET_SHARE = 0.05;
const QUIET_LOOKS = 3;
const LOOK_MS = 2_000;
const STOP_MS = 20_000;
/** `/proc` counts the processor's time in hundredths of a second. */
const TICK_MS = 10;

/** A stretch of microseconds of the monotonic clock, which all processes of a machine share. */
export interface Stretch {
  from: number;
  until: number;
}

/** What the main thread did from one turn of its timers to the next. */
export interface Turn {
  /** Its end, microseconds of the monotonic clock. */
  at: number;
  /** Of the processor, and that passed. */
  usedMs: number;
  passedMs: number;
}

export interface Memory {
  /** While it was looked at, each 50 ms. */
  peakMb: number;
  /** Of the whole life so far, as the kernel has it. */
  highestMb: number;
}

export interface Service {
  origin: string;
  /** Whether it still runs. */
  runs(): boolean;
  /** Resolves once the first tick's work is done, or after some minutes all the same: false. */
  quiet(): Promise<boolean>;
  /** Looks at the memory until it is called again. */
  watchMemory(): () => Memory;
  turns(within: Stretch): Promise<Turn[]>;
  /** How often each event of level warn or error was logged since the last time. */
  complaints(): Record<string, number>;
  /** The last that it said on stderr that is no event, as where it failed. */
  lastWords(): string;
  stop(): Promise<void>;
}

export const monotonic = (): number => Number(process.hrtime.bigint() / 1000n);

interface ServiceOptions {
  checkout: string;
  /** For what it writes; also its working directory, where no `.env` lies. */
  folder: string;
  env: Record<string, string>;
  /** Where the main thread's `.cpuprofile` is to lie after the end. */
  profile?: string | undefined;
}

export async function startService({ checkout, folder, env, profile }: ServiceOptions): Promise<Service> {
  await mkdir(folder, { recursive: true });
  const watched = join(folder, 'turns');
  const profiles = join(folder, 'profiles');
  const preload = `--import=${new URL('load-watch.ts', import.meta.url).href}`;
  const service = startNode(
    join(checkout, 'src/main.ts'),
    [],
    {
      ...env,
      PORT: '0',
      LOG_LEVEL: 'warn',
      LOAD_WATCH: watched,
      NODE_OPTIONS: profile ? `${preload} --cpu-prof --cpu-prof-dir=${profiles}` : preload,
    },
    folder,
  );
  const kill = () => void service.child.kill('SIGKILL');
  process.once('exit', kill);
  const [, port] = await service.waitFor(/dashboard +http:\/\/localhost:(\d+)\/[\s\S]*charts/, START_MS);
  const origin = `http://127.0.0.1:${port}`;
  const pid = service.child.pid as number;
  const runs = () => service.child.exitCode === null && service.child.signalCode === null;
  const megabytes = (key: 'VmRSS' | 'VmHWM'): number => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  };

  async function quiet(): Promise<boolean> {
    const deadline = performance.now() + QUIET_WITHIN_MS;
    const tick = performance.now() + RING_WITHIN_MS;
    const first = await readUntil(origin);
    while (performance.now() < tick && (await readUntil(origin)) === first) await delay(500);
    let looks = 0;
    while (looks < QUIET_LOOKS && performance.now() < deadline) {
      const before = processorMs(pid);
      await delay(LOOK_MS);
      looks = processorMs(pid) - before <= QUIET_SHARE * LOOK_MS ? looks + 1 : 0;
    }
    return looks === QUIET_LOOKS;
  }

  function watchMemory(): () => Memory {
    let [peakMb, highestMb] = [0, 0];
    const look = () => {
      peakMb = Math.max(peakMb, megabytes('VmRSS'));
      highestMb = Math.max(highestMb, megabytes('VmHWM'));
    };
    const timer = setInterval(look, MEMORY_EVERY_MS);
    return () => {
      look();
      clearInterval(timer);
      return { peakMb, highestMb };
    };
  }

  async function turns({ from, until }: Stretch): Promise<Turn[]> {
    const lines = (await readFile(watched, 'utf8')).trim().split('\n');
    return lines.flatMap(line => {
      const [at = 0, used = 0, passed = 0] = line.split(' ').map(Number);
      return at >= from && at - passed <= until ? [{ at, usedMs: used / 1000, passedMs: passed / 1000 }] : [];
    });
  }

  let told = 0;
  function complaints(): Record<string, number> {
    const counts: Record<string, number> = {};
    const lines = service.stderr().slice(told);
    told += lines.length;
    for (const [, event = ''] of lines.matchAll(/^\{"at":"[^"]*","level":"[^"]*","event":"([^"]*)"/gm))
      counts[event] = (counts[event] ?? 0) + 1;
    return counts;
  }

  const lastWords = (): string => {
    const lines = service.stderr().split('\n');
    return lines.filter(line => line && !line.startsWith('{"at"')).join(' | ');
  };

  async function stop(): Promise<void> {
    const late = setTimeout(kill, STOP_MS);
    await service.stop();
    clearTimeout(late);
    process.off('exit', kill);
    if (!profile) return;
    // `CPU.<date>.<time>.<pid>.<thread>.<number>.cpuprofile`; the main thread is 0.
    const main = (await readdir(profiles).catch(() => [])).find(name => name.includes(`.${pid}.0.`));
    if (main) await rename(join(profiles, main), profile);
  }

  return { origin, runs, quiet, watchMemory, turns, complaints, lastWords, stop };
}

/** What `/readyz` says of the newest minute that was read. */
async function readUntil(origin: string): Promise<unknown> {
  const response = await fetch(`${origin}/readyz`).catch(() => undefined);
  return ((await response?.json().catch(() => undefined)) as { readUntil?: unknown } | undefined)?.readUntil;
}

/** Of all threads, in user and system mode. */
function processorMs(pid: number): number {
  const [, rest = ''] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
