/** Digests in real time: subscriptions due at a given minute, what has arrived of them, and when. */
import { floorTo, type Instant, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { putSubscription } from '../../src/db/subscriptions.ts';
import { DISCORD_CHANNELS } from './discord-channels.ts';
import { type RealWorld, round } from './real-world.ts';
import { CHANNELS } from './slack-server.ts';

const TARGETS = { slack: CHANNELS.member, discord: DISCORD_CHANNELS.open };
type Platform = keyof typeof TARGETS;

export interface Subscribed {
  id: number;
  dueAt: Instant;
}

/** The first whole minute that is so many seconds after an instant of true time (ms). */
export const minuteAfter = (millis: number, seconds: number): Instant =>
  floorTo(millis * 1000 + seconds * SECOND - 1, MINUTE) + MINUTE;

/** Subscribes a channel of its own to the daily digest, next due at this whole minute. */
export async function subscribeFor(db: Sql, dueAt: Instant, platform: Platform): Promise<Subscribed> {
  const { subscription } = await putSubscription(db, {
    platform,
    tenant: `T${dueAt}`,
    target: TARGETS[platform],
    digest: 'daily',
    localTime: new Date(dueAt / 1000).toISOString().slice(11, 16),
    zone: 'UTC',
    owner: 'U1',
    since: Date.now() * 1000,
  });
  return { id: subscription.id, dueAt };
}

export interface Arrival {
  subscription: number;
  state: string;
  reason: string | null;
  /** From when it was due until its message was there, by the platform's true clock; null: none is. */
  lateSeconds: number | null;
}

/** The ledger, as it came true. */
export async function arrivals({ db, slack, discord }: RealWorld): Promise<Arrival[]> {
  const rows = await db<(Omit<Arrival, 'lateSeconds'> & { dueAt: Instant; id: string })[]>`
    select subscription_id as subscription, due_at as "dueAt", state, reason,
      (select platform_id from delivery_part where delivery_id = delivery.id and part = 'message') as id
    from delivery order by subscription_id, due_at`;
  const at = new Map<string, Instant>([
    ...slack.messages.map(({ ts }): [string, Instant] => [ts, Math.round(Number(ts) * SECOND)]),
    ...discord.channels.messages.map((message): [string, Instant] => [message.id, message.at]),
  ]);
  return rows.map(({ subscription, dueAt, state, reason, id }) => {
    const there = at.get(id);
    const lateSeconds = there === undefined ? null : round((there - dueAt) / SECOND);
    return { subscription, state, reason, lateSeconds };
  });
}

/** Digests that people see, whatever the ledger says. */
export const shown = ({ slack, discord }: RealWorld): number =>
  slack.messages.filter(({ by, threadTs }) => by === 'api' && threadTs === undefined).length +
  discord.channels.messages.length;
