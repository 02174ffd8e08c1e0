/** Wrong wall clocks: the feed is read each minute, digests come at theirs, signatures hold. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../../src/core/time/clock.ts';
import { HOUR, MINUTE } from '../../src/core/time/instant.ts';
import { FAKETIME, type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { type OwnPostgres, startPostgres } from '../support/own-postgres.ts';
import { type Arrival, arrivals, minuteAfter, shown, subscribeFor } from '../support/real-digests.ts';
import {
  longestSilence,
  openRealWorld,
  type RealWorld,
  type Replica,
  round,
  secondsUntil,
} from '../support/real-world.ts';
import { sendJson } from '../support/slack-requests.ts';

const HOURS = 3600;
const DAYS = 24 * HOURS;

interface Case {
  name: string;
  /** Seconds by which the wrong clock is ahead. */
  ahead: number;
  /** For how long, in seconds. */
  wrongFor: number;
  /** It starts so; otherwise it starts right and is stepped. */
  fromStart?: boolean;
  /** Beside it runs a replica with a right clock; in the end the wrong one is stopped, not put right. */
  beside?: boolean;
}

/** Enough that a tick by this clock comes before the minute that it is for. */
const A_BIT = 0.3;
const BESIDE = { wrongFor: 110, fromStart: true, beside: true };
const cases: Case[] = [
  { name: 'an hour back and forth', ahead: -HOURS, wrongFor: 115 },
  { name: 'an hour ahead and back', ahead: HOURS + A_BIT, wrongFor: 115 },
  { name: 'three days ahead for a minute', ahead: 3 * DAYS, wrongFor: 70 },
  { name: 'a start an hour late', ahead: -HOURS, wrongFor: 115, fromStart: true },
  { name: 'a start three days ahead', ahead: 3 * DAYS + A_BIT, wrongFor: 115, fromStart: true },
  { name: 'a replica two hours ahead, then stopped', ahead: 2 * HOURS, ...BESIDE },
  { name: 'a replica two hours late, then stopped', ahead: -2 * HOURS, ...BESIDE },
];

interface Facts {
  /** Longest time without a reading, seconds. */
  silence: number;
  /** Seconds until a request that Slack or Discord signed just now was accepted. */
  slackAccepted: number | string;
  discordAccepted: number | string;
  /** Status of a request that was signed by the wrong clock. */
  stale: number;
  digests: Arrival[];
  /** Ids of the subscriptions that are due. */
  wanted: number[];
  shown: number;
  /** Events in which the wrong replica says that its clock is. */
  saysSo: string[];
  /** It lived to the end. */
  alive: boolean;
  seconds: number;
}

const signedForSlack = async ({ origin }: Replica, secondsOff = 0): Promise<number> => {
  const timestamp = Math.floor(Date.now() / 1000 + secondsOff);
  const body = { type: 'url_verification', challenge: 'c' };
  return (await sendJson(realClock, origin, body, { timestamp })).status;
};
const signedForDiscord = async ({ discord }: RealWorld, { origin }: Replica): Promise<number> =>
  (await discord.post(`${origin}/discord/interactions`, { type: 1 })).status;

/** Seconds until it is 200, or the last that came of it. */
async function accepted(status: () => Promise<number>): Promise<number | string> {
  let last: unknown;
  return secondsUntil('accepted', 70, async () => {
    last = await status().catch(error => error.cause?.code ?? error.message);
    if (last !== 200) await delay(1_000);
    return last === 200;
  }).catch(error => `${error.message}, but ${last}`);
}

/** Away from the whole minute, at which everything ticks. */
const toQuarterPast = () => delay((75_000 - (Date.now() % 60_000)) % 60_000);
const toInstant = (millis: number) => delay(Math.max(0, millis - Date.now()));

/** Those due while the clock is wrong and after it; and two that are not: in half an hour, tomorrow. */
async function subscribe({ db }: RealWorld, begun: number, wrongFor: number): Promise<number[]> {
  await subscribeFor(db, minuteAfter(begun, 1800), 'slack');
  await subscribeFor(db, minuteAfter(begun, 0) + 23 * HOUR, 'discord');
  const due = [
    await subscribeFor(db, minuteAfter(begun, 40), 'slack'),
    await subscribeFor(db, minuteAfter(begun, 40) + MINUTE, 'discord'),
    await subscribeFor(db, minuteAfter(begun, wrongFor + 55), 'slack'),
  ];
  return due.map(({ id }) => id);
}

async function observe(postgres: OwnPostgres, { ahead, wrongFor, fromStart, beside }: Case): Promise<Facts> {
  const world = await openRealWorld(await postgres.newDatabase());
  const clock: FakeClock = await fakeClock(fromStart ? ahead : 0);
  const started = performance.now();
  try {
    const wrong = await world.start({ name: 'wrong', env: clock.env });
    await secondsUntil('a first reading', 100, () => world.reads.length > 0);
    if (beside) await world.start({ name: 'right' });
    await toQuarterPast();
    const begun = Date.now();
    const wanted = await subscribe(world, begun, wrongFor);
    if (!fromStart) await clock.step(ahead);
    const [slackAccepted, discordAccepted] = await Promise.all([
      accepted(() => signedForSlack(wrong)),
      accepted(() => signedForDiscord(world, wrong)),
    ]);
    const stale = await signedForSlack(wrong, ahead).catch(() => 0);
    await toInstant(begun + wrongFor * 1000);
    const alive = wrong.child.exitCode === null;
    const saysSo = wrong.log().filter(({ event, level }) => /clock/.test(event) && level !== 'info');
    if (beside) await wrong.stop();
    else await clock.step(0);
    const ended = Date.now();
    await toInstant(ended + (beside ? 130_000 : 75_000));
    const sent = async () => (await arrivals(world)).filter(({ state }) => state === 'sent');
    await secondsUntil('all digests', 60, async () => (await sent()).length >= wanted.length).catch(() => {});
    return {
      silence: longestSilence(world.reads, begun, Date.now()),
      slackAccepted,
      discordAccepted,
      stale,
      digests: await arrivals(world),
      wanted,
      shown: shown(world),
      saysSo: [...new Set(saysSo.map(({ event }) => event))],
      alive,
      seconds: round((performance.now() - started) / 1000),
    };
  } finally {
    await world.close();
    await clock.remove();
  }
}

describe.skipIf(!FAKETIME)('a wall clock that is wrong (needs libfaketime, of the package faketime)', () => {
  let postgres: OwnPostgres;
  const runs = new Map<Case, Promise<Facts>>();

  // Side by side: what takes the time is waiting for minutes.
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
    const { wanted, digests, ...figures } = facts;
    process.stdout.write(`${one.name}: ${JSON.stringify({ ...figures, digests })}\n`);
    expect.soft(facts.alive).toBe(true);
    // A tick a minute, and what a busy machine takes for it; two minutes where another replica has to notice.
    expect.soft(facts.silence).toBeLessThan(one.beside ? 120 : 90);
    expect.soft(facts.slackAccepted).toBeLessThan(65);
    expect.soft(facts.discordAccepted).toBeLessThan(65);
    expect.soft(facts.stale).toBe(401);
    expect.soft(facts.saysSo).not.toEqual([]);
    expect.soft(digests.map(({ subscription }) => subscription)).toEqual(wanted);
    expect.soft(digests.filter(({ state }) => state !== 'sent')).toEqual([]);
    const late = digests.map(({ lateSeconds }) => lateSeconds ?? Number.NaN);
    expect.soft(late.filter(seconds => !(seconds > -1 && seconds < 60))).toEqual([]);
    expect.soft(facts.shown).toBe(wanted.length);
  });
});
