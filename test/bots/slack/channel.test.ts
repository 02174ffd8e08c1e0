/** Digests into Slack: the message, the PDF in its thread, and how both are known again. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlackChannel } from '../../../bots/slack/channel.ts';
import { renderDigest } from '../../../bots/slack/render.ts';
import { readConfig } from '../../../src/config.ts';
import { simulatedClock } from '../../../src/core/time/clock.ts';
import { parseInstant } from '../../../src/core/time/instant.ts';
import { silentLog } from '../../../src/log.ts';
import { expectGolden } from '../../support/golden.ts';
import { aContent, aParcel, noFence } from '../../support/parcels.ts';
import { CHANNELS, type SlackServer, startSlack, TOKENS, unfurling } from '../../support/slack-server.ts';

const DUE = parseInstant('2026-10-07T07:00Z');
let slack: SlackServer;
beforeEach(async () => {
  slack = await startSlack(simulatedClock(DUE, 1));
});
afterEach(() => slack.close());

const channel = () => {
  const clock = simulatedClock(DUE, 1000);
  return createSlackChannel(
    { config: readConfig({ SLACK_API_URL: slack.apiUrl }), clock, log: silentLog },
    TOKENS.bot,
  );
};

describe('sending', () => {
  test('posts one message with its picture, then the PDF in its thread', async () => {
    const outgoing = aParcel(DUE);
    const content = aContent(outgoing);
    slack.refusalsBeforeReady = 2;
    const ts = await channel().send('message', outgoing, content, noFence);
    const file = await channel().send(
      'attachment',
      { ...outgoing, parts: { message: ts } },
      content,
      noFence,
    );
    expect(slack.messages).toMatchObject([
      { ts, channel: CHANNELS.member, edits: 0, metadata: { event_payload: { delivery: outgoing.id } } },
      { threadTs: ts, files: [file] },
    ]);
    const types = slack.messages[0]?.blocks.map(({ type }) => type);
    expect(types).toEqual(['header', 'section', 'image', 'table', 'section', 'context']);
    const inMarkup = slack.messages[0]?.blocks.filter(({ type }) => type !== 'table');
    expect(JSON.stringify(inMarkup)).not.toMatch(/<!|<@/);
    expect(slack.files.get(file)).toMatchObject({ filename: outgoing.filename, completed: true });
  });

  test.each([
    [0, 0],
    [1, 1],
    [100, 40],
  ])('stays within what Slack takes with %i rows in %i answers', async (rows, answers) => {
    const outgoing = aParcel(DUE);
    await channel().send('message', outgoing, aContent(outgoing, rows, answers), noFence);
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]?.blocks.length).toBeGreaterThan(2);
  });

  test('lets Slack unfurl nothing, in whatever form it arrives', async () => {
    // A digest names dozens of pages: previews of them would push the digest itself out of sight.
    const outgoing = aParcel(DUE);
    slack.filesStayUnready = true;
    await channel().send('message', outgoing, aContent(outgoing), noFence);
    for (let refused = 0; refused < 7; refused += 1)
      slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
    await channel().send('message', outgoing, aContent(outgoing), noFence);
    expect(slack.messages.map(({ blocks }) => blocks.length > 0)).toEqual([true, false]);
    const posts = slack.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts.length).toBeGreaterThan(8);
    for (const { args } of posts) expect(unfurling(args)).toEqual(['false', 'false']);
  });

  test('goes without a picture that Slack will not show', async () => {
    slack.filesStayUnready = true;
    const outgoing = aParcel(DUE);
    await channel().send('message', outgoing, aContent(outgoing), noFence);
    expect(slack.messages).toHaveLength(1);
    expect(slack.messages[0]?.blocks.map(({ type }) => type)).not.toContain('image');
  });

  test('asks the assertLease right before it shows anything', async () => {
    const outgoing = aParcel(DUE);
    const lost = async () => {
      throw new Error('lost');
    };
    await expect(channel().send('message', outgoing, aContent(outgoing), lost)).rejects.toThrow('lost');
    const inThread = { ...outgoing, parts: { message: '1.1' } };
    await expect(channel().send('attachment', inThread, aContent(outgoing), lost)).rejects.toThrow('lost');
    expect(slack.messages).toEqual([]);
  });

  test.each([
    [CHANNELS.stranger, 'not_in_channel'],
    [CHANNELS.hidden, 'channel_not_found'],
  ])('into %s is refused for good', async (target, code) => {
    const outgoing = aParcel(DUE, { target });
    await expect(channel().send('message', outgoing, aContent(outgoing), noFence)).rejects.toMatchObject({
      message: `Slack says ${code}`,
      permanent: true,
    });
  });

  test.each([
    [{ retryAfterSeconds: 30 }, { retryAfterSeconds: 30, permanent: false }],
    [{ error: 'internal_error' }, { permanent: false }],
    [{ status: 503 }, {}],
  ])('what passes is not repeated here: %o', async (failure, error) => {
    slack.failNext('chat.postMessage', failure);
    const outgoing = aParcel(DUE);
    await expect(channel().send('message', outgoing, aContent(outgoing), noFence)).rejects.toMatchObject(
      error,
    );
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });
});

describe('finding', () => {
  test('knows its own message and file again, among many others', async () => {
    const others = Array.from({ length: 40 }, () => aParcel(DUE));
    const outgoing = aParcel(DUE);
    const content = aContent(outgoing, 0, 0);
    const ts = await channel().send('message', outgoing, content, noFence);
    const sent = { ...outgoing, parts: { message: ts } };
    expect(await channel().find('attachment', sent)).toBeUndefined();
    const file = await channel().send('attachment', sent, content, noFence);
    for (const other of others) await channel().send('message', other, aContent(other, 0, 0), noFence);
    expect(await channel().find('message', outgoing)).toBe(ts);
    expect(await channel().find('attachment', sent)).toBe(file);
    expect(await channel().find('message', aParcel(DUE))).toBeUndefined();
  });

  test('that is not allowed is an error, since nobody knows then', async () => {
    slack.failNext('conversations.history', { error: 'missing_scope' });
    await expect(channel().find('message', aParcel(DUE))).rejects.toMatchObject({ permanent: true });
  });
});

test('a digest is the golden one', () => {
  const outgoing = aParcel(DUE, { id: '01234567-89ab-4cde-8f01-23456789abcd' });
  const message = renderDigest(aContent(outgoing, 8, 4), 'F00000001');
  expectGolden('slack/digest.json', `${JSON.stringify(message, null, 2)}\n`);
});
