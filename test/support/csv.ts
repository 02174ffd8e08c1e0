/** What a reader of our CSV makes of a cell. */
import type { Column } from '../../src/core/answer.ts';
import { toMinor } from '../../src/core/money.ts';
import { formatDate } from '../../src/core/time/dates.ts';
import { parseInstant } from '../../src/core/time/instant.ts';
import { formatCell, isNumeric } from '../../src/present/format.ts';

/** A cell of a CSV as the page would show it: the same, if both were rounded from one number. */
export function shownFromCsv(column: Column, text: string, zone: string): string {
  const { kind, currency = 'USD' } = column;
  if (text === '') return formatCell(column, null, { zone });
  // A date is a local one already.
  if (kind === 'date') return formatDate(parseInstant(text), 'UTC');
  if (kind === 'country') return text;
  if (!isNumeric(column)) return formatCell(column, text, { zone });
  const value = Number(text);
  if (kind === 'money') return formatCell(column, toMinor(value, currency), { zone });
  const fraction = kind === 'percent' || kind === 'change' ? value / 100 : value;
  return formatCell(column, fraction, { zone });
}
