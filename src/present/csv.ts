/** An Answer's table as CSV (RFC 4180, UTF-8, CRLF): raw values, so that a spreadsheet can calculate. */
import type { Answer, CellValue } from '../core/answer.ts';

/** One header line; money in minor units; an address stands in a column behind its link. */
export function renderCsv({ columns, rows }: Answer): string {
  const keys = columns.flatMap(column =>
    column.kind === 'link'
      ? [column, { ...column, key: `${column.key}Url`, label: `${column.label} address` }]
      : [column],
  );
  const lines = [
    keys.map(column => quote(column.label)),
    ...rows.map(row => keys.map(column => quote(cellText(row[column.key])))),
  ];
  return lines.map(line => `${line.join(',')}\r\n`).join('');
}

function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  // A spreadsheet takes text that begins so for a formula (OWASP, "CSV Injection").
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
}

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
