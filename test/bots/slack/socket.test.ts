/** The same by Socket Mode, and what happens when the connection ends. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Replies } from '../../../bots/slack/commands.ts';
import { exampleAnswer } from '../../support/answers.ts';
import { type SlackApp, SOCKET, startSlackApp, until } from '../../support/slack-app.ts';
import { CHANNELS } from '../../support/slack-server.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const answer = exampleAnswer(3);
const replies: Replies = {
  replyToText: async () => ({
    kind: 'answer',
    answer,
    chart: { png, filename: 'chart.png', alt: 'Three bars.' },
  }),
  replyToOptions: async (_deps, question) =>
    question === 'not-now' ? { kind: 'error', text: 'Not now.' } : { kind: 'answer', answer },
};

let running: SlackApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(env: Record<string, string> = SOCKET) {
  running = await startSlackApp(env, { replies });
  return running;
}

describe('/bandcamp by Socket Mode', () => {
  test('connects, acknowledges the envelope and answers once with the picture', async () => {
    const { app, slack } = await start();
    expect([app.describe, app.routes]).toEqual(['on: Socket Mode', undefined]);
    await slack.socket.opened(1);
    const command = slack.commandFields({ text: 'trending genres' });
    await slack.socket.deliver('slash_commands', command);
    await until(() => slack.messages[0]?.edits === 1);
    expect(slack.messages[0]?.blocks.map(({ type }) => type)).toContain('image');
    await slack.socket.deliver('slash_commands', command, 1);
    await slack.socket.deliver('slash_commands', slack.commandFields({ text: 'trending genres' }));
    await until(() => slack.messages[1]?.edits === 1);
    expect(slack.messages).toHaveLength(2);
  });

  test('gives the help in the acknowledgement', async () => {
    const { slack } = await start();
    await slack.socket.opened(1);
    const payload = await slack.socket.deliver('slash_commands', slack.commandFields({ text: 'help' }));
    expect(JSON.stringify(payload)).toContain('/bandcamp trending genres');
  });

  test('answers a button that one person sees in the channel, and its error to that person', async () => {
    const { slack } = await start();
    await slack.socket.opened(1);
    const channel = CHANNELS.member;
    const press = (question: string) => ({
      type: 'block_actions',
      team: { id: 'T0TEST' },
      user: { id: 'U0PERSON', team_id: 'T0TEST' },
      channel: { id: channel },
      container: { type: 'message', channel_id: channel, message_ts: '1.1', is_ephemeral: true },
      message: { ts: '1.1' },
      trigger_id: `press ${question}`,
      response_url: slack.responseUrl(channel),
      actions: [{ type: 'button', action_id: 'ask-0', block_id: 'b', value: JSON.stringify([question, {}]) }],
    });
    await slack.socket.deliver('interactive', press('not-now'));
    await until(() => slack.messages.length === 1);
    expect(slack.messages[0]).toMatchObject({ by: 'ephemeral', text: 'Not now.' });
    await slack.socket.deliver('interactive', press('top'));
    await until(() => slack.messages.length === 2);
    expect(slack.messages[1]).toMatchObject({ by: 'api', channel });
    expect(slack.messages[1]).not.toHaveProperty('threadTs');
  });

  test('connects anew when Slack asks for it, and when the connection is lost', async () => {
    const { slack } = await start();
    await slack.socket.opened(1);
    slack.socket.refresh();
    await slack.socket.opened(2);
    slack.socket.cut();
    await slack.socket.opened(3);
    await slack.socket.deliver('slash_commands', slack.commandFields({ text: 'trending genres' }));
    await until(() => slack.messages[0]?.edits === 1);
  });

  test('outlives a Slack that refuses the connection', async () => {
    const { slack, logged } = await start();
    await slack.socket.opened(1);
    for (const failure of [{ status: 500 }, { error: 'invalid_auth' }, { retryAfterSeconds: 0 }])
      slack.failNext('apps.connections.open', failure);
    slack.socket.cut();
    await slack.socket.opened(2);
    expect(logged.filter(line => line.includes('slack-socket-failed')).length).toBeGreaterThanOrEqual(3);
  });

  test('ends, connected or not', async () => {
    const { slack, app } = await start();
    await slack.socket.opened(1);
    await app.stop();
    expect(slack.socket.count).toBe(1);
    await running?.close();
    running = await startSlackApp({ ...SOCKET, SLACK_APP_TOKEN: 'xapp-revoked' }, { replies });
    await until(() => running?.logged.some(line => line.includes('slack-socket-failed')) ?? false);
    await running.app.stop();
  });
});
