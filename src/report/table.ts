/** An Answer's table as blocks: names on two lines at most, numbers flush right, quiet rules. */
import { tidy } from '../charts/labels.ts';
import type { Answer } from '../core/answer.ts';
import { formatCell, isNumeric } from '../present/format.ts';
import type { Area, Box, Font, Measure } from './boxes.ts';
import { type ColumnText, GUTTER, labelFont, sizeColumns } from './columns.ts';
import { fitLines, shorten } from './fit.ts';
import type { Block } from './flow.ts';
import { webAddress } from './links.ts';
import { isRightToLeft, lineHeight, textBoxes } from './paragraphs.ts';
import { COLOR } from './style.ts';

const ROW_PADDING = 3;
const MAX_LINES = 2;
const HAIRLINE = 0.5;
/** Graphemes of a cell that are looked at: two lines hold fewer. */
const LONGEST_CELL = 240;

interface PlacedColumn extends ColumnText {
  x: number;
  width: number;
  urls: (string | undefined)[];
}

/** The head, then a block for each row, in the rows' order. No rows: no blocks. */
export function tableBlocks(answer: Answer, area: Area, measure: Measure): Block[] {
  const { rows } = answer;
  if (rows.length === 0 || answer.columns.length === 0) return [];
  const texts = answer.columns.map(column => ({
    label: tidy(column.label),
    cells: rows.map(row => shorten(tidy(formatCell(column, row[column.key], answer)), LONGEST_CELL)),
    numeric: isNumeric(column),
    urls: rows.map(row => webAddress(row[`${column.key}Url`])),
  }));
  const { font, widths } = sizeColumns(texts, area.width, measure);
  let x = area.x;
  const columns: PlacedColumn[] = texts.map((text, index) => {
    const column = { ...text, x, width: widths[index] as number };
    x += column.width + GUTTER;
    return column;
  });
  const head = headBlock(columns, font, area, measure);
  const last = rows.length - 1;
  return [
    head,
    ...rows.map((_, row) => ({
      ...rowBlock(columns, row, font, area, measure),
      head,
      // Neither the first row nor the last one stands alone on a page.
      withNext: last > 0 && (row === 0 || row === last - 1),
    })),
  ];
}

function headBlock(columns: readonly PlacedColumn[], font: Font, area: Area, measure: Measure): Block {
  const style = { font: labelFont(font), color: COLOR.muted, leading: 1.3 };
  const labels = columns.map(({ label, width }) => fitLines(label, width, style.font, measure, MAX_LINES));
  const lines = Math.max(...labels.map(label => label.length));
  const height = lines * lineHeight(style) + 5;
  const texts = columns.flatMap(({ x, width, numeric }, index) => {
    const label = labels[index] ?? [];
    const y = (lines - label.length) * lineHeight(style);
    return textBoxes(label, style, { x, y, width, ...(numeric && { align: 'right' }) }, measure);
  });
  return { height, boxes: [...texts, rule(area, height, COLOR.strong)], withNext: true };
}

function rowBlock(columns: readonly PlacedColumn[], row: number, font: Font, area: Area, measure: Measure): Block {
  const style = { font, color: COLOR.ink, leading: 1.3 };
  let lines = 1;
  const boxes = columns.flatMap(({ cells, urls, x, width, numeric }): Box[] => {
    const text = cells[row] as string;
    const url = urls[row];
    const cell = fitLines(text, width, font, measure, numeric ? 1 : MAX_LINES);
    lines = Math.max(lines, cell.length);
    const placed = textBoxes(
      cell,
      url ? { ...style, color: COLOR.accent } : style,
      { x, y: ROW_PADDING, width, rtl: isRightToLeft(text), ...(numeric && { align: 'right' }) },
      measure,
    );
    if (!url) return placed;
    const widest = Math.max(...placed.map(box => box.width));
    const height = cell.length * lineHeight(style);
    return [...placed, { kind: 'link', x, y: ROW_PADDING, width: widest, height, target: { url } }];
  });
  const height = lines * lineHeight(style) + 2 * ROW_PADDING;
  return { height, boxes: [...boxes, rule(area, height, COLOR.rule)] };
}

const rule = ({ x, width }: Area, y: number, color: string): Box => ({
  kind: 'fill',
  x,
  y: y - HAIRLINE,
  width,
  height: HAIRLINE,
  color,
});
