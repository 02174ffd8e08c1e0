import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createDiscord, registerCommands } from '../../../bots/discord/app.ts';
import { commandDefinitions } from '../../../bots/discord/commands.ts';
import { renderAnswer } from '../../../bots/discord/render.ts';
import { readConfig } from '../../../src/config.ts';
import { simulatedClock } from '../../../src/core/time/clock.ts';
import { parseInstant, SECOND } from '../../../src/core/time/instant.ts';
import { questions } from '../../../src/questions/registry.ts';
import { exampleAnswer, longName } from '../../support/answers.ts';
import { testDatabase } from '../../support/database.ts';
import { answerReply, type Bot, PNG, startBot } from '../../support/discord-bot.ts';
import { type DiscordInteraction, DiscordServer } from '../../support/discord-server.ts';
import { seeded } from '../../support/random.ts';

const { db } = await testDatabase();
let server: DiscordServer;
beforeAll(async () => {
  server = await DiscordServer.start();
});
afterAll(() => server.stop());

/** More than one packet, so that an upload can be cut in its middle. */
const PICTURE_BYTES = 300_000;
const CALLBACK = /POST .*\/callback$/;
const EDIT = /PATCH .*\/messages\/@original$/;
const pathsOf = ({ id, token }: DiscordInteraction) =>
  server.requests.filter(({ path }) => path.includes(id) || path.includes(token)).map(({ status }) => status);

/** Both ways in which Discord hands over an interaction; each test below holds for both. */
describe.each(['gateway', 'http'] as const)('over %s', way => {
  const start = (options: Parameters<typeof startBot>[2] = {}) =>
    startBot(server, db, { gateway: way === 'gateway', http: way === 'http', ...options });
  const send = async (bot: Bot, interaction: DiscordInteraction): Promise<DiscordInteraction> => {
    if (way === 'gateway') server.dispatch(interaction);
    else await server.post(bot.url, interaction.payload);
    return interaction;
  };

  test('a question is deferred, then answered once with its picture', async () => {
    const bot = await start();
    const interaction = await send(
      bot,
      server.command('trending genres', { window: '7d', country: 'Germany' }),
    );
    await server.answered(interaction);
    expect(bot.asked.map(({ params }) => params)).toEqual([
      expect.objectContaining({ window: '7d', country: 'de' }),
    ]);
    expect(interaction.response).toEqual({ type: 5, data: undefined });
    const { answer, chart, pageUrl } = answerReply();
    expect(interaction.message).toEqual(JSON.parse(JSON.stringify(renderAnswer(answer, { chart, pageUrl }))));
    expect(interaction.files).toEqual([{ name: 'trending-genres.png', bytes: PNG }]);
    expect(pathsOf(interaction)).toEqual([204, 200]);
  });

  test.each([
    ['a wrong parameter', 'trending genres', { window: 'never' }, '"never" is not a window'],
    ['an unknown command', 'rising stars', {}, 'Unknown question "rising-stars"'],
    [
      'a text that is no question',
      'bandcamp',
      { text: '@everyone *rise*' },
      'recognise "\\@everyone \\*rise\\*"',
    ],
    ['a wish for help', 'help', {}, '**/trending genres**'],
    ['a wish for help in words', 'bandcamp', { text: ' Help ' }, '**/trending genres**'],
  ])('%s is answered at once, for its user alone', async (_, words, options, part) => {
    const bot = await start();
    const interaction = await send(bot, server.command(words, options as Record<string, string>));
    await server.answered(interaction);
    expect(interaction.response).toMatchObject({
      type: 4,
      data: { flags: 64, allowed_mentions: { parse: [] } },
    });
    expect(interaction.message.content).toContain(part);
    expect(bot.asked).toEqual([]);
  });

  test('words and buttons ask as options do', async () => {
    const bot = await start();
    const words = await send(bot, server.command('bandcamp', { text: 'trending genres germany 30d' }));
    const click = await send(bot, server.click('ask:trending-genres?window=30d&country=de'));
    await Promise.all([words, click].map(interaction => server.answered(interaction)));
    expect(bot.asked).toHaveLength(2);
    for (const { params } of bot.asked) expect(params).toMatchObject({ window: '30d', country: 'de' });
  });

  test('choices are suggested', async () => {
    const [question] = questions;
    if (!question) throw new Error('there is a question');
    const choices = Array.from({ length: 60 }, (_, at) => `genre ${at}`);
    const parameters = { ...question.parameters, level: { ...question.parameters.level, choices } };
    const bot = await start({ questions: [{ ...question, parameters }] });
    const interaction = await send(bot, server.typing('trending genres', 'level', 'e 5'));
    await server.until(() => interaction.response !== undefined);
    expect(interaction.response?.type).toBe(8);
    expect(interaction.response?.data.choices).toHaveLength(11);
  });

  test('a rate limit delays the answer', async () => {
    const bot = await start();
    server.limitNext(CALLBACK, 0.2);
    server.limitNext(EDIT, 0.2);
    const interaction = await send(bot, server.command('trending genres'));
    await server.answered(interaction);
    expect(pathsOf(interaction)).toEqual([429, 204, 429, 200]);
  });

  test.each(['cut before', 'cut after'] as const)(
    'an acknowledgement lost on the way (%s) is made good',
    async when => {
      const bot = await start();
      server.failNext(CALLBACK, when);
      const interaction = await send(bot, server.command('trending genres'));
      await server.answered(interaction);
      expect(pathsOf(interaction)).toEqual(when === 'cut before' ? [204, 200] : [400, 200]);
      expect(interaction.edits).toBe(1);
    },
  );

  test("Discord's own failures are tried again", async () => {
    const bot = await start();
    server.failNext(CALLBACK, { status: 503 });
    server.failNext(EDIT, { status: 500 }, { status: 502 });
    const interaction = await send(bot, server.command('trending genres'));
    await server.answered(interaction);
    expect(pathsOf(interaction)).toEqual([503, 204, 500, 502, 200]);
  });

  test('an answer that Discord refuses is owned up to, without a secret in the log', async () => {
    const bot = await start();
    server.failNext(EDIT, { status: 413, body: { message: 'Request entity too large', code: 40005 } });
    const interaction = await send(bot, server.command('trending genres'));
    await server.answered(interaction);
    expect(interaction.message.content).toContain('did not take the answer');
    expect(bot.logged).toContainEqual(expect.objectContaining({ event: 'discord-answer-refused' }));
    expect(JSON.stringify(bot.logged)).not.toContain(interaction.token);
  });

  test('200 at once are all answered, though a third of their uploads are cut', {
    timeout: 120_000,
  }, async () => {
    const reply = answerReply();
    const chart = { png: Buffer.alloc(PICTURE_BYTES, 7), filename: 'big.png', alt: '' };
    const interactions: DiscordInteraction[] = [];
    const bot = await start({
      reply: async () => {
        // The local Discord takes a while to read a picture, in this very process: nothing of it before all
        // have their response.
        await server.until(() => interactions.every(({ response }) => response));
        return { ...reply, chart };
      },
    });
    const next = seeded(14);
    let cuts = 0;
    server.cutUpload = () => {
      const cut = next() < 1 / 3;
      if (cut) cuts += 1;
      return cut;
    };
    onTestFinished(() => {
      server.cutUpload = undefined;
    });
    for (let count = 0; count < 200; count += 1) interactions.push(server.command('trending genres'));
    await Promise.all(interactions.map(interaction => send(bot, interaction)));
    await Promise.all(interactions.map(interaction => server.answered(interaction)));
    expect(interactions.map(({ files }) => files[0]?.bytes.length)).toEqual(
      interactions.map(() => PICTURE_BYTES),
    );
    expect(cuts).toBeGreaterThan(30);
    expect(bot.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('an answer that fails says so', async () => {
    const bot = await start({ reply: async () => ({ kind: 'error', text: 'There is no `data` yet.' }) });
    const interaction = await send(bot, server.command('trending genres'));
    await server.answered(interaction);
    expect(interaction.message.content).toBe('There is no \\`data\\` yet.');
  });

  test('the database is asked', async () => {
    const bot = await start({ reply: undefined });
    const interaction = await send(bot, server.command('trending genres', { until: '2026-10-07T12:00Z' }));
    await server.answered(interaction);
    expect(JSON.stringify(interaction.message)).toContain('No sales with a known genre');
    expect(interaction.message.flags).toBe(1 << 15);
  });

  test.each([0, 1, 100])('%i rows arrive', async rows => {
    const answer = exampleAnswer(rows, { headline: longName(3000) });
    const reply = answerReply(answer);
    const bot = await start({ reply: async () => reply });
    const interaction = await send(bot, server.command('trending genres'));
    await server.answered(interaction);
    expect(pathsOf(interaction)).toEqual([204, 200]);
    expect(interaction.message.components).toBeDefined();
  });

  test('an interaction that came too late is dropped', async () => {
    const bot = await start();
    const interaction = server.command('trending genres');
    server.aheadMs += 4_000;
    await send(bot, interaction);
    await server.until(() => pathsOf(interaction).length === 1);
    server.aheadMs = 0;
    expect(pathsOf(interaction)).toEqual([404]);
    expect(bot.asked).toEqual([]);
  });
});

describe('the interactions endpoint', () => {
  let bot: Bot;
  beforeEach(async () => {
    bot = await startBot(server, db, { gateway: false, http: true });
  });
  const ping = { id: '1', type: 1, version: 1 };
  const statusOf = async (...request: Parameters<DiscordServer['post']>) =>
    (await server.post(...request)).status;

  test('answers a PING', async () => {
    const response = await server.post(bot.url, ping);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ type: 1 });
  });

  test('refuses what Discord did not sign', async () => {
    const other = await DiscordServer.start();
    const command = server.command('trending genres').payload;
    expect(await (await other.post(bot.url, command)).status).toBe(401);
    await other.stop();
    expect(await statusOf(bot.url, ping, { tamper: body => `${body} ` })).toBe(401);
    expect(await statusOf(bot.url, ping, { signature: '00'.repeat(64) })).toBe(401);
    expect(await statusOf(bot.url, ping, { signature: 'not hexadecimal' })).toBe(401);
    expect((await fetch(bot.url, { method: 'POST', body: JSON.stringify(ping) })).status).toBe(401);
    expect(bot.asked).toEqual([]);
  });

  test('refuses what was signed long ago or lies ahead', async () => {
    const seconds = Date.now() / 1000;
    expect(await statusOf(bot.url, ping, { seconds: seconds - 290 })).toBe(200);
    expect(await statusOf(bot.url, ping, { seconds: seconds - 310 })).toBe(401);
    expect(await statusOf(bot.url, ping, { seconds: seconds + 310 })).toBe(401);
    expect(await statusOf(bot.url, ping, { seconds: Number.NaN })).toBe(401);
  });

  test('judges that by the real time, also where the time of the service is simulated', async () => {
    const past = simulatedClock(parseInstant('2026-10-07T12:00Z'), 60);
    const { url } = await startBot(server, db, { gateway: false, http: true, clock: past });
    expect(await statusOf(url, ping)).toBe(200);
    expect(await statusOf(url, ping, { seconds: past.now() / SECOND })).toBe(401);
  });

  test('answers a replayed request once', async () => {
    const interaction = server.command('trending genres');
    expect(await statusOf(bot.url, interaction.payload)).toBe(202);
    expect(await statusOf(bot.url, interaction.payload)).toBe(202);
    await server.answered(interaction);
    await bot.discord.stop();
    expect(interaction.edits).toBe(1);
    expect(bot.asked).toHaveLength(1);
  });

  test('refuses bodies that are no interactions', async () => {
    expect(await statusOf(bot.url, 'a string')).toBe(400);
    expect(await statusOf(bot.url, {}, { tamper: () => '' })).toBe(401);
    expect(await statusOf(bot.url, { ...ping, padding: 'x'.repeat(300_000) })).toBe(413);
  });

  test('tells Discord when it cannot acknowledge', async () => {
    const interaction = server.command('trending genres');
    server.failNext(CALLBACK, { status: 500 }, { status: 500 });
    expect(await statusOf(bot.url, interaction.payload)).toBe(502);
    expect(bot.logged).toContainEqual(expect.objectContaining({ event: 'discord-interaction-failed' }));
  });
});

describe('the start line', () => {
  const describeWith = async (env: Record<string, string>) => {
    const config = readConfig(env);
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const discord = await createDiscord({
      config,
      db,
      log,
      clock: { now: () => 0 } as never,
      renderChart: async () => PNG,
    });
    return { ...discord, routes: discord.routes !== undefined };
  };

  test('says what is on, or which settings are missing', async () => {
    const off = await describeWith({});
    expect(off).toMatchObject({
      routes: false,
      describe: expect.stringMatching(/^off: .*DISCORD_TOKEN.*DISCORD_PUBLIC_KEY/),
    });
    await off.start();
    await off.stop();
    const token = { DISCORD_TOKEN: 't' };
    const key = { DISCORD_PUBLIC_KEY: 'ab'.repeat(32) };
    expect(await describeWith(token)).toMatchObject({
      routes: false,
      describe: 'on: commands over the gateway',
    });
    expect(await describeWith(key)).toMatchObject({
      routes: true,
      describe: 'on: commands by HTTP at /discord/interactions',
    });
    expect((await describeWith({ ...token, ...key })).describe).toMatch(/gateway and by HTTP/);
  });
});

describe('registering the commands', () => {
  const register = (changes: Record<string, string> = {}) =>
    registerCommands({
      config: readConfig({
        DISCORD_API_URL: server.apiUrl,
        DISCORD_TOKEN: server.token,
        DISCORD_APPLICATION_ID: server.applicationId,
        ...changes,
      }),
    });

  test('can be repeated', async () => {
    const count = commandDefinitions(questions).length;
    expect(await register()).toBe(count);
    expect(await register({ DISCORD_API_URL: `${server.apiUrl}/v10` })).toBe(count);
    expect(server.commands.map(({ name }) => name)).toEqual(
      commandDefinitions(questions).map(({ name }) => name),
    );
  });

  test('says what is missing or wrong', async () => {
    await expect(register({ DISCORD_TOKEN: '' })).rejects.toThrow('DISCORD_TOKEN is not set');
    await expect(register({ DISCORD_APPLICATION_ID: '' })).rejects.toThrow(
      'DISCORD_APPLICATION_ID is not set',
    );
    await expect(register({ DISCORD_TOKEN: 'wrong' })).rejects.toThrow('401');
    await expect(register({ DISCORD_APPLICATION_ID: '1200000000000000009' })).rejects.toThrow('403');
  });
});
