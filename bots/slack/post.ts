/**
 * Puts an answer into a conversation: as one message with its picture, or by the command's own address where
 * the bot may not post.
 */

import type { RespondFn } from '@slack/bolt';
import {
  type FilesCompleteUploadExternalResponse,
  type WebAPICallResult,
  WebAPIPlatformError,
  type WebClient,
} from '@slack/web-api';
import type { Ambient } from '../../src/ambient.ts';
import { SECOND } from '../../src/core/time/instant.ts';
import type { AnswerReply } from '../replies.ts';
import { MAX_URL, type Message, type RenderOptions, renderAnswer } from './render.ts';

export const BOT_NAME = 'Bandcamp Tracker';
const INVITE = `I am not in this conversation. For charts as pictures, invite me: \`/invite @${BOT_NAME}\``;

/**
 * A file can be shown once Slack has looked at it, a few seconds after the upload; until then
 * `invalid_blocks`.
 */
export const PICTURE_WAITS = [0, 1, 1, 2, 3, 5].map(seconds => seconds * SECOND);

/** What Slack says where the bot is no member, or where it cannot see the conversation at all. */
export const NOT_A_MEMBER = new Set(['not_in_channel', 'channel_not_found']);

export interface Place {
  client: WebClient;
  /** Works five times within 30 minutes of the command, everywhere. */
  respond: RespondFn;
  channel: string;
  /** Set for an answer within a thread. */
  threadTs?: string | undefined;
}

type PostDeps = Pick<Ambient, 'clock' | 'log'>;

const slackError = (
  error: unknown,
): (WebAPICallResult & { error?: string; errors?: string[] }) | undefined =>
  error instanceof WebAPIPlatformError ? error.data : undefined;

const QUIET = { unfurl_links: false, unfurl_media: false } as const;

/** Posts the answer; every refusal of Slack's has a lesser form of the same answer. Never throws. */
export async function postAnswer(deps: PostDeps, place: Place, reply: AnswerReply): Promise<void> {
  const options: RenderOptions = { ...(reply.pageUrl && { pageUrl: reply.pageUrl }) };
  try {
    const ts = await postMessage(deps, place, renderAnswer(reply.answer, options));
    if (reply.chart) await addPicture(deps, place, ts, { ...reply, chart: reply.chart }, options);
  } catch (error) {
    const stranger = NOT_A_MEMBER.has(slackError(error)?.error ?? '');
    if (!stranger) deps.log.warn('slack-post-failed', { error });
    await respondWithAnswer(deps, place, reply, stranger);
  }
}

/** The message's `ts`. Blocks that Slack refuses are a mistake of ours: the words arrive all the same. */
async function postMessage({ log }: PostDeps, place: Place, message: Message): Promise<string> {
  const { client, channel, threadTs } = place;
  const target = { channel, ...(threadTs && { thread_ts: threadTs }), ...QUIET };
  try {
    return String((await client.chat.postMessage({ ...target, ...message })).ts);
  } catch (error) {
    if (slackError(error)?.error !== 'invalid_blocks') throw error;
    log.error('slack-blocks-refused', { errors: slackError(error)?.errors });
    return String((await client.chat.postMessage({ ...target, text: message.text })).ts);
  }
}

/** One completion for each destination, which its type leaves out. */
type Uploaded = WebAPICallResult & { files?: FilesCompleteUploadExternalResponse[] };
type ChartReply = AnswerReply & { chart: NonNullable<AnswerReply['chart']> };

/**
 * Adds the chart to the message that stands there; if it will not go in, as a file in the message's thread.
 */
async function addPicture(
  { clock, log }: PostDeps,
  { client, channel, threadTs }: Place,
  ts: string,
  { answer, chart }: ChartReply,
  options: RenderOptions,
): Promise<void> {
  const file = Buffer.from(chart.png);
  const upload = {
    file,
    filename: chart.filename,
    title: answer.title.slice(0, 200) || chart.filename,
    alt_text: chart.alt,
  };
  try {
    // Without a channel: the file is the bot's, and shown to whoever sees the message it stands in.
    const uploaded = (await client.files.uploadV2({ ...upload, highlight_type: 'png' })) as Uploaded;
    const fileId = uploaded.files?.[0]?.files?.[0]?.id;
    if (!fileId) throw new Error('Slack named no file');
    const message = renderAnswer(answer, { ...options, picture: { fileId, alt: chart.alt } });
    for (const wait of PICTURE_WAITS) {
      await clock.sleep(wait);
      try {
        await client.chat.update({ channel, ts, ...message });
        return;
      } catch (error) {
        if (slackError(error)?.error !== 'invalid_blocks') throw error;
        log.debug('slack-picture-not-ready', { errors: slackError(error)?.errors });
      }
    }
    log.warn('slack-picture-refused', { fileId });
  } catch (error) {
    log.warn('slack-picture-failed', { error });
  }
  try {
    await client.files.uploadV2({ ...upload, channel_id: channel, thread_ts: threadTs ?? ts });
  } catch (error) {
    log.warn('slack-file-failed', { error });
  }
}

/** Slack's servers fetch the picture: the address must be public. */
const isPublicImage = (url: string): boolean =>
  url.length <= MAX_URL && URL.canParse(url) && new URL(url).protocol === 'https:';

/**
 * Answers by the command's `response_url`. `toAll` shows it to the channel; otherwise only to who asked,
 * since the first attempt may have arrived after all.
 */
async function respondWithAnswer(
  { log }: PostDeps,
  { respond }: Place,
  reply: AnswerReply,
  toAll: boolean,
): Promise<void> {
  const { answer, chart, chartUrl, pageUrl } = reply;
  const options: RenderOptions = { ...(pageUrl && { pageUrl }), ...(toAll && { hint: INVITE }) };
  const response_type = toAll ? 'in_channel' : 'ephemeral';
  const message = renderAnswer(answer, options);
  const attempts: Message[] = [
    ...(chart && chartUrl && isPublicImage(chartUrl)
      ? [renderAnswer(answer, { ...options, picture: { url: chartUrl, alt: chart.alt } })]
      : []),
    message,
    { text: toAll ? `${message.text}\n${INVITE}` : message.text, blocks: [] },
  ];
  for (const { text, blocks } of attempts) {
    try {
      await respond({ response_type, replace_original: false, text, ...(blocks.length > 0 && { blocks }) });
      return;
    } catch (error) {
      log.warn('slack-respond-refused', { error });
    }
  }
}
