/** Discord as a platform of the service. */
import type { Platform } from '../platform.ts';
import { DISCORD_SETTINGS } from './settings.ts';

export const discord: Platform = {
  name: 'discord',
  label: 'Discord',
  bot: async deps => (await import('./app.ts')).createDiscord(deps),
  channelSetting: 'DISCORD_TOKEN',
  async channel(deps) {
    const { discordToken } = deps.config.settings(DISCORD_SETTINGS);
    return discordToken ? (await import('./channel.ts')).createDiscordChannel(deps, discordToken) : undefined;
  },
  payload: async answer => (await import('./render.ts')).renderAnswer(answer),
  register: async deps =>
    `Discord knows ${await (await import('./app.ts')).registerCommands(deps)} commands.\n`,
};
