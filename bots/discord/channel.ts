/**
 * Discord as a channel of deliveries: one message with the PDF, known again by its nonce and its file's name.
 */

import {
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type RawFile,
  REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Ambient } from '../../src/ambient.ts';
import { type Channel, ChannelError, type Content, type Outgoing } from '../../src/digests/channel.ts';
import { renderDigest } from './render.ts';
import { restOptions } from './rest.ts';
import { CHART_THEME, DISCORD_SETTINGS } from './settings.ts';

const TIMEOUT_MS = 15_000;
/** docs.discord.com/developers/resources/message#create-message */
const MAX_NONCE = 25;
/** docs.discord.com/developers/resources/message#get-channel-messages */
const PAGE = 100;
const MAX_PAGES = 20;
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** What only people can mend, and what is a mistake of ours that another try would repeat. */
const PERMANENT = new Set<number | string>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
  RESTJSONErrorCodes.RequestEntityTooLarge,
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
]);

/** @param token the bot's */
export function createDiscordChannel({ config }: Pick<Ambient, 'config'>, token: string): Channel {
  const rest = new REST({
    ...restOptions(config.settings(DISCORD_SETTINGS)),
    // The ledger tries again, and by its own time.
    retries: 0,
    timeout: TIMEOUT_MS,
    rejectOnRateLimit: () => true,
  });
  rest.setToken(token);

  async function findMessage({ target, filename, dueAt }: Outgoing): Promise<string | undefined> {
    // From an hour before it was due: an id holds the time at which it was made.
    const since = Math.max(dueAt / 1000 - 3_600_000 - DISCORD_EPOCH_MS, 0);
    let after = String(BigInt(Math.floor(since)) << 22n);
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const messages = (await rest.get(Routes.channelMessages(target), { query })) as APIMessage[];
      // Discord says nowhere whether a file that a component shows is listed as an attachment as well: its
      // address has its name.
      const ours = messages.find(
        ({ author, attachments, components }) =>
          author.bot && JSON.stringify([attachments, components]).includes(filename),
      );
      if (ours) return ours.id;
      if (messages.length < PAGE) return undefined;
      after = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
    }
    throw new ChannelError('too many messages since to tell whether it was sent', { permanent: true });
  }

  async function sendMessage(
    outgoing: Outgoing,
    content: Content,
    assertLease: () => Promise<void>,
  ): Promise<string> {
    const { chart, pdf } = content;
    const files: RawFile[] = [
      ...(chart ? [{ name: chart.filename, data: Buffer.from(chart.png), contentType: 'image/png' }] : []),
      { name: pdf.filename, data: Buffer.from(pdf.bytes), contentType: 'application/pdf' },
    ];
    // Within some minutes, Discord itself answers a second message of one nonce with the first.
    const body = { ...renderDigest(content), nonce: nonceOf(outgoing.id), enforce_nonce: true };
    await assertLease();
    const message = (await rest.post(Routes.channelMessages(outgoing.target), { body, files })) as APIMessage;
    return message.id;
  }

  /** Its PDF is part of the message. */
  const withMessage = async ({ parts }: Outgoing): Promise<string | undefined> => parts.message;

  return {
    platform: 'discord',
    chartTheme: CHART_THEME,
    find: (part, outgoing) =>
      part === 'message' ? findMessage(outgoing).catch(asChannelError) : withMessage(outgoing),
    send: async (part, outgoing, content, assertLease) => {
      const there = part === 'attachment' ? await withMessage(outgoing) : undefined;
      return there ?? sendMessage(outgoing, content, assertLease).catch(asChannelError);
    },
  };
}

/** 100 of the id's 122 random bits. */
export const nonceOf = (id: string): string => id.replaceAll('-', '').slice(-MAX_NONCE);

function asChannelError(error: unknown): never {
  if (error instanceof RateLimitError) {
    const millis = Math.max(error.retryAfter, error.timeToReset);
    throw new ChannelError('Discord wants fewer requests', { retryAfterSeconds: millis / 1000 });
  }
  if (error instanceof DiscordAPIError)
    throw new ChannelError(
      `Discord says ${error.code} ${error.message.replaceAll('\n', ' ')}`.slice(0, 300),
      {
        permanent: PERMANENT.has(error.code),
      },
    );
  // Its own form holds the request, with the files.
  if (error instanceof HTTPError) throw new ChannelError(`Discord answered ${error.status}`);
  throw error;
}
