/** Carries out what is decided for an interaction: acknowledges at once, answers in the background. */

import { type APIInteraction, InteractionType } from 'discord.js';
import type { Ambient } from '../../src/ambient.ts';
import type { Target } from '../../src/db/subscriptions.ts';
import type { ParsedQuestion, Question } from '../../src/questions/lib/definition.ts';
import type { Reply } from '../replies.ts';
import type { SubscriptionCommand, SubscriptionReply } from '../subscriptions.ts';
import { type DiscordApi, facts } from './api.ts';
import { decide } from './interactions.ts';
import { escapeLines } from './markdown.ts';
import { renderAnswer, renderText } from './render.ts';
import { targetOf } from './subscribe.ts';

export interface InteractionHandler {
  /** Resolves when Discord has the first response; true unless it could not be given. Never throws. */
  accept(interaction: APIInteraction): Promise<boolean>;
  /** Resolves when everything accepted is answered. */
  drain(): Promise<void>;
}

interface HandlerOptions {
  log: Ambient['log'];
  api: DiscordApi;
  questions: readonly Question[];
  /** Answers a parsed question; never throws. */
  reply(question: ParsedQuestion): Promise<Reply>;
  /** Changes or lists a channel's subscriptions; never throws. */
  manage(target: Target, owner: string, command: SubscriptionCommand): Promise<SubscriptionReply>;
}

export function createHandler({ log, api, questions, reply, manage }: HandlerOptions): InteractionHandler {
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    work.finally(() => running.delete(work));
    return work;
  };

  async function accept(interaction: APIInteraction): Promise<boolean> {
    try {
      const decision = decide(questions, interaction);
      if (await api.acknowledge(interaction, decision.response)) {
        if (decision.ask) track(answer(interaction, decision.ask));
        if (decision.manage) track(subscribe(interaction, decision.manage));
      }
      return true;
    } catch (error) {
      log.error('discord-interaction-failed', {
        id: interaction.id,
        type: InteractionType[interaction.type],
        ...facts(error),
      });
      return false;
    }
  }

  async function answer(interaction: APIInteraction, ask: ParsedQuestion): Promise<void> {
    try {
      await send(interaction, await reply(ask));
    } catch (error) {
      log.error('discord-answer-refused', {
        id: interaction.id,
        question: ask.question.name,
        ...facts(error),
      });
      const text = `Discord did not take the answer (${interaction.id}). Try again, or ask for fewer rows.`;
      await api.edit(interaction, renderText(text)).catch(lost => {
        log.error('discord-answer-lost', { id: interaction.id, ...facts(lost) });
      });
    }
  }

  async function subscribe(interaction: APIInteraction, command: SubscriptionCommand): Promise<void> {
    try {
      const { target, owner } = targetOf(interaction);
      const { text } = await manage(target, owner, command);
      await api.edit(interaction, renderText(escapeLines(text)));
    } catch (error) {
      log.error('discord-answer-lost', { id: interaction.id, ...facts(error) });
    }
  }

  async function send(interaction: APIInteraction, reply: Reply): Promise<void> {
    if (reply.kind === 'error') return api.edit(interaction, renderText(escapeLines(reply.text)));
    const { answer, chart, pageUrl } = reply;
    const files = chart && [{ name: chart.filename, data: chart.png, contentType: 'image/png' }];
    await api.edit(interaction, renderAnswer(answer, { chart, pageUrl }), files);
  }

  return {
    accept: interaction => track(accept(interaction)),
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
