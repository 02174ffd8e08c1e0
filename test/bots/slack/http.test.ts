import { afterEach, describe, expect, test } from 'vitest';
import type { Replies } from '../../../bots/slack/commands.ts';
import { realClock } from '../../../src/core/clock.ts';
import { exampleAnswer } from '../../support/answers.ts';
import { HTTP, type SlackApp, startSlackApp, until } from '../../support/slack-app.ts';
import { sendForm, sendJson } from '../../support/slack-requests.ts';
import { CHANNELS } from '../../support/slack-server.ts';

const png = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));

/** Replies at once: an answer with a chart, or an error to whoever asks for "nonsense". */
function fixedReplies(
  changes: Partial<Awaited<ReturnType<Replies['replyToText']>>> = {},
): Replies & { asked: unknown[] } {
  const asked: unknown[] = [];
  const answer = exampleAnswer(10);
  const reply = {
    kind: 'answer' as const,
    answer,
    chart: { png, filename: 'trending-genres.png', alt: 'Bars of ten genres.' },
    chartUrl: 'https://tracker.example/chart?c=1',
    pageUrl: 'https://tracker.example/q/trending-genres',
    ...changes,
  } as Awaited<ReturnType<Replies['replyToText']>>;
  return {
    asked,
    replyToText: async (_deps, text) => {
      asked.push(text);
      return text.startsWith('nonsense') ? { kind: 'error', text: `I don't know "${text}". Try "help".` } : reply;
    },
    replyToOptions: async (_deps, question, params) => {
      asked.push([question, params]);
      return reply;
    },
  };
}

let running: SlackApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(replies = fixedReplies(), env: Record<string, string> = HTTP) {
  running = await startSlackApp(env, { replies });
  return { ...running, replies };
}

const types = (blocks: { type?: unknown }[]) => blocks.map(({ type }) => type);

describe('/bandcamp over HTTP', () => {
  test('answers once, in one message with its picture', async () => {
    const { slack, url, replies } = await start();
    const response = await slack.sendCommand(url, { text: 'trending genres germany 7d' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    await until(() => slack.messages[0]?.edits === 1);
    expect(replies.asked).toEqual(['trending genres germany 7d']);
    expect(slack.messages).toHaveLength(1);
    const [message] = slack.messages;
    expect(message).toMatchObject({ channel: CHANNELS.member, by: 'api', files: [] });
    expect(types(message?.blocks ?? [])).toEqual(['header', 'section', 'image', 'table', 'context', 'actions']);
    const [file] = slack.files.values();
    expect(file).toMatchObject({ filename: 'trending-genres.png', altText: 'Bars of ten genres.', completed: true });
    expect(Buffer.from(file?.bytes ?? [])).toEqual(Buffer.from(png));
    expect(message?.blocks[2]).toEqual({
      type: 'image',
      slack_file: { id: file?.id },
      alt_text: 'Bars of ten genres.',
    });
  });

  test('tries again while Slack still looks at the picture', async () => {
    const { slack, url } = await start();
    slack.refusalsBeforeReady = 4;
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages[0]?.edits === 1);
    expect(types(slack.messages[0]?.blocks ?? [])).toContain('image');
    expect(slack.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(5);
    expect(slack.messages).toHaveLength(1);
  });

  test('puts a picture that Slack will not show into the thread', async () => {
    const { slack, url } = await start();
    slack.filesStayUnready = true;
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 2);
    const [message, file] = slack.messages;
    expect(types(message?.blocks ?? [])).not.toContain('image');
    expect(file).toMatchObject({ channel: CHANNELS.member, threadTs: message?.ts });
    expect(file?.files).toHaveLength(1);
  });

  test.each([CHANNELS.stranger, CHANNELS.hidden])(
    'answers in %s, where it may not post, by the response address',
    async channel_id => {
      const { slack, url } = await start();
      await slack.sendCommand(url, { text: 'trending genres', channel_id });
      await until(() => slack.messages.length === 1);
      const [message] = slack.messages;
      expect(message).toMatchObject({ channel: channel_id, by: 'in_channel' });
      expect(message?.blocks[2]).toMatchObject({ type: 'image', image_url: 'https://tracker.example/chart?c=1' });
      expect(types(message?.blocks ?? [])).toContain('table');
      expect(JSON.stringify(message?.blocks)).toContain('/invite @Bandcamp Tracker');
      expect(slack.files.size).toBe(0);
    },
  );

  test.each([
    ['cannot be fetched', 'https://tracker.invalid/chart'],
    ['is not https', 'http://tracker.example/chart'],
    ['is too long', `https://tracker.example/chart?c=${'x'.repeat(3000)}`],
  ])('leaves out a picture whose address %s', async (_why, chartUrl) => {
    const { slack, url } = await start(fixedReplies({ chartUrl }));
    await slack.sendCommand(url, { text: 'trending genres', channel_id: CHANNELS.stranger });
    await until(() => slack.messages.length === 1);
    expect(types(slack.messages[0]?.blocks ?? [])).not.toContain('image');
    expect(types(slack.messages[0]?.blocks ?? [])).toContain('table');
  });

  test('tells an error to who asked alone, harmlessly', async () => {
    const { slack, url } = await start();
    await slack.sendCommand(url, { text: 'nonsense &lt;!channel&gt;' });
    await until(() => slack.messages.length === 1);
    expect(slack.messages[0]).toMatchObject({
      by: 'ephemeral',
      text: 'I don\'t know "nonsense &lt;!channel&gt;". Try "help".',
    });
  });

  test.each(['', '  ', 'help', ' HELP '])('answers "%s" with the help, in the acknowledgement', async text => {
    const { slack, url, replies } = await start();
    const response = await slack.sendCommand(url, { text });
    const help = (await response.json()) as { response_type: string; blocks: unknown };
    expect(help.response_type).toBe('ephemeral');
    expect(JSON.stringify(help.blocks)).toContain('/bandcamp trending genres');
    expect([slack.messages, replies.asked]).toEqual([[], []]);
  });

  test('waits as long as Slack says after a 429', async () => {
    const { slack, url } = await start();
    slack.failNext('chat.postMessage', { retryAfterSeconds: 1 });
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages[0]?.edits === 1);
    expect(slack.messages).toHaveLength(1);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(2);
  });

  test('survives a Slack that fails: the answer comes by the response address, to who asked', async () => {
    const { slack, url } = await start();
    slack.failNext('chat.postMessage', { error: 'fatal_error' });
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 1);
    expect(slack.messages[0]).toMatchObject({ by: 'ephemeral' });
    slack.failNext('files.getUploadURLExternal', { error: 'storage_limit_reached' });
    slack.failNext('files.getUploadURLExternal', { error: 'storage_limit_reached' });
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.calls.filter(({ method }) => method === 'files.getUploadURLExternal').length === 2);
    expect(slack.messages[1]).toMatchObject({ by: 'api', edits: 0 });
  });

  test('says what it has to say in words where Slack refuses the blocks', async () => {
    const { slack, url } = await start(fixedReplies({ chart: undefined }));
    slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 1);
    expect(slack.messages[0]).toMatchObject({ by: 'api', blocks: [], text: exampleAnswer(10).headline });
  });
});

describe('a follow-up button', () => {
  const press = (answer: SlackApp['slack']['messages'][number], actionIndex: number, responseUrl: string) => {
    const actions = answer.blocks.find(({ type }) => type === 'actions') as { elements: Record<string, unknown>[] };
    return {
      type: 'block_actions',
      team: { id: 'T0TEST' },
      user: { id: 'U0PERSON', team_id: 'T0TEST' },
      channel: { id: answer.channel },
      container: { type: 'message', channel_id: answer.channel, message_ts: answer.ts, is_ephemeral: false },
      message: { ts: answer.ts },
      trigger_id: `press-${actionIndex}`,
      response_url: responseUrl,
      actions: [{ ...actions.elements[actionIndex], block_id: 'b1' }],
    };
  };

  test('answers in the thread of the message it stands in', async () => {
    const { slack, url, replies } = await start(fixedReplies({ chart: undefined }));
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 1);
    const [first] = slack.messages;
    if (!first) throw new Error('no answer');
    const response = await slack.sendAction(url, press(first, 0, slack.responseUrl(first.channel)));
    expect(response.status).toBe(200);
    await until(() => slack.messages.length === 2);
    expect(replies.asked[1]).toEqual(['trending-genres', { window: '30d', country: 'de' }]);
    expect(slack.messages[1]).toMatchObject({ channel: first.channel, threadTs: first.ts });
  });

  test('that only opens the page is acknowledged and nothing else', async () => {
    const { slack, url, replies } = await start(fixedReplies({ chart: undefined }));
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 1);
    const [first] = slack.messages;
    if (!first) throw new Error('no answer');
    expect((await slack.sendAction(url, press(first, 2, slack.responseUrl(first.channel)))).status).toBe(200);
    expect(replies.asked).toHaveLength(1);
  });
});

describe('the events address', () => {
  test('refuses what Slack did not sign, or signed long ago', async () => {
    const { slack, url, replies } = await start();
    const seconds = Date.parse('2026-10-07T12:00:00Z') / 1000;
    const wrong: [string, Parameters<typeof slack.sendCommand>[2]][] = [
      ['another secret', { secret: 'other' }],
      ['an old timestamp', { timestamp: seconds - 2 * 24 * 3600 }],
      ['a timestamp to come', { timestamp: seconds + 2 * 24 * 3600 }],
      ['no signature', { headers: { 'x-slack-signature': '' } }],
      ['a signature of another length', { headers: { 'x-slack-signature': 'v0=00' } }],
      ['no number', { headers: { 'x-slack-request-timestamp': '1e9' } }],
    ];
    for (const [why, changes] of wrong)
      expect([why, (await slack.sendCommand(url, { text: 'trending genres' }, changes)).status]).toEqual([why, 401]);
    expect(replies.asked).toEqual([]);
  });

  test('judges the age of a signature within five minutes', async () => {
    running = await startSlackApp(HTTP, { replies: fixedReplies(), clock: realClock });
    const { slack, url } = running;
    const now = Math.floor(realClock.now() / 1e6);
    const status = async (timestamp: number) => (await slack.sendCommand(url, { text: 'help' }, { timestamp })).status;
    expect(await status(now - 280)).toBe(200);
    expect(await status(now - 320)).toBe(401);
    expect(await status(now + 320)).toBe(401);
  });

  test('answers a repeated request once', async () => {
    const { slack, url, replies } = await start(fixedReplies({ chart: undefined }));
    const trigger_id = 'the same';
    expect((await slack.sendCommand(url, { text: 'trending genres', trigger_id })).status).toBe(200);
    const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    expect((await slack.sendCommand(url, { text: 'trending genres', trigger_id }, { headers })).status).toBe(200);
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 2);
    expect(replies.asked).toHaveLength(2);
  });

  test('proves that it is ours, and its certificate', async () => {
    const { clock, url, replies } = await start();
    const unsigned = { secret: 'other' };
    const check = { ssl_check: '1', command: '/bandcamp', text: 'trending genres' };
    expect((await sendForm(clock, url, check, unsigned)).status).toBe(200);
    expect(replies.asked).toEqual([]);
    const challenge = { type: 'url_verification', challenge: '3eZbrw1aB' };
    expect(await (await sendJson(clock, url, challenge)).json()).toEqual({ challenge: '3eZbrw1aB' });
    expect((await sendJson(clock, url, challenge, unsigned)).status).toBe(401);
  });

  test('refuses bodies that are too large or make no sense', async () => {
    const { clock, slack, url } = await start();
    expect((await sendForm(clock, url, { payload: '{"type":' })).status).toBe(400);
    expect((await sendJson(clock, url, null)).status).toBe(400);
    expect((await sendJson(clock, url, { type: 'event_callback', event: {} })).status).toBe(200);
    expect((await sendJson(clock, url, { what: 'is this' })).status).toBe(404);
    expect((await slack.sendCommand(url, { text: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  test('finishes what runs before it stops, and takes nothing new', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const replies = fixedReplies({ chart: undefined });
    const { slack, url, app } = await start({
      ...replies,
      replyToText: async (deps, text) => {
        await held;
        return replies.replyToText(deps, text);
      },
      asked: replies.asked,
    });
    await slack.sendCommand(url, { text: 'trending genres' });
    const stopped = app.stop();
    expect((await slack.sendCommand(url, { text: 'trending genres' })).status).toBe(503);
    release();
    await stopped;
    expect(slack.messages).toHaveLength(1);
  });
});

describe('what is configured', () => {
  test.each([
    [{}, 'off: SLACK_BOT_TOKEN is not set'],
    [{ SLACK_SIGNING_SECRET: 's' }, 'off: SLACK_BOT_TOKEN is not set'],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      'off: neither SLACK_SIGNING_SECRET (for HTTP) nor SLACK_APP_TOKEN (for Socket Mode) is set',
    ],
    [HTTP, 'on: POST /slack/events'],
    [{ ...HTTP, SLACK_APP_TOKEN: 'xapp-1' }, 'on: POST /slack/events'],
  ])('%j is %s', async (env, describe) => {
    const { app } = await start(fixedReplies(), env);
    expect(app.describe).toBe(describe);
    expect(app.routes !== undefined).toBe(describe.startsWith('on'));
  });

  test('a token that Slack refuses is logged, and nothing ends', async () => {
    const { logged } = await start(fixedReplies(), { ...HTTP, SLACK_BOT_TOKEN: 'xoxb-revoked' });
    await until(() => logged.some(line => line.includes('slack-token-unchecked')));
    expect(logged.join('')).toContain('invalid_auth');
    expect(logged.join('')).not.toContain('xoxb-revoked');
  });
});
