/** An Answer as the JSON of the contract: the same text from the API and the command line. */
import type { Answer, Column, Row } from '../core/answer.ts';
import { decimalsOf } from '../core/money.ts';
import { significant } from '../core/numbers.ts';

/**
 * Columns of money say by `scale` how many decimals their currency has, rows with a currency of their own by
 * `<key>Scale`; see `significant` for fractions.
 */
export function renderJson(answer: Answer): string {
  const { columns, rows, figures } = answer;
  const scaled = {
    ...answer,
    columns: columns.map(withScale),
    rows: rows.map(row => withOwnScales(columns, row)),
    ...(figures && { figures: { ...figures, columns: figures.columns.map(withScale) } }),
  };
  return `${JSON.stringify(scaled, shortened, 2)}\n`;
}

const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? significant(value) : value;

const isMoney = ({ kind }: Column): boolean => kind === 'money' || kind === 'price';

const withScale = (column: Column): Column & { scale?: number } =>
  isMoney(column) && column.currency ? { ...column, scale: decimalsOf(column.currency) } : column;

function withOwnScales(columns: readonly Column[], row: Row): Row {
  const own = columns.filter(column => isMoney(column) && !column.currency);
  const scales = own.flatMap(({ key }) => {
    const currency = row[`${key}Currency`];
    return typeof currency === 'string' ? [[`${key}Scale`, decimalsOf(currency)]] : [];
  });
  return scales.length === 0 ? row : { ...row, ...Object.fromEntries(scales) };
}
