/** What every Answer keeps to, as JSON gives it: the contract that programs and faces rely on. */
import { renderAnswer as renderDiscord } from '../../bots/discord/render.ts';
import { renderAnswer as renderSlack } from '../../bots/slack/render.ts';
import type { Answer, CellValue, Column, Concentration, Row } from '../../src/core/answer.ts';
import { UserError } from '../../src/core/errors.ts';
import { parseInstant } from '../../src/core/time/instant.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { renderText } from '../../src/present/text.ts';
import { parseQuestion } from '../../src/questions/lib/definition.ts';
import { questions } from '../../src/questions/registry.ts';
import { messageProblems } from './discord-rules.ts';
import { blockProblems } from './slack-blocks.ts';

const VERDICTS = ['trending', 'uncertain', 'one-artist', 'one-seller', 'one-day', 'rush', 'few-buyers'];
const SUBJECTS = ['artist', 'item', 'genre', 'country', 'seller'];
const RULES = { fileProblem: () => undefined, imageReachable: () => true };

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isInstant = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && Number.isFinite(parseInstant(value));
  } catch {
    return false;
  }
};
const isAddress = (value: unknown): boolean =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const isReason = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { since, from, to, countries } = value as Record<string, unknown>;
  const rose = isInstant(since) && isNumber(from) && isNumber(to);
  return Number.isInteger(countries) && (rose || (since === null && from === null && to === null));
};

const isPart = (value: unknown): boolean => {
  if (value === null) return true;
  const { sales, share } = value as Record<string, unknown>;
  return Number.isInteger(sales) && isNumber(share) && (share as number) > 0 && (share as number) <= 1;
};
const isConcentration = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { counted, seen, busiestHour, firstCountry, concentrated, concentratedBy } = value as Concentration;
  return (
    counted <= seen &&
    isPart(busiestHour) &&
    isPart(firstCountry) &&
    (busiestHour === null || isInstant(busiestHour.at)) &&
    (firstCountry === null || /^[a-z]{2}$/.test(firstCountry.code)) &&
    concentrated === concentratedBy.length > 0
  );
};

const FITS: Record<Column['kind'], (value: CellValue) => boolean> = {
  text: value => typeof value === 'string',
  link: value => typeof value === 'string',
  genre: isText,
  count: isNumber,
  ratio: isNumber,
  percent: isNumber,
  change: isNumber,
  money: Number.isInteger,
  price: Number.isInteger,
  date: isInstant,
  instant: isInstant,
  country: value => /^[a-z]{2}$/.test(String(value)),
  verdict: value => VERDICTS.includes(String(value)),
  reason: value => isReason(value) && isConcentration(value),
  concentration: isConcentration,
};

function cellProblems(column: Column, row: Row, at: number): string[] {
  const { key, kind, currency, subject } = column;
  const value = row[key] ?? null;
  const problem = (what: string) => [`row ${at}, ${key}: ${what} ${JSON.stringify(value)}`];
  const ofRow = (suffix: string) => row[`${key}${suffix}`] ?? null;
  if (value !== null && !FITS[kind](value)) return problem(`is no ${kind}`);
  if (kind === 'link' && ofRow('Url') !== null && !isAddress(ofRow('Url'))) return problem('leads nowhere');
  if (value !== null && (kind === 'money' || kind === 'price') && !currency) {
    if (!/^[A-Z]{3}$/.test(String(ofRow('Currency')))) return problem('has no currency');
    if (!Number.isInteger(ofRow('Scale'))) return problem('has no scale');
  }
  const isAbout = subject === 'row' ? String(ofRow('Subject')) : subject;
  if (isAbout !== undefined && !SUBJECTS.includes(isAbout)) return problem(`is of no subject "${isAbout}"`);
  if (isAbout && value !== null && ofRow('Id') === null) return problem('has no id');
  return [];
}

function chartProblems({ chart }: Answer): string[] {
  if (!chart) return [];
  const points = chart.series.flatMap(
    ({ points }): { x: string | number; y: number; low?: number; high?: number }[] => points,
  );
  const isDrawable = ({ y, low = y, high = y }: (typeof points)[number]) =>
    [y, low, high].every(isNumber) && low <= high;
  return [
    ...(isText(chart.alt) && isText(chart.caption) && isText(chart.unit) ? [] : ['the chart lacks a text']),
    ...(points.every(isDrawable) ? [] : ['the chart has a point that cannot be drawn']),
  ];
}

function followUpProblems({ followUps }: Answer): string[] {
  return followUps.flatMap(({ label, question, params }) => {
    try {
      parseQuestion(questions, question, params);
      return isText(label) ? [] : ['a follow-up without a label'];
    } catch (error) {
      if (error instanceof UserError) return [`"${label}" cannot be asked: ${error.text}`];
      throw error;
    }
  });
}

/** Whether the text shows values, not what JavaScript calls their lack; what was asked may say anything. */
function isOfValues(answer: Answer, typed: string): boolean {
  const asked = [...Object.values(answer.params), ...typed.split(' ')];
  const shown = asked.reduce(
    (rest, value) => (value ? rest.replaceAll(value, '') : rest),
    renderText(answer),
  );
  return !/\[object|undefined|\bNaN\b/.test(shown);
}

/** What a face would refuse, or cannot show. */
function faceProblems(answer: Answer, typed: string): string[] {
  const pageUrl = `https://tracker.example/q/${answer.question}?${new URLSearchParams(answer.params)}`;
  const chart = answer.chart && { filename: `${answer.question}.png`, alt: answer.chart.alt };
  const discord = renderDiscord(answer, { chart, pageUrl });
  return [
    ...blockProblems(renderSlack(answer, { pageUrl }).blocks, RULES).map(what => `Slack: ${what}`),
    ...messageProblems(discord, chart ? [chart.filename] : []).map(what => `Discord: ${what.join(' ')}`),
    ...(isOfValues(answer, typed) ? [] : ['the text shows what is no text']),
    ...(renderCsv(answer).split('\r\n', 1)[0] ? [] : ['the CSV has no header']),
  ];
}

/**
 * Which parts of the contract an answer breaks; none is what every answer has.
 * @param faces false: what the faces make of it is not looked at, which takes most of the time
 */
export function answerProblems(
  answer: Answer,
  { faces = true, typed = '' }: { faces?: boolean; typed?: string } = {},
): string[] {
  const { columns, rows, window, params } = answer;
  const keys = columns.map(({ key }) => key);
  const most = params.limit === undefined ? Number.POSITIVE_INFINITY : Number(params.limit);
  const rules: [string, boolean][] = [
    ['is of no question', questions.some(({ name }) => name === answer.question)],
    ['has no title', isText(answer.title)],
    ['has no headline', isText(answer.headline)],
    ['has no window', parseInstant(window.from) < parseInstant(window.until)],
    ['is not as of its end', answer.asOf === window.until],
    ['has no data version', Number.isInteger(answer.dataVersion)],
    ['is covered by no share', answer.coverage >= 0 && answer.coverage <= 1],
    ['has parameters that are no texts', Object.values(params).every(value => typeof value === 'string')],
    ['names a column twice', new Set(keys).size === keys.length],
    ['has a column without a label', columns.every(({ label }) => isText(label))],
    ['has a note without words', answer.notes.every(isText)],
    ['has more rows than were asked for', rows.length <= most],
    ['is about something without an address', !answer.about || isAddress(answer.about.url)],
  ];
  return [
    ...rules.filter(([, holds]) => !holds).map(([what]) => what),
    ...columns.flatMap(column => rows.flatMap((row, at) => cellProblems(column, row, at))),
    ...chartProblems(answer),
    ...followUpProblems(answer),
    ...(faces ? faceProblems(answer, typed) : []),
  ];
}
