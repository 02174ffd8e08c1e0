/** Interactions over Discord's gateway: a connection that discord.js keeps alive, resumes and renews. */

import { setTimeout as delay } from 'node:timers/promises';
import {
  type APIInteraction,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  Status,
} from 'discord.js';
import type { Ambient } from '../../src/ambient.ts';
import { facts } from './api.ts';
import { restOptions } from './rest.ts';
import { DISCORD_SETTINGS } from './settings.ts';

/**
 * How long a connection that is just being opened may take to get there, and how long closing it may take.
 */
const SETTLE_MS = 3_000;
const POLL_MS = 50;
/**
 * Discord wants a heartbeat every 41 seconds. Without one answered in this time the connection is dead,
 * noticed or not.
 */
const SILENCE_MS = 180_000;

/**
 * Connects and hands each raw interaction to `accept` until `signal` aborts; then disconnects and resolves.
 * Lost connections come back by themselves. A refusal that no second try can mend (a wrong token) is logged
 * once and waited out, because Discord takes the token from an application that keeps knocking.
 * @throws when Discord cannot be reached at the start, or has been silent for `silenceMs`
 */
export async function runGateway(
  { config, log }: Pick<Ambient, 'config' | 'log'>,
  accept: (interaction: APIInteraction) => unknown,
  signal: AbortSignal,
  silenceMs = SILENCE_MS,
): Promise<void> {
  const settings = config.settings(DISCORD_SETTINGS);
  const client = new Client({ intents: [], rest: restOptions(settings) });
  let refusal: string | undefined;
  let silence: NodeJS.Timeout | undefined;
  // The raw packet feeds the same handler as HTTP does. It is taken out of discord.js's hands, which would
  // make an object of it for nobody, and throw where nothing can catch it at a kind of interaction that it
  // does not know.
  client.on('raw', (packet: GatewayDispatchPayload) => {
    if (packet.t !== GatewayDispatchEvents.InteractionCreate) return;
    if (!signal.aborted) accept(packet.d);
    Object.assign(packet, { t: undefined });
  });
  client.on(Events.ShardReady, () => log.info('discord-gateway-ready'));
  client.on(Events.ShardResume, () => log.info('discord-gateway-resumed'));
  client.on(Events.ShardReconnecting, () => signal.aborted || log.warn('discord-gateway-reconnecting'));
  client.on(Events.ShardError, error => log.warn('discord-gateway-error', facts(error)));
  client.on(Events.Error, error => log.error('discord-client-error', facts(error)));
  client.on(Events.ShardDisconnect, ({ code }) => {
    refusal = GatewayCloseCodes[code] ?? String(code);
    log.error('discord-gateway-refused', { refusal });
  });

  const stopped = new Promise<void>((resolve, reject) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    // discord.js (14.28) can wait for ever, as when it is asked to reconnect in the moment in which it became
    // ready.
    let heard: number | undefined;
    silence = setInterval(() => {
      const last = Math.max(...client.ws.shards.map(shard => shard.lastPingTimestamp));
      if (last === heard && refusal === undefined) reject(new Error('the gateway is silent'));
      heard = last;
    }, silenceMs);
  });
  const login = client.login(settings.discordToken).catch(error => {
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
      refusal = 'TokenInvalid';
      log.error('discord-gateway-refused', { refusal, hint: 'Discord does not know DISCORD_TOKEN.' });
    }
    if (refusal === undefined) throw error;
  });
  try {
    await Promise.race([login, stopped]);
    await stopped;
  } finally {
    clearInterval(silence);
    await close(client, login);
  }
}

/**
 * Closing a connection that is just being opened makes discord.js (14.28) open it anew, so that is waited for
 * first.
 */
async function close(client: Client, login: Promise<unknown>): Promise<void> {
  const patience = () => delay(SETTLE_MS, undefined, { ref: false });
  const atRest = () =>
    client.ws.shards.every(({ status }) => status === Status.Ready || status === Status.Disconnected);
  const settled = async () => {
    await login.catch(() => {});
    while (!atRest()) await delay(POLL_MS, undefined, { ref: false });
  };
  await Promise.race([settled(), patience()]);
  await Promise.race([client.destroy(), patience()]);
  // A shard reads its session before it connects; one that never comes ends the attempts of a shard that
  // never got there.
  const sessionInfo = { get: () => new Promise(() => {}), set: () => {} };
  for (const [id, shard] of client.ws.shards) client.ws.shards.set(id, Object.create(shard, { sessionInfo }));
}
