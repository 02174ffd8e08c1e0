/** Carries out what is decided for an interaction: acknowledges at once, answers in the background. */

import { setTimeout as delay } from 'node:timers/promises';
import { type APIInteraction, InteractionType } from 'discord.js';
import type { Ambient } from '../../src/ambient.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Target } from '../../src/db/subscriptions.ts';
import type { ParsedQuestion, Question } from '../../src/questions/lib/definition.ts';
import type { Reply } from '../replies.ts';
import type { SubscriptionCommand, SubscriptionReply } from '../subscriptions.ts';
import { type DiscordApi, facts } from './api.ts';
import { answer as answered, type Decision, decide, refused } from './interactions.ts';
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
  /** What a text asks that is a name in the data. @throws UserError */
  understand?(text: string): Promise<ParsedQuestion>;
  /** Answers a parsed question; never throws. */
  reply(question: ParsedQuestion): Promise<Reply>;
  /** Changes or lists a channel's subscriptions; never throws. */
  manage(target: Target, owner: string, command: SubscriptionCommand): Promise<SubscriptionReply>;
}

/** Discord waits three seconds for the first response; a name is looked up within a part of it. */
const LOOKUP_MS = 1_000;

export function createHandler({
  log,
  api,
  questions,
  understand,
  reply,
  manage,
}: HandlerOptions): InteractionHandler {
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    work.finally(() => running.delete(work));
    return work;
  };

  async function accept(interaction: APIInteraction): Promise<boolean> {
    try {
      const decision = await clarified(decide(questions, interaction));
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

  /** Looks up what may be a name, before anybody but its user sees that it is none. */
  async function clarified(decision: Decision): Promise<Decision> {
    if (decision.unclear === undefined || !understand) return decision;
    const looking = understand(decision.unclear).then(answered, (error: unknown) =>
      error instanceof UserError ? refused(error) : decision,
    );
    return Promise.race([looking, delay(LOOKUP_MS, decision, { ref: false })]);
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
