/**
 * The chat platforms that digests can be delivered to: those that are configured. A new platform is a line
 * here.
 */
import type { Ambient } from '../src/ambient.ts';
import type { Channel } from '../src/digests/channel.ts';

/**
 * By the name that subscriptions have for the platform. Their libraries are loaded only where they are used.
 */
export async function createChannels(
  deps: Pick<Ambient, 'config' | 'clock' | 'log'>,
): Promise<ReadonlyMap<string, Channel>> {
  const { slackBotToken, discordToken } = deps.config;
  const channels = [
    slackBotToken && (await import('./slack/channel.ts')).createSlackChannel(deps, slackBotToken),
    discordToken && (await import('./discord/channel.ts')).createDiscordChannel(deps, discordToken),
  ];
  return new Map(channels.flatMap(channel => (channel ? [[channel.platform, channel]] : [])));
}
