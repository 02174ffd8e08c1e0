/** Our Slack app against the local Slack: the real Bolt and WebClient, over HTTP or by Socket Mode. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Bot } from '../../bots/platform.ts';
import { createSlack } from '../../bots/slack/app.ts';
import type { CommandDeps, Replies } from '../../bots/slack/commands.ts';
import { readConfig } from '../../src/config.ts';
import { type Clock, simulatedClock } from '../../src/core/time/clock.ts';
import { parseInstant } from '../../src/core/time/instant.ts';
import { createLog } from '../../src/log.ts';
import { exampleAnswer } from './answers.ts';
import { SIGNING_SECRET } from './slack-requests.ts';
import { type SlackServer, startSlack, TOKENS } from './slack-server.ts';

export interface SlackApp {
  /** Dates and judges signatures. */
  clock: Clock;
  slack: SlackServer;
  app: Bot;
  /** Where Slack sends its requests; unused by Socket Mode. */
  url: string;
  /** Events that were logged. */
  logged: string[];
  close(): Promise<void>;
}

/** Waits between attempts last a thousandth. */
const fastClock = () => simulatedClock(parseInstant('2026-10-07T12:00Z'), 1000);

export const HTTP = { SLACK_BOT_TOKEN: TOKENS.bot, SLACK_SIGNING_SECRET: SIGNING_SECRET };
export const SOCKET = { SLACK_BOT_TOKEN: TOKENS.bot, SLACK_APP_TOKEN: TOKENS.app };

/** Starts both. `given` replaces what the app is made of; without `replies` it has the real ones. */
export async function startSlackApp(
  env: Record<string, string>,
  { replies, ...given }: Partial<CommandDeps> & { replies?: Replies } = {},
): Promise<SlackApp> {
  const clock = given.clock ?? fastClock();
  const slack = await startSlack(clock);
  const logged: string[] = [];
  const deps: CommandDeps = {
    config: readConfig({ SLACK_API_URL: slack.apiUrl, ...env }),
    db: undefined as never,
    renderChart: async () => new Uint8Array(),
    ...given,
    clock,
    log: createLog('debug', line => logged.push(line)),
  };
  const app = createSlack(deps, replies);
  const server = app.routes && serve({ fetch: app.routes.fetch, port: 0, hostname: '127.0.0.1' });
  if (server && !server.listening) await new Promise(resolve => server.once('listening', resolve));
  await app.start();
  return {
    clock,
    slack,
    app,
    url: server ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : '',
    logged,
    close: async () => {
      await app.stop();
      if (server) await new Promise(resolve => server.close(resolve));
      await slack.close();
    },
  };
}

/** Waits until the condition holds; the test's own time limit is the only one. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 5));
}

/** The beginning of one: what is tested is that these bytes arrive. */
export const PNG = new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));

/** Replies at once: an answer with a chart, or an error to whoever asks for "nonsense". */
export function fixedReplies(
  changes: Partial<Awaited<ReturnType<Replies['replyToText']>>> = {},
): Replies & { asked: unknown[] } {
  const asked: unknown[] = [];
  const answer = exampleAnswer(10);
  const reply = {
    kind: 'answer' as const,
    answer,
    chart: { png: PNG, filename: 'trending-genres.png', alt: 'Bars of ten genres.' },
    chartUrl: 'https://tracker.example/chart?c=1',
    pageUrl: 'https://tracker.example/q/trending-genres',
    ...changes,
  } as Awaited<ReturnType<Replies['replyToText']>>;
  return {
    asked,
    replyToText: async (_deps, text) => {
      asked.push(text);
      return text.startsWith('nonsense')
        ? { kind: 'error', text: `I don't recognise "${text}". Try "help".` }
        : reply;
    },
    replyToOptions: async (_deps, question, params) => {
      asked.push([question, params]);
      return reply;
    },
  };
}
