/** The Slack app: Bolt over HTTP or Socket Mode, whichever is configured, with a clean end. */

import { type AnyMiddlewareArgs, App, type Authorize, type Middleware, type Receiver } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Ambient } from '../../src/ambient.ts';
import { MINUTE } from '../../src/core/time/instant.ts';
import type { Bot } from '../platform.ts';
import { addCommands, type CommandDeps, type Replies } from './commands.ts';
import { quietLogger } from './logger.ts';
import { createHttpReceiver } from './receiver.ts';
import { SLACK_SETTINGS } from './settings.ts';
import { createSocketReceiver, keepConnected } from './socket.ts';

/** Within the ten seconds that the service has after SIGTERM. */
const GRACE_MS = 8000;
/** Slack tries an event again for up to an hour, but mostly within five minutes. */
const REMEMBERED = { ttl: 60 * MINUTE, max: 10_000 };

/**
 * A request that fails is tried again for about ten seconds, and after a 429 when Slack says; then somebody
 * waits in vain.
 */
const RETRIES = { retries: 4, factor: 2, minTimeout: 500, maxTimeout: 4000, randomize: true };
const TIMEOUT_MS = 20_000;

/**
 * Remembers what was handled within the last real hour: a request that Slack repeats is acknowledged and
 * ignored.
 */
function onceOnly(clock: Ambient['clock']): Middleware<AnyMiddlewareArgs> {
  const seen = new LRUCache<string, true>({
    ...REMEMBERED,
    perf: { now: () => clock.realNow() },
    ttlResolution: 0,
  });
  return async args => {
    const { event_id, trigger_id } = args.body as { event_id?: string; trigger_id?: string };
    const id = event_id ?? trigger_id;
    if (id !== undefined && seen.has(id)) {
      if ('ack' in args && args.ack) await args.ack();
      return;
    }
    if (id !== undefined) seen.set(id, true);
    await args.next();
  };
}

/** Remembers what runs until it has ended. */
function tracker() {
  const running = new Set<Promise<void>>();
  const middleware: Middleware<AnyMiddlewareArgs> = ({ next }) => {
    const work = next();
    running.add(work);
    const end = () => running.delete(work);
    work.then(end, end);
    return work;
  };
  const drain = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise(resolve => {
      timer = setTimeout(resolve, GRACE_MS);
    });
    await Promise.race([Promise.allSettled([...running]), late]);
    clearTimeout(timer);
  };
  return { middleware, drain };
}

/**
 * The Slack app of this configuration. With `SLACK_SIGNING_SECRET` Slack comes by HTTP; with
 * `SLACK_APP_TOKEN` alone the app goes to Slack by Socket Mode; both need `SLACK_BOT_TOKEN`.
 */
export function createSlack(deps: CommandDeps, replies?: Replies): Bot {
  const { config, clock, log } = deps;
  const settings = config.settings(SLACK_SETTINGS);
  const { slackBotToken: botToken, slackSigningSecret: signingSecret, slackAppToken: appToken } = settings;
  const off = (reason: string): Bot => ({
    describe: `off: ${reason}`,
    start: async () => {},
    stop: async () => {},
  });
  if (!botToken) return off('SLACK_BOT_TOKEN is not set');
  if (!signingSecret && !appToken) {
    return off('neither SLACK_SIGNING_SECRET (for HTTP) nor SLACK_APP_TOKEN (for Socket Mode) is set');
  }

  const logger = quietLogger(log);
  // The one place that knows whose token a workspace has: several workspaces change this function and nothing
  // else.
  const authorize: Authorize<boolean> = async () => ({ botToken });
  const { middleware, drain } = tracker();

  const build = (receiver: Receiver): App => {
    const app = new App({
      receiver,
      authorize,
      logger,
      convoStore: false,
      clientOptions: { slackApiUrl: settings.slackApiUrl, retryConfig: RETRIES, timeout: TIMEOUT_MS },
    });
    app.use(onceOnly(clock));
    app.use(middleware);
    app.error(async error => log.error('slack-failed', { error }));
    addCommands(app, deps, replies);
    return app;
  };

  /** Tells the operator of a wrong token at the start rather than at the first command. */
  const checkToken = async (app: App): Promise<void> => {
    try {
      const { team, user } = await app.client.auth.test({ token: botToken });
      log.info('slack-ready', { team, user });
    } catch (error) {
      log.warn('slack-token-unchecked', { error });
    }
  };

  if (signingSecret) {
    const receiver = createHttpReceiver({ signingSecret, clock, log });
    const app = build(receiver);
    return {
      describe:
        'on: POST ' +
        `${config.publicUrl ?? ''}/slack/events${appToken ? '; SLACK_APP_TOKEN is not used' : ''}`,
      routes: receiver.routes,
      start: async () => {
        await receiver.start();
        void checkToken(app);
      },
      stop: async () => {
        await receiver.stop();
        await drain();
      },
    };
  }

  const receiver = createSocketReceiver(appToken as string, settings.slackApiUrl, logger);
  const app = build(receiver);
  const stopping = new AbortController();
  let connection: Promise<void> | undefined;
  return {
    describe: 'on: Socket Mode',
    start: async () => {
      connection ??= keepConnected(receiver.client, { clock, log, signal: stopping.signal });
      void checkToken(app);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([connection, drain()]);
    },
  };
}
