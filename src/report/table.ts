/** An Answer's table as blocks: names on two lines at most, numbers flush right, quiet rules. */
import { tidy } from '../charts/labels.ts';
import { columnsFor } from '../core/answer.ts';
import { formatCell, isNumeric } from '../present/format.ts';
import type { Area, Box, Font, Measure } from './boxes.ts';
import { type ColumnText, GUTTER, labelFont, sizeColumns } from './columns.ts';
import { type Element, element } from './elements.ts';
import { fitLines, shorten } from './fit.ts';
import type { Block } from './flow.ts';
import { webAddress } from './links.ts';
import { isRightToLeft, lineHeight, textBoxes } from './paragraphs.ts';
import type { ReportAnswer } from './report.ts';
import { COLOR } from './style.ts';

const ROW_PADDING = 3;
const MAX_LINES = 2;
const HAIRLINE = 0.5;
/** A bar lies on the row's rule. */
const BAR = 1.75;
/** Points, of the sentence below a row. */
const DETAIL_SIZE = 8;
/** Graphemes of a cell that are looked at: two lines hold fewer. */
const LONGEST_CELL = 240;

interface PlacedColumn extends ColumnText {
  x: number;
  width: number;
  /** Some of its cells have one decimal, and others none. */
  tenths: boolean;
  urls: (string | undefined)[];
}

/** The head, then a block for each row, in the rows' order. No rows: no blocks. */
export function tableBlocks(answer: ReportAnswer, area: Area, measure: Measure, parent?: Element): Block[] {
  const { rows } = answer;
  const shown = columnsFor('narrow', answer).filter(({ key }) => key !== answer.detail);
  const detail = answer.columns.find(({ key }) => key === answer.detail);
  if (rows.length === 0 || shown.length === 0) return [];
  const texts = shown.map(column => ({
    label: tidy(column.label),
    cells: rows.map(row => shorten(tidy(formatCell(column, row, answer)), LONGEST_CELL)),
    numeric: isNumeric(column),
    tenths: column.kind === 'count' && rows.some(row => !Number.isInteger(row[column.key] ?? 0)),
    urls: rows.map(row => webAddress(row[`${column.key}Url`])),
  }));
  const { font, widths } = sizeColumns(
    texts.map(text => ({ ...text, cells: text.cells.map(cell => cell + missingDecimal(text, cell)) })),
    area.width,
    measure,
  );
  let x = area.x;
  const columns: PlacedColumn[] = texts.map((text, index) => {
    const column = { ...text, x, width: widths[index] as number };
    x += column.width + GUTTER;
    return column;
  });
  const table = element('Table', parent);
  const head = headBlock(columns, { font, area, table }, measure);
  const last = rows.length - 1;
  const amounts = rows.map(row => Number(answer.bars ? row[answer.bars] : 0));
  const most = Math.max(...amounts);
  return [
    head,
    ...rows.map((values, row) => ({
      ...rowBlock(
        columns,
        row,
        {
          font,
          area,
          table,
          bar: most > 0 ? (amounts[row] as number) / most : 0,
          detail: detail && values[detail.key] ? formatCell(detail, values, answer) : '',
        },
        measure,
      ),
      head,
      // Neither the first row nor the last one stands alone on a page.
      withNext: last > 0 && (row === 0 || row === last - 1),
    })),
  ];
}

/**
 * What a number lacks to have as many decimals as its column; its place is kept free, so that units stand
 * below units.
 */
const missingDecimal = ({ tenths }: { tenths: boolean }, cell: string): string =>
  tenths && !cell.includes('.') ? '.0' : '';

interface Place {
  font: Font;
  area: Area;
  table: Element;
  /** Length of the bar along the row, as a share of the first column. */
  bar?: number;
  detail?: string;
}

function headBlock(columns: readonly PlacedColumn[], { font, area, table }: Place, measure: Measure): Block {
  const style = { font: labelFont(font), color: COLOR.muted, leading: 1.3 };
  const labels = columns.map(({ label, width }) => fitLines(label, width, style.font, measure, MAX_LINES));
  const lines = Math.max(...labels.map(label => label.length));
  const height = lines * lineHeight(style) + 5;
  const head = element('TR', table);
  const texts = columns.flatMap(({ x, width, numeric }, index) => {
    const label = labels[index] ?? [];
    const y = (lines - label.length) * lineHeight(style);
    const place = { x, y, width, element: element('TH', head), ...(numeric && { align: 'right' as const }) };
    return textBoxes(label, style, place, measure);
  });
  return { height, boxes: [...texts, rule(area, height, COLOR.strong)], withNext: true };
}

function rowBlock(
  columns: readonly PlacedColumn[],
  row: number,
  { font, area, table, bar = 0, detail = '' }: Place,
  measure: Measure,
): Block {
  const style = { font, color: COLOR.ink, leading: 1.3 };
  const tr = element('TR', table);
  const cellElements = columns.map(() => element('TD', tr));
  let lines = 1;
  const boxes = columns.flatMap((column, index): Box[] => {
    const { cells, urls, x, numeric } = column;
    const text = cells[row] as string;
    const missing = missingDecimal(column, text);
    const width = column.width - (missing ? measure(missing, font) : 0);
    const url = urls[row];
    const cell = fitLines(text, width, font, measure, numeric ? 1 : MAX_LINES);
    lines = Math.max(lines, cell.length);
    const td = cellElements[index];
    const holder = url ? element('Link', td) : td;
    const placed = textBoxes(
      cell,
      url ? { ...style, color: COLOR.accent } : style,
      {
        x,
        y: ROW_PADDING,
        width,
        rtl: isRightToLeft(text),
        element: holder,
        ...(numeric && { align: 'right' }),
      },
      measure,
    );
    if (!url) return placed;
    const widest = Math.max(...placed.map(box => box.width));
    const height = cell.length * lineHeight(style);
    return [
      ...placed,
      { kind: 'link', x, y: ROW_PADDING, width: widest, height, target: { url }, element: holder },
    ];
  });
  const quiet = { font: { size: Math.min(DETAIL_SIZE, font.size) }, color: COLOR.muted, leading: 1.35 };
  const below = textBoxes(
    detail.trim() ? fitLines(tidy(detail), area.width, quiet.font, measure, MAX_LINES) : [],
    quiet,
    { x: area.x, y: ROW_PADDING + lines * lineHeight(style), width: area.width, element: cellElements[0] },
    measure,
  );
  const height = lines * lineHeight(style) + below.length * lineHeight(quiet) + 2 * ROW_PADDING;
  const first = columns[0] as PlacedColumn;
  const drawn: Box[] =
    bar > 0
      ? [
          {
            kind: 'fill',
            x: area.x,
            y: height - BAR,
            width: first.width * bar,
            height: BAR,
            color: COLOR.bar,
          },
        ]
      : [];
  return { height, boxes: [...boxes, ...below, rule(area, height, COLOR.rule), ...drawn] };
}

const rule = ({ x, width }: Area, y: number, color: string): Box => ({
  kind: 'fill',
  x,
  y: y - HAIRLINE,
  width,
  height: HAIRLINE,
  color,
});
