/** Decides what a raw interaction gets: an answer, or at once a reply that only its user sees. Pure. */
import {
  type APIInteraction,
  type APIInteractionResponse,
  ApplicationCommandType,
  ComponentType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import { type ParsedQuestion, parseQuestion, type Question } from '../../src/questions/lib/definition.ts';
import { parseText, parseTyped } from '../../src/questions/lib/free-text.ts';
import { commandOf } from '../../src/questions/lib/typed-commands.ts';
import { wordsOf } from '../../src/questions/lib/typed-words.ts';
import type { SubscriptionCommand } from '../subscriptions.ts';
import { HELP_COMMAND, helpText, readCommand, suggestions, TEXT_COMMAND, TEXT_OPTION } from './commands.ts';
import { decodeCustomId } from './custom-id.ts';
import { escapeLines } from './markdown.ts';
import { renderText } from './render.ts';
import { readSubscription } from './subscribe.ts';

export interface Decision {
  /** What Discord must get within three seconds. */
  response: APIInteractionResponse;
  /** The question whose answer the deferred reply becomes. */
  ask?: ParsedQuestion;
  /** What was typed and is no question to the letter: it may be a name in the data. */
  unclear?: string;
  /** What is to be done about this channel's subscriptions; the deferred reply becomes what came of it. */
  manage?: SubscriptionCommand;
}

/**
 * A wrong question or parameter is told before the reply is deferred, since only then can it be seen by its
 * user alone.
 */
export function decide(questions: readonly Question[], interaction: APIInteraction): Decision {
  try {
    return decideOrThrow(questions, interaction);
  } catch (error) {
    if (error instanceof UserError) return refused(error);
    throw error;
  }
}

function decideOrThrow(questions: readonly Question[], interaction: APIInteraction): Decision {
  if (interaction.type === InteractionType.Ping) return { response: { type: InteractionResponseType.Pong } };

  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
    const choices = suggestions(questions, readCommand(interaction.data));
    return {
      response: { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } },
    };
  }

  if (
    interaction.type === InteractionType.ApplicationCommand &&
    interaction.data.type === ApplicationCommandType.ChatInput
  ) {
    const { name, raw } = readCommand(interaction.data);
    if (name === HELP_COMMAND) return ephemeral(helpText(questions));
    const manage = readSubscription(interaction, name, raw);
    if (manage) return { response: deferred(manage.kind === 'list'), manage };
    if (name !== TEXT_COMMAND) return answer(parseQuestion(questions, name, raw));
    const text = raw[TEXT_OPTION] ?? '';
    return commandOf(text) === 'help' ? ephemeral(helpText(questions)) : answerText(questions, text);
  }

  if (
    interaction.type === InteractionType.MessageComponent &&
    interaction.data.component_type === ComponentType.Button
  ) {
    const asked = decodeCustomId(interaction.data.custom_id);
    if (asked) return answer(parseQuestion(questions, asked.name, asked.raw));
  }
  throw new UserError("I don't recognise that.", `Try /${HELP_COMMAND}.`);
}

function answerText(questions: readonly Question[], text: string): Decision {
  try {
    return answer(parseTyped(questions, wordsOf(text), { typos: false }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  try {
    return { ...answer(parseText(questions, text)), unclear: text };
  } catch (error) {
    if (error instanceof UserError) return { ...refused(error), unclear: text };
    throw error;
  }
}

/** What only its user sees: what is wrong and what would be right. */
export const refused = (error: UserError): Decision => ephemeral(escapeLines(error.text));

export const answer = (ask: ParsedQuestion): Decision => ({ response: deferred(false), ask });

const deferred = (forOne: boolean): APIInteractionResponse => ({
  type: InteractionResponseType.DeferredChannelMessageWithSource,
  ...(forOne && { data: { flags: MessageFlags.Ephemeral } }),
});

const ephemeral = (markdown: string): Decision => ({
  response: {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: { ...renderText(markdown), flags: MessageFlags.Ephemeral },
  },
});
