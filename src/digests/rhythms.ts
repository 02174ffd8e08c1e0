/**
 * When a subscription's digests are due: once each local day, at its hour. Pure. A rhythm of certain weekdays
 * would be decided here and stored by db/subscriptions.ts; what a digest holds is told in core/digest.ts, how
 * it is asked for in bots/subscriptions.ts.
 */
import { HOUR, type Instant } from '../core/time/instant.ts';
import { addDays, atLocalTime, localDay } from '../core/time/zone.ts';
import type { PlannedDelivery } from '../db/deliveries.ts';
import type { Subscription } from '../db/subscriptions.ts';

/** A digest that could not be sent within this of its hour is news no more. */
export const TOO_LATE = 24 * HOUR;
/** Looked at again on each tick, for a subscription that was stored while another tick was at work. */
const OVERLAP = HOUR;

type Rhythm = Pick<Subscription, 'localTime' | 'zone'>;

export interface Due {
  /** The local day that is reported on: the one before the delivery. */
  period: string;
  dueAt: Instant;
}

/** What is due after `from` until `until`, in order. */
export function dueWithin({ localTime, zone }: Rhythm, from: Instant, until: Instant): Due[] {
  const due: Due[] = [];
  const last = localDay(until, zone);
  for (let day = localDay(from, zone); day <= last; day = addDays(day, 1)) {
    const dueAt = atLocalTime(day, localTime, zone);
    if (dueAt > from && dueAt <= until) due.push({ period: addDays(day, -1), dueAt });
  }
  return due;
}

/** The first after `now` whose period is later than `period`, for which there was a delivery already. */
export function nextDue(rhythm: Rhythm, now: Instant, period = ''): Due {
  for (let days = 2; ; days += 1) {
    const next = dueWithin(rhythm, now, now + days * 24 * HOUR).find(due => due.period > period);
    if (next) return next;
  }
}

/** What a tick at `now` has to record; `handled` is until when earlier ticks did (null: there was none). */
export const planDeliveries = (
  subscriptions: readonly Subscription[],
  handled: Instant | null,
  now: Instant,
): PlannedDelivery[] =>
  subscriptions.flatMap(({ id, since, ...rhythm }) =>
    dueWithin(rhythm, Math.max(since, (handled ?? since) - OVERLAP), now).map(due => ({
      subscriptionId: id,
      ...due,
      ...(now - due.dueAt > TOO_LATE && { failed: 'too late: the service did not run when it was due' }),
    })),
  );
