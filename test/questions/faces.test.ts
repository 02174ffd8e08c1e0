/**
 * Each question on each face: within the platform's limits at 0, 1 and 100 rows of hostile names, and with
 * the same numbers everywhere.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { renderAnswer as renderDiscord } from '../../bots/discord/render.ts';
import { renderAnswer as renderSlack } from '../../bots/slack/render.ts';
import type { Answer, Column } from '../../src/core/answer.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { formatCell, NO_VALUE } from '../../src/present/format.ts';
import { renderText } from '../../src/present/text.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseQuestion } from '../../src/questions/lib/definition.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { answerSection } from '../../src/web/pages.ts';
import { longName, NAMES } from '../support/answers.ts';
import { answerOf, namesFor, worldOf } from '../support/asked-questions.ts';
import { testDatabase } from '../support/database.ts';
import { messageProblems } from '../support/discord-rules.ts';
import { seedRisingWorld } from '../support/rising-world.ts';
import { blockProblems } from '../support/slack-blocks.ts';
import { seedWorld } from '../support/world.ts';

const { db: small } = await testDatabase();
const { db: rising } = await testDatabase();
beforeAll(() => seedWorld(small));
beforeAll(() => seedRisingWorld(rising));

const worlds = { small, rising };
const HOSTILE = [...NAMES, longName(500), '\u202e'.repeat(9), '='.repeat(40), '<!channel>'];
const isWords = ({ kind }: Column): boolean => ['text', 'link', 'genre'].includes(kind);

/** The answer with so many rows, each name in them, and in the texts around them, hostile. */
function withRows(answer: Answer, count: number): Answer {
  const [like = {}] = answer.rows;
  const name = (at: number) => HOSTILE[at % HOSTILE.length] as string;
  return {
    ...answer,
    headline: `${name(count)} leads.`,
    rows: Array.from({ length: count }, (_, at) => ({
      ...like,
      ...Object.fromEntries(answer.columns.filter(isWords).map(({ key }) => [key, name(at)])),
    })),
    followUps: answer.followUps.map((next, at) => ({ ...next, label: name(at) })),
  };
}

const rules = { fileProblem: () => undefined, imageReachable: () => true };
const pageUrl = 'https://tracker.example/q/top?window=7d';
const chartOf = ({ chart, question }: Answer) => chart && { filename: `${question}.png`, alt: chart.alt };

describe.each(questions.map(question => [question.name, question] as const))('%s', (_, question) => {
  test.each([0, 1, 100])('stays within the limits at %i rows', async rows => {
    const answer = withRows(await answerOf(worlds, question), rows);
    const picture = answer.chart && { fileId: 'F00000001', alt: answer.chart.alt };
    const slack = renderSlack(answer, { pageUrl, ...(picture && { picture }) });
    expect(blockProblems(slack.blocks, rules)).toEqual([]);
    expect(JSON.stringify(slack)).not.toMatch(/"type":"mrkdwn","text":"[^"]*<!channel>/);
    const chart = chartOf(answer);
    expect(messageProblems(renderDiscord(answer, { chart, pageUrl }), chart ? [chart.filename] : [])).toEqual(
      [],
    );
    expect(renderText(answer)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/);
    expect(renderCsv(answer, { excel: true })).not.toMatch(/(^|,)"?=/m);
    expect(String(await answerSection(answer, () => '/chart.png'))).not.toContain('<!channel>');
  });

  test('shows the same numbers on every face', async () => {
    const answer = await answerOf(worlds, question);
    expect(answer.rows.length).toBeGreaterThan(0);
    const slackTable = renderSlack(answer).blocks.find(({ type }) => type === 'table');
    const slack = JSON.stringify(slackTable ?? '');
    const discord = JSON.stringify(renderDiscord(answer, {}));
    const page = String(await answerSection(answer, () => '/chart.png'));
    for (const row of answer.rows)
      for (const column of answer.columns) {
        const cell = formatCell(column, row, answer);
        if (cell === NO_VALUE || isWords(column) || column.only === 'data') continue;
        for (const face of [slack, page]) expect(face).toContain(cell);
        // A list on a phone has no room for all columns, nor for the whole of a reason.
        const most = column.kind === 'reason' ? formatCell(column, row, { ...answer, most: 48 }) : cell;
        if (column.only === undefined) expect(discord).toContain(most);
      }
  });

  test('asks the same again by its own parameters, and what its buttons say', async () => {
    const answer = await answerOf(worlds, question);
    const world = worldOf(worlds, question);
    const again = await ask(
      world,
      parseQuestion(questions, question.name, { ...answer.params, until: answer.asOf }),
    );
    for (const key of ['title', 'headline', 'window', 'asOf', 'rows', 'chart', 'notes'] as const)
      expect(again[key]).toEqual(answer[key]);
    for (const next of answer.followUps)
      await ask(world, parseQuestion(questions, next.question, next.params));
  });

  test('is asked in words as its options are', async () => {
    const answer = await answerOf(worlds, question);
    const words = Object.values(namesFor(question));
    const parsed = parseText(questions, [question.name.replaceAll('-', ' '), ...words].join(' '));
    expect((await ask(worldOf(worlds, question), parsed)).rows).toEqual(answer.rows);
  });
});
