/**
 * What the local Slack knows of its conversations: history and threads, page by page, with metadata only for
 * who asks for it.
 */

type Json = Record<string, unknown>;

export interface SlackMessage {
  channel: string;
  ts: string;
  threadTs?: string;
  text: string;
  blocks: Json[];
  metadata?: Json;
  /** Files shared with the message. */
  files: string[];
  edits: number;
  /** How it came: by the Web API, or by a response address and to whom. */
  by: 'api' | 'in_channel' | 'ephemeral';
}

export interface SlackFile {
  id: string;
  filename: string;
  length: number;
  altText: string;
  bytes?: Uint8Array;
  completed: boolean;
}

const refuse = (error: string): Json => ({ ok: false, error });

/** What is wrong with a message's metadata: docs.slack.dev/messaging/message-metadata. */
export function metadataProblem(metadata: unknown): Json | undefined {
  if (metadata === undefined) return undefined;
  const { event_type, event_payload } = (metadata ?? {}) as Json;
  const valid =
    typeof event_type === 'string' && /^\w{1,255}$/.test(event_type) && typeof event_payload === 'object';
  return valid ? undefined : refuse('invalid_metadata_format');
}

/**
 * The page of messages that the arguments ask for; `newest` first for a history, the other way round for a
 * thread.
 */
function page(all: SlackMessage[], files: Map<string, SlackFile>, args: Json): Json {
  const limit = Number(args.limit ?? 100);
  if (!(limit >= 1 && limit <= 999)) return refuse('invalid_limit');
  const from = Number(args.cursor ?? 0);
  const withMetadata = String(args.include_all_metadata) === 'true';
  const messages = all.slice(from, from + limit).map(message => ({
    type: 'message',
    bot_id: 'B0BOT',
    ts: message.ts,
    text: message.text,
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...(message.files.length > 0 && {
      files: message.files.map(id => ({ id, name: files.get(id)?.filename, title: files.get(id)?.filename })),
    }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  }));
  const more = from + limit < all.length;
  return {
    ok: true,
    messages,
    has_more: more,
    ...(more && { response_metadata: { next_cursor: String(from + limit) } }),
  };
}

const isPublic = ({ by }: SlackMessage): boolean => by !== 'ephemeral';

export function historyOf(
  messages: readonly SlackMessage[],
  files: Map<string, SlackFile>,
  args: Json,
): Json {
  const oldest = Number(args.oldest ?? 0);
  const shown = messages.filter(
    message =>
      message.channel === args.channel &&
      !message.threadTs &&
      isPublic(message) &&
      Number(message.ts) > oldest,
  );
  return page(shown.reverse(), files, args);
}

export function repliesTo(
  messages: readonly SlackMessage[],
  files: Map<string, SlackFile>,
  args: Json,
): Json {
  const thread = messages.filter(
    ({ channel, ts, threadTs }) => channel === args.channel && (ts === args.ts || threadTs === args.ts),
  );
  return thread.length > 0 ? page(thread, files, args) : refuse('thread_not_found');
}
