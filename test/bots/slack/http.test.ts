/** What people see when they type `/bandcamp` or press a button, with Slack coming by HTTP. */
import { afterEach, describe, expect, test } from 'vitest';
import { exampleAnswer } from '../../support/answers.ts';
import { fixedReplies, HTTP, PNG, type SlackApp, startSlackApp, until } from '../../support/slack-app.ts';
import { CHANNELS, unfurling } from '../../support/slack-server.ts';

let running: SlackApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(replies = fixedReplies()) {
  running = await startSlackApp(HTTP, { replies });
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
    expect(types(message?.blocks ?? [])).toEqual([
      'header',
      'section',
      'image',
      'table',
      'context',
      'actions',
    ]);
    const [file] = slack.files.values();
    expect(file).toMatchObject({
      filename: 'trending-genres.png',
      altText: 'Bars of ten genres.',
      completed: true,
    });
    expect(Buffer.from(file?.bytes ?? [])).toEqual(Buffer.from(PNG));
    expect(message?.blocks[2]).toEqual({
      type: 'image',
      slack_file: { id: file?.id },
      alt_text: 'Bars of ten genres.',
    });
  });

  test('lets Slack unfurl nothing, with blocks and without', async () => {
    // An answer links a page in every row: previews of them all would bury what was asked.
    const { slack, url } = await start();
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 1);
    slack.failNext('chat.postMessage', { error: 'invalid_blocks' });
    await slack.sendCommand(url, { text: 'trending genres' });
    await until(() => slack.messages.length === 2);
    const posts = slack.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts).toHaveLength(3);
    for (const { args } of posts) expect(unfurling(args)).toEqual(['false', 'false']);
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
      expect(message?.blocks[2]).toMatchObject({
        type: 'image',
        image_url: 'https://tracker.example/chart?c=1',
      });
      expect(types(message?.blocks ?? [])).toContain('table');
      expect(JSON.stringify(message?.blocks)).toContain('/invite @Bandcamp Tracker');
      expect(slack.files.size).toBe(0);
    },
  );

  test.each([
    ['cannot be fetched', 'https://tracker.invalid/chart', 2],
    ['is not https', 'http://tracker.example/chart', 1],
    ['is too long', `https://tracker.example/chart?c=${'x'.repeat(3000)}`, 1],
  ])('leaves out a picture whose address %s', async (_why, chartUrl, attempts) => {
    const { slack, url } = await start(fixedReplies({ chartUrl }));
    await slack.sendCommand(url, { text: 'trending genres', channel_id: CHANNELS.stranger });
    await until(() => slack.messages.length === 1);
    expect(types(slack.messages[0]?.blocks ?? [])).not.toContain('image');
    expect(types(slack.messages[0]?.blocks ?? [])).toContain('table');
    expect(slack.calls.filter(({ method }) => method === 'response_url')).toHaveLength(attempts);
  });

  test('tells an error to who asked alone, harmlessly', async () => {
    const { slack, url } = await start();
    await slack.sendCommand(url, { text: 'nonsense &lt;!channel&gt;' });
    await until(() => slack.messages.length === 1);
    expect(slack.messages[0]).toMatchObject({
      by: 'ephemeral',
      text: 'I don\'t recognise "nonsense &lt;!channel&gt;". Try "help".',
    });
  });

  test.each(['', '  ', 'help', ' HELP '])(
    'answers "%s" with the help, in the acknowledgement',
    async text => {
      const { slack, url, replies } = await start();
      const response = await slack.sendCommand(url, { text });
      const help = (await response.json()) as { response_type: string; blocks: unknown };
      expect(help.response_type).toBe('ephemeral');
      expect(JSON.stringify(help.blocks)).toContain('/bandcamp trending genres');
      expect([slack.messages, replies.asked]).toEqual([[], []]);
    },
  );

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
    await until(
      () => slack.calls.filter(({ method }) => method === 'files.getUploadURLExternal').length === 2,
    );
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
    const actions = answer.blocks.find(({ type }) => type === 'actions') as {
      elements: Record<string, unknown>[];
    };
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
