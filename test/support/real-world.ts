/** The real service in real time: replicas on one database, each with its door to one simulated Bandcamp. */
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { realClock } from '../../src/core/time/clock.ts';
import { DAY } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { type DemoServer, startDemoServer } from '../../src/simulation/server.ts';
import { createWorld, type World } from '../../src/simulation/world.ts';
import { DiscordServer } from './discord-server.ts';
import { ROOT, type RunningProcess, watch } from './process.ts';
import { SIGNING_SECRET } from './slack-requests.ts';
import { type SlackServer, startSlack, TOKENS } from './slack-server.ts';

interface LogEntry {
  at: string;
  level: string;
  event: string;
  [field: string]: unknown;
}

/** An answer of the feed with something in it. */
export interface FeedRead {
  replica: string;
  /** True milliseconds since 1970. */
  at: number;
}

export interface Replica extends RunningProcess {
  name: string;
  /** `http://127.0.0.1:…`. */
  origin: string;
  /** What it logged so far. */
  log(): LogEntry[];
  /** Its own door to Bandcamp, for faults that meet it alone. */
  bandcamp: DemoServer;
}

interface StartOptions {
  name?: string;
  env?: Record<string, string>;
  /** In place of the world's database, such as a proxy before it. */
  databaseUrl?: string;
  /** In place of its own door to Bandcamp. */
  upstreamOrigin?: string;
  /** Where it runs, if not beside the test: a command that runs another, and the address there. */
  elsewhere?: { command: string[]; host: string };
}

export interface RealWorld {
  db: Sql;
  world: World;
  reads: FeedRead[];
  slack: SlackServer;
  discord: DiscordServer;
  replicas: Replica[];
  /** Opens another door to Bandcamp, under a name. */
  door(name: string): Promise<DemoServer>;
  /** Resolves when the replica has begun its work. */
  start(options?: StartOptions): Promise<Replica>;
  close(): Promise<void>;
}

/** A few sales a minute, so that each reading has some, of few artists, so that their pages are soon read. */
const SIZE = { seed: 5, salesADay: 6_000, artists: 300 };
const START_MS = 200_000;
/** One starts at a time: a dozen at once would each take minutes on a small machine. */
let starting: Promise<unknown> = Promise.resolve();

export async function openRealWorld({ db, url }: { db: Sql; url: string }): Promise<RealWorld> {
  const world = createWorld({ ...SIZE, start: realClock.now() - DAY });
  const [slack, discord] = await Promise.all([startSlack(), DiscordServer.start()]);
  const replicas: Replica[] = [];
  const reads: FeedRead[] = [];
  const doors: DemoServer[] = [];

  async function door(replica: string): Promise<DemoServer> {
    const feedResponse: World['feedResponse'] = (...window) => {
      reads.push({ replica, at: Date.now() });
      return world.feedResponse(...window);
    };
    const watched = { page: world.page, feedResponse };
    const opened = await startDemoServer({ world: watched, clock: realClock });
    doors.push(opened);
    return opened;
  }

  return {
    db,
    world,
    reads,
    slack,
    discord,
    replicas,
    door,
    async start({ name = `replica-${replicas.length + 1}`, env = {}, ...options } = {}) {
      const { elsewhere = { command: [], host: '127.0.0.1' } } = options;
      const bandcamp = await door(name);
      const before = starting;
      const started = Promise.withResolvers<void>();
      starting = started.promise;
      await before;
      const running = startService(elsewhere.command, {
        DATABASE_URL: options.databaseUrl ?? url,
        UPSTREAM_ORIGIN: options.upstreamOrigin ?? bandcamp.origin,
        CONTACT: name,
        PORT: '0',
        LOG_LEVEL: 'info',
        LIMIT_QUESTIONS: '10000',
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: TOKENS.bot,
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        DISCORD_API_URL: discord.apiUrl,
        DISCORD_TOKEN: discord.token,
        DISCORD_PUBLIC_KEY: discord.publicKey,
        ...env,
      });
      const replica = { ...running, name, origin: '', log: () => entries(running.stderr()), bandcamp };
      replicas.push(replica);
      const [, port] = await running.waitFor(/localhost:(\d+)/, START_MS).finally(started.resolve);
      replica.origin = `http://${elsewhere.host}:${port}`;
      return replica;
    },
    async close() {
      for (const { child } of replicas) child.kill('SIGCONT');
      await Promise.all(replicas.map(replica => replica.stop('SIGKILL')));
      await Promise.all([...doors.map(opened => opened.close()), slack.close(), discord.stop()]);
    },
  };
}

function startService(command: string[], env: Record<string, string>): RunningProcess {
  const [first = '', ...args] = [...command, process.execPath, 'src/main.ts'];
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return watch(spawn(first, args, { cwd: ROOT, env: { PATH, HOME, LANG, TMPDIR, ...env } }), 'src/main.ts');
}

/** The whole lines of a structured log. */
function entries(text: string): LogEntry[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as LogEntry] : []));
}

/** Resolves to the seconds until it held. @throws when it does not in time */
export async function secondsUntil(
  what: string,
  mostSeconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<number> {
  const began = performance.now();
  for (;;) {
    const seconds = (performance.now() - began) / 1000;
    if (await holds()) return round(seconds);
    if (seconds > mostSeconds) throw new Error(`not within ${mostSeconds} s: ${what}`);
    await delay(100);
  }
}

/** The longest time without a reading of the feed, in seconds, from one true instant (ms) to another. */
export function longestSilence(reads: readonly FeedRead[], from: number, until: number): number {
  const within = reads.map(({ at }) => at).filter(at => at > from && at < until);
  const edges = [from, ...within, until];
  return round(Math.max(...edges.slice(1).map((at, n) => at - (edges[n] ?? at))) / 1000);
}

/** To a tenth. */
export const round = (value: number): number => Math.round(value * 10) / 10;
