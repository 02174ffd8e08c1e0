/** The four requests we make of Discord's REST, by discord.js's client, which keeps to its rate limits. */
import {
  type APIInteraction,
  type APIInteractionResponse,
  DiscordAPIError,
  type RawFile,
  REST,
  RESTJSONErrorCodes,
  type RESTOptions,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsResult,
  Routes,
} from 'discord.js';
import type { Config } from '../../src/config.ts';

type Reply = Pick<APIInteraction, 'id' | 'application_id' | 'token'>;

export interface DiscordApi {
  /** Sends the first response; false when the interaction was answered already, by another replica or for a replayed request. */
  acknowledge(interaction: Reply, response: APIInteractionResponse): Promise<boolean>;
  /** Replaces the deferred reply; asking twice gives the same message. */
  edit(interaction: Reply, body: RESTPatchAPIWebhookWithTokenMessageJSONBody, files?: RawFile[]): Promise<void>;
  /** Makes these the application's commands, all others go; returns how many there are. */
  putCommands(applicationId: string, commands: RESTPutAPIApplicationCommandsJSONBody): Promise<number>;
}

/** `DISCORD_API_URL` with or without its version, which discord.js adds. */
export const restOptions = ({ discordApiUrl }: Pick<Config, 'discordApiUrl'>): Partial<RESTOptions> => ({
  api: discordApiUrl.replace(/\/v\d+$/, ''),
});

/** All methods throw DiscordAPIError for what Discord refuses and HTTPError or a network error otherwise; see `facts`. */
export function createApi(config: Pick<Config, 'discordApiUrl' | 'discordToken'>): DiscordApi {
  const rest = new REST(restOptions(config));
  if (config.discordToken) rest.setToken(config.discordToken);
  // The first response is worthless after three seconds, and repeating it is for `acknowledge` to judge.
  const once = new REST({ ...restOptions(config), retries: 0, timeout: 2_500 });

  const respond = (interaction: Reply, body: APIInteractionResponse) =>
    once.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false });

  return {
    async acknowledge(interaction, response) {
      try {
        await respond(interaction, response);
        return true;
      } catch (error) {
        if (isAnsweredAlready(error)) return false;
        if (error instanceof DiscordAPIError) throw error;
      }
      // Lost on the way, perhaps after it arrived: now "answered already" means that it was our own.
      await respond(interaction, response).catch(error => {
        if (!isAnsweredAlready(error)) throw error;
      });
      return true;
    },
    async edit(interaction, body, files) {
      await rest.patch(Routes.webhookMessage(interaction.application_id, interaction.token), {
        body,
        auth: false,
        ...(files && { files }),
      });
    },
    async putCommands(applicationId, body) {
      const commands = await rest.put(Routes.applicationCommands(applicationId), { body });
      return (commands as RESTPutAPIApplicationCommandsResult).length;
    },
  };
}

const isAnsweredAlready = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;

/** What of an error may be logged: discord.js's own hold the token in their address, and the picture in their body. */
export function facts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { name, message, code, status } = error as Error & { code?: unknown; status?: unknown };
  return { error: { name, message, code, status, ...(status === undefined && { stack: error.stack }) } };
}
