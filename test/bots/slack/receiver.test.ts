/** Which requests the events address takes, and what the configuration turns on. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { realClock } from '../../../src/core/time/clock.ts';
import { HOUR, SECOND } from '../../../src/core/time/instant.ts';
import { fixedReplies, HTTP, type SlackApp, startSlackApp, until } from '../../support/slack-app.ts';
import { sendForm, sendJson } from '../../support/slack-requests.ts';

let running: SlackApp | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(replies = fixedReplies(), env: Record<string, string> = HTTP) {
  running = await startSlackApp(env, { replies });
  return { ...running, replies };
}

describe('the events address', () => {
  test('refuses what Slack did not sign, or signed long ago', async () => {
    const { slack, url, replies } = await start();
    const seconds = Date.now() / 1000;
    const wrong: [string, Parameters<typeof slack.sendCommand>[2]][] = [
      ['another secret', { secret: 'other' }],
      ['an old timestamp', { timestamp: Math.floor(seconds) - 2 * 24 * 3600 }],
      ['a timestamp to come', { timestamp: Math.floor(seconds) + 2 * 24 * 3600 }],
      ['no signature', { headers: { 'x-slack-signature': '' } }],
      ['a signature of another length', { headers: { 'x-slack-signature': 'v0=00' } }],
      ['no number', { headers: { 'x-slack-request-timestamp': '1e9' } }],
    ];
    for (const [why, changes] of wrong)
      expect([why, (await slack.sendCommand(url, { text: 'trending genres' }, changes)).status]).toEqual([
        why,
        401,
      ]);
    expect(replies.asked).toEqual([]);
  });

  test('judges the age of a signature within five minutes', async () => {
    running = await startSlackApp(HTTP, { replies: fixedReplies(), clock: realClock });
    const { slack, url } = running;
    const now = Math.floor(realClock.now() / 1e6);
    const status = async (timestamp: number) =>
      (await slack.sendCommand(url, { text: 'help' }, { timestamp })).status;
    expect(await status(now - 280)).toBe(200);
    expect(await status(now - 320)).toBe(401);
    expect(await status(now + 320)).toBe(401);
  });

  test('judges it by the real time, also where the time of the service is simulated', async () => {
    const { slack, url, clock } = await start();
    expect(Math.abs(clock.now() - clock.realNow())).toBeGreaterThan(24 * HOUR);
    expect((await slack.sendCommand(url, { text: 'help' })).status).toBe(200);
    const timestamp = Math.floor(clock.now() / SECOND);
    expect((await slack.sendCommand(url, { text: 'help' }, { timestamp })).status).toBe(401);
  });

  test('does not parse what nobody signed', async () => {
    const { clock, url } = await start();
    const unsigned = { secret: 'other' };
    const parse = vi.spyOn(JSON, 'parse');
    onTestFinished(() => parse.mockRestore());
    const hostile = 'x'.repeat(900_000);
    expect((await sendJson(clock, url, { hostile }, unsigned)).status).toBe(401);
    expect((await sendForm(clock, url, { payload: '{}', ssl_check: '0' }, unsigned)).status).toBe(401);
    const long = { ssl_check: '1', text: 'x'.repeat(10_000) };
    expect((await sendForm(clock, url, long, unsigned)).status).toBe(401);
    // Slack's own client parses other things meanwhile.
    expect(parse.mock.calls.filter(([text]) => /hostile|^\{\}$/.test(text))).toEqual([]);
  });

  test('answers a repeated request once', async () => {
    const { slack, url, replies } = await start(fixedReplies({ chart: undefined }));
    const trigger_id = 'the same';
    expect((await slack.sendCommand(url, { text: 'trending genres', trigger_id })).status).toBe(200);
    const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    expect((await slack.sendCommand(url, { text: 'trending genres', trigger_id }, { headers })).status).toBe(
      200,
    );
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
    [{ ...HTTP, PUBLIC_URL: 'https://tracker.example/' }, 'on: POST https://tracker.example/slack/events'],
    [{ ...HTTP, SLACK_APP_TOKEN: 'xapp-1' }, 'on: POST /slack/events; SLACK_APP_TOKEN is not used'],
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
