/** `/bandcamp subscribe` as people type it in Slack. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { fixedReplies, HTTP, type SlackApp, startSlackApp, until } from '../../support/slack-app.ts';
import { CHANNELS } from '../../support/slack-server.ts';

const { db } = await testDatabase();
let running: SlackApp;
beforeEach(async () => {
  await db`truncate subscription cascade`;
  running = await startSlackApp(HTTP, { db, replies: fixedReplies() });
});
afterEach(() => running.close());

async function say(
  text: string,
  channel_id: string = CHANNELS.member,
): Promise<{ text: string; by: string }> {
  const { slack, url } = running;
  const before = slack.messages.length;
  await slack.sendCommand(url, { text, channel_id });
  await until(() => slack.messages.length > before);
  const { text: said = '', by = '' } = slack.messages.at(-1) ?? {};
  return { text: said, by };
}

test('subscribes, lists and unsubscribes this channel, for everybody to see', async () => {
  expect(await say('subscribe daily 09:00 Europe/Berlin')).toMatchObject({
    text: expect.stringMatching(
      /^Subscribed: the daily digest, every day at 09:00 Europe\/Berlin\. The next one comes /,
    ),
    by: 'in_channel',
  });
  expect(await db`select platform, tenant, target, owner, digest, zone from subscription`).toEqual([
    {
      platform: 'slack',
      tenant: 'T0TEST',
      target: CHANNELS.member,
      owner: 'U0PERSON',
      digest: 'daily',
      zone: 'Europe/Berlin',
    },
  ]);
  expect(await say('subscriptions')).toMatchObject({
    text: expect.stringContaining('09:00'),
    by: 'ephemeral',
  });
  expect(await say('unsubscribe daily')).toMatchObject({ by: 'in_channel' });
  expect(await db`select id from subscription`).toEqual([]);
});

test('says what would be right, to who asked alone', async () => {
  expect(await say('subscribe daily 9 berlin')).toEqual({
    text: '"berlin" is not a time zone that I know. Did you mean Europe/Berlin?',
    by: 'ephemeral',
  });
  expect(await say('subscribe <!channel> 9')).toMatchObject({ text: expect.not.stringContaining('<!') });
});

test.each([CHANNELS.stranger, CHANNELS.hidden])(
  'where it is no member (%s) it says how to invite it',
  async channel => {
    expect(await say('subscribe daily 09:00 UTC', channel)).toMatchObject({
      text: expect.stringContaining('/invite @Bandcamp Tracker'),
      by: 'ephemeral',
    });
    expect(await db`select id from subscription`).toEqual([]);
  },
);
