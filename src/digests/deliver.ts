/**
 * The worker: takes what the ledger owes, composes it, sends its parts, and records each part as soon as it
 * is sent.
 */

import { randomUUID } from 'node:crypto';
import type { Ambient } from '../ambient.ts';
import type { ChartRenderers } from '../charts/renderers.ts';
import { backOff } from '../core/back-off.ts';
import { altInChat } from '../core/chart-alt.ts';
import type { ThemeName } from '../core/chart-spec.ts';
import { digests } from '../core/digest.ts';
import { messageOf } from '../core/errors.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import {
  announceDue,
  claimDelivery,
  type Delivery,
  finishDelivery,
  giveBackDelivery,
  hasOpenDeliveries,
  PARTS,
  recordPart,
  renewLease,
} from '../db/deliveries.ts';
import { withLock } from '../db/lock.ts';
import type { HasReportRenderer } from '../report/report.ts';
import { type Channel, ChannelError, type Content, type Outgoing, pdfName } from './channel.ts';
import { composeDigest } from './compose.ts';
import { TOO_LATE } from './rhythms.ts';

/**
 * How long a worker may be silent before another takes its delivery, in real time: requests and drawing take
 * real seconds, whatever the speed of a simulated clock. A killed worker is replaced sooner, by its lock. No
 * step between two renewals may take as long: the platforms' clients give up a request after 15 s.
 */
const LEASE = MINUTE;
/** Deliveries that one process works on at a time; what each waits for is mostly the platform. */
const AT_ONCE = 4;
const PAUSE = { first: MINUTE, longest: HOUR, jitter: [0.5, 1.5] } as const;
/**
 * A delivery that takes longer hangs: composing, drawing and each request have shorter limits of their own.
 */
const LONGEST_MS = 180_000;
/** How long one run goes on claiming deliveries. */
const CLAIMING_MS = 240_000;
/** More would mean that it ends the process each time. */
const MAX_ATTEMPTS = 40;

export type DeliverDeps = HasDb &
  Pick<Ambient, 'config' | 'clock' | 'random' | 'log'> &
  Pick<ChartRenderers, 'renderChart'> &
  HasReportRenderer;

/** Another attempt has the delivery now, or its subscription is gone. */
class LeaseLost extends Error {}

export interface Delivered {
  sent: number;
  /** Put off or given up; the ledger has the reason. */
  failed: number;
}

/**
 * Delivers until nothing is due at this moment, or for four minutes; what fails is put off in the ledger.
 * Once
 * `signal` aborts, nothing new is begun and nothing more is sent. Throws only when the database fails.
 */
export async function deliverDue(
  deps: DeliverDeps,
  channels: ReadonlyMap<string, Channel>,
  signal: AbortSignal,
): Promise<Delivered> {
  const { db, clock } = deps;
  const delivered = { sent: 0, failed: 0 };
  if (!(await hasOpenDeliveries(db, clock.now()))) return delivered;
  const worker = `deliver ${randomUUID()}`;
  const end = performance.now() + CLAIMING_MS;
  await withLock(db, worker, async lost => {
    const contentOf = contentsOf(deps);
    const work = async () => {
      const ended = AbortSignal.any([lost, signal]);
      while (!ended.aborted && performance.now() < end) {
        const claim = { worker, now: clock.now(), leaseUntil: leaseUntil(deps) };
        const delivery = await claimDelivery(db, claim);
        if (!delivery) return;
        const done = await deliver(deps, channels, delivery, contentOf, ended);
        delivered[done ? 'sent' : 'failed'] += 1;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  });
  return delivered;
}

const leaseUntil = ({ clock }: Pick<Ambient, 'clock'>): Instant => clock.now() + LEASE * clock.speed;

async function deliver(
  deps: DeliverDeps,
  channels: ReadonlyMap<string, Channel>,
  delivery: Delivery,
  contentOf: ContentOf,
  stopping: AbortSignal,
): Promise<boolean> {
  const { db, clock, log } = deps;
  const { id, attempts } = delivery;
  const { platform } = delivery.subscription;
  const about = { delivery: id, period: delivery.period, platform, attempt: attempts };
  const limit = AbortSignal.timeout(LONGEST_MS);
  const signal = AbortSignal.any([stopping, limit]);
  const assertLease = async () => {
    signal.throwIfAborted();
    if (!(await renewLease(db, delivery, leaseUntil(deps))))
      throw new LeaseLost('the delivery is not ours any more');
  };
  const send = async () => {
    const channel = channels.get(platform);
    if (!channel) throw new ChannelError(`${platform} is not configured here`);
    const content = await contentOf(delivery, channel.chartTheme);
    const { tenant, target } = delivery.subscription;
    const outgoing: Outgoing = {
      id,
      tenant,
      target,
      dueAt: delivery.dueAt,
      filename: content.pdf.filename,
      parts: { ...delivery.parts },
    };
    for (const part of PARTS) {
      if (outgoing.parts[part] !== undefined) continue;
      await assertLease();
      // An earlier attempt may have sent it and ended before it could record that.
      const found = attempts > 1 ? await channel.find(part, outgoing) : undefined;
      const platformId = found ?? (await channel.send(part, outgoing, content, assertLease));
      if (!(await recordPart(db, delivery, part, platformId, clock.now())))
        log.error('delivery-sent-twice', { ...about, part, platformId });
      outgoing.parts[part] = platformId;
    }
  };
  try {
    await orAborted(send(), limit);
    const sent = await finishDelivery(db, delivery, clock.now());
    if (sent) log.info('delivery-sent', about);
    return sent;
  } catch (error) {
    if (error instanceof LeaseLost) log.warn('delivery-lost', about);
    else if (stopping.aborted) {
      await giveBackDelivery(db, delivery, 'interrupted', clock.now());
      // Another replica takes it at once.
      await announceDue(db);
    } else await putOff(deps, delivery, error, about);
    return false;
  }
}

/**
 * Resolves like `work`, or rejects when the signal aborts; abandoned work ends at its next check of the
 * lease.
 */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

async function putOff(
  { db, clock, random, log }: DeliverDeps,
  delivery: Delivery,
  error: unknown,
  about: Record<string, unknown>,
): Promise<void> {
  const { permanent = false, retryAfterSeconds = 0 } = error instanceof ChannelError ? error : {};
  const tryAt = clock.now() + pauseAfter(delivery.attempts, random, retryAfterSeconds * SECOND * clock.speed);
  const hopeless = permanent || delivery.attempts >= MAX_ATTEMPTS || tryAt - delivery.dueAt > TOO_LATE;
  log[hopeless ? 'error' : 'warn']('delivery-failed', { ...about, final: hopeless, error });
  await giveBackDelivery(db, delivery, messageOf(error).slice(0, 500), hopeless ? undefined : tryAt);
}

/**
 * A minute, then twice as long each time up to an hour, spread over half to three halves of it; never less
 * than `atLeast`.
 */
export const pauseAfter = (attempts: number, random: () => number, atLeast = 0): number =>
  backOff({ ...PAUSE, failures: attempts, random, atLeast });

type ContentOf = (delivery: Delivery, theme: ThemeName) => Promise<Content>;

/** Composes and draws once what several subscriptions get alike. */
function contentsOf(deps: DeliverDeps): ContentOf {
  const pictures = new Map<string, Promise<Uint8Array>>();
  const composed = new Map<string, ReturnType<typeof compose>>();
  /** What is made once; what fails is made anew for who comes next. */
  const once = <Made>(made: Map<string, Promise<Made>>, key: string, make: () => Promise<Made>) => {
    const making = made.get(key) ?? make();
    made.set(key, making);
    return making.catch(error => {
      made.delete(key);
      throw error;
    });
  };
  return async (delivery, theme) => {
    const { subscription, period } = delivery;
    const key = `${subscription.digest} ${period} ${subscription.zone}`;
    const { pdf, chart, ...rest } = await once(composed, key, () => compose(deps, delivery));
    const size = { theme, surface: 'chat' } as const;
    return {
      ...rest,
      ...(chart && {
        chart: {
          png: await once(pictures, `${key} ${theme}`, () => deps.renderChart(chart, size)),
          filename: `${subscription.digest}-${period}.png`,
          alt: altInChat(chart),
        },
      }),
      pdf: { bytes: pdf, filename: pdfName(delivery) },
    };
  };
}

async function compose(deps: DeliverDeps, { subscription, period }: Delivery) {
  const definition = digests.find(({ name }) => name === subscription.digest);
  if (!definition) throw new ChannelError(`unknown digest "${subscription.digest}"`, { permanent: true });
  const digest = await composeDigest(deps, definition, period, subscription.zone);
  const chart = digest.answers[0]?.chart;
  const { publicUrl } = deps.config;
  return {
    digest,
    ...(chart && { chart }),
    pdf: await deps.renderReport(digest.report),
    ...(publicUrl && { pageUrl: `${publicUrl}/` }),
  };
}
