/** Subscribing in words: what is understood, what changes, what is said. */
import { beforeEach, describe, expect, test } from 'vitest';
import { manageSubscriptions, parseSubscriptionText } from '../../bots/subscriptions.ts';
import { DAY, HOUR, parseInstant } from '../../src/core/time/instant.ts';
import { recordDue } from '../../src/digests/record-due.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';
import { leapingClock } from '../support/leaping-clock.ts';

test.each([
  [
    'subscribe daily 09:00 Europe/Berlin',
    { kind: 'subscribe', digest: 'daily', localTime: '09:00', zone: 'Europe/Berlin' },
  ],
  [
    'Subscribe DAILY at 9:30 pm in america/new york',
    { kind: 'subscribe', digest: 'daily', localTime: '21:30', zone: 'America/New_York' },
  ],
  [
    'subscribe daily Asia/Kathmandu 9am',
    { kind: 'subscribe', digest: 'daily', localTime: '09:00', zone: 'Asia/Kathmandu' },
  ],
  ['subscribe daily 9', { kind: 'subscribe', digest: 'daily', localTime: '09:00', zone: 'UTC' }],
  ['subscriptions', { kind: 'list' }],
  [' unsubscribe daily ', { kind: 'unsubscribe', digest: 'daily' }],
  ['trending genres', undefined],
  ['', undefined],
])('"%s"', (text, command) => {
  expect(parseSubscriptionText(text)).toEqual(command);
});

test.each([
  ['subscribe', /Which digest\? Available: daily/],
  ['subscribe weekly 9', /Unknown digest "weekly"\. Available: daily/],
  ['subscribe daily', /What time\? For example: "subscribe daily 09:00/],
  ['subscribe daily noon', /What time/],
  ['subscribe daily 25:00 UTC', /"25:00" is not a time of day/],
  ['subscribe daily 9 berlin', /Did you mean Europe\/Berlin/],
  ['unsubscribe', /Which digest/],
])('"%s" is told what would be right', (text, message) => {
  expect(() => parseSubscriptionText(text)).toThrow(
    expect.objectContaining({ text: expect.stringMatching(message) }),
  );
});

describe('in a channel', async () => {
  const { db } = await testDatabase();
  const here = { platform: 'slack', tenant: 'T1', target: 'C1' };
  beforeEach(() => db`truncate subscription, delivery, job cascade`);
  const clock = (iso: string) => ({ ...leapingClock(parseInstant(iso)) });
  const say = (iso: string, text: string, target = here) =>
    manageSubscriptions(
      { db, clock: clock(iso), log: silentLog },
      target,
      'U1',
      parseSubscriptionText(text) as NonNullable<ReturnType<typeof parseSubscriptionText>>,
    );

  test('says when the first one comes, also after a change', async () => {
    expect(await say('2026-10-07T12:00Z', 'subscribe daily 09:00 Europe/Berlin')).toEqual({
      text:
        'Subscribed: the daily digest, every day at 09:00 Europe/Berlin. ' +
        'The next one comes tomorrow, 8 Oct 2026 at 09:00 Europe/Berlin.',
      toAll: true,
    });
    expect((await say('2026-10-07T12:01Z', 'subscribe daily 9am Europe/Berlin')).text).toMatch(
      /^No change: /,
    );
    expect((await say('2026-10-07T12:02Z', 'subscribe daily 18:00 Europe/Berlin')).text).toBe(
      'Changed from 09:00 Europe/Berlin: the daily digest, every day at 18:00 Europe/Berlin. ' +
        'The next one comes today, 7 Oct 2026 at 18:00 Europe/Berlin.',
    );
    expect(await db`select owner, count(*) as n from subscription group by owner`).toEqual([
      { owner: 'U1', n: 1 },
    ]);
  });

  test('a later hour on a day that was delivered already counts from the next', async () => {
    await say('2026-10-07T05:00Z', 'subscribe daily 09:00 UTC');
    await recordDue({ db }, parseInstant('2026-10-07T09:30Z'));
    expect((await say('2026-10-07T10:00Z', 'subscribe daily 18:00 UTC')).text).toContain(
      'tomorrow, 8 Oct 2026 at 18:00',
    );
    await recordDue({ db }, parseInstant('2026-10-07T19:00Z'));
    expect(await db`select count(*) as n from delivery`).toEqual([{ n: 1 }]);
    await recordDue({ db }, parseInstant('2026-10-07T19:00Z') + DAY - HOUR / 2);
    expect(await db`select count(*) as n from delivery`).toEqual([{ n: 2 }]);
  });

  test('lists and removes what this channel has, and nothing else', async () => {
    await say('2026-10-07T12:00Z', 'subscribe daily 09:00 UTC', { ...here, target: 'C2' });
    expect((await say('2026-10-07T12:00Z', 'subscriptions')).text).toMatch(
      /^There are no subscriptions here\. Try/,
    );
    await say('2026-10-07T12:00Z', 'subscribe daily 09:00 UTC');
    expect(await say('2026-10-07T12:00Z', 'subscriptions')).toEqual({
      text: 'the daily digest, every day at 09:00 UTC. The next one comes tomorrow, 8 Oct 2026 at 09:00 UTC.',
      toAll: false,
    });
    expect((await say('2026-10-07T12:00Z', 'unsubscribe daily')).text).toMatch(
      /will no longer be posted here/,
    );
    expect((await say('2026-10-07T12:00Z', 'unsubscribe daily')).text).toMatch(/no subscription to/);
    expect(await db`select target from subscription`).toEqual([{ target: 'C2' }]);
  });
});
