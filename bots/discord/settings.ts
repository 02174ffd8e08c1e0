/** Discord's settings. */
import { z } from 'zod';
import { httpAddress, type SettingsOf } from '../../src/config.ts';
import type { ThemeName } from '../../src/core/chart-spec.ts';

export const DISCORD_SETTINGS = {
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_APPLICATION_ID: z.string().optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'use the 64 hexadecimal digits of the application page')
    .optional(),
  DISCORD_API_URL: httpAddress.default('https://discord.com/api'),
};

export type DiscordSettings = SettingsOf<typeof DISCORD_SETTINGS>;

/** Of pictures. Most of Discord is dark, and so it is unless somebody changes it. */
export const CHART_THEME: ThemeName = 'dark';
