/** The chat platforms there are: a new one is a folder, and a line here. */
import type { Ambient } from '../src/ambient.ts';
import type { Channel } from '../src/digests/channel.ts';
import { discord } from './discord/platform.ts';
import type { Platform } from './platform.ts';
import { slack } from './slack/platform.ts';

export const platforms: readonly Platform[] = [slack, discord];

/** The channels that are configured, by the name that subscriptions have for the platform. */
export async function createChannels(
  deps: Pick<Ambient, 'config' | 'clock' | 'log'>,
): Promise<ReadonlyMap<string, Channel>> {
  const channels = await Promise.all(platforms.map(platform => platform.channel(deps)));
  return new Map(channels.flatMap(channel => (channel ? [[channel.platform, channel]] : [])));
}
