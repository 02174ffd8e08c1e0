/** The front: the day's headline large on a ground of its own, key numbers as tiles, contents. */
import { tidy } from '../charts/labels.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { type Element, element } from './elements.ts';
import { balance, fitLines, shorten, wrap } from './fit.ts';
import type { Block } from './flow.ts';
import { lineHeight, type Style, textBoxes } from './paragraphs.ts';
import type { KeyNumber, Report } from './report.ts';
import { COLOR, TYPE } from './style.ts';

/** The ground's share of the page. */
const GROUND = 0.46;
const HEADLINE_SIZES = [34, 30, 26, 22];
const SMALLEST_HEADLINE = 19;
const MAX_HEADLINE_LINES = 5;
/** Graphemes that are looked at: the ground holds fewer. */
const LONGEST_HEADLINE = 500;
const BARS = 30;
const TILES_A_ROW = 3;
const TILE_GAP = 18;
const VALUE_SIZES = [21, 17, 14, 11];

export const groundHeight = (page: { height: number }): number => Math.round(page.height * GROUND);

/** The ground and what stands on it. */
export function groundBoxes(
  report: Report,
  page: { width: number; height: number },
  area: Area,
  measure: Measure,
): Box[] {
  const height = groundHeight(page);
  const sect = element('Sect');
  const line = (text: string, style: Style, y: number) =>
    textBoxes(
      fitLines(tidy(text), area.width, style.font, measure),
      style,
      { ...area, y, element: element('P', sect) },
      measure,
    );
  const text = shorten(tidy(report.headline), LONGEST_HEADLINE);
  const large = HEADLINE_SIZES.map(each => ({ size: each, bold: true })).find(
    font => wrap(text, area.width, font, measure).length < MAX_HEADLINE_LINES,
  );
  const font = large ?? { size: SMALLEST_HEADLINE, bold: true };
  const headline = { font, color: COLOR.onDeep, leading: 1.22 };
  const lines = large
    ? balance(text, area.width, font, measure)
    : fitLines(text, area.width, font, measure, MAX_HEADLINE_LINES);
  const top = height - 46 - lines.length * lineHeight(headline);
  return [
    { kind: 'fill', x: 0, y: 0, width: page.width, height, color: COLOR.deep },
    ...pattern(page.width, height),
    ...line('Bandcamp Tracker', { font: { size: 12, bold: true }, color: COLOR.onDeep }, 40),
    ...line(report.title, { font: { size: 12 }, color: COLOR.onDeepMuted }, top - 58),
    ...line(report.subtitle, { font: { size: 15, bold: true }, color: COLOR.onDeepMuted }, top - 40),
    ...textBoxes(lines, headline, { ...area, y: top, element: element('H1', sect) }, measure),
  ];
}

/** Bars that rise to the right, a shade lighter than the ground. */
const pattern = (width: number, ground: number): Box[] =>
  Array.from({ length: BARS }, (_, index): Box => {
    const step = width / BARS;
    const height = ground * (0.03 + 0.75 * ((index + 1) / BARS) ** 2.6);
    return {
      kind: 'fill',
      x: index * step,
      y: ground - height,
      width: step - 5,
      height,
      color: COLOR.deepPattern,
    };
  });

/** A row of tiles a block. */
export function tileBlocks(numbers: readonly KeyNumber[], area: Area, measure: Measure): Block[] {
  const width = (area.width - TILE_GAP * (TILES_A_ROW - 1)) / TILES_A_ROW;
  const rows = Array.from({ length: Math.ceil(numbers.length / TILES_A_ROW) }, (_, row) =>
    numbers.slice(row * TILES_A_ROW, (row + 1) * TILES_A_ROW),
  );
  return rows.map(row => {
    const tiles = row.map((number, index) =>
      tile(number, { x: area.x + index * (width + TILE_GAP), width }, measure),
    );
    return {
      height: Math.max(...tiles.map(each => each.height)),
      gap: 14,
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
      ? [[tidy(change), { font: TYPE.small, color: changeColor(change) }, 2] as [string, Style, number]]
      : []),
  ];
  let y = 8;
  const said: Element = element('P');
  const boxes: Box[] = [{ kind: 'fill', ...area, y: 0, height: 1.25, color: COLOR.accent }];
  for (const [text, style, most] of parts) {
    const lines = fitLines(text, area.width, style.font, measure, most);
    boxes.push(...textBoxes(lines, style, { ...area, y, element: said }, measure));
    y += lines.length * lineHeight(style);
  }
  return { height: y, boxes };
}

const changeColor = (change: string): string =>
  /^\s*\+/.test(change) ? COLOR.up : /^\s*[-\u2212]/.test(change) ? COLOR.down : COLOR.muted;

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
  const style = { font: TYPE.lead, color: COLOR.ink };
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
