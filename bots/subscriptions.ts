/** What every bot does alike with subscriptions: words → a command → what changed, in words. */

import type { Ambient } from '../src/ambient.ts';
import { digests } from '../src/core/digest.ts';
import { UserError } from '../src/core/errors.ts';
import { formatDate } from '../src/core/time/dates.ts';
import type { Instant } from '../src/core/time/instant.ts';
import { parseLocalTime, parseZone } from '../src/core/time/local-time.ts';
import { addDays, localDay } from '../src/core/time/zone.ts';
import type { HasDb } from '../src/db/connect.ts';
import {
  lastPeriod,
  listSubscriptions,
  putSubscription,
  removeSubscription,
  type Subscription,
  type Target,
} from '../src/db/subscriptions.ts';
import { nextDue } from '../src/digests/rhythms.ts';
import { commandOf } from '../src/questions/lib/typed-commands.ts';

export type SubscriptionCommand =
  | { kind: 'subscribe'; digest: string; localTime: string; zone: string }
  | { kind: 'unsubscribe'; digest: string }
  | { kind: 'list' };

const EXAMPLE = '"subscribe daily 09:00 Europe/Berlin"';
const DEFAULT_ZONE = 'UTC';

/**
 * Reads `subscribe daily 9:30 pm Europe/Berlin`, `subscriptions` and `unsubscribe daily`; undefined for what
 * begins otherwise.
 * @throws UserError
 */
export function parseSubscriptionText(text: string): SubscriptionCommand | undefined {
  const [verb = '', ...words] = text.trim().split(/\s+/);
  if (/^(?:(?:list|show|my)\s+)+subscriptions$/i.test(text.trim())) return { kind: 'list' };
  switch (verb.toLowerCase()) {
    case 'subscriptions':
      return { kind: 'list' };
    case 'unsubscribe':
      return { kind: 'unsubscribe', digest: parseDigest(words.join(' ')) };
    case 'stop':
      // "Stop Making Sense" asks of a release.
      return commandOf(text) ? { kind: 'unsubscribe', digest: parseDigest(words.join(' ')) } : undefined;
    case 'subscribe': {
      const time = /(?:^|\s)(\d\S*(?:\s+[ap]\.?m\.?)?)(?=\s|$)/i.exec(words.slice(1).join(' '));
      const rest = words
        .slice(1)
        .join(' ')
        .replace(time?.[0] ?? '', ' ');
      return parseSubscribe({
        digest: words[0],
        time: time?.[1],
        zone: rest.replace(/(^|\s)(at|in)(?=\s|$)/gi, ' '),
      });
    }
    default:
      return undefined;
  }
}

/** `parseSubscriptionText` for options. @throws UserError */
export function parseSubscribe(raw: {
  digest?: string | undefined;
  time?: string | undefined;
  zone?: string | undefined;
}) {
  const digest = parseDigest(raw.digest ?? '');
  if (!raw.time?.trim()) throw new UserError('What time?', `For example: ${EXAMPLE}.`);
  const localTime = parseLocalTime(raw.time);
  return { kind: 'subscribe' as const, digest, localTime, zone: parseZone(raw.zone?.trim() || DEFAULT_ZONE) };
}

export function parseDigest(raw: string): string {
  const name = raw.trim().toLowerCase();
  if (digests.some(digest => digest.name === name)) return name;
  const names = digests.map(digest => digest.name).join(', ');
  throw new UserError(
    name ? `Unknown digest "${name.slice(0, 40)}".` : 'Which digest?',
    `Available: ${names}. For example: ${EXAMPLE}.`,
  );
}

/** What is to be said, and whether it concerns everybody in the conversation or only who asked. */
export interface SubscriptionReply {
  text: string;
  toAll: boolean;
}

/**
 * Carries the command out for a conversation; `owner` is the platform's id of who asks. Never throws.
 * @param verb how one subscribes there: `/bandcamp subscribe`
 */
export async function manageSubscriptions(
  deps: HasDb & Pick<Ambient, 'clock' | 'log'>,
  target: Target,
  owner: string,
  command: SubscriptionCommand,
): Promise<SubscriptionReply> {
  try {
    return await manage(deps, target, owner, command);
  } catch (error) {
    const id = crypto.randomUUID().slice(0, 8);
    deps.log.error('subscription-failed', { id, error });
    return { text: `Something went wrong on our side (${id}). Try again in a minute.`, toAll: false };
  }
}

async function manage(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  target: Target,
  owner: string,
  command: SubscriptionCommand,
): Promise<SubscriptionReply> {
  const now = clock.now();
  if (command.kind === 'list') {
    const subscriptions = await listSubscriptions(db, target);
    const lines = await Promise.all(
      subscriptions.map(async given => `${describe(given)}. ${await nextText({ db }, given, now)}`),
    );
    const none = `There are no subscriptions here. Try ${EXAMPLE}.`;
    return { text: lines.join('\n') || none, toAll: false };
  }
  if (command.kind === 'unsubscribe') {
    const removed = await removeSubscription(db, target, command.digest);
    return removed
      ? { text: `The ${command.digest} digest will no longer be posted here.`, toAll: true }
      : {
          text: `There is no subscription to the ${command.digest} digest here. Nothing has changed.`,
          toAll: false,
        };
  }
  const { digest, localTime, zone } = command;
  const { subscription, before } = await db.begin(tx =>
    putSubscription(tx, { ...target, digest, localTime, zone, owner, since: now }),
  );
  const same = before?.localTime === localTime && before.zone === zone;
  const what = !before
    ? `Subscribed: ${describe(subscription)}.`
    : same
      ? `No change: ${describe(subscription)}.`
      : `Changed from ${before.localTime} ${before.zone}: ${describe(subscription)}.`;
  return { text: `${what} ${await nextText({ db }, subscription, now)}`, toAll: !same };
}

const describe = ({ digest, localTime, zone }: Subscription): string =>
  `the ${digest} digest, every day at ${localTime} ${zone}`;

/** `The next one comes tomorrow, 8 Oct 2026 at 09:00 Europe/Berlin.` */
async function nextText({ db }: HasDb, subscription: Subscription, now: Instant): Promise<string> {
  const { localTime, zone } = subscription;
  const { dueAt } = nextDue(subscription, now, await lastPeriod(db, subscription.id));
  const today = localDay(now, zone);
  const day = localDay(dueAt, zone);
  const near = day === today ? 'today, ' : day === addDays(today, 1) ? 'tomorrow, ' : '';
  return `The next one comes ${near}${formatDate(dueAt, zone)} at ${localTime} ${zone}.`;
}
