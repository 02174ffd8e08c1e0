/** Lines as people type them: what they mean, and refusals that say what would be understood. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { parseText } from '../../../src/questions/lib/free-text.ts';
import { commandOf } from '../../../src/questions/lib/typed-commands.ts';
import { questions } from '../../../src/questions/registry.ts';

interface Line {
  text: string;
  question: string;
  wanted: Record<string, string>;
}

const linesOf = (file: URL): Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => {
      const [text = '', question = '', parameters = ''] = line.split('\t');
      const wanted = parameters
        .split(';')
        .filter(Boolean)
        .map(parameter => [
          parameter.slice(0, parameter.indexOf('=')),
          parameter.slice(parameter.indexOf('=') + 1),
        ]);
      return { text, question, wanted: Object.fromEntries(wanted) };
    });

function understood(text: string): { question: string; params: Record<string, string> } {
  const command = commandOf(text);
  if (command) return { question: command, params: {} };
  try {
    const { question, params } = parseText(questions, text);
    return { question: question.name, params };
  } catch (error) {
    if (error instanceof UserError) return { question: 'refuse', params: {} };
    throw error;
  }
}

const OWN = linesOf(new URL('../../fixtures/typed-lines.tsv', import.meta.url));

test.each(OWN)('$text', ({ text, question, wanted }) => {
  const { question: asked, params } = understood(text);
  expect({ question: asked, ...params }).toMatchObject({ question, ...wanted });
});

const GIVEN = new URL('../../../../shared/cases/typed-lines.tsv', import.meta.url);
describe.skipIf(!existsSync(GIVEN))(
  'lines that were given, skipped where they are not beside the project',
  () => {
    test('are understood', () => {
      const lines = linesOf(GIVEN);
      const isMeant = ({ text, question, wanted }: Line) => {
        const { question: asked, params } = understood(text);
        const isSame = ([key, value]: [string, string]) => params[key]?.toLowerCase() === value.toLowerCase();
        return asked === question && Object.entries(wanted).every(isSame);
      };
      const wrong = lines.filter(line => !isMeant(line)).map(({ text }) => text);
      expect(wrong).toEqual([]);
    });
  },
);

describe('a refusal', () => {
  const broken = OWN.flatMap(({ text }) => [
    `${text} xyzzyx`,
    `zzqq ${text}`,
    text.slice(0, text.length / 2),
  ]);
  const refusals = [
    ...broken,
    '🎷',
    'asdf qwer zxcv',
    'x'.repeat(5000),
    'artist',
    'compare',
    'top limit=0',
  ].flatMap(text => {
    if (commandOf(text)) return [];
    try {
      parseText(questions, text);
      return [];
    } catch (error) {
      if (error instanceof UserError) return [{ text, error }];
      throw error;
    }
  });

  test('has at most 160 characters', () => {
    expect(refusals.length).toBeGreaterThan(50);
    const long = refusals.filter(({ error }) => [...error.text].length > 160);
    expect(long.map(({ error }) => error.text)).toEqual([]);
  });

  test('offers one to three questions that are understood', () => {
    for (const { text, error } of refusals) {
      expect(error.suggestions.length, text).toBeGreaterThanOrEqual(1);
      expect(error.suggestions.length, text).toBeLessThanOrEqual(3);
      for (const suggestion of error.suggestions)
        expect(() => parseText(questions, suggestion), `${text}: ${suggestion}`).not.toThrow();
    }
  });
});

describe('names to compare', () => {
  const compare = questions.find(({ name }) => name === 'compare') as (typeof questions)[number];
  const { parse, format } = compare.parameters.names;
  test.each([
    ['techno, house', ['techno', 'house']],
    ['Earth, Wind & Water vs Japan', ['Earth, Wind & Water', 'Japan']],
    ['"Earth, Wind & Water" and Japan', ['Earth, Wind & Water', 'Japan']],
    ['"Weird" Vic vs Japan', ['"Weird" Vic', 'Japan']],
    ['"A vs B", "C, D"', ['A vs B', 'C, D']],
    ['drum and bass and techno', ['drum and bass', 'techno']],
    ['Simon & Garth, Bo & Ro', ['Simon & Garth', 'Bo & Ro']],
    ['東京, “a, b”, c', ['東京', 'a, b', 'c']],
  ])('%j are these, and stay so when they are written out', (text, names) => {
    expect(parse(text)).toEqual(names);
    expect(parse(format(names))).toEqual(names);
  });
});
