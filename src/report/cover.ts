/**
 * The front around its news (`front-blocks.ts`): the masthead, the headline, and without news key numbers and
 * contents.
 */

import { tidy } from '../charts/labels.ts';
import { SIMULATED } from '../core/answer.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { type Element, element } from './elements.ts';
import { balance, fitEnd, fitLines, shorten, wrap } from './fit.ts';
import type { Block } from './flow.ts';
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
const RULE = 1.5;
/** The masthead's lower edge. */
export const FRONT_TOP = 76;

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
