/** Slack as a platform of the service. */
import type { Platform } from '../platform.ts';
import { SLACK_SETTINGS } from './settings.ts';

export const slack: Platform = {
  name: 'slack',
  label: 'Slack',
  bot: async deps => (await import('./app.ts')).createSlack(deps),
  channelSetting: 'SLACK_BOT_TOKEN',
  async channel(deps) {
    const { slackBotToken } = deps.config.settings(SLACK_SETTINGS);
    return slackBotToken ? (await import('./channel.ts')).createSlackChannel(deps, slackBotToken) : undefined;
  },
  payload: async answer => (await import('./render.ts')).renderAnswer(answer),
};
