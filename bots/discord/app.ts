/** The Discord bot as a part of the service: what is on, its routes, its start and its end. */

import type { Hono } from 'hono';
import type { Ambient } from '../../src/ambient.ts';
import type { ChartRenderers } from '../../src/charts/renderers.ts';
import { UserError } from '../../src/core/errors.ts';
import type { HasDb } from '../../src/db/connect.ts';
import { keepLeading } from '../../src/db/lock.ts';
import type { ParsedQuestion, Question } from '../../src/questions/lib/definition.ts';
import { questions as registry } from '../../src/questions/registry.ts';
import { type Reply, replyToOptions } from '../replies.ts';
import { manageSubscriptions } from '../subscriptions.ts';

type DiscordDeps = HasDb & Pick<Ambient, 'config' | 'clock' | 'log'> & Pick<ChartRenderers, 'renderChart'>;

export interface Discord {
  /** On or off and why, for the start line. */
  describe: string;
  /** To be mounted at the root; absent without `DISCORD_PUBLIC_KEY`. */
  routes?: Hono;
  /** Takes part in the election of the one replica that holds the gateway. */
  start(): Promise<void>;
  /** Takes no more interactions and resolves when those that run are answered. */
  stop(): Promise<void>;
}

interface DiscordOptions {
  questions?: readonly Question[];
  /** Answers a question; never throws. */
  reply?: (question: ParsedQuestion) => Promise<Reply>;
}

/** discord.js (a third of a second, 55 MB) is loaded only where it is needed. */
export async function createDiscord(
  deps: DiscordDeps,
  {
    questions = registry,
    reply = ({ question, params }) => replyToOptions(deps, question.name, params),
  }: DiscordOptions = {},
): Promise<Discord> {
  const { config, log } = deps;
  if (!config.discordToken && !config.discordPublicKey) {
    const describe =
      'off: neither DISCORD_TOKEN (commands over the gateway) nor DISCORD_PUBLIC_KEY (commands by HTTP) is set';
    return { describe, start: async () => {}, stop: async () => {} };
  }
  const [{ createApi }, { createHandler }, { INTERACTIONS_PATH, interactionsEndpoint }, { runGateway }] =
    await Promise.all([
      import('./api.ts'),
      import('./handler.ts'),
      import('./endpoint.ts'),
      import('./gateway.ts'),
    ]);
  const handler = createHandler({
    log,
    api: createApi(config),
    questions,
    reply,
    manage: async (target, owner, command) =>
      config.discordToken || command.kind !== 'subscribe'
        ? manageSubscriptions(deps, target, owner, command)
        : {
            text: 'Digests are off here: the operator has to set DISCORD_TOKEN, to post with.',
            toAll: false,
          },
  });
  const routes = config.discordPublicKey && interactionsEndpoint(deps, config.discordPublicKey, handler);
  const stopping = new AbortController();
  let leading = Promise.resolve();
  const ways = [config.discordToken && 'over the gateway', routes && `by HTTP at ${INTERACTIONS_PATH}`];

  return {
    describe: `on: commands ${ways.filter(Boolean).join(' and ')}`,
    ...(routes && { routes }),
    async start() {
      if (!config.discordToken) return;
      const lead = (signal: AbortSignal) => runGateway(deps, handler.accept, signal);
      leading = keepLeading(deps, 'discord-gateway', lead, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await leading;
      await handler.drain();
    },
  };
}

/**
 * Makes the questions the application's commands, in place of all it had; repeating it changes nothing.
 * @returns how many commands there are now
 * @throws UserError that names the missing setting or says what Discord refused
 */
export async function registerCommands(
  { config }: Pick<Ambient, 'config'>,
  questions: readonly Question[] = registry,
): Promise<number> {
  const { discordToken, discordApplicationId } = config;
  if (!discordToken || !discordApplicationId) {
    const missing = discordToken ? 'DISCORD_APPLICATION_ID' : 'DISCORD_TOKEN';
    throw new UserError(
      `${missing} is not set.`,
      'Copy it from the application at https://discord.com/developers.',
    );
  }
  const [{ createApi }, { commandDefinitions }, { DiscordAPIError }] = await Promise.all([
    import('./api.ts'),
    import('./commands.ts'),
    import('discord.js'),
  ]);
  try {
    return await createApi(config).putCommands(discordApplicationId, commandDefinitions(questions));
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    throw new UserError(
      `Discord refused the commands: ${error.message.replaceAll('\n', ' ')} (${error.status}).`,
      'Check that DISCORD_TOKEN and DISCORD_APPLICATION_ID are those of one application.',
    );
  }
}
