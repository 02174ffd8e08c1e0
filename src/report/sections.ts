/** Sections and their answers as blocks: title, headline, chart, table, small print, in that order. */
import { chartSize } from '../charts/chartjs.ts';
import { PADDING } from '../charts/config.ts';
import { tidy } from '../charts/labels.ts';
import { firstSubjects, subjectsOf } from '../charts/shorten.ts';
import type { Answer } from '../core/answer.ts';
import type { ChartSpec } from '../core/chart-spec.ts';
import { fold } from '../core/text.ts';
import { footnotes } from '../present/format.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { fitLines } from './fit.ts';
import type { Block } from './flow.ts';
import { webAddress } from './links.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import type { Report, ReportSection } from './report.ts';
import { CHART_WIDTH, COLOR, TYPE } from './style.ts';
import { tableBlocks } from './table.ts';

/** A chart of more subjects shows the first of them; the table below it has all. */
const MOST_SUBJECTS = 15;
/** Points, so that a chart leaves room for its heading on any paper. */
const MOST_CHART_HEIGHT = 430;
/** Points: a section that would begin lower on a page begins on the next. */
const LEAST_ROOM = 150;

export const sectionId = (index: number): string => `section-${index}`;

/** The report's sections, then its method as one more. */
export const sectionsOf = ({ sections, method }: Report): (ReportSection & { paragraphs?: string[] })[] =>
  method.length > 0 ? [...sections, { title: 'How to read this', answers: [], paragraphs: method }] : sections;

/** Everything between cover and end. */
export const bodyBlocks = (report: Report, area: Area, measure: Measure): Block[] =>
  sectionsOf(report).flatMap((section, index) => {
    const { intro, answers, paragraphs } = section;
    const text = (content: string, style: Style, gap: number, withNext = false) =>
      paragraph(tidy(content), style, { ...area, gap, withNext }, measure);
    return [
      sectionHeading(tidy(section.title), sectionId(index), area, measure),
      ...(intro ? text(intro, { font: TYPE.lead, color: COLOR.muted }, 2, true) : []),
      ...(paragraphs ?? []).flatMap(each => text(each, { font: TYPE.body, color: COLOR.ink, leading: 1.55 }, 8)),
      ...(answers.length === 0 && !paragraphs
        ? text('Nothing to report here for this day.', { font: TYPE.lead, color: COLOR.muted }, 8)
        : []),
      ...answers.flatMap((answer, at) =>
        answerBlocks(answer, { id: `${sectionId(index)}-${at}`, section: section.title, report, area }, measure),
      ),
    ];
  });

function sectionHeading(title: string, id: string, { x, width }: Area, measure: Measure): Block {
  const style = { font: TYPE.section, color: COLOR.ink, leading: 1.2 };
  const lines = fitLines(title, width, style.font, measure, 2);
  const bar = 14;
  return {
    height: bar + lines.length * lineHeight(style) + 4,
    gap: 38,
    room: LEAST_ROOM,
    withNext: true,
    boxes: [
      { kind: 'heading', y: 0, level: 1, id, title },
      { kind: 'fill', x, y: 0, width: 30, height: 3.5, color: COLOR.accent },
      ...textBoxes(lines, style, { x, y: bar, width }, measure),
    ],
  };
}

interface Place {
  id: string;
  /** The section's title: an answer of the same title does not repeat it. */
  section: string;
  report: Report;
  area: Area;
}

function answerBlocks(answer: Answer, { id, section, report, area }: Place, measure: Measure): Block[] {
  const title = tidy(answer.title);
  const repeated = fold(title) === fold(section);
  const chart = answer.chart && chartBlock(answer.chart, title, area);
  const table = tableBlocks(answer, area, measure);
  const quiet = { font: TYPE.small, color: COLOR.muted };
  const lead = { font: TYPE.lead, color: COLOR.ink };
  return [
    ...(repeated ? [] : [answerHeading(title, id, area, measure)]),
    ...paragraph(tidy(answer.headline), lead, { ...area, gap: repeated ? 4 : 0, maxLines: 5, withNext: true }, measure),
    ...(chart ? [chart] : []),
    ...(table.length > 0
      ? withLast(withFirst(table, { gap: 10 }), { withNext: true })
      : paragraph(
          'Nothing to show for this window.',
          { ...lead, color: COLOR.muted },
          { ...area, gap: 2, withNext: true },
          measure,
        )),
    ...together([
      ...footnotes(answer).flatMap((note, index) =>
        paragraph(tidy(note), quiet, { ...area, gap: index === 0 ? 7 : 2 }, measure),
      ),
      ...dashboardLink(answer, report.dashboardUrl, area, measure),
    ]),
  ];
}

function answerHeading(title: string, id: string, { x, width }: Area, measure: Measure): Block {
  const style = { font: TYPE.answer, color: COLOR.ink, leading: 1.35 };
  const lines = fitLines(title, width, style.font, measure, 2);
  return {
    height: lines.length * lineHeight(style) + 1,
    gap: 18,
    withNext: true,
    boxes: [{ kind: 'heading', y: 0, level: 2, id, title }, ...textBoxes(lines, style, { x, y: 0, width }, measure)],
  };
}

/** Flush with the text; without its title where that says what the heading above does. */
function chartBlock(spec: ChartSpec, heading: string, { x, width }: Area): Block {
  const titled = fold(spec.title) === fold(heading) ? { ...spec, title: '' } : spec;
  const unit = width / (CHART_WIDTH - PADDING.left - PADDING.right);
  const heightOf = (shown: ChartSpec): number => chartSize(shown, { width: CHART_WIDTH }).height * unit;
  let count = Math.min(subjectsOf(titled), MOST_SUBJECTS);
  while (count > 1 && heightOf(firstSubjects(titled, count)) > MOST_CHART_HEIGHT) count--;
  const shown = firstSubjects(titled, count);
  const height = Math.min(heightOf(shown), MOST_CHART_HEIGHT);
  return {
    height,
    boxes: [{ kind: 'chart', x: x - PADDING.left * unit, y: 0, width: CHART_WIDTH * unit, height, spec: shown }],
  };
}

/** Where the same can be asked again, with other parameters. */
function dashboardLink(answer: Answer, origin: string | undefined, { x, width }: Area, measure: Measure): Block[] {
  const url = origin && webAddress(`${origin}/q/${answer.question}?${new URLSearchParams(answer.params)}`);
  if (!url) return [];
  const style = { font: TYPE.small, color: COLOR.accent };
  const [text] = textBoxes(['Open on the dashboard'], style, { x, y: 0, width }, measure);
  const link: Box = { kind: 'link', x, y: 0, width: text?.width ?? 0, height: lineHeight(style), target: { url } };
  return [{ height: lineHeight(style), gap: 3, boxes: text ? [text, link] : [] }];
}

const withFirst = ([block, ...rest]: Block[], change: Partial<Block>): Block[] =>
  block ? [{ ...block, ...change }, ...rest] : [];
const together = (blocks: Block[]): Block[] =>
  blocks.map((block, index) => ({ ...block, withNext: index < blocks.length - 1 }));
const withLast = (blocks: Block[], change: Partial<Block>): Block[] =>
  blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, ...change } : block));
