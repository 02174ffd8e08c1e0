/** Replicas that freeze and jobs that hang: others go on, jobs end and say so, and nothing is done twice. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realClock } from '../../src/core/time/clock.ts';
import { MINUTE } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { feedCursor } from '../../src/db/coverage.ts';
import { startDemoServer } from '../../src/simulation/server.ts';
import { compareSales } from '../support/live-feed.ts';
import { type OwnPostgres, startPostgres } from '../support/own-postgres.ts';
import { probe, slowestMs, statuses } from '../support/probes.ts';
import { arrivals, minuteAfter, shown, subscribeFor } from '../support/real-digests.ts';
import { openRealWorld, type RealWorld, type Replica, round, secondsUntil } from '../support/real-world.ts';

type Facts = Record<string, unknown>;

/** Of the feed's reading, and what a busy machine adds. */
const JOB_LIMIT_S = 340;

const now = () => Date.now() * 1000;
const secondsSince = (began: number) => round((performance.now() - began) / 1000);
const failed = (error: Error) => error.message;

/** Sends SIGTERM; resolves to how it ended and after how many seconds. */
async function end(replica: Replica): Promise<[number | null, number]> {
  const began = performance.now();
  return [await replica.stop(), secondsSince(began)];
}

/** Seconds until a window was stored that ends after an instant. */
const storedBeyond = (db: Sql, instant: number, mostSeconds: number) =>
  secondsUntil('stored', mostSeconds, async () => ((await feedCursor(db)) ?? 0) > instant).catch(failed);

/** Locks a table from outside, as a migration by hand or a `vacuum full` does; returns what frees it. */
async function lockTable(db: Sql, mode: 'share' | 'access exclusive'): Promise<() => Promise<void>> {
  await db`select ensure_sale_partition(now())`;
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holder = db.begin(async tx => {
    await tx.unsafe(`lock table sale in ${mode} mode`);
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  return async () => {
    release.resolve();
    await holder;
  };
}

async function twoReplicas(postgres: OwnPostgres, work: (world: RealWorld) => Promise<Facts>) {
  const world = await openRealWorld(await postgres.newDatabase());
  try {
    await Promise.all([world.start({ name: 'one' }), world.start({ name: 'other' })]);
    return await work(world);
  } finally {
    await world.close();
  }
}

/** What `freeze` has frozen is replaced, and does no harm when it goes on. */
const frozenReader = (postgres: OwnPostgres, freeze: (world: RealWorld) => Promise<Replica>) =>
  twoReplicas(postgres, async world => {
    const { db } = world;
    await secondsUntil('a first reading', 100, async () => (await feedCursor(db)) !== null);
    const frozen = await freeze(world);
    const replaced = await storedBeyond(db, now(), 240);
    frozen.child.kill('SIGCONT');
    const isReady = async () => (await fetch(`${frozen.origin}/readyz`)).status === 200;
    const ready = await secondsUntil('ready', 60, isReady).catch(failed);
    const goesOn = await storedBeyond(db, now(), 150);
    // What is published late may come with the next window.
    const { stored, wanted } = await compareSales(db, world.world, 0, now() - 3 * MINUTE);
    const missing = wanted.filter(line => !stored.includes(line)).length;
    const surplus = stored.filter(line => !wanted.includes(line)).length;
    const ends = await Promise.all(world.replicas.map(end));
    return { replaced, ready, goesOn, sales: stored.length, missing, surplus, ends };
  });

/** Whoever asks the feed next is frozen while it waits for the answer. */
async function whileItAsks({ replicas }: RealWorld): Promise<Replica> {
  const asked = (replica: Replica) => replica.bandcamp.requests().feed;
  const before = new Map(replicas.map(replica => [replica, asked(replica)]));
  for (const { bandcamp } of replicas) bandcamp.setFaults([{ kinds: ['time-out'], on: 'feed' }]);
  const asks = () => replicas.find(replica => asked(replica) > (before.get(replica) ?? 0));
  await secondsUntil('somebody asks', 100, () => asks() !== undefined);
  const frozen = asks() as Replica;
  frozen.child.kill('SIGSTOP');
  for (const { bandcamp } of replicas) bandcamp.setFaults([]);
  return frozen;
}

/** Whoever loads next is frozen in the middle of its transaction. */
async function whileItLoads({ db, reads, replicas }: RealWorld): Promise<Replica> {
  const letGo = await lockTable(db, 'share');
  await secondsUntil('somebody loads', 100, async () => {
    const [row] = await db<{ waits: boolean }[]>`
      select exists (select from pg_stat_activity where datname = current_database()
        and wait_event_type = 'Lock' and query ilike '%insert into sale %') as waits`;
    return row?.waits ?? false;
  });
  const reader = reads.at(-1)?.replica;
  const frozen = replicas.find(({ name }) => name === reader) as Replica;
  frozen.child.kill('SIGSTOP');
  await letGo();
  return frozen;
}

/** Whoever delivers is frozen when a platform has just accepted its digest; the other one was until then. */
const frozenDeliverer = (postgres: OwnPostgres) =>
  twoReplicas(postgres, async world => {
    const [one, other] = world.replicas as [Replica, Replica];
    const due = minuteAfter(Date.now(), 10);
    await subscribeFor(world.db, due, 'slack');
    await subscribeFor(world.db, due, 'discord');
    await delay(due / 1000 - Date.now() - 5_000);
    other.child.kill('SIGSTOP');
    await new Promise<void>(resolve => {
      const accepted = () => {
        one.child.kill('SIGSTOP');
        resolve();
      };
      world.slack.onDone = method => method === 'chat.postMessage' && accepted();
      world.discord.channels.onPosted = accepted;
    });
    world.slack.onDone = () => {};
    world.discord.channels.onPosted = () => {};
    other.child.kill('SIGCONT');
    const sent = async () => (await arrivals(world)).every(({ state }) => state === 'sent');
    const replaced = await secondsUntil('both sent', 240, sent).catch(failed);
    one.child.kill('SIGCONT');
    await delay(70_000);
    const ledger = (await arrivals(world)).map(({ state }) => state);
    return { replaced, ledger, shown: shown(world), ends: await Promise.all(world.replicas.map(end)) };
  });

const saysStalled = ({ log }: Replica) => log().some(({ event }) => event === 'feed-stalled');
const measuresStalled = async ({ origin }: Replica) =>
  /feed_stalled 1/.test(await (await fetch(`${origin}/metrics`)).text());
/** Events that tell of an ingest that took too long. */
const timeOuts = ({ log }: Replica): string[] =>
  log().flatMap(entry => {
    const text = JSON.stringify(entry);
    const timedOut = /timed?.?(out|limit)|too long|longer than/i.test(text);
    const told = entry.level !== 'info' && /ingest/.test(text) && timedOut;
    return told ? [entry.event] : [];
  });

/** A table is locked from before the start on; the feed was read until nine and a half minutes ago. */
async function lockedTable(postgres: OwnPostgres): Promise<Facts> {
  const database = await postgres.newDatabase();
  const { db } = database;
  await db`insert into window_read (from_at, until_at, source, read_at)
    values (${now() - 20 * MINUTE}, ${now() - 9.5 * MINUTE}, 'feed', ${now()})`;
  const letGo = await lockTable(db, 'access exclusive');
  const world = await openRealWorld(database);
  try {
    const start = (name: string) => world.start({ name });
    const [one, other] = await Promise.all([start('one'), start('other')]);
    const both = [one, other];
    const health = probe(() => `${one.origin}/healthz`, { everyMs: 500, timeoutMs: 10_000 });
    const ready = probe(() => `${one.origin}/readyz`, { everyMs: 500, timeoutMs: 10_000 });
    const stalled = await secondsUntil('both say so', 240, () => both.every(saysStalled)).catch(failed);
    const measured = await Promise.all(both.map(measuresStalled));
    const timedOut = () => both.some(one => timeOuts(one).length > 0);
    const ended = await secondsUntil('a time-out', JOB_LIMIT_S, timedOut).catch(failed);
    const [exit, seconds] = await end(other);
    await Promise.all([health.stop(), ready.stop()]);
    await letGo();
    const goesOn = await storedBeyond(db, now() - 2 * MINUTE, 150);
    const recovers = () => one.log().some(({ event }) => event === 'feed-recovered');
    const recovered = await secondsUntil('recovered', 100, recovers).catch(failed);
    return {
      stalled,
      measured,
      ended,
      goesOn,
      recovered,
      timeOuts: [...new Set(both.flatMap(timeOuts))],
      readyMs: slowestMs(ready.samples, 0),
      ready: statuses(ready.samples, 0),
      healthMs: slowestMs(health.samples, 0),
      health: statuses(health.samples, 0),
      ends: [[exit, seconds], await end(one)],
    };
  } finally {
    await letGo();
    await world.close();
  }
}

/** Answers that never end: each is begun, and its connection stays open. */
const endless: Record<string, (response: ServerResponse) => void> = {
  nothing: () => {},
  headers: response => void response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders(),
  drops: response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const dropping = setInterval(() => response.write(' '), 1_000);
    response.once('close', () => clearInterval(dropping));
  },
};

async function endlessUpstream(postgres: OwnPostgres): Promise<Facts> {
  const world = await openRealWorld(await postgres.newDatabase());
  const { db } = world;
  const bandcamp = await startDemoServer({ world: world.world, clock: realClock });
  let kind = 'nothing';
  let asked = 0;
  const upstream = createServer((incoming: IncomingMessage, response) => {
    const isFeed = incoming.url?.includes('salesfeed');
    if (isFeed) asked += 1;
    const answer = isFeed && endless[kind];
    if (answer) return answer(response);
    const { url: path, headers } = incoming;
    request(bandcamp.origin, { path, headers }, real => {
      response.writeHead(real.statusCode ?? 502, real.headers);
      real.pipe(response);
    }).end();
  });
  await once(upstream.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = upstream.address() as AddressInfo;
    const replica = await world.start({ upstreamOrigin: `http://127.0.0.1:${port}` });
    const ends: Facts = {};
    for (kind of Object.keys(endless)) {
      const before = asked;
      await db`update feed_reading set failures = 0, next_at = null`;
      await secondsUntil(`asked for ${kind}`, 100, () => asked > before);
      ends[kind] = await secondsUntil('an end', 60, async () => {
        const [row] = await db<{ failures: number }[]>`select failures from feed_reading`;
        return (row?.failures ?? 0) > 0;
      }).catch(failed);
    }
    kind = 'none';
    await db`update feed_reading set failures = 0, next_at = null`;
    const goesOn = await storedBeyond(db, now() - 2 * MINUTE, 120);
    return { ...ends, goesOn, ends: [await end(replica)] };
  } finally {
    await world.close();
    upstream.closeAllConnections();
    upstream.close();
    await bandcamp.close();
  }
}

const cases: [string, (postgres: OwnPostgres) => Promise<Facts>, Facts][] = [
  [
    'a replica that freezes while it asks the feed',
    postgres => frozenReader(postgres, whileItAsks),
    { replaced: below(120), ready: below(30), goesOn: below(90), missing: 0, surplus: 0 },
  ],
  [
    'a replica that freezes in the middle of a load',
    postgres => frozenReader(postgres, whileItLoads),
    { replaced: below(120), ready: below(30), goesOn: below(90), missing: 0, surplus: 0 },
  ],
  [
    'a replica that freezes when a platform has accepted its digest',
    frozenDeliverer,
    { replaced: below(150), ledger: ['sent', 'sent'], shown: 2 },
  ],
  [
    'a table that is locked for minutes',
    lockedTable,
    {
      stalled: below(180),
      measured: [true, true],
      ended: below(JOB_LIMIT_S),
      goesOn: below(120),
      recovered: below(90),
      readyMs: below(3_000),
      healthMs: below(2_000),
      health: [200],
    },
  ],
  [
    'an upstream whose answers never end',
    endlessUpstream,
    { nothing: below(30), headers: below(30), drops: below(30), goesOn: below(120) },
  ],
];

function below(limit: number) {
  return expect.toSatisfy((value: unknown) => typeof value === 'number' && value < limit, `below ${limit}`);
}

let postgres: OwnPostgres;
const runs = new Map<string, Promise<Facts>>();

// Side by side: what takes the time is waiting for minutes.
beforeAll(async () => {
  postgres = await startPostgres();
  for (const [name, work] of cases) {
    const run = work(postgres);
    run.catch(() => {});
    runs.set(name, run);
  }
});
afterAll(async () => {
  await Promise.allSettled(runs.values());
  await postgres.close();
});

test.each(cases)('%s', async (name, _, wanted) => {
  const { ends, ...facts } = (await runs.get(name)) as Facts & { ends: [number | null, number][] };
  process.stdout.write(`${name}: ${JSON.stringify({ ...facts, ends })}\n`);
  expect.soft(facts).toMatchObject(wanted);
  // Also where a job hangs, a stop is over in some ten seconds.
  expect.soft(ends.filter(([, seconds]) => seconds > 12)).toEqual([]);
});
