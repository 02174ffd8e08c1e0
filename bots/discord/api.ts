/** The four requests we make of Discord's REST, by discord.js's client, which keeps to its rate limits. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type APIInteraction,
  type APIInteractionResponse,
  DiscordAPIError,
  RateLimitError,
  type RawFile,
  REST,
  RESTJSONErrorCodes,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsResult,
  Routes,
} from 'discord.js';
import { restOptions } from './rest.ts';
import type { DiscordSettings } from './settings.ts';

type Reply = Pick<APIInteraction, 'id' | 'application_id' | 'token'>;

export interface DiscordApi {
  /**
   * Sends the first response; false when the interaction was answered already, by another replica or for a
   * replayed request.
   */
  acknowledge(interaction: Reply, response: APIInteractionResponse): Promise<boolean>;
  /** Replaces the deferred reply; asking twice gives the same message. */
  edit(
    interaction: Reply,
    body: RESTPatchAPIWebhookWithTokenMessageJSONBody,
    files?: RawFile[],
  ): Promise<void>;
  /** Makes these the application's commands, all others go; returns how many there are. */
  putCommands(applicationId: string, commands: RESTPutAPIApplicationCommandsJSONBody): Promise<number>;
}

/** An answer and, where it is refused, what says so: both within the 15 minutes of an interaction's token. */
const EDIT_PATIENCE_MS = 5 * 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
/**
 * Routes of interactions are outside of the bot's global limit of 50 requests a second
 * (docs.discord.com/developers/topics/rate-limits#global-rate-limit).
 */
const UNBOUND = { globalRequestsPerSecond: Number.MAX_SAFE_INTEGER };
/** The first response is worthless after three seconds. */
const RESPONSE_MS = 2_500;

/**
 * All methods throw DiscordAPIError for what Discord refuses, RateLimitError where it wants too long a wait,
 * and HTTPError or a network error otherwise; see `facts`.
 */
export function createApi(settings: Pick<DiscordSettings, 'discordApiUrl' | 'discordToken'>): DiscordApi {
  const once = new REST({
    ...restOptions(settings),
    ...UNBOUND,
    retries: 0,
    timeout: RESPONSE_MS,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > RESPONSE_MS,
  });
  const edits = new REST({
    ...restOptions(settings),
    ...UNBOUND,
    retries: 0,
    rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > EDIT_PATIENCE_MS,
  });

  const respond = (interaction: Reply, body: APIInteractionResponse) =>
    once.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false });

  return {
    async acknowledge(interaction, response) {
      try {
        await respond(interaction, response);
        return true;
      } catch (error) {
        if (isAnsweredAlready(error)) return false;
        if (isFinal(error)) throw error;
      }
      // Lost on the way, perhaps after it arrived: now "answered already" means that it was our own.
      await respond(interaction, response).catch(error => {
        if (!isAnsweredAlready(error)) throw error;
      });
      return true;
    },
    async edit(interaction, body, files) {
      const route = Routes.webhookMessage(interaction.application_id, interaction.token);
      await untilTaken(signal => edits.patch(route, { body, auth: false, signal, ...(files && { files }) }));
    },
    async putCommands(applicationId, body) {
      const rest = new REST(restOptions(settings));
      if (settings.discordToken) rest.setToken(settings.discordToken);
      const commands = await rest.put(Routes.applicationCommands(applicationId), { body });
      return (commands as RESTPutAPIApplicationCommandsResult).length;
    },
  };
}

/** Another try would get the same. */
const isFinal = (error: unknown): boolean =>
  error instanceof DiscordAPIError || error instanceof RateLimitError;

/**
 * Tries again what was lost on the way or what Discord failed at, waiting longer each time, for five minutes.
 */
async function untilTaken(attempt: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const signal = AbortSignal.timeout(EDIT_PATIENCE_MS);
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      await attempt(signal);
      return;
    } catch (error) {
      if (isFinal(error) || signal.aborted) throw error;
    }
    // Those that were lost together do not come again together.
    await delay(wait * (0.5 + Math.random()));
  }
}

const isAnsweredAlready = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;

/**
 * What of an error may be logged: discord.js's own hold the token in their address, and the picture in their
 * body.
 */
export function facts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { name, message, status, cause } = error as Error & { status?: unknown; cause?: { code?: unknown } };
  // Of what the network lost, fetch says no more than that it failed.
  const code = (error as { code?: unknown }).code ?? cause?.code;
  return { error: { name, message, code, status, ...(status === undefined && { stack: error.stack }) } };
}
