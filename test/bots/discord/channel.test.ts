/** Digests into Discord: one message with picture and PDF, and how it is known again. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDiscordChannel, nonceOf } from '../../../bots/discord/channel.ts';
import { renderDigest } from '../../../bots/discord/render.ts';
import { readConfig } from '../../../src/config.ts';
import { parseInstant } from '../../../src/core/time/instant.ts';
import { DISCORD_CHANNELS } from '../../support/discord-channels.ts';
import { DiscordServer } from '../../support/discord-server.ts';
import { expectGolden } from '../../support/golden.ts';
import { leapingClock } from '../../support/leaping-clock.ts';
import { aContent, aParcel, noFence } from '../../support/parcels.ts';

const DUE = parseInstant('2026-10-07T07:00Z');
const POST = /POST .*\/messages$/;
let discord: DiscordServer;
beforeEach(async () => {
  discord = await DiscordServer.start();
  discord.channels.clock = leapingClock(DUE);
});
afterEach(() => discord.stop());

const channel = () =>
  createDiscordChannel({ config: readConfig({ DISCORD_API_URL: discord.apiUrl }) }, discord.token);
const parcelTo = (target: string = DISCORD_CHANNELS.open) => aParcel(DUE, { target });

describe('sending', () => {
  test('posts one message with both files, which both parts are', async () => {
    const outgoing = parcelTo();
    const id = await channel().send('message', outgoing, aContent(outgoing), noFence);
    expect(discord.channels.messages).toMatchObject([{ id, nonce: nonceOf(outgoing.id) }]);
    expect(discord.channels.messages[0]?.files.map(({ name }) => name)).toEqual([
      'daily-2026-10-06.png',
      outgoing.filename,
    ]);
    const sent = { ...outgoing, parts: { message: id } };
    expect(await channel().send('attachment', sent, aContent(outgoing), noFence)).toBe(id);
    expect(discord.channels.messages).toHaveLength(1);
  });

  test.each([
    [0, 0],
    [1, 1],
    [100, 40],
  ])('stays within what Discord takes with %i rows in %i answers', async (rows, answers) => {
    const outgoing = parcelTo();
    await channel().send('message', outgoing, aContent(outgoing, rows, answers), noFence);
    expect(discord.channels.messages).toHaveLength(1);
  });

  test('the same again gives the first message, as long as Discord remembers its nonce', async () => {
    const outgoing = parcelTo();
    const id = await channel().send('message', outgoing, aContent(outgoing), noFence);
    expect(await channel().send('message', outgoing, aContent(outgoing), noFence)).toBe(id);
    expect(discord.channels.messages).toHaveLength(1);
  });

  test('asks the assertLease before it shows anything', async () => {
    const outgoing = parcelTo();
    const lost = async () => {
      throw new Error('lost');
    };
    await expect(channel().send('message', outgoing, aContent(outgoing), lost)).rejects.toThrow('lost');
    expect(discord.channels.messages).toEqual([]);
  });

  test.each([
    [DISCORD_CHANNELS.hidden, '50001 Missing Access'],
    [DISCORD_CHANNELS.silent, '50013 Missing Permissions'],
    ['1400000000000000009', '10003 Unknown Channel'],
  ])('into %s is refused for good', async (target, why) => {
    const outgoing = parcelTo(target);
    await expect(channel().send('message', outgoing, aContent(outgoing), noFence)).rejects.toMatchObject({
      message: `Discord says ${why}`,
      permanent: true,
    });
  });

  test('what passes is not repeated here', async () => {
    const outgoing = parcelTo();
    discord.limitNext(POST, 30);
    const limited = channel().send('message', outgoing, aContent(outgoing), noFence);
    await expect(limited).rejects.toMatchObject({
      retryAfterSeconds: expect.closeTo(30, 0),
      permanent: false,
    });
    discord.failNext(POST, { status: 503 });
    const down = channel().send('message', outgoing, aContent(outgoing), noFence);
    await expect(down).rejects.toThrow('Discord answered 503');
    expect(discord.requests).toHaveLength(2);
    expect(discord.channels.messages).toEqual([]);
  });
});

test('a message is found by its file, also when the nonce is forgotten and many came after it', async () => {
  const outgoing = parcelTo();
  discord.failNext(POST, 'cut after');
  await expect(channel().send('message', outgoing, aContent(outgoing), noFence)).rejects.toThrow();
  const [arrived] = discord.channels.messages;
  for (let count = 0; count < 120; count += 1) {
    const other = parcelTo();
    discord.channels.post(DISCORD_CHANNELS.open, { content: other.filename }, []);
  }
  expect(await channel().find('message', outgoing)).toBe(arrived?.id);
  expect(await channel().find('message', parcelTo())).toBeUndefined();
});

test('a digest is the golden one', () => {
  const outgoing = aParcel(DUE, { id: '01234567-89ab-4cde-8f01-23456789abcd' });
  const message = renderDigest(aContent(outgoing, 8, 4));
  expectGolden('discord/digest.json', `${JSON.stringify(message, null, 2)}\n`);
});
