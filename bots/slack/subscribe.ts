/** `/bandcamp subscribe …`, `subscriptions`, `unsubscribe …` in Slack. */

import type { RespondFn, SlashCommand } from '@slack/bolt';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Ambient } from '../../src/ambient.ts';
import { UserError } from '../../src/core/errors.ts';
import type { HasDb } from '../../src/db/connect.ts';
import { manageSubscriptions, parseSubscriptionText, type SubscriptionReply } from '../subscriptions.ts';
import { BOT_NAME, NOT_A_MEMBER } from './post.ts';
import { MAX_SECTION } from './render.ts';
import { cut, escapeMrkdwn } from './text.ts';

interface Asked {
  text: string;
  command: SlashCommand;
  client: WebClient;
  respond: RespondFn;
}

type SubscribeDeps = HasDb & Pick<Ambient, 'clock' | 'log'>;

/** Carries out and answers a text that is about subscriptions; false for any other. */
export async function runSubscriptionCommand(deps: SubscribeDeps, asked: Asked): Promise<boolean> {
  const reply = await replyTo(deps, asked);
  if (!reply) return false;
  await asked.respond({
    response_type: reply.toAll ? 'in_channel' : 'ephemeral',
    replace_original: false,
    text: cut(reply.text, MAX_SECTION, escapeMrkdwn),
  });
  return true;
}

async function replyTo(
  deps: SubscribeDeps,
  { text, command, client }: Asked,
): Promise<SubscriptionReply | undefined> {
  try {
    const parsed = parseSubscriptionText(text);
    if (!parsed) return undefined;
    if (parsed.kind === 'subscribe' && (await isNotMember(deps, client, command.channel_id)))
      throw new UserError(
        'I am not in this conversation, so I cannot post a digest here.',
        `Invite me with "/invite @${BOT_NAME}", then subscribe again.`,
      );
    // A workspace of an Enterprise Grid has its own id; an org-wide channel is reached by any of them.
    const target = { platform: 'slack', tenant: command.team_id, target: command.channel_id };
    return await manageSubscriptions(deps, target, command.user_id, parsed);
  } catch (error) {
    if (error instanceof UserError) return { text: error.text, toAll: false };
    throw error;
  }
}

/**
 * Reading one message shows whether the app is in the conversation; what else goes wrong with that decides
 * nothing.
 */
async function isNotMember({ log }: SubscribeDeps, client: WebClient, channel: string): Promise<boolean> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return false;
  } catch (error) {
    const code = error instanceof WebAPIPlatformError ? String(error.data.error) : '';
    if (!NOT_A_MEMBER.has(code)) log.warn('slack-membership-unknown', { error });
    return NOT_A_MEMBER.has(code);
  }
}
