/** The real service over a feed with every fault, killed again and again, and its database with it. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseClock, realClock } from '../../src/core/time/clock.ts';
import { HOUR, type Instant, MINUTE, toIso } from '../../src/core/time/instant.ts';
import { connect, type Sql } from '../../src/db/connect.ts';
import { feedCursor } from '../../src/db/coverage.ts';
import { openEmbedded } from '../../src/db/embedded.ts';
import { missedStretches } from '../../src/db/feed-gaps.ts';
import { type Verified, verify } from '../../src/jobs/verify.ts';
import { silentLog } from '../../src/log.ts';
import type { FaultKind } from '../../src/simulation/faults.ts';
import { type DemoRequests, startDemoServer } from '../../src/simulation/server.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { compareSales, type LiveRun } from './live-feed.ts';
import { type RunningProcess, startNode } from './process.ts';
import { seeded } from './random.ts';

export interface ChaosOptions {
  start: Instant;
  hours: number;
  speed: number;
  kills: number;
  databaseKills: number;
  faults: FaultKind[];
  /** Of each request. */
  rate: number;
  seed: number;
}

export interface ChaosRun extends LiveRun {
  verified: Verified;
  requests: DemoRequests;
  /** Stretches that were given up. */
  gaps: number;
  /** How often each was really killed. */
  killed: { service: number; database: number };
}

/** Resolves when the feed is stored to its end, all faults over. */
export async function runChaos(options: ChaosOptions): Promise<ChaosRun> {
  const { start, hours, speed, seed } = options;
  const world = createWorld({ seed, salesADay: 4_000, artists: 5_000, start: start - 24 * HOUR });
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-chaos-'));
  const port = await freePort();
  const open = () => openEmbedded(folder, silentLog, { settings: { port: String(port) } });
  let server = await open();
  const clockText = `${toIso(start)}@${speed}@${toIso(realClock.now())}`;
  const clock = parseClock(clockText);
  const bandcamp = await startDemoServer({
    world,
    clock,
    faults: [{ kinds: options.faults, rate: options.rate, seed, slowSeconds: 2 }],
  });
  const serve = () =>
    startNode('src/main.ts', [], {
      DATABASE_URL: server.url,
      CLOCK: clockText,
      UPSTREAM_ORIGIN: bandcamp.origin,
      PORT: '0',
      LOG_LEVEL: 'silent',
    });
  let service: RunningProcess = serve();
  let db = connect(server.url, { max: 2 });
  const killed = { service: 0, database: 0 };
  try {
    const until = start + hours * HOUR;
    const random = seeded(seed);
    const times = (many: number, kill: 'service' | 'database') =>
      Array.from({ length: many }, () => ({ kill, at: start + (0.02 + 0.93 * random()) * hours * HOUR }));
    const plan = [...times(options.kills, 'service'), ...times(options.databaseKills, 'database')];
    for (const { kill, at } of plan.sort((a, b) => a.at - b.at)) {
      await delay(Math.max(0, (at - clock.now()) / speed / 1000));
      if (kill === 'database') {
        await killDatabase(db);
        // It has nothing left to leave.
        await server.leave().catch(() => {});
        server = await open();
        db = connect(server.url, { max: 2 });
      } else await service.stop('SIGKILL');
      killed[kill] += 1;
      // What the database's end has ended is started again by whoever runs it, as what was killed.
      if (kill === 'service' || service.child.exitCode !== null) service = serve();
    }
    await delay(Math.max(0, (until - clock.now()) / speed / 1000));
    bandcamp.setFaults([]);
    await untilStored(db, until, () => {
      if (service.child.exitCode !== null) service = serve();
    });
    await service.stop();
    const [row] = await db<{ gaps: number }[]>`select count(*) as gaps from feed_gap`;
    return {
      ...(await compareSales(db, world, start, until)),
      verified: await verify({ db }),
      requests: bandcamp.requests(),
      gaps: row?.gaps ?? 0,
      killed,
    };
  } finally {
    await service.stop('SIGKILL');
    await bandcamp.close();
    await db.end({ timeout: 1 });
    await server.leave();
    await rm(folder, { recursive: true, force: true });
  }
}

async function untilStored(db: Sql, until: Instant, watch: () => void): Promise<void> {
  for (;;) {
    const cursor = await feedCursor(db).catch(() => null);
    if (cursor !== null && cursor >= until + MINUTE && (await missedStretches(db)).length === 0) return;
    watch();
    await delay(200);
  }
}

/** As power does: the server's first process, which takes all others with it. */
async function killDatabase(db: Sql): Promise<void> {
  const [row] = await db<{ folder: string }[]>`select current_setting('data_directory') as folder`;
  const [pid] = (await readFile(join(row?.folder ?? '', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await db.end({ timeout: 0 }).catch(() => {});
}

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
