/**
 * The one formatter: turns typed cells, windows and notes to text, so that no two faces disagree.
 *
 * Money is in its column's currency; sums are US cents (core/usd.ts). A reader's own would be a parameter
 * beside `zone` in questions/lib/parameters.ts, with rates for the columns and headlines of each question.
 */

import type { Answer, Column, Row } from '../core/answer.ts';
import {
  formatChange,
  formatCount,
  formatMoney,
  formatPercent,
  formatRatio,
  formatRoundMoney,
} from '../core/numbers.ts';
import { countryName } from '../core/places/country.ts';
import { concentrationInWords, reasonInWords } from '../core/reason.ts';
import { formatDate, formatMinute, formatMinutes } from '../core/time/dates.ts';
import { parseInstant } from '../core/time/instant.ts';
import type { Verdict } from '../core/verdict.ts';

/** What stands where there is no value. */
export const NO_VALUE = '–';

const VERDICTS: Record<Verdict, string> = {
  trending: 'trending',
  uncertain: 'too early to tell',
  'one-artist': 'driven by one artist',
  'one-seller': 'driven by one seller',
  'one-day': 'driven by one day',
  rush: 'short spike',
  'few-buyers': 'too few buyers',
  emerging: 'emerging',
  early: 'early sign',
};

/** Of a price of nothing: the buyer says what it is. */
const NAME_YOUR_PRICE = 'name your price';

/**
 * A row's cell as people read it; plain text, to be escaped by the face that shows it.
 * @param rows all of the column, whose shares are written with as many decimals
 * @param most characters that the face has room for: reasons are put into so many; a name is for the face to
 *   cut
 */
export function formatCell(
  column: Column,
  row: Row,
  { zone, rows, most }: { zone: string; rows?: readonly Row[]; most?: number },
): string {
  const value = row[column.key];
  if (value === null || value === undefined || value === '' || value === true)
    return (row[`${column.key}Small`] && column.small) || NO_VALUE;
  if (typeof value === 'object')
    return 'since' in value
      ? reasonInWords(value, zone, most)
      : concentrationInWords(value, most) || NO_VALUE;
  if (typeof value === 'string') {
    if (column.kind === 'date') return formatDate(parseInstant(value), zone);
    if (column.kind === 'instant') return formatMinute(parseInstant(value), zone);
    if (column.kind === 'country') return countryName(value);
    if (column.kind === 'verdict') return VERDICTS[value as Verdict] ?? value;
    return value;
  }
  switch (column.kind) {
    case 'ratio':
      return formatRatio(value);
    case 'money':
      return (column.ofOne ? formatRoundMoney : formatMoney)(value, column.currency ?? 'USD');
    case 'price': {
      const currency = column.currency ?? String(row[`${column.key}Currency`] ?? 'USD');
      return value === 0 ? NAME_YOUR_PRICE : formatMoney(value, currency);
    }
    case 'percent':
      return formatPercent(value, { tenths: rows?.some(each => hasTenths(each[column.key])) ?? false });
    case 'change':
      return formatChange(value);
    default:
      return formatCount(value);
  }
}

/** Whether a share is no whole number of percent, as it is written. */
const hasTenths = (value: unknown): boolean =>
  typeof value === 'number' && formatPercent(value).includes('.');

/** Numbers are set flush right. */
export const isNumeric = ({ kind }: Column): boolean =>
  ['count', 'ratio', 'money', 'price', 'percent', 'change'].includes(kind);

/** `1–7 Oct 2026, UTC` · `30 Sep, 12:00 – 7 Oct 2026, 12:00 UTC` */
export const formatWindow = ({ window, zone }: Pick<Answer, 'window' | 'zone'>): string =>
  formatMinutes(parseInstant(window.from), parseInstant(window.until), zone);

/** What stands in small print below every answer: its window, then its notes. */
export const footnotes = (answer: Answer): string[] => [formatWindow(answer), ...answer.notes];
