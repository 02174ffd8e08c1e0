/** What a cell stands for, so that every face leads from a name to its page. */

export type SubjectKind = 'artist' | 'item' | 'genre' | 'country' | 'seller';

/** Whose id is what the cell holds: a genre's name, a country's code. */
const IS_ITS_ID: readonly unknown[] = ['genre', 'country'] satisfies SubjectKind[];

/** Rows with `<key>Id` for each column that has a subject: genres and countries are their own. */
export function withSubjects<Row extends Record<string, unknown>>(
  columns: readonly { key: string; subject?: string }[],
  rows: readonly Row[],
): Row[] {
  const own = columns.filter(({ subject }) => IS_ITS_ID.includes(subject));
  if (own.length === 0) return [...rows];
  return rows.map(row => ({
    ...Object.fromEntries(own.map(({ key }) => [`${key}Id`, row[key] ?? null])),
    ...row,
  }));
}
