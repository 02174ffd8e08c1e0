/** Which countries buy which genres beyond their share, and which did not before. Pure. */
import type { Answer, Row } from '../core/answer.ts';
import { calledRows } from '../questions/lib/news.ts';

/** A country's sales of a genre against its share of everything. */
export interface Taste {
  /** ISO 3166-1. */
  code: string;
  /** Of `country` with `show=strongest`. */
  row: Row;
}

/** "At least" from which on it is told in a sentence. */
const LEAST = 1.2;

const least = ({ liftLow }: Row): number => Number(liftLow ?? 0);

/** The clear tastes of all these countries, of genres that are called before others, the strongest first. */
export function tastesOf(
  countries: readonly { code: string; oversold?: Answer | undefined }[],
  genres: Answer | undefined,
): Taste[] {
  const called = new Set(genres && calledRows(genres).map(({ genre }) => genre));
  const isCalled = ({ row }: Taste): number => Number(called.has(String(row.name)));
  return countries
    .flatMap(({ code, oversold }) => (oversold?.rows ?? []).map(row => ({ code, row })))
    .filter(({ row }) => least(row) >= LEAST)
    .toSorted((a, b) => isCalled(b) - isCalled(a) || least(b.row) - least(a.row));
}

/**
 * The first that was none in the period before.
 * @param before what those countries bought beyond their share then; of others nothing is told
 */
export const newTaste = (tastes: readonly Taste[], before: ReadonlyMap<string, Answer>): Taste | undefined =>
  tastes.find(({ code, row }) => {
    const then = before.get(code);
    return then && !then.rows.some(({ name, liftLow }) => name === row.name && Number(liftLow) > 1);
  });
