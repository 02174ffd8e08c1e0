/** Slack's settings. */
import { z } from 'zod';
import { httpAddress } from '../../src/config.ts';
import type { ThemeName } from '../../src/core/chart-spec.ts';

export const SLACK_SETTINGS = {
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_API_URL: httpAddress.default('https://slack.com/api'),
};

/** Of pictures. Of Slack's own grounds, white is the usual one. */
export const CHART_THEME: ThemeName = 'light';
