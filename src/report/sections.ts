/** Sections and their answers as blocks: title, headline, chart, table, small print, in that order. */
import { chartSize } from '../charts/chartjs.ts';
import { PADDING } from '../charts/config.ts';
import { tidy } from '../charts/labels.ts';
import { firstSubjects, subjectsOf } from '../charts/shorten.ts';
import type { Answer } from '../core/answer.ts';
import type { ChartSpec } from '../core/chart-spec.ts';
import { fold } from '../core/text.ts';
import { footnotes } from '../present/format.ts';
import { listsBlock } from './boards.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { type Element, element } from './elements.ts';
import { fitLines } from './fit.ts';
import type { Block } from './flow.ts';
import { heightOf } from './flow.ts';
import { dashboardAddress } from './links.ts';
import { panelBlocks } from './panel-blocks.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import type { Board, Report, ReportAnswer, ReportSection } from './report.ts';
import { CHART_WIDTH, COLOR, TYPE } from './style.ts';
import { tableBlocks } from './table.ts';

/** A chart of more subjects shows the first of them; the table below it has all. */
const MOST_SUBJECTS = 15;
/** Points, so that a chart leaves room for its heading on any paper. */
const MOST_CHART_HEIGHT = 490;
/** Points: a section that would begin lower on a page begins on the next. */
const LEAST_ROOM = 110;
/** Share of a page: an answer that is higher may go on on the next. */
const MOST_WHOLE = 0.6;

/** What links to a section lead to. */
export const sectionId = (index: number): string => `section-${index}`;

/** The report's sections, then its method as one more. */
export const sectionsOf = ({
  sections,
  method,
}: Report): (ReportSection & { method?: Report['method'] })[] =>
  method.length > 0 ? [...sections, { title: 'How to read this', answers: [], method }] : sections;

/** Everything between cover and end; `height` is a page's, `close` sets the method's lines closer. */
export const bodyBlocks = (
  report: Report,
  area: Area & { height: number; close: boolean },
  measure: Measure,
): Block[] =>
  sectionsOf(report).flatMap(
    ({ title, intro, failure, answers, boards: given = [], panels = [], method }, index) => {
      const boards = given.filter(({ lists }) => lists.length > 0);
      const isPage = panels.length > 0;
      const sect = element('Sect');
      const id = sectionId(index);
      const quiet = { font: TYPE.lead, color: isPage ? COLOR.ink : COLOR.muted, leading: 1.4 };
      const text = (content: string, gap: number, withNext: boolean) =>
        paragraph(tidy(content), quiet, { ...area, gap, withNext, element: element('P', sect) }, measure);
      const columns = Math.max(0, ...boards.map(({ lists }) => lists.length));
      const isEmpty = answers.length === 0 && boards.length === 0 && !isPage && !method;
      const opening = [
        sectionHeading(tidy(title), id, { ...area, sect }, measure),
        ...(intro ? text(intro, 0, isPage || !isEmpty) : []),
        ...(failure ? text(failure, 2, isPage) : []),
      ];
      const blocks = [
        ...opening,
        ...panelBlocks(panels, { id, sect, area }, area.height - heightOf(opening), measure),
        ...(isEmpty && !intro && !failure ? text('Nothing to report here for this time.', 8, false) : []),
        ...answers.flatMap((answer, at) => {
          const place = { id: `${id}-${at}`, section: title, sect: element('Sect', sect), report, area };
          return keptWhole(answerBlocks(answer, place, measure), MOST_WHOLE * area.height);
        }),
        ...boards.flatMap((board, at) =>
          boardBlocks(
            board,
            { id: `${id}-board-${at}`, section: title, sect: element('Sect', sect), report, area },
            columns,
            measure,
          ),
        ),
        ...(method ?? []).flatMap((part, at) =>
          together([
            {
              ...answerHeading(tidy(part.title), `${id}-part-${at}`, { ...area, sect }, measure),
              ...(area.close && { gap: 9 }),
            },
            ...paragraph(
              tidy(part.text),
              { font: TYPE.body, color: COLOR.ink, leading: area.close ? 1.35 : 1.55 },
              { ...area, element: element('P', sect) },
              measure,
            ),
          ]),
        ),
      ];
      return blocks;
    },
  );

interface HeadingPlace extends Area {
  sect: Element;
}

function sectionHeading(
  title: string,
  id: string,
  { x, width, sect }: HeadingPlace,
  measure: Measure,
): Block {
  const style = { font: TYPE.section, color: COLOR.ink, leading: 1.2 };
  const lines = fitLines(title, width, style.font, measure, 2);
  return {
    height: lines.length * lineHeight(style) + 2,
    gap: 26,
    room: LEAST_ROOM,
    withNext: true,
    opens: true,
    boxes: [
      { kind: 'heading', y: 0, level: 1, id, title },
      ...textBoxes(lines, style, { x, y: 0, width, element: element('H1', sect) }, measure),
    ],
  };
}

interface Place {
  id: string;
  /** The section's title: an answer of the same title does not repeat it. */
  section: string;
  sect: Element;
  report: Report;
  area: Area;
}

function answerBlocks(
  answer: ReportAnswer,
  { id, section, sect, report, area }: Place,
  measure: Measure,
): Block[] {
  const title = tidy(answer.title);
  const repeated = fold(title) === fold(section);
  const chart = answer.chart && chartBlock(answer.chart, title, area, sect);
  const table = tableBlocks(answer, area, measure, sect);
  const quiet = { font: TYPE.small, color: COLOR.muted };
  const lead = { font: TYPE.lead, color: COLOR.ink };
  const part = (text: string, style: Style, place: { gap: number; maxLines?: number; withNext?: boolean }) =>
    paragraph(text, style, { ...area, ...place, element: element('P', sect) }, measure);
  const tail = together([
    ...notesOf(answer, report).flatMap((note, index) =>
      part(tidy(note), quiet, { gap: index === 0 ? 7 : 2 }),
    ),
    ...dashboardLink(answer, report.dashboardUrl, { ...area, sect }, measure),
  ]);
  const withNext = chart !== undefined || table.length > 0 || tail.length > 0;
  return [
    ...(repeated ? [] : [answerHeading(title, id, { ...area, sect }, measure)]),
    ...(answer.headline === report.headline
      ? []
      : part(tidy(answer.headline), lead, { gap: repeated ? 4 : 0, maxLines: 5, withNext })),
    ...(chart ? [chart] : []),
    ...(table.length > 0 ? withLast(withFirst(table, { gap: 10 }), { withNext: tail.length > 0 }) : []),
    ...tail,
  ];
}

/** The window is said where it is not the report's own. */
const notesOf = (answer: Answer, { window }: Report): string[] =>
  window && window.from === answer.window.from && window.until === answer.window.until
    ? answer.notes
    : footnotes(answer);

function boardBlocks(
  { title, lead, lists }: Board,
  { id, sect, report, area }: Place,
  columns: number,
  measure: Measure,
): Block[] {
  const style = { font: TYPE.body, color: COLOR.muted };
  return [
    answerHeading(tidy(title), id, { ...area, sect }, measure),
    ...(lead
      ? paragraph(
          tidy(lead),
          style,
          { ...area, maxLines: 1, withNext: true, element: element('P', sect) },
          measure,
        )
      : []),
    listsBlock(lists, { area, parent: sect, columns, dashboardUrl: report.dashboardUrl }, measure),
  ];
}

function answerHeading(title: string, id: string, { x, width, sect }: HeadingPlace, measure: Measure): Block {
  const style = { font: TYPE.answer, color: COLOR.ink, leading: 1.35 };
  const lines = fitLines(title, width, style.font, measure, 2);
  return {
    height: lines.length * lineHeight(style) + 1,
    gap: 18,
    withNext: true,
    boxes: [
      { kind: 'heading', y: 0, level: 2, id, title },
      ...textBoxes(lines, style, { x, y: 0, width, element: element('H2', sect) }, measure),
    ],
  };
}

/** Flush with the text; without its title where that says what the heading above does. */
function chartBlock(spec: ChartSpec, heading: string, { x, width }: Area, sect: Element): Block {
  const titled = fold(spec.title) === fold(heading) ? { ...spec, title: '' } : spec;
  const unit = width / (CHART_WIDTH - PADDING.left - PADDING.right);
  const heightOf = (shown: ChartSpec): number => chartSize(shown, { width: CHART_WIDTH }).height * unit;
  let count = Math.min(subjectsOf(titled), MOST_SUBJECTS);
  while (count > 1 && heightOf(firstSubjects(titled, count)) > MOST_CHART_HEIGHT) count--;
  const shown = firstSubjects(titled, count);
  const height = Math.min(heightOf(shown), MOST_CHART_HEIGHT);
  return {
    height,
    boxes: [
      {
        kind: 'chart',
        x: x - PADDING.left * unit,
        y: 0,
        width: CHART_WIDTH * unit,
        height,
        spec: shown,
        element: element('Figure', sect),
      },
    ],
  };
}

function dashboardLink(
  answer: Answer,
  origin: string | undefined,
  { x, width, sect }: HeadingPlace,
  measure: Measure,
): Block[] {
  const url = origin && dashboardAddress(origin, answer);
  if (!url) return [];
  const style = { font: TYPE.small, color: COLOR.accent };
  const link = element('Link', element('P', sect));
  const texts = textBoxes(['Open on the dashboard'], style, { x, y: 0, width, element: link }, measure);
  const height = lineHeight(style);
  const area: Box = {
    kind: 'link',
    x,
    y: 0,
    width: texts[0]?.width ?? 0,
    height,
    target: { url },
    element: link,
  };
  return [{ height, gap: 3, boxes: [...texts, area] }];
}

/** What a page can hold is not torn. */
const keptWhole = (blocks: Block[], height: number): Block[] =>
  blocks.reduce((sum, block) => sum + block.height + (block.gap ?? 0), 0) <= height
    ? together(blocks)
    : blocks;
const withFirst = ([block, ...rest]: Block[], change: Partial<Block>): Block[] =>
  block ? [{ ...block, ...change }, ...rest] : [];
const together = (blocks: Block[]): Block[] =>
  blocks.map((block, index) => ({ ...block, withNext: index < blocks.length - 1 }));
const withLast = (blocks: Block[], change: Partial<Block>): Block[] =>
  blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, ...change } : block));
