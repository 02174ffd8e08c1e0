/** Text that may be a name is looked up before Discord's first response, and never makes that late. */
import type { APIInteraction } from 'discord.js';
import { expect, test } from 'vitest';
import type { DiscordApi } from '../../../bots/discord/api.ts';
import { createHandler } from '../../../bots/discord/handler.ts';
import { UserError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/log.ts';
import { type ParsedQuestion, parseQuestion } from '../../../src/questions/lib/definition.ts';
import { questions } from '../../../src/questions/registry.ts';

async function accepting(text: string, understand: () => Promise<ParsedQuestion>) {
  const asked: string[] = [];
  const acknowledged: { type: number; data?: { flags?: number } }[] = [];
  const handler = createHandler({
    log: silentLog,
    api: {
      acknowledge: async (_: unknown, response: (typeof acknowledged)[number]) =>
        acknowledged.push(response) > 0,
      edit: async () => {},
    } as unknown as DiscordApi,
    questions,
    understand,
    reply: async ({ question, params }) => {
      asked.push(`${question.name} ${params.artist ?? ''}`.trim());
      return { kind: 'error', text: '' };
    },
    manage: async () => ({ text: '', toAll: false }),
  });
  const data = { type: 1, name: 'bandcamp', options: [{ type: 3, name: 'text', value: text }] };
  await handler.accept({ type: 2, id: '1', data } as unknown as APIInteraction);
  await handler.drain();
  return { asked, acknowledged };
}

const DEFERRED = { type: 5 };
const ONLY_TO_ONE = { type: 4, data: { flags: 64 } };
const named = async () => parseQuestion(questions, 'artist', { artist: 'Tend' });

test('a name in the data goes before a keyword with a letter wrong', async () => {
  expect(await accepting('tend', named)).toMatchObject({ asked: ['artist Tend'], acknowledged: [DEFERRED] });
});

test('what is a question to the letter is not looked up', async () => {
  const never = () => Promise.reject(new Error('looked up'));
  expect(await accepting('trends', never)).toMatchObject({ asked: ['trending-genres'] });
});

test('what is nothing is refused to who asked alone', async () => {
  const refuse = () => Promise.reject(new UserError('No.', 'Try this.'));
  expect(await accepting('asdf qwer', refuse)).toMatchObject({ asked: [], acknowledged: [ONLY_TO_ONE] });
});

test('a database that hangs or fails leaves what the words alone say', async () => {
  const hanging = () => new Promise<ParsedQuestion>(() => {});
  expect(await accepting('trendng genres', hanging)).toMatchObject({ asked: ['trending-genres'] });
  const failing = () => Promise.reject(new Error('away'));
  expect(await accepting('asdf qwer', failing)).toMatchObject({ asked: [], acknowledged: [ONLY_TO_ONE] });
});
