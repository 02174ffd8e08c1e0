/** Slack's libraries, quiet: what they throw is logged where it is caught. */

import { type Logger, LogLevel } from '@slack/web-api';
import type { Ambient } from '../../src/ambient.ts';

/** The library logs what it throws as well; what it throws is logged where it is caught. */
export function quietLogger(log: Ambient['log']): Logger {
  const write = (...message: unknown[]) =>
    log.debug('slack-library', { message: message.map(String).join(' ') });
  return {
    debug: () => {},
    info: write,
    warn: write,
    error: write,
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
