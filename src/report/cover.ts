/**
 * The front: the masthead, the headline as news, the leading story's course beside three more, three short
 * lists, and what is new, up and gone. Without news key numbers and contents stand in their place.
 */

import { tidy } from '../charts/labels.ts';
import { SIMULATED } from '../core/answer.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { curveMarks } from './curve.ts';
import { type Element, element } from './elements.ts';
import { balance, fitEnd, fitLines, shorten, wrap } from './fit.ts';
import type { Block } from './flow.ts';
import { listBlocks } from './list-rows.ts';
import { stacked } from './panel-blocks.ts';
import type { Curve, Front, Lede } from './panels.ts';
import { lineHeight, paragraph, type Style, textBoxes } from './paragraphs.ts';
import type { KeyNumber, Report } from './report.ts';
import { COLOR, TYPE } from './style.ts';

const HEADLINE_SIZES = [33, 28, 24];
const SMALLEST_HEADLINE = 20;
const MAX_HEADLINE_LINES = 3;
/** Graphemes that are looked at. */
const LONGEST_HEADLINE = 300;
const TILES_A_ROW = 3;
const TILE_GAP = 18;
const VALUE_SIZES = [18, 15, 12, 10];
/** Points: the course takes what the rest of the page leaves, between these. */
const LEAST_CURVE = 150;
const MOST_CURVE = 300;
const LEDES_WIDTH = 160;
const LEDE_GAP = 20;
const LISTS_GAP = 18;
const RULE = 1.5;
/** The masthead's lower edge. */
export const FRONT_TOP = 76;

const HEADING: Style = { font: TYPE.answer, color: COLOR.ink, leading: 1.35 };
const BODY: Style = { font: TYPE.body, color: COLOR.ink, leading: 1.45 };
const SMALL: Style = { font: TYPE.small, color: COLOR.muted, leading: 1.4 };

/** What the report is, of when, and where its data come from. */
export function mastheadBoxes(report: Report, area: Area, measure: Measure): Box[] {
  const sect = element('Sect');
  const said = element('P', sect);
  const y = 43;
  const bold: Style = { font: { size: 9.5, bold: true }, color: COLOR.ink, leading: 1.2 };
  const note: Style = { font: TYPE.small, color: COLOR.noteInk, leading: 1.2 };
  const words = report.simulated ? SIMULATED : '';
  const noted = words ? measure(words, note.font) + 12 : 0;
  const title = textBoxes(
    fitEnd(tidy(report.title), (area.width - noted) * 0.55, bold.font, measure),
    bold,
    { ...area, y, element: said },
    measure,
  );
  const left = area.x + (title[0]?.width ?? 0) + 12;
  return [
    { kind: 'fill', ...area, y: 36, height: 2, color: COLOR.ink },
    ...title,
    ...textBoxes(
      fitEnd(tidy(report.subtitle), area.x + area.width - noted - 8 - left, TYPE.body, measure),
      { ...bold, font: TYPE.body },
      { x: left, y, width: area.width, element: said },
      measure,
    ),
    ...(words
      ? [
          {
            kind: 'fill' as const,
            x: area.x + area.width - noted,
            y: 41.5,
            width: noted,
            height: 14.5,
            color: COLOR.note,
          },
          ...textBoxes(
            [words],
            note,
            { x: area.x + area.width - noted + 6, y: 44, width: noted, element: element('P', sect) },
            measure,
          ),
        ]
      : []),
    { kind: 'fill', ...area, y: 60, height: 0.75, color: COLOR.ink },
  ];
}

/** The headline, as large as it fits on three lines. */
export function headlineBlocks(report: Report, area: Area, measure: Measure): Block[] {
  const sect = element('Sect');
  const text = shorten(tidy(report.headline), LONGEST_HEADLINE);
  const large = HEADLINE_SIZES.map(each => ({ size: each, bold: true })).find(
    font => wrap(text, area.width, font, measure).length < MAX_HEADLINE_LINES,
  );
  const font = large ?? { size: SMALLEST_HEADLINE, bold: true };
  const style = { font, color: COLOR.ink, leading: 1.2 };
  const lines = large
    ? balance(text, area.width, font, measure)
    : fitLines(text, area.width, font, measure, MAX_HEADLINE_LINES);
  const headline: Block = {
    height: lines.length * lineHeight(style) + 4,
    boxes: textBoxes(lines, style, { ...area, y: 0, element: element('H1', sect) }, measure),
    withNext: true,
  };
  const lede = report.front?.lede
    ? paragraph(
        tidy(report.front.lede),
        { font: TYPE.lead, color: COLOR.ink, leading: 1.45 },
        { ...area, maxLines: 4, element: element('P', sect) },
        measure,
      )
    : [];
  return [headline, ...lede];
}

/** What stands below the headline; the course is as high as `height` leaves room for. */
export function frontBlocks(
  front: Front,
  { area, height, pageOf }: { area: Area; height: number; pageOf: (section: number) => number },
  measure: Measure,
): Block[] {
  const sect = element('Sect');
  const lists = listsBlock(front, area, sect, measure);
  const changes = changesBlock(front, area, sect, measure);
  const others = [...(lists ? [lists] : []), ...(changes ? [changes] : [])];
  const taken = others.reduce((sum, block) => sum + block.height + (block.gap ?? 0), 0);
  const room = Math.min(Math.max(height - taken - LEDE_GAP, LEAST_CURVE), MOST_CURVE);
  const news = newsBlock(front, { area, sect, height: room, pageOf }, measure);
  return [...(news ? [news] : []), ...others];
}

function newsBlock(
  { curve, ledes }: Front,
  {
    area,
    sect,
    height,
    pageOf,
  }: { area: Area; sect: Element; height: number; pageOf: (section: number) => number },
  measure: Measure,
): Block | undefined {
  if (!curve && ledes.length === 0) return undefined;
  const line: Box = { kind: 'fill', ...area, y: 0, height: RULE, color: COLOR.ink };
  const beside: Area = curve ? { x: area.x + area.width - LEDES_WIDTH, width: LEDES_WIDTH } : area;
  const told = stacked(
    ledes.flatMap((lede, at) => ledeBlocks(lede, at, { area: beside, sect, pageOf }, measure)),
    RULE + 6,
  );
  const wide = ledes.length > 0 ? area.width - LEDES_WIDTH - LEDE_GAP : area.width;
  const drawn = curve ? curveBoxes(curve, { x: area.x, width: wide, height, sect }, measure) : [];
  return {
    height: Math.max(curve ? height : 0, told.height),
    gap: 12,
    boxes: [line, ...drawn, ...told.boxes],
  };
}

function curveBoxes(
  curve: Curve,
  { x, width, height, sect }: Area & { height: number; sect: Element },
  measure: Measure,
): Box[] {
  const top = 24;
  const bold: Style = { font: { size: 8.5, bold: true }, color: COLOR.ink, leading: 1.3 };
  const title = fitEnd(tidy(curve.title), width, bold.font, measure);
  return [
    ...textBoxes(title, bold, { x, y: 9, width, element: element('P', sect) }, measure),
    {
      kind: 'vector',
      x,
      y: top,
      width,
      height: height - top,
      marks: curveMarks(curve, width, height - top, measure),
      alt: tidy(curve.alt),
      element: element('Figure', sect),
    },
  ];
}

function ledeBlocks(
  { title, text, section }: Lede,
  at: number,
  { area, sect, pageOf }: { area: Area; sect: Element; pageOf: (section: number) => number },
  measure: Measure,
): Block[] {
  const heading = { font: TYPE.answer, color: COLOR.ink, leading: 1.25 };
  const link = element('Link', element('P', sect));
  const page = pageOf(section);
  const lead: Block = {
    height: SMALL.font.size * 1.4 + 2,
    boxes: page > 0 ? textBoxes([`page ${page}`], SMALL, { ...area, y: 0, element: link }, measure) : [],
  };
  const blocks = [
    ...paragraph(tidy(title), heading, { ...area, maxLines: 3, element: element('H2', sect) }, measure),
    ...paragraph(tidy(text), BODY, { ...area, gap: 2, maxLines: 4, element: element('P', sect) }, measure),
    lead,
  ];
  const { height, boxes } = stacked(blocks);
  const rule: Box[] = at === 0 ? [] : [{ kind: 'fill', ...area, y: 0, height: 0.75, color: COLOR.rule }];
  const lower = at === 0 ? 0 : 7;
  return [
    {
      height: height + lower,
      gap: 7,
      boxes: [
        ...rule,
        ...boxes.map(box => ({ ...box, y: box.y + lower })),
        ...(page > 0
          ? [
              {
                kind: 'link' as const,
                ...area,
                y: lower,
                height,
                target: { heading: `section-${section}` },
                element: link,
              },
            ]
          : []),
      ],
    },
  ];
}

const thirds = ({ x, width }: Area, many: number): Area[] => {
  const own = (width - LISTS_GAP * (many - 1)) / many;
  return Array.from({ length: many }, (_, at) => ({ x: x + at * (own + LISTS_GAP), width: own }));
};

function listsBlock({ lists }: Front, area: Area, sect: Element, measure: Measure): Block | undefined {
  if (lists.length === 0) return undefined;
  const areas = thirds(area, lists.length);
  const each = lists.map(({ title, list, foot }, at) => {
    const own = areas[at] as Area;
    const head: Block = {
      height: RULE + 6 + lineHeight(HEADING) + 1,
      boxes: [
        { kind: 'fill', ...own, y: 0, height: RULE, color: COLOR.ink },
        ...textBoxes(
          fitEnd(tidy(title), own.width, HEADING.font, measure),
          HEADING,
          { ...own, y: RULE + 5, element: element('H2', sect) },
          measure,
        ),
      ],
    };
    const said = foot
      ? paragraph(tidy(foot), SMALL, { ...own, gap: 5, maxLines: 4, element: element('P', sect) }, measure)
      : [];
    return stacked([head, ...listBlocks(list, { area: own, parent: sect }, measure), ...said]);
  });
  return {
    height: Math.max(...each.map(({ height }) => height)),
    gap: 14,
    boxes: each.flatMap(({ boxes }) => boxes),
  };
}

function changesBlock({ changes }: Front, area: Area, sect: Element, measure: Measure): Block | undefined {
  if (changes.length === 0) return undefined;
  const name: Style = { font: TYPE.name, color: COLOR.ink, leading: 1.35 };
  const areas = thirds(area, changes.length);
  const each = changes.map(({ title, text }, at) => {
    const own = areas[at] as Area;
    const head = textBoxes([tidy(title)], name, { ...own, y: 0, element: element('H2', sect) }, measure);
    return stacked([
      { height: lineHeight(name), boxes: head },
      ...paragraph(tidy(text), BODY, { ...own, maxLines: 4, element: element('P', sect) }, measure),
    ]);
  });
  const top = RULE + 6;
  return {
    height: top + Math.max(...each.map(({ height }) => height)),
    gap: 14,
    boxes: [
      { kind: 'fill', ...area, y: 0, height: RULE, color: COLOR.ink },
      ...each.flatMap(({ boxes }) => boxes.map(box => ({ ...box, y: box.y + top }))),
    ],
  };
}

/** A row of tiles a block. */
export function tileBlocks(numbers: readonly KeyNumber[], area: Area, measure: Measure): Block[] {
  const width = (area.width - TILE_GAP * (TILES_A_ROW - 1)) / TILES_A_ROW;
  const rows = Array.from({ length: Math.ceil(numbers.length / TILES_A_ROW) }, (_, row) =>
    numbers.slice(row * TILES_A_ROW, (row + 1) * TILES_A_ROW),
  );
  return rows.map((row, at) => {
    const tiles = row.map((number, index) =>
      tile(number, { x: area.x + index * (width + TILE_GAP), width }, measure),
    );
    return {
      height: Math.max(...tiles.map(each => each.height)),
      gap: at === 0 ? 20 : 14,
      boxes: tiles.flatMap(each => each.boxes),
    };
  });
}

function tile({ label, value, change }: KeyNumber, area: Area, measure: Measure): Block {
  const shown = tidy(value);
  const size =
    VALUE_SIZES.find(each => measure(shown, { size: each, bold: true }) <= area.width) ??
    (VALUE_SIZES.at(-1) as number);
  const parts: [string, Style, number][] = [
    [tidy(label), { font: TYPE.label, color: COLOR.muted }, 2],
    [
      shown,
      { font: { size, bold: true }, color: COLOR.ink, leading: ((VALUE_SIZES[0] as number) * 1.3) / size },
      1,
    ],
    ...(change
      ? [[tidy(change), { font: TYPE.small, color: COLOR.muted }, 2] as [string, Style, number]]
      : []),
  ];
  let y = 6;
  const said: Element = element('P');
  const boxes: Box[] = [{ kind: 'fill', ...area, y: 0, height: RULE, color: COLOR.ink }];
  for (const [text, style, most] of parts) {
    const lines = fitLines(text, area.width, style.font, measure, most);
    boxes.push(...textBoxes(lines, style, { ...area, y, element: said }, measure));
    y += lines.length * lineHeight(style);
  }
  return { height: y, boxes };
}

export interface ContentsEntry {
  title: string;
  /** Heading that the entry leads to. */
  id: string;
  page: number;
}

/** One line a section, kept together as far as a page can. */
export function contentsBlocks(entries: readonly ContentsEntry[], area: Area, measure: Measure): Block[] {
  if (entries.length === 0) return [];
  const label = { font: TYPE.label, color: COLOR.muted };
  const style = { font: TYPE.body, color: COLOR.ink };
  const height = lineHeight(style) + 5;
  const head: Block = {
    height: lineHeight(label) + 3,
    gap: 26,
    withNext: true,
    boxes: textBoxes(['Contents'], label, { ...area, y: 0, element: element('H2') }, measure),
  };
  const contents = element('TOC');
  const rows = entries.map(({ title, id, page }, index): Block => {
    const lines = fitLines(tidy(title), area.width - 40, style.font, measure);
    const link = element('Link', element('TOCI', contents));
    const number = { ...style, color: COLOR.muted };
    return {
      height,
      withNext: index < entries.length - 1,
      boxes: [
        { kind: 'fill', ...area, y: 0, height: 0.5, color: COLOR.rule },
        ...textBoxes(lines, style, { ...area, y: 2.5, element: link }, measure),
        ...textBoxes([`${page}`], number, { ...area, y: 2.5, align: 'right', element: link }, measure),
        { kind: 'link', ...area, y: 0, height, target: { heading: id }, element: link },
      ],
    };
  });
  return [head, ...rows];
}
