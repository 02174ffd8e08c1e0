/** The Discord bot as a part of the service: what is on, its routes, its start and its end. */

import type { Ambient } from '../../src/ambient.ts';
import type { ChartRenderers } from '../../src/charts/renderers.ts';
import { UserError } from '../../src/core/errors.ts';
import type { HasDb } from '../../src/db/connect.ts';
import { keepLeading } from '../../src/db/lock.ts';
import type { ParsedQuestion, Question } from '../../src/questions/lib/definition.ts';
import { understand } from '../../src/questions/lib/understand.ts';
import { questions as registry } from '../../src/questions/registry.ts';
import type { Bot } from '../platform.ts';
import { type Reply, replyToOptions } from '../replies.ts';
import { manageSubscriptions } from '../subscriptions.ts';
import { CHART_THEME, DISCORD_SETTINGS } from './settings.ts';

type DiscordDeps = HasDb & Pick<Ambient, 'config' | 'clock' | 'log'> & Pick<ChartRenderers, 'renderChart'>;

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
    reply = ({ question, params }) =>
      replyToOptions({ ...deps, chartTheme: CHART_THEME }, question.name, params),
  }: DiscordOptions = {},
): Promise<Bot> {
  const { config, log } = deps;
  const settings = config.settings(DISCORD_SETTINGS);
  if (!settings.discordToken && !settings.discordPublicKey) {
    const describe =
      'off: neither DISCORD_TOKEN (commands over the gateway) nor DISCORD_PUBLIC_KEY (commands by HTTP) is ' +
      'set';
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
    api: createApi(settings),
    questions,
    understand: text => understand(deps, questions, text),
    reply,
    manage: async (target, owner, command) =>
      settings.discordToken || command.kind !== 'subscribe'
        ? manageSubscriptions(deps, target, owner, command)
        : {
            text: 'Digests are disabled: the operator needs to set DISCORD_TOKEN.',
            toAll: false,
          },
  });
  const routes = settings.discordPublicKey && interactionsEndpoint(deps, settings.discordPublicKey, handler);
  const stopping = new AbortController();
  let leading = Promise.resolve();
  const ways = [settings.discordToken && 'over the gateway', routes && `by HTTP at ${INTERACTIONS_PATH}`];

  return {
    describe: `on: commands ${ways.filter(Boolean).join(' and ')}`,
    ...(routes && { routes }),
    async start() {
      if (!settings.discordToken) return;
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
  const settings = config.settings(DISCORD_SETTINGS);
  const { discordToken, discordApplicationId } = settings;
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
    return await createApi(settings).putCommands(discordApplicationId, commandDefinitions(questions));
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    throw new UserError(
      `Discord refused the commands: ${error.message.replaceAll('\n', ' ')} (${error.status}).`,
      'Check that DISCORD_TOKEN and DISCORD_APPLICATION_ID belong to the same application.',
    );
  }
}
