import { describe, expect, test } from 'vitest';
import { commandDefinitions, helpText, readCommand, suggestions } from '../../../bots/discord/commands.ts';
import { decide } from '../../../bots/discord/interactions.ts';
import type { Parameter, Question } from '../../../src/questions/lib/definition.ts';
import { questions } from '../../../src/questions/registry.ts';
import { longName } from '../../support/answers.ts';
import { interactionPayload } from '../../support/discord-payload.ts';
import { commandProblems, messageProblems } from '../../support/discord-rules.ts';
import { expectGolden } from '../../support/golden.ts';

const parameter = (changes: Partial<Parameter<string>> = {}): Parameter<string> => ({
  describe: 'What to look at',
  example: 'x',
  parse: raw => raw,
  format: value => value,
  recognises: () => false,
  ...changes,
});

const question = (name: string, parameters: Record<string, Parameter<string>> = {}): Question => ({
  name,
  title: `Title of ${name}`,
  summary: longName(150),
  parameters,
  load: async () => [],
  answer: () => ({ title: '', headline: '', columns: [], rows: [], followUps: [] }),
});

const many = Array.from({ length: 40 }, (_, at) => `genre-${at}`);
const invented = [
  question('trending-genres', { window: parameter(), level: parameter({ choices: ['all', 'genre'] }) }),
  question('trending-artists', { genre: parameter({ describe: longName(200), choices: many }) }),
  question('top', { by: parameter() }),
  question('top-artists'),
  question('emerging-artists'),
];

describe('commands', () => {
  test('of the real questions', () => {
    const commands = commandDefinitions(questions);
    expect(commandProblems(commands)).toEqual([]);
    expectGolden('discord/commands.json', `${JSON.stringify(commands, null, 2)}\n`);
  });

  test('group questions by their first word, unless that word is a question itself', () => {
    const commands = commandDefinitions(invented);
    expect(commandProblems(commands)).toEqual([]);
    const names = commands.map(({ name, options = [] }) => [
      name,
      ...options.filter(({ type }) => type === 1).map(option => option.name),
    ]);
    expect(names).toEqual([
      ['trending', 'genres', 'artists'],
      ['top'],
      ['top-artists'],
      ['emerging', 'artists'],
      ['bandcamp'],
      ['help'],
      ['subscribe'],
      ['subscriptions'],
      ['unsubscribe'],
    ]);
  });

  test('read back as the question that they stand for', () => {
    const option = { name: 'window', type: 3, value: '7d' } as const;
    expect(
      readCommand({ name: 'trending', options: [{ name: 'genres', type: 1, options: [option] }] }),
    ).toEqual({
      name: 'trending-genres',
      raw: { window: '7d' },
    });
    expect(readCommand({ name: 'top-artists' })).toEqual({ name: 'top-artists', raw: {} });
  });

  test('suggest from more choices than Discord lists', () => {
    const typed = { name: 'trending-artists', raw: { genre: 'E-3' }, focused: 'genre' };
    expect(suggestions(invented, typed).map(({ value }) => value)).toEqual(
      many.filter(name => name.includes('e-3')),
    );
    expect(suggestions(invented, { ...typed, raw: {} })).toHaveLength(25);
    expect(suggestions(invented, { ...typed, name: 'nothing' })).toEqual([]);
  });

  test('help names each as it is typed, and fits', () => {
    expect(helpText(invented)).toContain('**/trending genres**');
    expect(helpText(invented)).toContain('**/top-artists**');
    expect(messageProblems({ content: helpText(questions) }, [])).toEqual([]);
  });

  test.each([40, 90])('help of %i questions fits, and says how many it leaves out', count => {
    const [one] = questions as [Question];
    const all = Array.from({ length: count }, (_, n) => ({ ...one, name: `question${n}` }));
    const text = helpText(all);
    expect(messageProblems({ content: text }, [])).toEqual([]);
    const named = text.match(/\*\*\/question/g)?.length ?? 0;
    expect(named).toBeGreaterThan(35);
    expect(text.includes(' more')).toBe(named < count);
  });
});

test('an interaction of an unknown kind is told so, to its user alone', () => {
  const essentials = {
    id: '1',
    token: 't',
    application_id: '2',
    type: 5,
    data: { custom_id: 'x', components: [] },
  };
  // biome-ignore lint/suspicious/noExplicitAny: a kind that the bot never asks for
  const { response, ask } = decide(questions, interactionPayload(essentials) as any);
  expect(ask).toBeUndefined();
  expect(response).toMatchObject({ type: 4, data: { flags: 64, content: expect.stringContaining('/help') } });
});
