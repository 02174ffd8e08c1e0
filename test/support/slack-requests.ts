/** What Slack sends to an app by HTTP: commands, interactions and events, signed as Slack signs. */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../src/core/time/clock.ts';
import { SECOND } from '../../src/core/time/instant.ts';

type Json = Record<string, unknown>;

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

/** What a sender may do otherwise than Slack does. */
export interface Signing {
  secret: string;
  /** Seconds since 1970. */
  timestamp: number;
  headers: Record<string, string>;
}

const FORM = 'application/x-www-form-urlencoded';

function send(
  clock: Clock,
  appUrl: string,
  body: string,
  type: string,
  changes: Partial<Signing>,
): Promise<Response> {
  const timestamp = changes.timestamp ?? Math.floor(clock.realNow() / SECOND);
  const hmac = createHmac('sha256', changes.secret ?? SIGNING_SECRET).update(`v0:${timestamp}:${body}`);
  return fetch(`${appUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
      ...changes.headers,
    },
  });
}

/** A form, as commands come. */
export const sendForm = (
  clock: Clock,
  appUrl: string,
  fields: Record<string, string>,
  changes: Partial<Signing> = {},
) => send(clock, appUrl, String(new URLSearchParams(fields)), FORM, changes);

/** A form with JSON in `payload`, as interactions come. */
export const sendPayload = (clock: Clock, appUrl: string, payload: Json, changes: Partial<Signing> = {}) =>
  sendForm(clock, appUrl, { payload: JSON.stringify(payload) }, changes);

/** JSON, as events come. */
export const sendJson = (clock: Clock, appUrl: string, body: unknown, changes: Partial<Signing> = {}) =>
  send(clock, appUrl, JSON.stringify(body), 'application/json', changes);
