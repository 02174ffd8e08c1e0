/**
 * The settings, all optional: the only reader of the environment. Chat platforms bring their own;
 * `.env.example` documents each.
 */
import { z } from 'zod';
import { UserError } from './core/errors.ts';
import { parseClock } from './core/time/clock.ts';
import { LEVELS } from './log.ts';

const ROLES = ['web', 'etl', 'bots', 'deliver'] as const;
export type Role = (typeof ROLES)[number];

const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      text => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `use an address that starts with ${protocols.join('// or ')}//`,
    );
/** An address without a slash at its end. */
export const httpAddress = url('http:', 'https:').transform(text => text.replace(/\/+$/, ''));
const perMinute = (usual: number) =>
  z.coerce
    .number('use a number a minute such as 60, or 0 for no limit')
    .int()
    .min(0)
    .max(1_000_000)
    .default(usual);

const SETTINGS = {
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATA_DIR: z.string().default('./data'),
  PORT: z.coerce.number('use a port number such as 8080').int().min(0).max(65535).default(8080),
  METRICS_PORT: z.coerce.number('use a port number such as 9090').int().min(0).max(65535).optional(),
  METRICS_TOKEN: z.string().optional(),
  PUBLIC_URL: httpAddress.optional(),
  CONTACT: z.string().optional(),
  CLOCK: z
    .string()
    .default('real')
    .superRefine((text, check) => {
      try {
        parseClock(text);
      } catch (error) {
        check.addIssue({ code: 'custom', message: error instanceof UserError ? error.hint : String(error) });
      }
    }),
  ROLES: z
    .string()
    .default(ROLES.join(','))
    .transform(text => text.split(',').map(role => role.trim()))
    .pipe(z.array(z.enum(ROLES, `use a list out of ${ROLES.join(', ')}`)).min(1)),
  RETENTION_DAYS: z.coerce
    .number('use a number of days such as 730')
    .int()
    .min(100, 'use 100 days or more: trends look back 90')
    .optional(),
  LIMIT_CHARTS: perMinute(240),
  LIMIT_REPORTS: perMinute(20),
  LIMIT_QUESTIONS: perMinute(60),
  TRUSTED_PROXIES: z.coerce.number('use a number of proxies such as 1').int().min(0).max(10).default(0),
  UPSTREAM_ORIGIN: httpAddress.optional(),
  QUICKCHART_URL: httpAddress.optional(),
  LOG_LEVEL: z.enum([...LEVELS, 'silent'], `use one of ${LEVELS.join(', ')}, silent`).default('info'),
};

type Shape = Record<string, z.ZodType>;
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<Camel<Tail>>}`
  : Lowercase<S>;
/** `SLACK_BOT_TOKEN` → `slackBotToken`, and so on. */
export type SettingsOf<S extends Shape> = {
  readonly [Key in keyof S & string as Camel<Key>]: z.output<S[Key]>;
};

export type Config = SettingsOf<typeof SETTINGS> & {
  /**
   * The settings of a part that has some of its own, such as a chat platform.
   * @throws UserError that names each wrong variable and what would be right
   */
  settings<S extends Shape>(shape: S): SettingsOf<S>;
};

/** An empty variable counts as absent, white space around a value is cut. */
function read<S extends Shape>(env: Record<string, string | undefined>, shape: S): SettingsOf<S> {
  const present = Object.entries(env).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : []));
  const parsed = z.object(shape).safeParse(Object.fromEntries(present));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(issue => `${String(issue.path[0])}: ${issue.message}`);
    throw new UserError('Some settings are wrong.', `${[...new Set(problems)].join('; ')}.`);
  }
  return Object.fromEntries(
    Object.entries(parsed.data).map(([key, value]) => [
      key.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as SettingsOf<S>;
}

/** @throws UserError that names each wrong variable and what would be right */
export const readConfig = (env: Record<string, string | undefined>): Config => ({
  ...read(env, SETTINGS),
  settings: shape => read(env, shape),
});

/** Reads `.env` of the working directory (what the environment already sets wins), then the environment. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return readConfig(process.env);
}
