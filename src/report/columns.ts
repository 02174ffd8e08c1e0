/** How wide a table's columns are: numbers get what they need, words share the rest. */
import type { Font, Measure } from './boxes.ts';
import { TYPE } from './style.ts';

/** A column as it is laid out: its label, its cells, and whether they are numbers. */
export interface ColumnText {
  label: string;
  cells: string[];
  numeric: boolean;
}

export interface Sizes {
  /** Of the cells; labels are set in `labelFont` of it. */
  font: Font;
  /** Points, by column. */
  widths: number[];
}

/** Points between two columns. */
export const GUTTER = 16;
/** Points that a column of words keeps, however many columns there are. */
const LEAST_WORDS = 60;
/** Numbers stand apart even where they are short. */
const LEAST_NUMBERS = 40;
/** Where numbers leave no room for the words, the whole table is set smaller. */
const SMALLER = [8];

/** The font of a table's column labels: bold, and no larger than its cells. */
export const labelFont = ({ size }: Font): Font => ({ size: Math.min(TYPE.label.size, size), bold: true });

/** Widths that fill `width` together with the gutters between them. */
export function sizeColumns(columns: readonly ColumnText[], width: number, measure: Measure): Sizes {
  const room = width - GUTTER * (columns.length - 1);
  const leastWords = LEAST_WORDS * columns.filter(({ numeric }) => !numeric).length;
  const needsAt = (font: Font): number[] => columns.map(column => needOf(column, font, measure));
  const numbersIn = (needs: readonly number[]): number =>
    sum(needs.filter((_, index) => columns[index]?.numeric));

  let font: Font = TYPE.cell;
  let needs = needsAt(font);
  for (const size of SMALLER) {
    if (numbersIn(needs) + leastWords <= room) break;
    font = { size };
    needs = needsAt(font);
  }
  // Should even the smallest be too wide (dozens of columns), all shrink alike and cells lose their middle.
  if (numbersIn(needs) + leastWords > room) return { font, widths: columns.map(() => room / columns.length) };

  const flexible = needs.map((_, index) => leastWords === 0 || !columns[index]?.numeric);
  const fixed = sum(needs.filter((_, index) => !flexible[index]));
  const shares = shareOut(
    room - fixed,
    needs.filter((_, index) => flexible[index]),
  );
  return { font, widths: needs.map((need, index) => (flexible[index] ? (shares.shift() as number) : need)) };
}

/** What a column takes for cells of one line and a label of two. */
function needOf({ label, cells, numeric }: ColumnText, font: Font, measure: Measure): number {
  const words = label.split(' ');
  const widthOf = (part: readonly string[]): number => measure(part.join(' '), labelFont(font));
  const halves = words.map((_, at) => Math.max(widthOf(words.slice(0, at)), widthOf(words.slice(at))));
  const least = numeric ? (LEAST_NUMBERS * font.size) / TYPE.cell.size : 0;
  return Math.max(least, Math.min(...halves), ...cells.map(cell => measure(cell, font)));
}

/**
 * Where there is enough, in proportion to need; where not, small needs are met and the others share what is
 * left.
 */
function shareOut(room: number, needs: readonly number[]): number[] {
  const total = sum(needs);
  if (total > 0 && total <= room) return needs.map(need => (need * room) / total);
  const shares = needs.map(() => room / needs.length);
  let left = room;
  const order = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  for (const [position, { need, index }] of order.entries()) {
    shares[index] = Math.min(need, left / (order.length - position));
    left -= shares[index];
  }
  return shares;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
