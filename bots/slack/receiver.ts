/**
 * Slack's HTTP requests, checked and handed to Bolt: a Bolt receiver that is a Hono app, with no server of
 * its own.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ambient } from '../../src/ambient.ts';
import { SECOND } from '../../src/core/time/instant.ts';

/** Past it a request is taken for a replay: docs.slack.dev/authentication/verifying-requests-from-slack. */
const REPLAY_SECONDS = 5 * 60;
/**
 * Slack shows "operation_timeout" 3 s after the request; what has not been acknowledged by then is, without
 * words.
 */
const ACK_MS = 2500;
/** An interaction carries the message it began in: tens of kilobytes. */
const MAX_BODY_BYTES = 1024 * 1024;
/** `ssl_check=1` and an old verification token, perhaps the fields of a command. */
const MAX_CHECK_BYTES = 2_000;

export interface HttpReceiver extends Receiver {
  /** `POST /slack/events`, to be mounted at the root. */
  routes: Hono;
}

type Signed = { timestamp: string | undefined; signature: string | undefined; body: Uint8Array };

/**
 * Whether Slack signed the body within the last five minutes.
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
function isSigned(secret: string, nowSeconds: number, { timestamp, signature, body }: Signed): boolean {
  if (!timestamp || !/^\d{1,12}$/.test(timestamp) || !signature) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > REPLAY_SECONDS) return false;
  const expected = Buffer.from(
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

type Body = Record<string, unknown>;

/**
 * A form (commands), a form with JSON in `payload` (interactions) or JSON (events); `null` for what is none
 * of them.
 */
function parseBody(text: string, contentType: string): Body | null {
  try {
    const form = new URLSearchParams(text);
    const json = contentType.includes('application/json') ? text : form.get('payload');
    const parsed: unknown = json === null ? Object.fromEntries(form) : JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Body) : null;
  } catch {
    return null;
  }
}

/** A small form with `ssl_check=1`: what nobody signed is parsed no further. */
const isCertificateCheck = (bytes: Uint8Array): boolean =>
  bytes.length <= MAX_CHECK_BYTES &&
  new URLSearchParams(new TextDecoder().decode(bytes)).get('ssl_check') === '1';

const respond = (body: unknown): Response =>
  body === undefined || body === ''
    ? new Response(null, { status: 200 })
    : typeof body === 'string'
      ? new Response(body, { status: 200 })
      : Response.json(body);

export function createHttpReceiver({
  signingSecret,
  clock,
  log,
}: Pick<Ambient, 'clock' | 'log'> & { signingSecret: string }): HttpReceiver {
  let app: App | undefined;
  let stopped = false;

  /** Answers with what the listener acknowledges, while the listener goes on working. */
  function process(
    body: Body,
    retryNum: number | undefined,
    retryReason: string | undefined,
  ): Promise<Response> {
    return new Promise(resolve => {
      const late = setTimeout(() => {
        log.warn('slack-ack-late', { type: body.type ?? body.command });
        resolve(respond(undefined));
      }, ACK_MS);
      const settle = (response: Response) => {
        clearTimeout(late);
        resolve(response);
      };
      const event: ReceiverEvent = {
        body,
        ack: async response => settle(respond(response)),
        ...(retryNum !== undefined && { retryNum }),
        ...(retryReason !== undefined && { retryReason }),
      };
      // Without a listener nothing acknowledges: Slack then says that the command failed.
      (app as App).processEvent(event).then(
        () => settle(new Response(null, { status: 404 })),
        error => {
          log.error('slack-request-failed', { error });
          settle(new Response(null, { status: 500 }));
        },
      );
    });
  }

  const routes = new Hono();
  routes.post(
    '/slack/events',
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: c => c.body(null, 413) }),
    async c => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const signed = isSigned(signingSecret, clock.realNow() / SECOND, {
        timestamp: c.req.header('x-slack-request-timestamp'),
        signature: c.req.header('x-slack-signature'),
        body: bytes,
      });
      // Slack checks the certificate without a signature; nothing else of such a request is looked at.
      if (!signed) return c.body(null, isCertificateCheck(bytes) ? 200 : 401);
      const body = parseBody(new TextDecoder().decode(bytes), c.req.header('content-type') ?? '');
      if (!body) return c.body(null, 400);
      if (body.type === 'url_verification') return c.json({ challenge: String(body.challenge) });
      if (stopped || !app) return c.body(null, 503);
      const retry = c.req.header('x-slack-retry-num');
      return process(
        body,
        retry === undefined ? undefined : Number(retry),
        c.req.header('x-slack-retry-reason'),
      );
    },
  );

  return {
    routes,
    init: bolt => {
      app = bolt;
    },
    start: async () => {
      stopped = false;
    },
    stop: async () => {
      stopped = true;
    },
  };
}
