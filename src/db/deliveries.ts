/**
 * The ledger of deliveries: what is owed, who works on it, which parts the platform has. It alone decides
 * what is sent.
 */
import type { Instant } from '../core/time/instant.ts';
import type { Fragment, Reader, Sql } from './connect.ts';
import type { Subscription } from './subscriptions.ts';

/** A delivery has both; on a platform that takes them as one message they have one id. */
export const PARTS = ['message', 'attachment'] as const;
export type Part = (typeof PARTS)[number];
/** Platform ids of the parts that were sent. */
export type SentParts = Partial<Record<Part, string>>;

/** A subscription × one period. */
export interface PlannedDelivery {
  subscriptionId: number;
  /** The local day that is reported on: `2026-10-24`. */
  period: string;
  dueAt: Instant;
  /** Why it is not sent at all. */
  failed?: string;
}

export interface Delivery {
  /** UUID. */
  id: string;
  period: string;
  dueAt: Instant;
  /**
   * How often it was begun, this time included; also the fencing token: a later attempt ends what an earlier
   * may do.
   */
  attempts: number;
  parts: SentParts;
  subscription: Omit<Subscription, 'since'>;
}

/**
 * The channel of NOTIFY by which the workers of all replicas are woken: the ledger decides what there is to
 * do.
 */
export const DUE = 'bandcamp_tracker_delivery_due';

/** Wakes the workers of all replicas, once the transaction is committed. */
export const announceDue = (db: Reader): Fragment => db`select pg_notify(${DUE}, '')`;

/** Records what is planned, once each; how many are new and due. */
export async function recordDeliveries(db: Reader, planned: readonly PlannedDelivery[]): Promise<number> {
  const rows = planned.map(({ subscriptionId, period, dueAt, failed = null }) => ({
    subscription_id: subscriptionId,
    period,
    due_at: dueAt,
    try_at: dueAt,
    state: failed === null ? 'due' : 'failed',
    reason: failed,
  }));
  let due = 0;
  // A statement binds 65,534 values at the most.
  for (let from = 0; from < rows.length; from += 5_000) {
    const made = await db<{ state: string }[]>`
      insert into delivery ${db(rows.slice(from, from + 5_000))}
      on conflict (subscription_id, period) do nothing
      returning state`;
    due += made.filter(({ state }) => state === 'due').length;
  }
  return due;
}

/** Those of the planned deliveries that the ledger does not hold yet. */
export async function unrecorded(
  db: Reader,
  planned: readonly PlannedDelivery[],
): Promise<PlannedDelivery[]> {
  const ids = planned.map(({ subscriptionId }) => subscriptionId);
  const rows = await db<{ key: string }[]>`
    select subscription_id || ' ' || period as key from delivery where subscription_id = any (${ids})`;
  const recorded = new Set(rows.map(({ key }) => key));
  return planned.filter(({ subscriptionId, period }) => !recorded.has(`${subscriptionId} ${period}`));
}

const columns = (db: Reader) => db`
  d.id, d.period, d.due_at as "dueAt", d.attempts,
  (
    select coalesce(jsonb_object_agg(part, platform_id), '{}') from delivery_part where delivery_id = d.id
  ) as parts,
  jsonb_build_object(
    'id', s.id, 'platform', s.platform, 'tenant', s.tenant, 'target', s.target, 'digest', s.digest,
    'localTime', to_char(s.local_time, 'HH24:MI'), 'zone', s.zone, 'owner', s.owner
  ) as subscription`;

/** Whether there may be something to claim at `now`. */
export async function hasOpenDeliveries(db: Reader, now: Instant): Promise<boolean> {
  const [row] = await db<{ open: boolean }[]>`
    select exists (
      select from delivery where state = 'due' and try_at <= ${now} or state = 'sending'
    ) as open`;
  return row?.open ?? false;
}

/** When the next one can be begun at the earliest; null where nothing is open. */
export async function nextOpen(db: Reader): Promise<Instant | null> {
  const [row] = await db<{ at: Instant | null }[]>`
    select min(case state when 'due' then try_at else lease_until end) as at from delivery
    where state in ('due', 'sending')`;
  return row?.at ?? null;
}

/** What may be begun at `now`, the longest due first. */
export const dueDeliveries = (db: Reader, now: Instant): Promise<Delivery[]> =>
  db<Delivery[]>`
    select ${columns(db)} from delivery d join subscription s on s.id = d.subscription_id
    where d.state = 'due' and d.try_at <= ${now}
      or d.state = 'sending' and d.lease_until <= ${now}
    order by d.due_at, d.id`;

/**
 * Takes the delivery that is due the longest, for `worker`, the name of an advisory lock that the caller
 * holds. One in work is taken over when its lease ran out or its worker is dead: then its lock is free, which
 * a killed process does at once.
 */
export async function claimDelivery(
  db: Reader,
  { worker, now, leaseUntil }: { worker: string; now: Instant; leaseUntil: Instant },
): Promise<Delivery | undefined> {
  const [delivery] = await db<Delivery[]>`
    with taken as (
      update delivery set
        state = 'sending', worker = ${worker}, lease_until = ${leaseUntil}, attempts = attempts + 1
      where id = (
        select id from delivery
        where state = 'due' and try_at <= ${now}
          or state = 'sending' and case
            when lease_until <= ${now} then true
            else pg_try_advisory_xact_lock(hashtextextended(worker, 0))
          end
        order by try_at, id limit 1 for update skip locked)
      returning *)
    select ${columns(db)} from taken d join subscription s on s.id = d.subscription_id`;
  return delivery;
}

type Attempt = Pick<Delivery, 'id' | 'attempts'>;

const mine = (db: Reader, { id, attempts }: Attempt) =>
  db`id = ${id} and attempts = ${attempts} and state = 'sending'`;

/**
 * Makes the lease longer; false when the delivery is no longer this attempt's, or gone with its subscription.
 */
export async function renewLease(db: Sql, attempt: Attempt, leaseUntil: Instant): Promise<boolean> {
  return (await db`update delivery set lease_until = ${leaseUntil} where ${mine(db, attempt)}`).count > 0;
}

/** Records that the platform has a part; true unless it is recorded with another id. */
export async function recordPart(
  db: Sql,
  { id }: Attempt,
  part: Part,
  platformId: string,
  now: Instant,
): Promise<boolean> {
  const [row] = await db<{ platformId: string }[]>`
    insert into delivery_part (delivery_id, part, platform_id, sent_at)
    select id, ${part}, ${platformId}, ${now}::timestamptz from delivery where id = ${id}
    on conflict (delivery_id, part) do update set part = excluded.part
    returning platform_id as "platformId"`;
  return row === undefined || row.platformId === platformId;
}

/**
 * Ends the attempt: `sent` when the ledger holds all parts' ids, otherwise nothing changes and false is
 * returned.
 */
export async function finishDelivery(db: Sql, attempt: Attempt, now: Instant): Promise<boolean> {
  const done = await db`
    update delivery set state = 'sent', sent_at = ${now}, reason = null, worker = null, lease_until = null
    where ${mine(db, attempt)}
      and ${PARTS.length} = (
        select count(*) from delivery_part where delivery_id = delivery.id and part = any (${[...PARTS]})
      )`;
  return done.count > 0;
}

/** Ends the attempt: to be tried again at `tryAt`, or for good where there is none. */
export async function giveBackDelivery(
  db: Sql,
  attempt: Attempt,
  reason: string,
  tryAt?: Instant,
): Promise<void> {
  const state = tryAt === undefined ? 'failed' : 'due';
  await db`
    update delivery set
      state = ${state}, reason = ${reason}, worker = null, lease_until = null,
      try_at = coalesce(${tryAt ?? null}::timestamptz, try_at)
    where ${mine(db, attempt)}`;
}
