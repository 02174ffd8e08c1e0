/**
 * `POST /discord/interactions`: the interactions that Discord sends by HTTP, once their signature is right.
 */

import { type APIInteraction, InteractionResponseType, InteractionType } from 'discord.js';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ambient } from '../../src/ambient.ts';
import { MINUTE, SECOND } from '../../src/core/time/instant.ts';
import type { InteractionHandler } from './handler.ts';

export const INTERACTIONS_PATH = '/discord/interactions';
/**
 * Real interactions are a few kilobytes; the largest (resolved members, a full message) stay far below this.
 */
const MAX_BODY_BYTES = 256 * 1024;
/** Older and younger requests are refused, so that one that was overheard cannot be sent again later. */
const REPLAY_WINDOW = 5 * MINUTE;

/**
 * Answers a PING itself; anything else is acknowledged through Discord's REST and then with 202, as Discord
 * asks. A reply in the body would be quicker by one request, but an answer that is ready at once could
 * overtake it and find nothing to edit.
 * @param publicKey 64 hexadecimal digits
 */
export function interactionsEndpoint(
  { clock, log }: Pick<Ambient, 'clock' | 'log'>,
  publicKey: string,
  handler: Pick<InteractionHandler, 'accept'>,
): Hono {
  const key = crypto.subtle.importKey('raw', Buffer.from(publicKey, 'hex'), 'Ed25519', false, ['verify']);
  key.catch(error => log.error('discord-public-key-refused', { error }));

  return new Hono().post(
    INTERACTIONS_PATH,
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: c => c.body(null, 413) }),
    async c => {
      const body = Buffer.from(await c.req.arrayBuffer());
      const signature = c.req.header('x-signature-ed25519') ?? '';
      const timestamp = c.req.header('x-signature-timestamp') ?? '';
      const age = Math.abs(clock.realNow() - Number(timestamp) * SECOND);
      const signed = Buffer.concat([Buffer.from(timestamp), body]);
      const genuine =
        /^[0-9a-f]{128}$/i.test(signature) &&
        (await crypto.subtle.verify('Ed25519', await key, Buffer.from(signature, 'hex'), signed));
      if (!genuine || !/^\d{1,12}$/.test(timestamp) || age > REPLAY_WINDOW) {
        log.warn('discord-request-refused', { genuine, ageSeconds: Math.round(age / SECOND) || 0 });
        return c.text('invalid request signature', 401);
      }
      const interaction = parse(body);
      if (!interaction) return c.text('not an interaction', 400);
      if (interaction.type === InteractionType.Ping) return c.json({ type: InteractionResponseType.Pong });
      return (await handler.accept(interaction)) ? c.body(null, 202) : c.text('could not acknowledge', 502);
    },
  );
}

function parse(body: Buffer): APIInteraction | undefined {
  try {
    const interaction = JSON.parse(body.toString('utf8'));
    return typeof interaction?.type === 'number' ? interaction : undefined;
  } catch {
    return undefined;
  }
}
