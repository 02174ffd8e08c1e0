/**
 * An Answer's table as CSV (RFC 4180, UTF-8, CRLF): the numbers that people see, without their marks, so that
 * a program or a spreadsheet can calculate.
 */
import type { Answer, CellValue, Column, Concentration, Rise, Row } from '../core/answer.ts';
import { decimalsOf } from '../core/money.ts';
import { percentPoints, significant } from '../core/numbers.ts';
import { countryName } from '../core/places/country.ts';
import { parseInstant } from '../core/time/instant.ts';
import { localDay, localMinute } from '../core/time/zone.ts';

/** `header=present` by RFC 7111: the first line names the columns. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

interface Cell {
  text: string;
  /** Made of a number, so never a formula: −5 begins like one. */
  isNumber?: true;
}

interface Field {
  key: string;
  header: string;
  cell(row: Row): Cell;
}

/**
 * One header line of unique names with their units; money in major units, percents as numbers of hundredths.
 * Names are kept to the byte unless it is for Excel.
 * @param excel begins with a byte order mark, without which Excel takes UTF-8 for Windows' own encoding, and
 *   puts an apostrophe before text that Excel would take for a formula
 */
export function renderCsv(answer: Answer, { excel = false } = {}): string {
  const fields = uniquelyNamed(answer.columns.flatMap(column => fieldsOf(column, answer.zone)));
  const write = (cell: Cell): string => quote(excel ? guarded(cell) : cell.text);
  const lines = [
    fields.map(({ header }) => write({ text: header })),
    ...answer.rows.map(row => fields.map(({ cell }) => write(cell(row)))),
  ];
  return (excel ? '\ufeff' : '') + lines.map(line => `${line.join(',')}\r\n`).join('');
}

/** A column, and beside it what its cells lead to or are counted in. */
function fieldsOf(column: Column, zone: string): Field[] {
  const { key, label, kind, currency, subject, small } = column;
  const unit = unitOf(column, zone);
  const own: Field = {
    key,
    header: unit ? `${label} (${unit})` : label,
    cell: row => cellOf(column, row, zone),
  };
  const beside = (suffix: string, word: string, ofRow: (row: Row) => CellValue | undefined): Field => ({
    key: `${key}${suffix}`,
    header: `${label} ${word}`,
    cell: row => ({ text: String(ofRow(row) ?? '') }),
  });
  if (kind === 'country') return [own, beside('Id', 'code', row => row[key])];
  // Where countries are compared their names are plain text.
  if (subject === 'country') return [own, beside('Id', 'code', row => row[`${key}Id`])];
  if (kind === 'link') return [own, beside('Url', 'address', row => row[`${key}Url`])];
  const withheld = small === undefined ? [] : [beside('Small', 'small', row => row[`${key}Small`])];
  if ((kind === 'money' || kind === 'price') && !currency)
    return [own, beside('Currency', 'currency', row => row[`${key}Currency`]), ...withheld];
  if (kind === 'reason') return [...riseFields(column, zone), ...concentrationFields(column, zone)];
  if (kind === 'concentration') return concentrationFields(column, zone);
  return [own, ...withheld];
}

/** A part of a reason, in a column of its own. */
function partField(
  { key, label }: Column,
  zone: string,
  { name, word, kind, of }: { name: string; word: string; kind: Column['kind']; of(row: Row): CellValue },
): Field {
  return {
    key: `${key}${name}`,
    header: `${label} ${word}`,
    cell: row => cellOf({ key: name, label, kind }, { [name]: of(row) }, zone),
  };
}

/** How an artist rose, a column for each part. */
function riseFields(column: Column, zone: string): Field[] {
  const part = (name: keyof Rise, unit: string | undefined, kind: 'date' | 'count'): Field =>
    partField(column, zone, {
      name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      word: `${name}${unit ? ` (${unit})` : ''}`,
      kind,
      of: row => {
        const reason = row[column.key];
        return typeof reason === 'object' && reason !== null && 'since' in reason ? reason[name] : null;
      },
    });
  return [
    part('since', zone, 'date'),
    part('from', 'sales a day', 'count'),
    part('to', 'sales a day', 'count'),
    part('countries', undefined, 'count'),
  ];
}

/** How narrow sales are, a column for each part. */
function concentrationFields(column: Column, zone: string): Field[] {
  const part = (
    name: string,
    word: string,
    kind: Column['kind'],
    of: (reason: Concentration) => CellValue | undefined,
  ): Field =>
    partField(column, zone, {
      name,
      word,
      kind,
      of: row => {
        const reason = row[column.key];
        return (typeof reason === 'object' && reason !== null && of(reason)) || null;
      },
    });
  return [
    part('Counted', 'counted', 'count', ({ counted }) => counted),
    part('Seen', 'seen', 'count', ({ seen }) => seen),
    part('Hour', `busiest hour (${zone})`, 'instant', ({ busiestHour }) => busiestHour?.at),
    part('HourSales', 'busiest hour sales', 'count', ({ busiestHour }) => busiestHour?.sales),
    part('HourShare', 'busiest hour share (%)', 'percent', ({ busiestHour }) => busiestHour?.share),
    part('Country', 'first country code', 'text', ({ firstCountry }) => firstCountry?.code),
    part('CountrySales', 'first country sales', 'count', ({ firstCountry }) => firstCountry?.sales),
    part('CountryShare', 'first country share (%)', 'percent', ({ firstCountry }) => firstCountry?.share),
    part('ConcentratedBy', 'concentrated by', 'text', reason => reason.concentratedBy?.join(' ')),
  ];
}

/** What the numbers of a column are in; nothing where the label says it ("Sales"). */
function unitOf({ kind, currency }: Column, zone: string): string | undefined {
  switch (kind) {
    case 'money':
    case 'price':
      return currency;
    case 'ratio':
      return '×';
    case 'percent':
    case 'change':
      return '%';
    case 'date':
    case 'instant':
      return zone;
    default:
      return undefined;
  }
}

function cellOf({ key, kind, currency }: Column, row: Row, zone: string): Cell {
  const value = row[key];
  if (value === null || value === undefined || value === '' || value === true) return { text: '' };
  if (typeof value === 'object') return { text: '' };
  if (typeof value === 'string') {
    if (kind === 'date') return { text: localDay(parseInstant(value), zone) };
    if (kind === 'instant') return { text: localMinute(parseInstant(value), zone) };
    return { text: kind === 'country' ? countryName(value) : value };
  }
  if (kind === 'money' || kind === 'price')
    return numeral(majorUnits(value, currency ?? String(row[`${key}Currency`])));
  if (kind === 'percent' || kind === 'change') return numeral(String(percentPoints(value, kind)));
  return numeral(String(significant(value)));
}

const numeral = (text: string): Cell => ({ text, isNumber: true });

/** 1250 US cents → `12.50`, 1200 yen → `1200`. */
function majorUnits(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** Two columns of one name are named by their keys: `salesChange` → `Sales change (%)`. */
function uniquelyNamed(fields: readonly Field[]): Field[] {
  // Databases and data frames compare names of columns without their case.
  const countOf = (header: string): number =>
    fields.filter(other => other.header.toLowerCase() === header.toLowerCase()).length;
  return fields.map(field => {
    if (countOf(field.header) === 1) return field;
    const unit = /( \([^()]*\))?$/.exec(field.header)?.[0] ?? '';
    return { ...field, header: `${inWords(field.key)}${unit}` };
  });
}

function inWords(key: string): string {
  const words = key.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Text that a spreadsheet takes for a formula, in full width, too (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

const guarded = ({ text, isNumber }: Cell): string => (!isNumber && FORMULA.test(text) ? `'${text}` : text);

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
