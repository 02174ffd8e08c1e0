/** An answer as blocks that Slack takes, whatever the names in it are. */

import { describe, expect, test } from 'vitest';
import { renderHelp } from '../../../bots/slack/help.ts';
import {
  MAX_BUTTON_VALUE,
  type Message,
  parseFollowUpValue,
  renderAnswer,
} from '../../../bots/slack/render.ts';
import { cut, escapeMrkdwn, mrkdwn, oneLine } from '../../../bots/slack/text.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { INTERVALS_EXPLAINED } from '../../../src/core/chart-alt.ts';
import { defineQuestion } from '../../../src/questions/lib/definition.ts';
import { questions } from '../../../src/questions/registry.ts';
import { exampleAnswer, longName } from '../../support/answers.ts';
import { expectGolden, goldenJson } from '../../support/golden.ts';
import { blockProblems } from '../../support/slack-blocks.ts';

const rules = { fileProblem: () => undefined, imageReachable: () => true };
const pageUrl = 'https://tracker.example/q/trending-genres?window=7d&country=de';
const picture = { fileId: 'F00000001', alt: 'Bars of ten genres.' };

/** Everything that Slack would read as markup of its own: mentions, links, channels, dates. */
const markup = (message: Message): string[] =>
  [message.text, ...mrkdwnOf(message.blocks)].flatMap(text => text.match(/<[^>]*>/g) ?? []);

function mrkdwnOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: string; text?: string };
  return [...(type === 'mrkdwn' && text ? [text] : []), ...Object.values(value).flatMap(mrkdwnOf)];
}

const tableRows = (message: Message): number => {
  const table = message.blocks.find(block => block.type === 'table');
  return table?.type === 'table' ? table.rows.length - 1 : 0;
};

describe('an answer as blocks', () => {
  test.each([0, 1, 10])('of %i rows is the golden one', rows => {
    const message = renderAnswer(exampleAnswer(rows), { pageUrl, ...(rows > 0 && { picture }) });
    expect(blockProblems(message.blocks, rules)).toEqual([]);
    expectGolden(`slack/answer-${rows}.json`, goldenJson(message));
  });

  test('explains its picture once, and nothing where there is none', () => {
    const answer = exampleAnswer(10);
    const said = (message: Message) => JSON.stringify(message.blocks).split(INTERVALS_EXPLAINED).length - 1;
    expect(said(renderAnswer(answer, { picture }))).toBe(1);
    expect(said(renderAnswer(answer))).toBe(0);
  });

  test('of more rows than a table takes says how many are left, and where', () => {
    const message = renderAnswer(exampleAnswer(140), { pageUrl });
    expect(blockProblems(message.blocks, rules)).toEqual([]);
    const shown = tableRows(message);
    expect(shown).toBeGreaterThan(30);
    expect(JSON.stringify(message.blocks)).toContain(
      `and ${140 - shown} more: <https://tracker.example/q/trending-genres?window=7d&amp;country=de|see all>`,
    );
  });

  test('of short rows shows as many as a table has', () => {
    const columns = exampleAnswer(1).columns.slice(0, 3);
    const message = renderAnswer(exampleAnswer(140, { columns }));
    expect(blockProblems(message.blocks, rules)).toEqual([]);
    expect(tableRows(message)).toBe(99);
    expect(JSON.stringify(message.blocks)).toContain('"and 41 more"');
  });

  test.each([1, 10, 100])('stays within the limits with names of 3,000 characters, %i rows', rows => {
    for (const name of [
      longName(3000),
      '&'.repeat(3000),
      `z${'\u0337'.repeat(2999)}`,
      '👩🏽‍🎤'.repeat(400),
      '\u202e'.repeat(9),
    ]) {
      const plain = exampleAnswer(rows);
      const answer: Answer = {
        ...plain,
        title: name,
        headline: name,
        rows: plain.rows.map(row => ({ ...row, genre: name, artist: name })),
        columns: plain.columns.map(column => ({ ...column, label: name })),
        notes: Array.from({ length: 20 }, () => name),
        followUps: Array.from({ length: 9 }, () => ({
          label: name,
          question: 'top',
          params: { artist: name },
        })),
      };
      const message = renderAnswer(answer, { pageUrl, picture: { fileId: 'F00000001', alt: name } });
      expect(blockProblems(message.blocks, rules)).toEqual([]);
      expect(message.text.length).toBeGreaterThan(0);
      expect(message.text.length).toBeLessThanOrEqual(4000);
    }
  });

  test('holds no markup but its own, whatever the names are', () => {
    const { rows, ...rest } = exampleAnswer(14);
    for (const { genre } of rows) {
      const text = String(genre);
      const answer = { ...rest, rows, title: text, headline: `${text} sold most.`, notes: [text] };
      expect(markup(renderAnswer(answer))).toEqual([]);
      expect(markup(renderAnswer(answer, { pageUrl }))).toEqual([]);
    }
  });

  test('links a cell only to a web address', () => {
    const answer = exampleAnswer(1);
    const linked = (artistUrl: string) =>
      JSON.stringify(renderAnswer({ ...answer, rows: [{ ...answer.rows[0], artistUrl }] }).blocks).includes(
        '"link"',
      );
    expect(linked('https://a.bandcamp.example/album/x')).toBe(true);
    for (const url of ['javascript:alert(1)', 'not an address', `https://a.example/${'x'.repeat(3000)}`, ''])
      expect(linked(url)).toBe(false);
  });

  test('gives buttons that ask what they say, and leaves out what would not fit', () => {
    const { blocks } = renderAnswer(
      exampleAnswer(1, {
        followUps: [
          { label: 'Too long', question: 'top', params: { artist: 'x'.repeat(MAX_BUTTON_VALUE) } },
          { label: 'Month', question: 'trending-genres', params: { window: '30d' } },
        ],
      }),
    );
    const actions = blocks.find(block => block.type === 'actions');
    const values =
      actions?.type === 'actions'
        ? actions.elements.map(element => ('value' in element ? element.value : ''))
        : [];
    expect(values).toHaveLength(1);
    expect(parseFollowUpValue(String(values[0]))).toEqual({
      question: 'trending-genres',
      params: { window: '30d' },
    });
    expect(() => parseFollowUpValue('{}')).toThrow(TypeError);
  });
});

describe('text from outside', () => {
  test('becomes one line without marks that reorder', () => {
    expect(oneLine('a\u202eb\r\n\tc\u0000d\u2066e\u200f')).toBe('ab c de');
    expect(oneLine('👩🏽‍🎤 می‌خواهم')).toBe('👩🏽‍🎤 می‌خواهم');
  });

  test('is cut between graphemes, counted as it is sent', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('👩🏽‍🎤👩🏽‍🎤', 8)).toBe('👩🏽‍🎤…');
    expect(mrkdwn('<<<<', 16)).toBe('&lt;&lt;&lt;&lt;');
    expect(mrkdwn('<<<<', 15)).toBe('&lt;&lt;&lt;…');
    expect(escapeMrkdwn('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });
});

describe('the help', () => {
  test('names every question with its parameters', () => {
    const { text, blocks } = renderHelp('/bandcamp', questions);
    expect(blockProblems(blocks, rules)).toEqual([]);
    expect(text).toContain('/bandcamp');
    const all = JSON.stringify(blocks);
    for (const { name, parameters } of questions) {
      expect(all).toContain(`/bandcamp ${name.replaceAll('-', ' ')}`);
      for (const key of Object.keys(parameters)) expect(all).toContain(`\`${key}=\``);
    }
  });

  test('stays within the limits with a hundred questions of long words', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      defineQuestion({
        name: `question-${index}`,
        title: '<!here> '.repeat(50),
        summary: 'x'.repeat(2900),
        parameters: {},
        load: async () => [],
        answer: () => ({ title: '', headline: '', columns: [], rows: [], followUps: [] }),
      }),
    );
    const { blocks } = renderHelp('/bandcamp', many);
    expect(blockProblems(blocks, rules)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('and 53 more');
    expect(JSON.stringify(blocks)).not.toContain('<!here>');
  });
});
