/**
 * What a minute's tick does for the digests: records in the ledger what became due since the last tick of any
 * replica.
 */

import type { Instant } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { announceDue, type Delivery, dueDeliveries, recordDeliveries, unrecorded } from '../db/deliveries.ts';
import { advanceJob, jobTime } from '../db/jobs.ts';
import { allSubscriptions } from '../db/subscriptions.ts';
import { planDeliveries } from './rhythms.ts';

const JOB = 'digests';

export type Preview = Pick<Delivery, 'subscription' | 'period' | 'dueAt'>;

/** Handles every instant until `now` that no tick has handled; returns how many deliveries are newly due. */
export const recordDue = ({ db }: HasDb, now: Instant): Promise<number> =>
  db.begin(async tx => {
    const handled = await advanceJob(tx, JOB, now);
    if (handled === undefined) return 0;
    const recorded = await recordDeliveries(tx, planDeliveries(await allSubscriptions(tx), handled, now));
    if (recorded > 0) await announceDue(tx);
    return recorded;
  });

/**
 * What `recordDue` and a worker would do at `now`, changing nothing: what the ledger owes, then what a tick
 * would add to it.
 */
export async function previewDue({ db }: HasDb, now: Instant): Promise<Preview[]> {
  const owed = (await dueDeliveries(db, now)).map(({ subscription, period, dueAt }) => ({
    subscription,
    period,
    dueAt,
  }));
  const subscriptions = new Map(
    (await allSubscriptions(db)).map(subscription => [subscription.id, subscription]),
  );
  const planned = await unrecorded(
    db,
    planDeliveries([...subscriptions.values()], (await jobTime(db, JOB)) ?? null, now),
  );
  const added = planned.flatMap(({ subscriptionId, period, dueAt, failed }) => {
    const subscription = subscriptions.get(subscriptionId);
    return subscription && !failed ? [{ subscription, period, dueAt }] : [];
  });
  return [...owed, ...added];
}
