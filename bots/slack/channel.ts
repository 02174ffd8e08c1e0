/** Slack as a channel of deliveries: a message that carries its delivery's id, and the PDF in its thread. */

import {
  type ConversationsHistoryResponse,
  type FilesCompleteUploadExternalResponse,
  type WebAPICallResult,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api';
import type { Ambient } from '../../src/ambient.ts';
import { SECOND } from '../../src/core/time/instant.ts';
import type { Part } from '../../src/db/deliveries.ts';
import { type Channel, ChannelError, type Content, type Outgoing } from '../../src/digests/channel.ts';
import { quietLogger } from './logger.ts';
import { PICTURE_WAITS } from './post.ts';
import { type Message, renderDigest } from './render.ts';
import { CHART_THEME, SLACK_SETTINGS } from './settings.ts';

/**
 * Names the metadata by which `find` knows a delivery's message again:
 * docs.slack.dev/messaging/message-metadata.
 */
export const EVENT_TYPE = 'bandcamp_tracker_digest';
const TIMEOUT_MS = 15_000;
/**
 * The most that an app outside Slack's Marketplace gets at once (docs.slack.dev/changelog, 29 May 2025);
 * others get up to 999.
 */
const PAGE = 15;
const MAX_PAGES = 20;

/** The channel, the workspace or the app is not as it must be, and only people can mend that. */
const PERMANENT = new Set([
  'account_inactive',
  'channel_not_found',
  'is_archived',
  'missing_scope',
  'no_permission',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
]);

type SlackDeps = Pick<Ambient, 'config' | 'clock' | 'log'>;
type Uploaded = WebAPICallResult & { files?: FilesCompleteUploadExternalResponse[] };
type Found = NonNullable<ConversationsHistoryResponse['messages']>[number];

export function createSlackChannel({ config, clock, log }: SlackDeps, token: string): Channel {
  // The ledger tries again, and by its own time: a client that repeats a request by itself could show a
  // message twice.
  const client = new WebClient(token, {
    slackApiUrl: config.settings(SLACK_SETTINGS).slackApiUrl,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger(log),
  });

  /** The first message of the conversation, or of a thread, for which `pick` has an answer. */
  async function look(outgoing: Outgoing, pick: (message: Found) => string | undefined, thread?: string) {
    const page = { channel: outgoing.target, limit: PAGE, include_all_metadata: true };
    const oldest = String(outgoing.dueAt / SECOND - 3600);
    let cursor: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const at = { ...page, ...(cursor && { cursor }) };
      const answer = thread
        ? await client.conversations.replies({ ...at, ts: thread })
        : await client.conversations.history({ ...at, oldest });
      for (const message of (answer.messages ?? []) as Found[]) {
        const picked = pick(message);
        if (picked) return picked;
      }
      cursor = answer.response_metadata?.next_cursor;
      if (!cursor) return undefined;
    }
    throw new ChannelError('too many messages since to tell whether it was sent', { permanent: true });
  }

  async function uploadPicture(
    chart: NonNullable<Content['chart']>,
    title: string,
  ): Promise<string | undefined> {
    try {
      const uploaded = (await client.files.uploadV2({
        file: Buffer.from(chart.png),
        filename: chart.filename,
        title,
        alt_text: chart.alt,
      })) as Uploaded;
      return uploaded.files?.[0]?.files?.[0]?.id;
    } catch (error) {
      log.warn('slack-digest-picture-failed', { error });
      return undefined;
    }
  }

  async function sendMessage(
    outgoing: Outgoing,
    content: Content,
    assertLease: () => Promise<void>,
  ): Promise<string> {
    const { chart, digest } = content;
    const fileId = chart && (await uploadPicture(chart, digest.title));
    const metadata = { event_type: EVENT_TYPE, event_payload: { delivery: outgoing.id } };
    const post = async (message: Message): Promise<string> => {
      await assertLease();
      const posted = await client.chat.postMessage({
        channel: outgoing.target,
        unfurl_links: false,
        unfurl_media: false,
        metadata,
        ...message,
      });
      return String(posted.ts);
    };
    const plain = renderDigest(content);
    // A refused message is not shown, so that the next form of it can be tried: with the picture, without, in
    // words.
    const forms = fileId
      ? [
          ...PICTURE_WAITS.map(wait => ({ wait, message: renderDigest(content, fileId) })),
          { wait: 0, message: plain },
        ]
      : [{ wait: 0, message: plain }];
    for (const { wait, message } of forms) {
      await clock.sleep(wait);
      try {
        return await post(message);
      } catch (error) {
        if (codeOf(error) !== 'invalid_blocks') throw error;
        log.debug('slack-digest-blocks-refused', { error });
      }
    }
    log.error('slack-digest-without-blocks', { delivery: outgoing.id });
    return post({ ...plain, blocks: [] });
  }

  async function sendFile(
    outgoing: Outgoing,
    { digest, pdf }: Content,
    assertLease: () => Promise<void>,
  ): Promise<string> {
    await assertLease();
    const uploaded = (await client.files.uploadV2({
      file: Buffer.from(pdf.bytes),
      filename: pdf.filename,
      title: `${digest.title}, ${digest.report.subtitle}`,
      channel_id: outgoing.target,
      thread_ts: outgoing.parts.message as string,
    })) as Uploaded;
    const id = uploaded.files?.[0]?.files?.[0]?.id;
    if (!id) throw new ChannelError('Slack named no file');
    return id;
  }

  const find = (part: Part, outgoing: Outgoing) =>
    part === 'message'
      ? look(outgoing, ({ metadata, ts }) =>
          metadata?.event_type === EVENT_TYPE && deliveryOf(metadata.event_payload) === outgoing.id
            ? ts
            : undefined,
        )
      : look(
          outgoing,
          ({ files }) => files?.find(({ name }) => name === outgoing.filename)?.id,
          outgoing.parts.message as string,
        );

  return {
    platform: 'slack',
    chartTheme: CHART_THEME,
    find: (part, outgoing) => find(part, outgoing).catch(asChannelError),
    send: (part, outgoing, content, assertLease) =>
      (part === 'message' ? sendMessage : sendFile)(outgoing, content, assertLease).catch(asChannelError),
  };
}

const deliveryOf = (payload: unknown): unknown => (payload as { delivery?: unknown } | undefined)?.delivery;

const codeOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? String(error.data.error) : undefined;

function asChannelError(error: unknown): never {
  if (error instanceof WebAPIRateLimitedError)
    throw new ChannelError('Slack wants fewer requests', {
      retryAfterSeconds: error.retryAfter,
      cause: error,
    });
  const code = codeOf(error);
  if (code === undefined) throw error;
  throw new ChannelError(`Slack says ${code}`, { permanent: PERMANENT.has(code), cause: error });
}
