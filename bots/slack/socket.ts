/** Slack by Socket Mode, kept connected: for an installation that no one can reach from outside. */

import { type Logger, SocketModeReceiver } from '@slack/bolt';
import type { Ambient } from '../../src/ambient.ts';
import { messageOf } from '../../src/core/errors.ts';
import { SECOND } from '../../src/core/time/instant.ts';

const FIRST_WAIT = SECOND;
const LONGEST_WAIT = 60 * SECOND;

type Client = SocketModeReceiver['client'];

/**
 * A receiver that does not reconnect by itself: the library's own attempt waits five seconds after each of
 * Slack's routine refreshes, and a refusal during it rejects a promise that nobody holds, which would end the
 * process.
 */
export const createSocketReceiver = (
  appToken: string,
  slackApiUrl: string,
  logger: Logger,
): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl, retryConfig: { retries: 0 }, timeout: 10_000 } },
  });

const disconnected = (client: Client): Promise<void> =>
  new Promise(resolve => client.once('disconnected', resolve));

/**
 * Connects, and again whenever the connection ends, waiting longer after each failure in a row, until the
 * signal aborts; then closes the connection. Never rejects.
 */
export async function keepConnected(
  client: Client,
  { clock, log, signal }: Pick<Ambient, 'clock' | 'log'> & { signal: AbortSignal },
): Promise<void> {
  const close = () => {
    client.disconnect().catch(() => {});
    // A second call does not wait for the other side's closing frame.
    setTimeout(() => client.disconnect().catch(() => {}), 1000).unref();
  };
  signal.addEventListener('abort', close, { once: true });
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    try {
      await client.start();
      if (signal.aborted) close();
      log.info('slack-socket-connected');
      wait = FIRST_WAIT;
      await disconnected(client);
    } catch (error) {
      if (signal.aborted) break;
      log.warn('slack-socket-failed', {
        message: error ? messageOf(error) : 'the connection ended',
        waitMicros: wait,
      });
      await clock.sleep(wait, signal).catch(() => {});
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }
}
