/** An Answer as the JSON of the contract: the same text from the API and the command line. */
import type { Answer, Column } from '../core/answer.ts';
import { decimalsOf } from '../core/money.ts';
import { significant } from '../core/numbers.ts';

/** Columns of money say by `scale` how many decimals their currency has; see `significant` for fractions. */
export function renderJson(answer: Answer): string {
  const { columns, figures } = answer;
  const scaled = {
    ...answer,
    columns: columns.map(withScale),
    ...(figures && { figures: { ...figures, columns: figures.columns.map(withScale) } }),
  };
  return `${JSON.stringify(scaled, shortened, 2)}\n`;
}

const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? significant(value) : value;

const withScale = (column: Column): Column & { scale?: number } =>
  column.kind === 'money' && column.currency ? { ...column, scale: decimalsOf(column.currency) } : column;
