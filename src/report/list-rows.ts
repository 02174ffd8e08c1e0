/** A list as blocks: a head, then a row each, whose cells are text on one or two lines, or marks. */
import { tidy } from '../charts/labels.ts';
import type { Area, Box, Measure } from './boxes.ts';
import { type Element, element } from './elements.ts';
import { fitEnd, shorten } from './fit.ts';
import type { Block } from './flow.ts';
import { webAddress } from './links.ts';
import type { Cell, List, Tone } from './panels.ts';
import { isRightToLeft, lineHeight, type Style, textBoxes } from './paragraphs.ts';
import { COLOR, TYPE } from './style.ts';
import {
  axisMarks,
  intervalMarks,
  placeOn,
  type Scale,
  scaleOf,
  sparkMarks,
  verdictMark,
} from './vectors.ts';

const GAP = { wide: 9, narrow: 5 };
/** Points of a row of one line, and of two. */
const ONE_LINE = 20.25;
const TWO_LINES = 30.5;
const HEAD = 15;
/** The head of a column of intervals has its ticks on a line of their own. */
const HEAD_WITH_TICKS = 25;
const SPARK = { one: 13, two: 17 };
const HAIRLINE = 0.75;
const LONGEST = 200;
const CIRCLE_ROOM = 10;
const BAR_HEIGHT = 6.5;

const CELL: Style = { font: TYPE.body, color: COLOR.ink, leading: 1.3 };
const SECOND: Style = { font: TYPE.small, color: COLOR.muted, leading: 1.3 };
const TONES: Record<Tone, string> = { ink: COLOR.ink, soft: COLOR.muted, signal: COLOR.signal };

interface Place {
  area: Area;
  parent?: Element | undefined;
}

interface Column {
  label: string;
  x: number;
  width: number;
  right: boolean;
  scale: Scale | undefined;
}

const hasSecond = ({ rows }: List): boolean =>
  rows.some(row => row.some(cell => cell?.kind === 'text' && cell.second !== undefined));

/** The height of each of its rows. */
const rowHeight = (list: List): number => (hasSecond(list) ? TWO_LINES : ONE_LINE);

/** No rows: no blocks. `count`: of how many rows. */
export function listBlocks(
  list: List,
  { area, parent }: Place,
  measure: Measure,
  count = list.rows.length,
): Block[] {
  const rows = list.rows.slice(0, count);
  if (rows.length === 0) return [];
  const columns = placed(list, area, measure);
  const table = element('Table', parent);
  const head = list.headless ? undefined : headBlock(columns, { area, parent: table }, measure);
  const height = rowHeight(list);
  const firstApart = list.rows.length - (list.apart ?? 0);
  const body = rows.map((row, at): Block => {
    const ruled = at + 1 === firstApart && at + 1 < rows.length ? COLOR.ink : COLOR.rule;
    return {
      height,
      boxes: [...rowBoxes(row, columns, { height, parent: table }, measure), rule(area, height, ruled)],
      ...(head && { head }),
      withNext: rows.length > 1 && (at === 0 || at === rows.length - 2),
    };
  });
  return head ? [head, ...body] : body;
}

function placed({ columns, rows, narrow }: List, area: Area, measure: Measure): Column[] {
  const gap = narrow ? GAP.narrow : GAP.wide;
  const fixed = columns.reduce((sum, { width }) => sum + (typeof width === 'number' ? width : 0), 0);
  const shares = columns.reduce((sum, { width }) => sum + (typeof width === 'number' ? 0 : width.share), 0);
  const room = Math.max(area.width - fixed - gap * (columns.length - 1), 0);
  let x = area.x;
  return columns.map(({ label, width, align }, at) => {
    const own = typeof width === 'number' ? width : (room * width.share) / shares;
    const intervals = rows.flatMap(row => {
      const cell = row[at];
      return cell?.kind === 'interval' ? [cell] : [];
    });
    const column = {
      label: fitEnd(tidy(label), own, TYPE.label, measure)[0] ?? '',
      x,
      width: own,
      right: align === 'right',
      scale: intervals.length > 0 ? scaleOf(intervals) : undefined,
    };
    x += own + gap;
    return column;
  });
}

function headBlock(columns: readonly Column[], { area, parent }: Place, measure: Measure): Block {
  const style = { font: TYPE.label, color: COLOR.muted, leading: 1.2 };
  const tr = element('TR', parent);
  const height = columns.some(({ scale }) => scale) ? HEAD_WITH_TICKS : HEAD;
  const boxes = columns.flatMap(({ label, x, width, right, scale }): Box[] => {
    if (label === '' || label === '–') return [];
    const th = element('TH', tr);
    const y = height - 12 - (scale ? 10.5 : 0);
    const place = { x, y, width, element: th, ...(right && { align: 'right' as const }) };
    const ticks = scale ? tickTexts(scale, { x, width, y: height - 12 }, style, measure) : [];
    return [...textBoxes([label], style, place, measure), ...ticks];
  });
  return { height, boxes: [...boxes, rule(area, height, COLOR.rule)], withNext: true };
}

/** Those that have room beside each other; they belong to the picture, and are no text of the table. */
function tickTexts(
  scale: Scale,
  { x, width, y }: { x: number; width: number; y: number },
  style: Style,
  measure: Measure,
): Box[] {
  let free = Number.NEGATIVE_INFINITY;
  return scale.ticks.flatMap(tick => {
    const text = `${tick}×`;
    const wide = measure(text, style.font);
    const left = Math.min(Math.max(x + placeOn(scale, tick, width) - wide / 2, x - 4), x + width - wide);
    if (left < free) return [];
    free = left + wide + 3;
    return textBoxes([text], style, { x: left, y, width: wide }, measure);
  });
}

function rowBoxes(
  row: readonly Cell[],
  columns: readonly Column[],
  { height, parent }: { height: number; parent: Element },
  measure: Measure,
): Box[] {
  const tr = element('TR', parent);
  return columns.flatMap((column, at) => {
    const td = element('TD', tr);
    const next = columns[at + 1];
    // A name runs on where nothing stands beside it.
    const isFree = next && row[at + 1] === null && !next.scale && !column.right;
    const width = isFree ? next.x + next.width - column.x : column.width;
    return cellBoxes(row[at] ?? null, { ...column, width }, { height, td }, measure);
  });
}

function cellBoxes(
  cell: Cell,
  { x, width, right, scale }: Column,
  { height, td }: { height: number; td: Element },
  measure: Measure,
): Box[] {
  switch (cell?.kind) {
    case 'text':
      return textCell(cell, { x, width, right, height, td }, measure);
    case 'spark': {
      const high = height > ONE_LINE ? SPARK.two : SPARK.one;
      const y = (height - high) / 2;
      return [{ kind: 'vector', x, y, width, height: high, marks: sparkMarks(cell, width, high) }];
    }
    case 'interval': {
      const marks = scale ? intervalMarks(cell, scale, { width, height }) : [];
      return [{ kind: 'vector', x, y: 0, width, height, marks }];
    }
    case 'bar': {
      const color = cell.called ? COLOR.signal : COLOR.bar;
      const y = (height - BAR_HEIGHT) / 2;
      const long = Math.max(Math.min(cell.share, 1) * width, 0.5);
      return [{ kind: 'fill', x, y, width: long, height: BAR_HEIGHT, color }];
    }
    case 'verdict': {
      const marks = [verdictMark(cell.fill, height)];
      const called = cell.fill === 'whole';
      const style: Style = {
        font: { size: TYPE.small.size, bold: called },
        color: called ? COLOR.signal : COLOR.muted,
        leading: 1.3,
      };
      const room = width - CIRCLE_ROOM;
      return [
        { kind: 'vector', x, y: 0, width: CIRCLE_ROOM, height, marks },
        ...textBoxes(
          fitEnd(tidy(cell.text), room, style.font, measure),
          style,
          { x: x + CIRCLE_ROOM, y: (height - lineHeight(style)) / 2, width: room, element: td },
          measure,
        ),
      ];
    }
    default:
      // The grid runs on where a row has no interval.
      return scale
        ? [{ kind: 'vector', x, y: 0, width, height, marks: axisMarks(scale, { width, height }) }]
        : [];
  }
}

function textCell(
  { text, second, url, secondUrl, tone = 'ink', bold = false, small }: Cell & { kind: 'text' },
  { x, width, right, height, td }: { x: number; width: number; right: boolean; height: number; td: Element },
  measure: Measure,
): Box[] {
  const font = small ? SECOND.font : CELL.font;
  const style = { ...CELL, font: { ...font, ...(bold && { bold }) }, color: TONES[tone] };
  const high = lineHeight(style) + (second === undefined ? 0 : lineHeight(SECOND) - 0.5);
  const line = (content: string, own: Style, y: number, address: string | undefined): Box[] => {
    const leads = webAddress(address);
    const holder = leads ? element('Link', td) : td;
    const lines = fitEnd(shorten(tidy(content), LONGEST), width, own.font, measure);
    const place = { x, y, width, element: holder, ...(right && { align: 'right' as const }) };
    const boxes = textBoxes(lines, own, { ...place, rtl: isRightToLeft(content) }, measure);
    const [box] = boxes;
    if (!leads || !box) return boxes;
    const link = { x: box.x, y, width: box.width, height: lineHeight(own) };
    return [...boxes, { kind: 'link', ...link, target: { url: leads }, element: holder }];
  };
  const top = (height - high) / 2;
  return [
    ...line(text, style, top, url),
    ...(second === undefined ? [] : line(second, SECOND, top + lineHeight(style) - 0.5, secondUrl)),
  ];
}

const rule = ({ x, width }: Area, y: number, color: string): Box => ({
  kind: 'fill',
  x,
  y: y - HAIRLINE,
  width,
  height: HAIRLINE,
  color,
});
