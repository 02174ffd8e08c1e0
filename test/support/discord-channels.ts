/**
 * The channels of the local Discord: messages that bots send and read there, refusing what Discord refuses.
 */
import { type Clock, realClock } from '../../src/core/time/clock.ts';
import { type Instant, MINUTE } from '../../src/core/time/instant.ts';
import { invalidForm, messageProblems } from './discord-rules.ts';
import type { UploadedFile } from './multipart.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies as they came
type Json = any;

interface Answered {
  status: number;
  body: Json;
}

export interface ChannelMessage {
  id: string;
  channel: string;
  nonce?: string;
  body: Json;
  files: UploadedFile[];
  at: Instant;
}

/** The bot may post in the first; it is not in the second; it may not write in the third. */
export const DISCORD_CHANNELS = {
  open: '1400000000000000001',
  hidden: '1400000000000000002',
  silent: '1400000000000000003',
} as const;

const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** "The past few minutes", as Discord says. */
const NONCE_LIFE = 5 * MINUTE;
const MAX_FILE_BYTES = 10 * 1024 * 1024;

const refusals: Record<string, Answered> = {
  [DISCORD_CHANNELS.hidden]: { status: 403, body: { message: 'Missing Access', code: 50001 } },
  [DISCORD_CHANNELS.silent]: { status: 403, body: { message: 'Missing Permissions', code: 50013 } },
};

export class DiscordChannels {
  /** Dates messages and ends nonces. */
  clock: Clock = realClock;
  readonly messages: ChannelMessage[] = [];
  /** Called when a message is there, before its sender is told. */
  onPosted?: () => void;
  readonly #author: Json;
  #count = 0n;

  constructor(applicationId: string) {
    this.#author = { id: applicationId, username: 'Tracker', bot: true };
  }

  post(channel: string, body: Json, files: UploadedFile[]): Answered {
    const refusal = this.#refusal(channel);
    if (refusal) return refusal;
    if (files.some(({ bytes }) => bytes.length > MAX_FILE_BYTES))
      return { status: 413, body: { message: 'Request entity too large', code: 40005 } };
    const { nonce, enforce_nonce } = body;
    const problems = messageProblems(
      body,
      files.map(({ name }) => name),
    );
    if (nonce !== undefined && String(nonce).length > 25)
      problems.push([['nonce'], 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.']);
    if (problems.length > 0) return { status: 400, body: invalidForm(problems) };
    const same =
      enforce_nonce &&
      this.messages.find(
        message =>
          message.channel === channel &&
          message.nonce === nonce &&
          this.clock.now() - message.at < this.#nonceLife,
      );
    if (same) return { status: 200, body: this.#shown(same) };
    const message = { id: this.#snowflake(), channel, nonce, body, files, at: this.clock.now() };
    this.messages.push(message);
    this.onPosted?.();
    return { status: 200, body: { ...this.#shown(message), nonce } };
  }

  read(channel: string, query: URLSearchParams): Answered {
    const refusal = channel === DISCORD_CHANNELS.silent ? undefined : this.#refusal(channel);
    if (refusal) return refusal;
    const limit = Number(query.get('limit') ?? 50);
    if (!(limit >= 1 && limit <= 100))
      return { status: 400, body: invalidForm([[['limit'], 'NUMBER_TYPE_MAX', 'Between 1 and 100.']]) };
    const after = BigInt(query.get('after') ?? 0);
    const found = this.messages.filter(message => message.channel === channel && BigInt(message.id) > after);
    return {
      status: 200,
      body: found
        .slice(0, limit)
        .reverse()
        .map(message => this.#shown(message)),
    };
  }

  get #nonceLife(): number {
    return NONCE_LIFE * this.clock.speed;
  }

  #refusal(channel: string): Answered | undefined {
    if (channel === DISCORD_CHANNELS.open) return undefined;
    return refusals[channel] ?? { status: 404, body: { message: 'Unknown Channel', code: 10003 } };
  }

  /**
   * As it can be read later: no nonce, and no list of attachments where components show them (Discord
   * promises neither).
   */
  #shown({ id, channel, body }: ChannelMessage): Json {
    const address = `https://cdn.discordapp.example/attachments/${channel}/${id}/`;
    const components = JSON.parse(JSON.stringify(body.components ?? []).replaceAll('attachment://', address));
    return {
      id,
      channel_id: channel,
      author: this.#author,
      content: body.content ?? '',
      attachments: [],
      components,
    };
  }

  #snowflake(): string {
    this.#count += 1n;
    const millis = BigInt(Math.floor(this.clock.now() / 1000) - DISCORD_EPOCH_MS);
    return String((millis << 22n) | (this.#count & 0x3fffffn));
  }
}
