/** `/subscribe` as people use it in Discord. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { startBot } from '../../support/discord-bot.ts';
import { DISCORD_CHANNELS } from '../../support/discord-channels.ts';
import { DiscordServer } from '../../support/discord-server.ts';

const { db } = await testDatabase();
let server: DiscordServer;
beforeAll(async () => {
  server = await DiscordServer.start();
});
afterAll(() => server.stop());
beforeEach(() => db`truncate subscription cascade`);

/** By HTTP, as the gateway leads to the same handler; the token, to post with, is there all the same. */
async function use(
  words: string,
  options: Record<string, string> = {},
  changes: Record<string, unknown> = {},
) {
  const bot = await startBot(server, db, {
    gateway: false,
    http: true,
    env: { DISCORD_TOKEN: server.token },
    wait: false,
  });
  const interaction = server.command(words, options);
  Object.assign(interaction.payload, changes);
  await server.post(bot.url, interaction.payload);
  await server.answered(interaction);
  return { text: String(interaction.message.content), forOne: interaction.response?.data?.flags === 64 };
}

test('subscribes, lists and unsubscribes this channel', async () => {
  const options = { digest: 'daily', time: '9:30 pm', zone: 'America/New_York' };
  expect(await use('subscribe', options)).toMatchObject({
    text: expect.stringMatching(
      /^Subscribed: the daily digest, every day at 21:30 America\/New\\_York\. The next one/,
    ),
    forOne: false,
  });
  expect(await db`select platform, target, owner, local_time::text as time from subscription`).toEqual([
    { platform: 'discord', target: DISCORD_CHANNELS.open, owner: '1300000000000000001', time: '21:30:00' },
  ]);
  expect(await use('subscriptions')).toMatchObject({ text: expect.stringContaining('21:30'), forOne: true });
  expect(await use('unsubscribe', { digest: 'daily' })).toMatchObject({ forOne: false });
  expect(await db`select id from subscription`).toEqual([]);
});

test.each([
  [{ time: 'noon', zone: 'UTC' }, {}, /is not a time of day/],
  [{ time: '9', zone: 'berlin' }, {}, /Did you mean Europe\/Berlin/],
  [
    { time: '9', zone: 'UTC' },
    { app_permissions: String(1 << 10) },
    /Missing permissions: Send Messages, Attach Files, Read Message/,
  ],
  [{ time: '9', zone: 'UTC' }, { guild_id: undefined }, /only be posted in a server channel/],
])('%o is refused at once, for its user alone', async (options, changes, message) => {
  const { text, forOne } = await use('subscribe', { digest: 'daily', ...options }, changes);
  expect([text, forOne]).toEqual([expect.stringMatching(message), true]);
  expect(await db`select id from subscription`).toEqual([]);
});

test('zones are suggested while they are typed', async () => {
  const bot = await startBot(server, db, { gateway: false, http: true });
  const typing = server.typing('subscribe', 'zone', 'kath');
  await server.post(bot.url, typing.payload);
  expect(typing.response).toMatchObject({ type: 8, data: { choices: expect.any(Array) } });
});

test('without a token to post with it says so', async () => {
  const bot = await startBot(server, db, { gateway: false, http: true });
  const interaction = server.command('subscribe', { digest: 'daily', time: '9', zone: 'UTC' });
  await server.post(bot.url, interaction.payload);
  await server.answered(interaction);
  expect(interaction.message.content).toContain('DISCORD\\_TOKEN');
});
