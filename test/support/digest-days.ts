/**
 * Days of digests in simulated time: who is subscribed, how processes are killed, and what must have arrived
 * in the end.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { HOUR, type Instant, MINUTE } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { putSubscription, type Subscription } from '../../src/db/subscriptions.ts';
import { dueWithin } from '../../src/digests/rhythms.ts';
import { DISCORD_CHANNELS } from './discord-channels.ts';
import type { RunningProcess } from './process.ts';
import { seeded } from './random.ts';
import type { Simulation } from './simulation.ts';
import { CHANNELS } from './slack-server.ts';

const places = [
  { platform: 'slack', tenant: 'T0TEST', target: CHANNELS.member, localTime: '09:00', zone: 'Europe/Berlin' },
  {
    platform: 'slack',
    tenant: 'T1TEST',
    target: CHANNELS.member,
    localTime: '18:30',
    zone: 'Asia/Kathmandu',
  },
  {
    platform: 'discord',
    tenant: '11',
    target: DISCORD_CHANNELS.open,
    localTime: '02:30',
    zone: 'Europe/Berlin',
  },
  {
    platform: 'discord',
    tenant: '12',
    target: DISCORD_CHANNELS.open,
    localTime: '21:15',
    zone: 'America/New_York',
  },
];

export async function subscribeAll(db: Sql, since: Instant): Promise<void> {
  for (const place of places) await putSubscription(db, { ...place, digest: 'daily', owner: 'U1', since });
}

export interface Kills {
  /** Kills of one process at random moments. */
  anytime: number;
  /**
   * Kills of all processes in the moment in which a platform has accepted something and nobody knows it yet.
   */
  onAcceptance: number;
  seed: number;
}

const SHOWS_SOMETHING = new Set(['chat.postMessage', 'files.completeUploadExternal']);

/** Lets two processes run until then, and starts another for each that is killed; returns how many were. */
export async function runDays(
  db: Sql,
  simulation: Simulation,
  until: Instant,
  { anytime, onAcceptance, seed }: Kills,
): Promise<number> {
  const { slack, discord } = simulation;
  const random = seeded(seed);
  const from = simulation.now();
  const moments = Array.from(
    { length: anytime },
    () => from + (until - from) * (0.05 + 0.75 * random()),
  ).sort((a, b) => a - b);
  const running: RunningProcess[] = [simulation.start(), simulation.start()];
  let killed = 0;
  const kill = (at: number) => {
    running[at]?.child.kill('SIGKILL');
    running[at] = simulation.start();
    killed += 1;
  };
  let left = onAcceptance;
  let acceptances = 0;
  const accepted = () => {
    acceptances += 1;
    // Every third: now a message, now a file, now what was found again.
    if (left === 0 || acceptances % 3 !== 2) return;
    left -= 1;
    running.forEach((_, at) => {
      kill(at);
    });
  };
  slack.onDone = method => {
    if (SHOWS_SOMETHING.has(method)) accepted();
  };
  discord.channels.onPosted = accepted;
  for (const moment of moments) {
    await simulation.until(moment);
    kill(Math.floor(random() * running.length));
  }
  await simulation.until(until);
  // On a busy machine the last ones may still be on their way; the test's own time limit ends this.
  while ((await db`select id from delivery where state in ('due', 'sending')`).length > 0) await delay(100);
  // None ended by itself, and each ends as it should.
  expect(await Promise.all(running.map(process => process.stop('SIGTERM')))).toEqual([0, 0]);
  return killed;
}

/**
 * Each subscription's deliveries are there once, sent, at its hour; each platform has one message and one PDF
 * for each.
 */
export async function checkDigests(db: Sql, { slack, discord }: Simulation, until: Instant): Promise<void> {
  const subscriptions = await db<Pick<Subscription, 'id' | 'platform' | 'localTime' | 'zone' | 'since'>[]>`
    select id, platform, to_char(local_time, 'HH24:MI') as "localTime", zone, since
    from subscription order by id`;
  const ledger = await db`
    select subscription_id as id, period, due_at as "dueAt", state, reason,
      (select count(*) from delivery_part where delivery_id = delivery.id) as parts
    from delivery where due_at < ${until - HOUR} order by subscription_id, due_at`;
  const wanted = subscriptions.flatMap(({ id, since, ...rhythm }) =>
    dueWithin(rhythm, since, until - HOUR - MINUTE).map(due => ({
      id,
      ...due,
      state: 'sent',
      reason: null,
      parts: 2,
    })),
  );
  expect(ledger).toEqual(wanted);

  const deliveries = await db<{ id: string; platform: string; message: string; file: string }[]>`
    select d.id, s.platform, m.platform_id as message, a.platform_id as file
    from delivery d join subscription s on s.id = d.subscription_id
    join delivery_part m on m.delivery_id = d.id and m.part = 'message'
    join delivery_part a on a.delivery_id = d.id and a.part = 'attachment'`;
  const bySlack = deliveries.filter(({ platform }) => platform === 'slack');
  const digests = slack.messages.filter(({ threadTs }) => threadTs === undefined);
  expect(digests.map(({ ts }) => ts).sort()).toEqual(bySlack.map(({ message }) => message).sort());
  const threads = slack.messages.filter(({ threadTs }) => threadTs !== undefined);
  expect(threads.map(({ threadTs, files }) => `${threadTs} ${files}`).sort()).toEqual(
    bySlack.map(({ message, file }) => `${message} ${file}`).sort(),
  );
  for (const { file } of bySlack) expect(isPdf(slack.files.get(file)?.bytes)).toBe(true);

  const byDiscord = deliveries.filter(({ platform }) => platform === 'discord');
  expect(discord.channels.messages.map(({ id }) => id).sort()).toEqual(
    byDiscord.map(({ message }) => message).sort(),
  );
  for (const { files } of discord.channels.messages) expect(isPdf(files.at(-1)?.bytes)).toBe(true);
}

const isPdf = (bytes: Uint8Array | undefined): boolean =>
  bytes !== undefined && Buffer.from(bytes).subarray(0, 5).toString() === '%PDF-' && bytes.length > 10_000;
