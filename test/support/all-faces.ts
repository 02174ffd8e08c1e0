/** What every face makes of an answer, as text to look into; and all that can be asked of the lone buyer. */
import { renderAnswer as renderDiscord } from '../../bots/discord/render.ts';
import { renderAnswer as renderSlack } from '../../bots/slack/render.ts';
import type { Answer } from '../../src/core/answer.ts';
import { UserError } from '../../src/core/errors.ts';
import { renderCsv } from '../../src/present/csv.ts';
import { renderJson } from '../../src/present/json.ts';
import { renderText } from '../../src/present/text.ts';
import { type AskDeps, ask } from '../../src/questions/lib/ask.ts';
import { type Parameter, parseQuestion, type Question } from '../../src/questions/lib/definition.ts';
import { layoutReport } from '../../src/report/layout.ts';
import type { Report } from '../../src/report/report.ts';
import { answerSection } from '../../src/web/pages.ts';
import { LONE } from './lone-buyer.ts';

export async function facesOf(answer: Answer): Promise<Record<string, string>> {
  const { chart } = answer;
  return {
    text: renderText(answer),
    csv: renderCsv(answer),
    excel: renderCsv(answer, { excel: true }),
    json: renderJson(answer),
    slack: JSON.stringify(renderSlack(answer, chart && { picture: { fileId: 'F1', alt: chart.alt } })),
    discord: JSON.stringify(renderDiscord(answer, { chart: chart && { filename: 'a.png', alt: chart.alt } })),
    page: String(await answerSection(answer, () => '/chart.png')),
    chart: JSON.stringify(chart ?? null),
  };
}

/** The texts of a report's pages, and its charts. */
export const reportTexts = (report: Report): string =>
  layoutReport(report, 'a4', (text, { size }) => text.length * size * 0.4)
    .flatMap(({ boxes }) => boxes)
    .map(box => {
      if (box.kind === 'text') return box.text;
      if (box.kind === 'chart') return JSON.stringify(box.spec);
      return box.kind === 'vector' ? JSON.stringify([box.alt, box.marks]) : '';
    })
    .join('\n');

const NAMED: Record<string, string[]> = {
  artist: [LONE.artist],
  item: [LONE.page, LONE.album],
  label: [LONE.host],
  genre: ['jungle'],
  country: ['jp'],
  names: [`${LONE.artist}, Ann Artist ambient 0`, `${LONE.album}, jungle 3`],
  text: ['lone'],
  subject: [LONE.artist, 'jungle'],
};

/** The question with each name it needs, each choice of it, and each of these parameters it knows. */
export function askings(
  { parameters }: Question,
  narrowings: readonly Record<string, string>[],
): Record<string, string>[] {
  const all = Object.entries(parameters as Record<string, Parameter<unknown>>);
  const named = all
    .filter(([, { required }]) => required)
    .reduce<Record<string, string>[]>(
      (found, [key]) => found.flatMap(one => (NAMED[key] ?? []).map(name => ({ ...one, [key]: name }))),
      [{}],
    );
  const chosen = all
    .filter(([, { choices, default: initial }]) => choices && initial !== undefined)
    .reduce(
      (found, [key, { choices = [] }]) =>
        found.flatMap(one => choices.map(choice => ({ ...one, [key]: choice }))),
      named,
    );
  const optional = all
    .filter(([, { choices, default: initial }]) => choices && initial === undefined)
    .flatMap(([key, { choices = [] }]) => choices.map(choice => ({ ...named[0], [key]: choice })));
  const limit: Record<string, string> = Object.hasOwn(parameters, 'limit') ? { limit: '50' } : {};
  return [...chosen, ...optional].flatMap(one =>
    narrowings
      .filter(narrowing => Object.keys(narrowing).every(key => Object.hasOwn(parameters, key)))
      .map(narrowing => ({ ...narrowing, ...one, ...limit })),
  );
}

/** The answer; undefined where the question refuses to be asked so. */
export async function askedOf(
  deps: AskDeps,
  registry: readonly Question[],
  question: Question,
  raw: Record<string, string>,
): Promise<Answer | undefined> {
  try {
    return await ask(deps, parseQuestion(registry, question.name, raw));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
