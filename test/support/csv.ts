/** What a reader of our CSV makes of a cell. */
import type { CellValue, Column } from '../../src/core/answer.ts';
import { toMinor } from '../../src/core/money.ts';
import { formatDate } from '../../src/core/time/dates.ts';
import { parseInstant } from '../../src/core/time/instant.ts';
import { formatCell, isNumeric } from '../../src/present/format.ts';

/**
 * A cell of a CSV as the page would show it: the same, if both were rounded from one number.
 * @param few what the cell's `… small` column says
 */
export function shownFromCsv(column: Column, text: string, zone: string, few = false): string {
  const { key, kind, currency = 'USD' } = column;
  const shown = (value: CellValue) =>
    formatCell(
      column,
      { [key]: value, [`${key}Currency`]: currency, [`${key}Small`]: few || null },
      { zone },
    );
  if (text === '') return shown(null);
  // A date is a local one already.
  if (kind === 'date') return formatDate(parseInstant(text), 'UTC');
  if (kind === 'country') return text;
  if (!isNumeric(column)) return shown(text);
  const value = Number(text);
  if (kind === 'money' || kind === 'price') return shown(toMinor(value, currency));
  const fraction = kind === 'percent' || kind === 'change' ? value / 100 : value;
  return shown(fraction);
}

/** Parts that are told of how narrow sales are. */
const CONCENTRATION = 9;

/** How many fields of a line a column takes: with an address, a code, a currency, or all that a reason is. */
export function fieldsOf({ kind, subject, currency, small }: Column): number {
  if (kind === 'reason') return 4 + CONCENTRATION;
  if (kind === 'concentration') return CONCENTRATION;
  const hasCode = kind === 'link' || kind === 'country' || subject === 'country';
  const own = hasCode || kind === 'price' || (kind === 'money' && !currency) ? 2 : 1;
  return own + (small === undefined ? 0 : 1);
}
