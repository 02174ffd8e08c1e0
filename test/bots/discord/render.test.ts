import { expect, test } from 'vitest';
import { decodeCustomId, encodeCustomId } from '../../../bots/discord/custom-id.ts';
import { renderAnswer, renderText } from '../../../bots/discord/render.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { INTERVALS_EXPLAINED } from '../../../src/core/chart-alt.ts';
import { exampleAnswer, longName } from '../../support/answers.ts';
import { messageProblems } from '../../support/discord-rules.ts';
import { expectGolden } from '../../support/golden.ts';

const PAGE = 'https://tracker.example/q/trending-genres?window=7d&country=de';
const chartOf = ({ chart, question }: Answer) => chart && { filename: `${question}.png`, alt: chart.alt };
const render = (answer: Answer, pageUrl: string | undefined = PAGE) =>
  renderAnswer(answer, { chart: chartOf(answer), pageUrl });
const problems = (answer: Answer, pageUrl?: string) =>
  messageProblems(render(answer, pageUrl), answer.chart ? [`${answer.question}.png`] : []);

/** The text of all text displays. */
const textOf = (answer: Answer, pageUrl?: string): string =>
  JSON.stringify(render(answer, pageUrl), (key, value) =>
    key === 'label' || key === 'url' ? undefined : value,
  )
    .match(/"content":"((?:[^"\\]|\\.)*)"/g)
    ?.map(part => JSON.parse(part.slice('"content":'.length)))
    .join('\n') ?? '';

test.each([0, 3, 100])('a message of %i rows', rows => {
  expectGolden(
    `discord/trending-genres-${rows}.json`,
    `${JSON.stringify(render(exampleAnswer(rows)), null, 2)}\n`,
  );
});

test('a picture is explained once, and nothing where there is none', () => {
  const answer = exampleAnswer(10);
  expect(textOf(answer).split(INTERVALS_EXPLAINED)).toHaveLength(2);
  expect(JSON.stringify(renderAnswer(answer))).not.toContain(INTERVALS_EXPLAINED);
});

test.each([0, 1, 10, 14, 40, 100, 1000])('Discord takes %i rows', rows => {
  expect(problems(exampleAnswer(rows))).toEqual([]);
  expect(problems(exampleAnswer(rows), 'http://localhost:8080/q/trending-genres')).toEqual([]);
});

test('Discord takes names of 3,000 characters wherever a name can stand', () => {
  const name = longName(3000);
  const answer = exampleAnswer(100);
  const endless: Answer = {
    ...answer,
    title: name,
    headline: `${'*['.repeat(1500)}${name}`,
    columns: answer.columns.map(column => ({ ...column, label: name })),
    rows: answer.rows.map(row => ({ ...row, genre: '\\*'.repeat(1500), artist: name })),
    notes: Array.from({ length: 20 }, () => name),
    chart: answer.chart && { ...answer.chart, alt: name },
    followUps: Array.from({ length: 9 }, (_, at) => ({
      label: name,
      question: 'trending-genres',
      params: { window: `${at + 1}d` },
    })),
  } as Answer;
  expect(problems(endless, `https://tracker.example/${name}`)).toEqual([]);
  expect(textOf(endless)).toContain('**1. ');
});

test('counts the rows that were left out, with a link where there is a page', () => {
  const answer = exampleAnswer(100);
  const shown = textOf(answer).match(/^\*\*\d+\. /gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(8);
  expect(textOf(answer)).toContain(`*and [${100 - shown} more](https://tracker.example/q/trending-genres`);
  expect(textOf(answer, 'not an address')).toMatch(/\*and \d+ more\*/);
  expect(textOf(exampleAnswer(3))).not.toContain(' more');
});

test('hostile names ping nobody and link nowhere', () => {
  const message = textOf(exampleAnswer(14));
  const unescaped = message.replace(/\\[^0-9A-Za-z\s]/g, '');
  expect(unescaped).not.toMatch(/[<>@`|]|[\u202a-\u202e\u2066\u2067]/);
  expect([...unescaped.matchAll(/\]\(([^)]*)\)/g)].map(([, url]) => url)).not.toContain(
    'https://evil.example',
  );
  expect(render(exampleAnswer(14)).allowed_mentions).toEqual({ parse: [] });
});

test('what has no value is left out', () => {
  const answer = exampleAnswer(1);
  const [row] = answer.rows;
  const text = textOf({ ...answer, rows: [{ ...row, expected: null, lift: null, liftLow: null }] });
  expect(text).toContain('1,200 sales');
  expect(text.replace(INTERVALS_EXPLAINED, '')).not.toMatch(/expected|lift|–\s*·/);
});

test('a button asks its question again, unless that is too long for Discord', () => {
  const params = { window: '30d', country: 'de', until: '2026-10-07T12:00Z' };
  const id = encodeCustomId('trending-genres', params) ?? '';
  expect(decodeCustomId(id)).toEqual({ name: 'trending-genres', raw: params });
  expect(encodeCustomId('trending-genres', { genre: longName(100) })).toBeUndefined();
  expect(decodeCustomId('somebody-elses')).toBeUndefined();
});

test('a long text is cut to what a message holds', () => {
  expect(messageProblems(renderText(longName(9000)), [])).toEqual([]);
});

test('one of a thing is counted in the singular', () => {
  const count = (key: string, label: string) => ({ key, label, kind: 'count' as const });
  const answer: Answer = {
    ...exampleAnswer(0),
    columns: [
      { key: 'name', label: 'Artist', kind: 'text' },
      count('sales', 'Sales'),
      count('units', 'Units'),
      count('countries', 'Countries'),
      count('recent', 'Sales in 30 days'),
      count('now', 'Counted now'),
    ],
    rows: [
      { name: 'Ann', sales: 1, units: 1, countries: 1, recent: 1, now: 1 },
      { name: 'Bo', sales: 2, units: 0, countries: 1.5, recent: 11, now: 1 },
    ],
  };
  const text = textOf(answer);
  expect(text).toContain('1 sale · 1 unit · 1 country · 1 sale in 30 days · 1 counted now');
  expect(text).toContain('2 sales · 0 units · 1.5 countries · 11 sales in 30 days · 1 counted now');
});
