/**
 * The ledger and the worker, on a real database with real channels: what is sent, tried again,
 * given up, handed over.
 */
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDiscordChannel } from '../../bots/discord/channel.ts';
import { createSlackChannel } from '../../bots/slack/channel.ts';
import { readConfig } from '../../src/config.ts';
import { DAY, HOUR, type Instant, MINUTE, parseInstant, SECOND } from '../../src/core/time/instant.ts';
import {
  claimDelivery,
  DUE,
  finishDelivery,
  nextOpen,
  recordPart,
  renewLease,
} from '../../src/db/deliveries.ts';
import { listenTo } from '../../src/db/listen.ts';
import { withLock } from '../../src/db/lock.ts';
import { putSubscription, removeSubscription } from '../../src/db/subscriptions.ts';
import type { Channel } from '../../src/digests/channel.ts';
import { type DeliverDeps, deliverDue, pauseAfter } from '../../src/digests/deliver.ts';
import { previewDue, recordDue } from '../../src/digests/record-due.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';
import { DISCORD_CHANNELS } from '../support/discord-channels.ts';
import { DiscordServer } from '../support/discord-server.ts';
import { PNG } from '../support/slack-app.ts';
import { CHANNELS, type SlackServer, startSlack, TOKENS } from '../support/slack-server.ts';

const { db } = await testDatabase();
const NINE = parseInstant('2026-10-07T09:00Z');
const signal = new AbortController().signal;
const slackPlace = { platform: 'slack', tenant: 'T0TEST', target: CHANNELS.member as string };
const discordPlace = { platform: 'discord', tenant: '11', target: DISCORD_CHANNELS.open as string };

let now: Instant;
let slack: SlackServer;
let discord: DiscordServer;
let channels: ReadonlyMap<string, Channel>;
/** Stands still unless a test moves it; waits end at once. */
const clock = { now: () => now, realNow: () => now, sleep: async () => {}, speed: 1 };

function deps(): DeliverDeps {
  const config = readConfig({ SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl });
  const renderReport = async () => new TextEncoder().encode('%PDF-1.7 made up');
  return { config, db, clock, random: () => 0.5, log: silentLog, renderChart: async () => PNG, renderReport };
}

beforeEach(async () => {
  now = NINE;
  await db`truncate subscription, delivery, job cascade`;
  slack = await startSlack(clock);
  discord = await DiscordServer.start();
  discord.channels.clock = clock;
  const both = [createSlackChannel(deps(), TOKENS.bot), createDiscordChannel(deps(), discord.token)];
  channels = new Map(both.map(channel => [channel.platform, channel]));
});
afterEach(async () => {
  await slack.close();
  await discord.stop();
});

const subscribe = (place: typeof slackPlace, since = NINE - HOUR) =>
  putSubscription(db, { ...place, digest: 'daily', localTime: '09:00', zone: 'UTC', owner: 'U1', since });
const deliver = () => deliverDue(deps(), channels, signal);
const ledger = () => db`
  select period, state, attempts, reason, try_at as "tryAt", worker from delivery
  order by subscription_id, period`;
const posts = () => slack.calls.filter(({ method }) => method === 'chat.postMessage').length;

describe('ticks', () => {
  test('of two replicas at once record a delivery once', async () => {
    await subscribe(slackPlace);
    const counts = await Promise.all(Array.from({ length: 8 }, () => recordDue({ db }, NINE)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    expect(await ledger()).toMatchObject([{ period: '2026-10-06', state: 'due' }]);
  });

  test('that come late, doubled or out of order record each day once', async () => {
    await subscribe(slackPlace, NINE - 5 * DAY);
    for (const at of [NINE - 4 * DAY, NINE - 4 * DAY, NINE, NINE - DAY, NINE + 10 * HOUR])
      await recordDue({ db }, at);
    expect(await ledger()).toMatchObject([
      { period: '2026-10-02', state: 'due' },
      { period: '2026-10-03', state: 'failed', reason: expect.stringContaining('too late') },
      { period: '2026-10-04', state: 'failed' },
      { period: '2026-10-05', state: 'due' },
      { period: '2026-10-06', state: 'due' },
    ]);
  });

  test('can be looked at before, which changes nothing', async () => {
    await subscribe(slackPlace);
    expect(await previewDue({ db }, NINE - MINUTE)).toEqual([]);
    expect(await previewDue({ db }, NINE)).toMatchObject([{ period: '2026-10-06', dueAt: NINE }]);
    expect(await ledger()).toEqual([]);
    await recordDue({ db }, NINE);
    expect(await previewDue({ db }, NINE)).toMatchObject([{ period: '2026-10-06', dueAt: NINE }]);
    await deliver();
    expect(await previewDue({ db }, NINE)).toEqual([]);
  });
});

/** Resolves when it has been woken so often, the first time because it listens at all. */
const listening = (times: number) => {
  const stop = new AbortController();
  const woken = Promise.withResolvers<void>();
  let count = 0;
  const wake = () => {
    count += 1;
    if (count === times) woken.resolve();
  };
  const ended = listenTo({ db, log: silentLog }, DUE, wake, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { woken: woken.promise, count: () => count };
};

describe('a worker elsewhere', () => {
  const listener = () => db<{ pid: number }[]>`
    select pid from pg_stat_activity where query like 'listen%' and datname = current_database()`;

  test('is woken by what is recorded, once that is committed, and by nothing else', async () => {
    await subscribe(slackPlace);
    const { woken, count } = listening(2);
    await vi.waitFor(async () => expect(count()).toBe(1));
    await recordDue({ db }, NINE - DAY * 30);
    expect(count()).toBe(1);
    expect(await recordDue({ db }, NINE)).toBe(1);
    await woken;
  });

  test('listens again after its connection is lost, and looks what it missed', async () => {
    const { woken } = listening(2);
    await vi.waitFor(async () => expect(await listener()).toHaveLength(1));
    const [lost] = await listener();
    await db`select pg_terminate_backend(${lost?.pid ?? 0})`;
    await woken;
    await vi.waitFor(async () => expect(await listener()).toHaveLength(1));
  });
});

test('the next that can be begun is told: what waits for a retry, and whose worker may be dead', async () => {
  expect(await nextOpen(db)).toBeNull();
  await subscribe(slackPlace);
  await recordDue({ db }, NINE);
  expect(await nextOpen(db)).toBe(NINE);
  await db`update delivery set try_at = ${NINE + MINUTE}`;
  expect(await nextOpen(db)).toBe(NINE + MINUTE);
  await db`update delivery set state = 'sending', worker = 'w', lease_until = ${NINE + 2 * MINUTE}`;
  expect(await nextOpen(db)).toBe(NINE + 2 * MINUTE);
});

describe('a delivery', () => {
  test('is sent with all parts, and recorded with their ids', async () => {
    await subscribe(slackPlace);
    await subscribe(discordPlace);
    await recordDue({ db }, NINE);
    expect(await deliver()).toEqual({ sent: 2, failed: 0 });
    expect(await ledger()).toMatchObject([
      { state: 'sent', attempts: 1, worker: null },
      { state: 'sent', attempts: 1, worker: null },
    ]);
    const [message, inThread] = slack.messages;
    const posted = discord.channels.messages[0]?.id;
    expect(await db`select part, platform_id as id from delivery_part order by platform_id`).toEqual(
      [
        { part: 'message', id: message?.ts },
        { part: 'attachment', id: inThread?.files[0] },
        { part: 'message', id: posted },
        { part: 'attachment', id: posted },
      ].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
    );
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });

  test.each(['chat.postMessage', 'files.completeUploadExternal'])(
    'whose %s is refused for now is tried again when its pause is over, the rest of it only',
    async method => {
      await subscribe(slackPlace);
      await recordDue({ db }, NINE);
      // The picture's own upload comes first, where there is a chart; here there are no sales and no chart.
      slack.failNext(method, { retryAfterSeconds: 600 });
      expect(await deliver()).toEqual({ sent: 0, failed: 1 });
      expect(await ledger()).toMatchObject([{ state: 'due', reason: 'Slack wants fewer requests' }]);
      now += 600 * SECOND - MINUTE;
      expect(await deliver()).toEqual({ sent: 0, failed: 0 });
      now += MINUTE;
      expect(await deliver()).toEqual({ sent: 1, failed: 0 });
      expect(slack.messages).toHaveLength(2);
    },
  );

  test('into a channel that is gone fails with its reason, and is not tried again', async () => {
    await subscribe({ ...slackPlace, target: CHANNELS.stranger });
    await subscribe({ ...discordPlace, target: DISCORD_CHANNELS.hidden });
    await recordDue({ db }, NINE);
    expect(await deliver()).toEqual({ sent: 0, failed: 2 });
    expect(await ledger()).toMatchObject([
      { state: 'failed', reason: 'Slack says not_in_channel', worker: null },
      { state: 'failed', reason: 'Discord says 50001 Missing Access', worker: null },
    ]);
    now += DAY / 2;
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });

  test('that never succeeds is given up a day after it was due', async () => {
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
    for (; now < NINE + 30 * HOUR; now += 10 * MINUTE) {
      slack.failNext('chat.postMessage', { error: 'internal_error' });
      await deliver();
    }
    expect(await ledger()).toMatchObject([{ state: 'failed', reason: 'Slack says internal_error' }]);
    expect(posts()).toBeLessThan(35);
    expect(slack.messages).toEqual([]);
  });

  test('that arrived though its sender never heard so is found, not sent again', async () => {
    await subscribe(discordPlace);
    await recordDue({ db }, NINE);
    discord.failNext(/POST .*\/messages$/, 'cut after');
    expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    // Discord has long forgotten the nonce.
    now += HOUR;
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(discord.channels.messages).toHaveLength(1);
  });

  test('of a subscription that is removed meanwhile is not sent', async () => {
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
    await removeSubscription(db, slackPlace, 'daily');
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    expect(slack.messages).toEqual([]);
  });

  test('is interrupted by a stop before anything is shown, and due at once for another', async () => {
    const elsewhere = listening(3);
    await vi.waitFor(() => expect(elsewhere.count()).toBe(1));
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
    const stopping = new AbortController();
    const renderReport = async () => {
      stopping.abort();
      return new Uint8Array();
    };
    await deliverDue({ ...deps(), renderReport }, channels, stopping.signal);
    expect(slack.messages).toEqual([]);
    expect(await ledger()).toMatchObject([{ state: 'due', tryAt: NINE, reason: 'interrupted' }]);
    await elsewhere.woken;
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
  });
});

describe('a worker', () => {
  const claim = (worker: string) => claimDelivery(db, { worker, now, leaseUntil: now + MINUTE });

  test('that lives is left alone until its lease runs out; then its assertLease holds it back', async () => {
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
    await withLock(db, 'one', async () => {
      const first = await claim('one');
      expect(await claim('two')).toBeUndefined();
      expect(first && (await renewLease(db, first, now + 2 * MINUTE))).toBe(true);
      now += 90 * SECOND;
      expect(await claim('two')).toBeUndefined();
      now += 30 * SECOND;
      expect(await deliver()).toEqual({ sent: 1, failed: 0 });
      expect(first && (await renewLease(db, first, now + MINUTE))).toBe(false);
      expect(first && (await finishDelivery(db, first, now))).toBe(false);
      expect(first && (await recordPart(db, first, 'message', 'another', now))).toBe(false);
    });
    expect(await ledger()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('that is dead is replaced at once, whatever its lease', async () => {
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
    await withLock(db, 'dying', () => claim('dying'));
    expect(await claim('next')).toMatchObject({ attempts: 2 });
  });

  test('that is paused while it sends does not send what another has sent', async () => {
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
    let paused = true;
    const slow = deliverDue(
      {
        ...deps(),
        renderReport: async () => {
          while (paused) await new Promise(resolve => setTimeout(resolve, 5));
          return new Uint8Array();
        },
      },
      channels,
      signal,
    );
    while ((await ledger())[0]?.state !== 'sending') await new Promise(resolve => setTimeout(resolve, 5));
    now += 2 * MINUTE;
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    paused = false;
    expect(await slow).toEqual({ sent: 0, failed: 1 });
    expect(slack.messages).toHaveLength(2);
    expect(await ledger()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });
});

describe('a fence', () => {
  /** A platform that trusts its caller: it never asks the assertLease itself, unless `asks`. */
  const trusting = (done: string[], during: (what: string) => Promise<void>, asks = false) => {
    const channel: Channel = {
      platform: 'slack',
      chartTheme: 'light',
      find: async part => {
        done.push(`find ${part}`);
        return undefined;
      },
      send: async (part, _parcel, _content, assertLease) => {
        await during(part);
        if (asks) await assertLease();
        done.push(`send ${part}`);
        return `id of ${part}`;
      },
    };
    return new Map([['slack', channel]]);
  };
  const never = async () => {};
  /** Another worker takes the delivery, as it may when a lease ran out. */
  const loseIt = async () => {
    now += 2 * MINUTE;
    expect(await claimDelivery(db, { worker: 'other', now, leaseUntil: now + HOUR })).toBeDefined();
  };
  /** Delivers while the other lives: it holds its lock, and so keeps what it has taken. */
  const deliverBeside = (given: DeliverDeps, to: ReadonlyMap<string, Channel>) =>
    withLock(db, 'other', () => deliverDue(given, to, signal));
  const begin = async () => {
    await subscribe(slackPlace);
    await recordDue({ db }, NINE);
  };

  // Composing and drawing take long enough for a lease to run out: the platform must not even be asked.
  test.each([1, 2])('holds back at attempt %i what was lost while it was composed', async attempt => {
    await begin();
    await db`update delivery set attempts = ${attempt - 1}`;
    const done: string[] = [];
    const renderReport = async () => {
      await loseIt();
      return new Uint8Array();
    };
    const delivered = await deliverBeside({ ...deps(), renderReport }, trusting(done, never));
    expect([delivered, done]).toEqual([{ sent: 0, failed: 1 }, []]);
    expect(await ledger()).toMatchObject([{ state: 'sending', attempts: attempt + 1, worker: 'other' }]);
    expect(await db`select part from delivery_part`).toEqual([]);
  });

  test('holds back all of a delivery whose subscription was removed while it was composed', async () => {
    await begin();
    const done: string[] = [];
    const renderReport = async () => {
      await removeSubscription(db, slackPlace, 'daily');
      return new Uint8Array();
    };
    await deliverDue({ ...deps(), renderReport }, trusting(done, never), signal);
    expect(done).toEqual([]);
  });

  test('holds back the file of a lost delivery; its message stays recorded for the other', async () => {
    await begin();
    const done: string[] = [];
    const channels = trusting(done, part => (part === 'message' ? loseIt() : never()));
    expect(await deliverBeside(deps(), channels)).toEqual({ sent: 0, failed: 1 });
    expect(done).toEqual(['send message']);
    expect(await db`select part, platform_id as id from delivery_part`).toEqual([
      { part: 'message', id: 'id of message' },
    ]);
  });

  test.each(['message', 'attachment'])('that the channel asks holds back a %s lost meanwhile', async lost => {
    await begin();
    const done: string[] = [];
    const channels = trusting(done, part => (part === lost ? loseIt() : never()), true);
    expect(await deliverBeside(deps(), channels)).toEqual({ sent: 0, failed: 1 });
    expect(done).toEqual(lost === 'message' ? [] : ['send message']);
  });

  test('holds back everything once the service stops', async () => {
    await begin();
    const done: string[] = [];
    const stopping = new AbortController();
    const renderReport = async () => {
      stopping.abort();
      return new Uint8Array();
    };
    await deliverDue({ ...deps(), renderReport }, trusting(done, never), stopping.signal);
    expect(done).toEqual([]);
  });

  test('holds back everything once the lock is lost that says the worker lives', async () => {
    await begin();
    const done: string[] = [];
    const renderReport = async () => {
      await db`
        select pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = pg_locks.database
        where locktype = 'advisory' and granted and datname = current_database()`;
      // The end of a connection is told by the socket.
      await new Promise(resolve => setTimeout(resolve, 200));
      return new Uint8Array();
    };
    await deliverDue({ ...deps(), renderReport }, trusting(done, never), signal);
    expect(done).toEqual([]);
    expect(await ledger()).toMatchObject([{ state: 'due', reason: 'interrupted' }]);
  });

  test('makes the lease longer at each part: a slow platform is no dead worker', async () => {
    await begin();
    const done: string[] = [];
    const leases: number[] = [];
    const channels = trusting(done, async () => {
      const [row] = await db<{ until: Instant }[]>`select lease_until as until from delivery`;
      leases.push(((row?.until ?? 0) - now) / SECOND);
      now += 40 * SECOND;
    });
    expect(await deliverDue(deps(), channels, signal)).toEqual({ sent: 1, failed: 0 });
    expect(leases).toEqual([60, 60]);
  });
});

test('pauses grow to an hour, differ, and are never shorter than the platform says', () => {
  expect([1, 2, 5, 7, 30].map(attempts => pauseAfter(attempts, () => 0.5) / MINUTE)).toEqual([
    1, 2, 16, 60, 60,
  ]);
  expect([0, 0.999].map(random => Math.round(pauseAfter(7, () => random) / MINUTE))).toEqual([30, 90]);
  expect(pauseAfter(1, () => 0, 5 * MINUTE)).toBe(5 * MINUTE);
});
