import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createApi } from '../../../bots/discord/api.ts';
import { runGateway } from '../../../bots/discord/gateway.ts';
import { createHandler } from '../../../bots/discord/handler.ts';
import { DISCORD_SETTINGS } from '../../../bots/discord/settings.ts';
import { readConfig } from '../../../src/config.ts';
import { silentLog } from '../../../src/log.ts';
import { questions } from '../../../src/questions/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { answerReply, startBot } from '../../support/discord-bot.ts';
import { DiscordServer } from '../../support/discord-server.ts';

const { db } = await testDatabase();
let server: DiscordServer;
beforeAll(async () => {
  server = await DiscordServer.start();
});
afterAll(() => server.stop());

/** A Discord of its own, for tests that disturb its gateway. */
async function ownServer(options: Parameters<typeof DiscordServer.start>[0] = {}): Promise<DiscordServer> {
  const own = await DiscordServer.start(options);
  onTestFinished(() => own.stop());
  return own;
}

const trending = (from: DiscordServer, options = { window: '7d' }) =>
  from.dispatch(from.command('trending genres', options));

describe('a connection', () => {
  test('that Discord asks to renew is resumed, and what happened meanwhile is answered', async () => {
    const own = await ownServer();
    await startBot(own, db);
    own.gateway.askToReconnect();
    await own.gateway.until(({ connected }) => connected === 0);
    const missed = trending(own);
    await own.answered(missed);
    expect(missed.edits).toBe(1);
    expect(own.gateway.log.filter(entry => entry !== 'heartbeat')).toEqual(['identify', 'resume']);
  });

  test('that breaks is resumed', async () => {
    const own = await ownServer({ heartbeatMs: 100 });
    await startBot(own, db);
    own.gateway.cut();
    await own.gateway.until(({ log, connected }) => log.includes('resume') && connected === 1);
    await own.answered(trending(own));
    await own.gateway.until(({ log }) => log.includes('heartbeat'));
  });

  test('whose session is lost begins anew', async () => {
    const own = await ownServer();
    await startBot(own, db);
    own.gateway.invalidate();
    await own.gateway.until(
      ({ log, connected }) => log.filter(e => e === 'identify').length === 2 && connected === 1,
    );
    await own.answered(trending(own));
  });

  test('that falls silent is given up, for the next attempt', async () => {
    const silent = await ownServer({ heartbeatMs: 60_000 });
    const lively = await ownServer({ heartbeatMs: 50 });
    const stopping = new AbortController();
    const run = (from: DiscordServer) => {
      const config = readConfig({ DISCORD_API_URL: from.apiUrl, DISCORD_TOKEN: from.token });
      return runGateway({ config, log: silentLog }, () => {}, stopping.signal, 500);
    };
    const living = run(lively);
    await expect(run(silent)).rejects.toThrow('silent');
    expect(lively.gateway.connected).toBe(1);
    stopping.abort();
    await living;
  });

  test('that Discord closes for good is not tried again', async () => {
    const own = await ownServer();
    const { logged, discord } = await startBot(own, db);
    own.gateway.closeAll(4014);
    await own.gateway.until(({ sockets }) => sockets === 0);
    await delay(1_000);
    expect(own.gateway.log).toEqual(['identify']);
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'discord-gateway-refused', refusal: 'DisallowedIntents' }),
    );
    await discord.stop();
  });

  test('with a token that Discord does not know is not tried again', async () => {
    const own = await ownServer();
    const { logged, discord } = await startBot(own, db, { env: { DISCORD_TOKEN: 'wrong' }, wait: false });
    await own.until(() => own.requests.length > 0);
    await delay(500);
    expect(own.requests).toHaveLength(1);
    expect(logged).toContainEqual(expect.objectContaining({ event: 'discord-gateway-refused' }));
    expect(JSON.stringify(logged)).not.toContain('wrong');
    await discord.stop();
  });

  test('is left for good when the bot stops while it reconnects', async () => {
    const own = await ownServer();
    const { discord } = await startBot(own, db);
    own.gateway.cut();
    await discord.stop();
    await delay(1_500);
    expect(own.gateway.sockets).toBe(0);
  });
});

test('one of two replicas holds the gateway, and the other takes over', async () => {
  const own = await ownServer();
  const first = await startBot(own, db);
  const second = await startBot(own, db, { wait: false });
  await own.answered(trending(own));
  expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
  await first.discord.stop();
  await own.gateway.until(
    ({ log, connected }) => log.filter(e => e === 'identify').length === 2 && connected === 1,
  );
  await own.answered(trending(own));
  expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
});

test('one use of a command that reaches two connections is answered once', async () => {
  const config = readConfig({ DISCORD_API_URL: server.apiUrl, DISCORD_TOKEN: server.token });
  const stopping = new AbortController();
  const handlers = [1, 2].map(() =>
    createHandler({
      log: silentLog,
      api: createApi(config.settings(DISCORD_SETTINGS)),
      questions,
      reply: async () => answerReply(),
      manage: async () => ({ text: '', toAll: false }),
    }),
  );
  const running = handlers.map(({ accept }) =>
    runGateway({ config, log: silentLog }, accept, stopping.signal),
  );
  await server.gateway.until(({ connected }) => connected === 2);
  const interaction = trending(server);
  const callbacks = () => server.requests.filter(({ path }) => path.includes(interaction.id));
  await server.until(() => callbacks().length === 2 && interaction.message !== undefined);
  stopping.abort();
  await Promise.all([...running, ...handlers.map(({ drain }) => drain())]);
  expect(
    callbacks()
      .map(({ status }) => status)
      .sort(),
  ).toEqual([204, 400]);
  expect(interaction.edits).toBe(1);
});

test('an interaction of a kind that nobody knows yet does not disturb the bot', async () => {
  const { logged } = await startBot(server, db);
  const strange = server.command('trending genres');
  Object.assign(strange.payload, { type: 99, data: null, channel: { id: 'x', type: 99 } });
  server.dispatch(strange);
  await server.until(
    () => strange.response !== undefined || server.requests.some(({ path }) => path.includes(strange.id)),
  );
  await server.answered(trending(server));
  expect(logged.filter(({ event }) => event === 'discord-client-error')).toEqual([]);
});

test('a stop waits for the answers that are under way', async () => {
  const release = Promise.withResolvers<void>();
  const { discord, asked } = await startBot(server, db, {
    reply: async () => {
      await release.promise;
      return answerReply();
    },
  });
  const interaction = trending(server);
  await vi.waitUntil(() => asked.length === 1);
  const stopped = discord.stop();
  expect(await Promise.race([stopped.then(() => 'stopped'), delay(300, 'waits')])).toBe('waits');
  release.resolve();
  await stopped;
  expect(interaction.edits).toBe(1);
});
