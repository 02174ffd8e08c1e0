/**
 * `/subscribe`, `/subscriptions` and `/unsubscribe` in Discord: what an interaction asks for, and for which
 * channel.
 */
import { type APIInteraction, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { Target } from '../../src/db/subscriptions.ts';
import { parseDigest, parseSubscribe, type SubscriptionCommand } from '../subscriptions.ts';
import { LIST_COMMAND, SUBSCRIBE_COMMAND, UNSUBSCRIBE_COMMAND } from './commands.ts';

/**
 * What a digest needs of a channel, by the names that Discord shows; history, to look there before sending
 * again.
 */
const NEEDED: Record<string, bigint> = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
};

/**
 * The command about subscriptions that an interaction is; undefined for any other.
 * @throws UserError for wrong options, and where the bot could not post
 */
export function readSubscription(
  interaction: APIInteraction,
  name: string,
  raw: Record<string, string>,
): SubscriptionCommand | undefined {
  if (name === LIST_COMMAND) return { kind: 'list' };
  if (name === UNSUBSCRIBE_COMMAND) return { kind: 'unsubscribe', digest: parseDigest(raw.digest ?? '') };
  if (name !== SUBSCRIBE_COMMAND) return undefined;
  const command = parseSubscribe(raw);
  if (!interaction.guild_id)
    throw new UserError('Digests can only be posted in a server channel.', 'Use this command there.');
  const has = BigInt(interaction.app_permissions);
  const missing = Object.entries(NEEDED).flatMap(([label, bit]) => ((has & bit) === bit ? [] : [label]));
  if (missing.length > 0)
    throw new UserError(
      `I cannot post here. Missing permissions: ${missing.join(', ')}.`,
      "Give my role these permissions in the channel's settings (Edit Channel, Permissions), then " +
        'subscribe again.',
    );
  return command;
}

/** The channel that an interaction came from, and the id of its user. */
export function targetOf(interaction: APIInteraction): { target: Target; owner: string } {
  const user = interaction.member?.user ?? interaction.user;
  return {
    target: {
      platform: 'discord',
      tenant: interaction.guild_id ?? '',
      target: interaction.channel?.id ?? '',
    },
    owner: user?.id ?? '',
  };
}
