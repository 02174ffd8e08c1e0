/** An Answer as plain text for a terminal. */
import stringWidth from 'string-width';
import { type Answer, columnsFor } from '../core/answer.ts';
import { footnotes, formatCell, isNumeric } from './format.ts';

/** Terminal cells that a text column may take. */
const WIDEST_CELL = 48;
/** And the last one, which pushes no other: "What to do" of a status is a sentence or two. */
const WIDEST_LAST_CELL = 160;

/** Title, headline, aligned table, small print, what to ask next. Ends without a newline. */
export function renderText(answer: Answer): string {
  const notes = footnotes(answer);
  const next = answer.followUps.map(({ label, question, params }) => {
    const words = Object.entries(params).map(([key, value]) => `${key}=${value}`);
    return singleLine(`  ${label}: ask ${[question, ...words].join(' ')}`);
  });
  const head = `${singleLine(answer.title)}\n${singleLine(answer.headline)}`;
  const parts = [head, table(answer), notes.map(singleLine).join('\n'), next.join('\n')];
  return parts.filter(Boolean).join('\n\n');
}

/** Columns aligned under their labels, those of a narrow table; nothing where there are no rows. */
export function table(answer: Pick<Answer, 'columns' | 'rows'> & { zone?: string }): string {
  const { rows, zone = 'UTC' } = answer;
  const columns = columnsFor('narrow', answer);
  if (rows.length === 0) return '';
  const lines = [
    columns.map(column => column.label),
    ...rows.map(row =>
      columns.map((column, at) => {
        const most = at === columns.length - 1 ? WIDEST_LAST_CELL : WIDEST_CELL;
        return shorten(singleLine(formatCell(column, row, { zone, rows, most })), most);
      }),
    ),
  ];
  const widths = columns.map((_, at) => Math.max(...lines.map(line => stringWidth(line[at] ?? ''))));
  const pad = (cell: string, at: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - stringWidth(cell)));
    return columns[at] && isNumeric(columns[at]) ? space + cell : cell + space;
  };
  return lines.map(line => line.map(pad).join('  ').trimEnd()).join('\n');
}

/** Control characters could move the cursor, direction marks the rest of the line. */
const singleLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let short = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(short + segment) > width - 1) break;
    short += segment;
  }
  return `${short}…`;
}
