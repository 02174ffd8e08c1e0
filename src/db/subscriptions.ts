/** Subscriptions: who gets which digest, where and at what local hour. */
import type { Instant } from '../core/time/instant.ts';
import type { Reader } from './connect.ts';
import { assertSchemaKnown } from './known-schema.ts';

/** A conversation on a platform: workspace or guild, and the channel in it. */
export interface Target {
  platform: string;
  tenant: string;
  target: string;
}

export interface Subscription extends Target {
  id: number;
  digest: string;
  /** `09:00`, on the clocks of `zone`. */
  localTime: string;
  /** IANA name. */
  zone: string;
  /** User id of who subscribed last. */
  owner: string;
  /** Nothing that was due at or before this is owed. */
  since: Instant;
}

const columns = (db: Reader) =>
  db`id, platform, tenant, target, digest, to_char(local_time, 'HH24:MI') as "localTime", zone, owner, since`;

/**
 * Stores a subscription in place of the target's earlier one to that digest; `before` is that one.
 * @throws UserError where a newer version has migrated the database
 */
export async function putSubscription(
  db: Reader,
  { platform, tenant, target, digest, localTime, zone, owner, since }: Omit<Subscription, 'id'>,
): Promise<{ subscription: Subscription; before: Subscription | undefined }> {
  await assertSchemaKnown(db);
  const before = (await listSubscriptions(db, { platform, tenant, target })).find(
    given => given.digest === digest,
  );
  const [subscription] = await db<Subscription[]>`
    insert into subscription (platform, tenant, target, digest, local_time, zone, owner, created_at, since)
    values (${platform}, ${tenant}, ${target}, ${digest}, ${localTime}, ${zone}, ${owner}, ${since}, ${since})
    on conflict (platform, tenant, target, digest) do update set
      local_time = excluded.local_time, zone = excluded.zone, owner = excluded.owner,
      since = case when (subscription.local_time, subscription.zone) = (excluded.local_time, excluded.zone)
        then subscription.since else excluded.since end
    returning ${columns(db)}`;
  return { subscription: subscription as Subscription, before };
}

/** The subscriptions of one target. */
export const listSubscriptions = (
  db: Reader,
  { platform, tenant, target }: Target,
): Promise<Subscription[]> =>
  db<Subscription[]>`
    select ${columns(db)} from subscription
    where platform = ${platform} and tenant = ${tenant} and target = ${target} order by digest`;

/** All subscriptions there are. */
export const allSubscriptions = (db: Reader): Promise<Subscription[]> =>
  db<Subscription[]>`select ${columns(db)} from subscription order by id`;

/**
 * Removes it with its deliveries, also those that are due; false where there was none.
 * @throws UserError where a newer version has migrated the database
 */
export async function removeSubscription(
  db: Reader,
  { platform, tenant, target }: Target,
  digest: string,
): Promise<boolean> {
  await assertSchemaKnown(db);
  const removed = await db`
    delete from subscription
    where platform = ${platform} and tenant = ${tenant} and target = ${target} and digest = ${digest}`;
  return removed.count > 0;
}

/** The newest period for which the subscription has a delivery, whatever became of it. */
export async function lastPeriod(db: Reader, subscriptionId: number): Promise<string | undefined> {
  const [row] = await db<
    { period: string | null }[]
  >`select max(period) as period from delivery where subscription_id = ${subscriptionId}`;
  return row?.period ?? undefined;
}
