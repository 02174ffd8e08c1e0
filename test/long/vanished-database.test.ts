/** A database that vanishes without a reset: the service answers and reads again, and sends nothing twice. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProxyCommand, startDatabaseProxy } from '../support/database-proxy.ts';
import { type OwnPostgres, startPostgres } from '../support/own-postgres.ts';
import { answeredAfter, askTen, probe, slowestMs, statuses } from '../support/probes.ts';
import { type Arrival, arrivals, minuteAfter, shown, subscribeFor } from '../support/real-digests.ts';
import { longestSilence, openRealWorld, type RealWorld, round, secondsUntil } from '../support/real-world.ts';

interface Case {
  name: string;
  /** What befalls it in the moment in which a platform has just accepted a digest. */
  kind: ProxyCommand['kind'];
  millis?: number;
  /** Seconds until new connections work. */
  goneFor?: number;
}

const cases: Case[] = [
  { name: 'old connections say nothing any more', kind: 'vanish' },
  { name: 'for 30 s new ones say nothing, either', kind: 'vanish-wholly', goneFor: 30 },
  { name: 'all connections are reset', kind: 'reset' },
  { name: 'question and answer take 0.4 s longer', kind: 'delay', millis: 200 },
];

interface Facts {
  /** Seconds, from when new connections work. */
  answered: number;
  /** Questions that were asked more than 15 s after that and had no answer within 10 s. */
  unanswered: number;
  silence: number;
  /** From the fault on. */
  readyMs: number;
  ready: number[];
  readyInTheEnd: number;
  healthMs: number;
  health: number[];
  digests: Arrival[];
  shown: number;
  sentAfter: number | string;
  /** How long the end took, and how it ended. */
  stopSeconds: number;
  exit: number | null;
}

/** Two digests of two platforms; resolves when one of them has just been accepted, `befalls` done. */
async function atAcceptance({ db, slack, discord }: RealWorld, befalls: () => void): Promise<void> {
  const due = minuteAfter(Date.now(), 10);
  await subscribeFor(db, due, 'slack');
  await subscribeFor(db, due, 'discord');
  await new Promise<void>(resolve => {
    let done = false;
    const accepted = () => {
      if (!done) befalls();
      done = true;
      resolve();
    };
    slack.onDone = method => method === 'chat.postMessage' && accepted();
    discord.channels.onPosted = accepted;
  });
}

async function observe(postgres: OwnPostgres, { kind, millis, goneFor = 0 }: Case): Promise<Facts> {
  const database = await postgres.newDatabase();
  const proxy = await startDatabaseProxy(database.url);
  const world = await openRealWorld(database);
  try {
    const { origin, child, stop } = await world.start({ databaseUrl: proxy.url });
    await secondsUntil('a first reading', 100, () => world.reads.length > 0);
    const health = probe(() => `${origin}/healthz`, { everyMs: 500, timeoutMs: 10_000 });
    const ready = probe(() => `${origin}/readyz`, { everyMs: 500, timeoutMs: 10_000 });
    // Each another one: what was answered before needs no database.
    const question = (n: number) => `${origin}/api/ask/overview?window=${n + 2}h`;
    await askTen(n => question(500 + n));
    const questions = probe(question, { everyMs: 2_000, timeoutMs: 15_000 });
    await atAcceptance(world, () => proxy.now(kind, millis));
    const began = Date.now();
    await delay(goneFor * 1000);
    if (goneFor > 0) proxy.now('come-back');
    const back = Date.now();
    await delay(130_000);
    const sent = async () => (await arrivals(world)).every(({ state }) => state === 'sent');
    const sentAfter = await secondsUntil('all sent', 180, sent).catch(error => String(error.message));
    const silence = longestSilence(world.reads, back, Date.now());
    await Promise.all([health.stop(), ready.stop(), questions.stop()]);
    const late = questions.samples.filter(({ at }) => at > back + 15_000);
    const stopping = performance.now();
    const exit = child.exitCode ?? (await stop());
    return {
      answered: answeredAfter(questions.samples, back),
      unanswered: late.filter(({ status, tookMs }) => status !== 200 || tookMs > 10_000).length,
      silence,
      readyMs: slowestMs(ready.samples, began),
      ready: statuses(ready.samples, began),
      readyInTheEnd: ready.samples.at(-1)?.status ?? 0,
      healthMs: slowestMs(health.samples, began),
      health: statuses(health.samples, began),
      digests: await arrivals(world),
      shown: shown(world),
      sentAfter: typeof sentAfter === 'number' ? round(130 + sentAfter) : sentAfter,
      stopSeconds: round((performance.now() - stopping) / 1000),
      exit,
    };
  } finally {
    await world.close();
    await proxy.close();
  }
}

let postgres: OwnPostgres;
const runs = new Map<Case, Promise<Facts>>();

beforeAll(async () => {
  postgres = await startPostgres();
  for (const one of cases) {
    const run = observe(postgres, one);
    run.catch(() => {});
    runs.set(one, run);
  }
});
afterAll(async () => {
  await Promise.allSettled(runs.values());
  await postgres.close();
});

test.each(cases)('$name', async one => {
  const facts = (await runs.get(one)) as Facts;
  process.stdout.write(`${one.name}: ${JSON.stringify(facts)}\n`);
  expect.soft(facts.answered).toBeLessThan(15);
  expect.soft(facts.unanswered).toBe(0);
  expect.soft(facts.silence).toBeLessThan(120);
  // Two seconds, and what a busy machine makes of them.
  expect.soft(facts.readyMs).toBeLessThan(3_000);
  expect.soft(facts.ready.filter(status => status !== 200 && status !== 503)).toEqual([]);
  expect.soft(facts.readyInTheEnd).toBe(200);
  expect.soft(facts.healthMs).toBeLessThan(2_000);
  expect.soft(facts.health).toEqual([200]);
  expect.soft(facts.digests.map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect.soft(facts.shown).toBe(2);
  expect.soft(facts.stopSeconds).toBeLessThan(12);
  // Where each step takes longer, what runs may be cut off.
  if (one.kind !== 'delay') expect.soft(facts.exit).toBe(0);
});
