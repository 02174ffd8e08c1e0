/** The Discord bot as the service runs it, against a local Discord, with answers made by hand. */

import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { onTestFinished, vi } from 'vitest';
import { createDiscord } from '../../bots/discord/app.ts';
import type { Reply } from '../../bots/replies.ts';
import { readConfig } from '../../src/config.ts';
import type { Answer } from '../../src/core/answer.ts';
import { type Clock, realClock } from '../../src/core/time/clock.ts';
import type { Sql } from '../../src/db/connect.ts';
import { createLog } from '../../src/log.ts';
import type { ParsedQuestion, Question } from '../../src/questions/lib/definition.ts';
import { exampleAnswer } from './answers.ts';
import type { DiscordServer } from './discord-server.ts';

/** The eight bytes that every PNG begins with, and then nothing: the local Discord does not look inside. */
export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What the bot replies with an answer; `ask` is echoed in its parameters. */
export function answerReply(answer: Answer = exampleAnswer(3)): Reply & { kind: 'answer' } {
  return {
    kind: 'answer',
    answer,
    chart: { png: PNG, filename: `${answer.question}.png`, alt: answer.chart?.alt ?? '' },
    pageUrl: 'https://tracker.example/q/trending-genres?window=7d',
  };
}

interface BotOptions {
  gateway?: boolean;
  http?: boolean;
  env?: Record<string, string>;
  /** Undefined asks the database, as the service does. */
  reply?: ((question: ParsedQuestion) => Promise<Reply>) | undefined;
  questions?: readonly Question[];
  /** False for a bot that will not get the gateway. */
  wait?: boolean;
  /** The real one unless given. */
  clock?: Clock;
}

export interface Bot {
  discord: Awaited<ReturnType<typeof createDiscord>>;
  /** Address of the interactions endpoint. */
  url: string;
  /** Everything logged. */
  logged: { event: string; [field: string]: unknown }[];
  /** Questions that were asked. */
  asked: ParsedQuestion[];
}

/** Starts it; it is stopped after the test. */
export async function startBot(server: DiscordServer, db: Sql, options: BotOptions = {}): Promise<Bot> {
  const {
    gateway = true,
    http = false,
    env = {},
    reply,
    questions,
    wait = true,
    clock = realClock,
  } = { reply: async () => answerReply(), ...options };
  const logged: Bot['logged'] = [];
  const asked: ParsedQuestion[] = [];
  const deps = {
    config: readConfig({
      DISCORD_API_URL: server.apiUrl,
      ...(gateway && { DISCORD_TOKEN: server.token }),
      ...(http && { DISCORD_PUBLIC_KEY: server.publicKey }),
      ...env,
    }),
    db,
    clock,
    log: createLog('debug', line => logged.push(JSON.parse(line))),
    renderChart: async () => PNG,
  };
  const discord = await createDiscord(deps, {
    ...(reply && {
      reply: question => {
        asked.push(question);
        return reply(question);
      },
    }),
    ...(questions && { questions }),
  });
  onTestFinished(() => discord.stop());
  await discord.start();
  let url = '';
  const { routes } = discord;
  if (routes) {
    const listening = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' });
    onTestFinished(() => new Promise<void>(resolve => listening.close(() => resolve())));
    await new Promise(resolve => listening.once('listening', resolve));
    url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/discord/interactions`;
  }
  if (gateway && wait)
    await vi.waitUntil(() => logged.some(({ event }) => event === 'discord-gateway-ready'), 20_000);
  return { discord, url, logged, asked };
}
