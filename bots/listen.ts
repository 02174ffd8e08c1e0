/** Where what an answer names is heard: the first thing that a chat leads to, since artists live from it. */
import type { Answer, Column, Row } from '../src/core/answer.ts';

interface Listen {
  label: string;
  url: string;
}

const isHeard = (column: Column, row: Row): boolean => {
  const subject = column.subject === 'row' ? row[`${column.key}Subject`] : column.subject;
  return subject === 'artist' || subject === 'item';
};

/** At most so many links to Bandcamp: of what the answer is about, then of its leading rows; each once. */
export function listenLinks({ about, columns, rows }: Answer, most: number): Listen[] {
  const leading = rows.slice(0, most).flatMap(row => {
    const column = columns.find(column => isHeard(column, row));
    const [name, url] = column ? [row[column.key], row[`${column.key}Url`]] : [];
    return typeof name === 'string' && typeof url === 'string' ? [{ name, url }] : [];
  });
  const named = [...(about ? [about] : []), ...leading].filter(({ name }) => name.trim() !== '');
  return [...Map.groupBy(named, ({ url }) => url).values()]
    .slice(0, most)
    .flatMap(([first]) => first ?? [])
    .map(({ name, url }) => ({ label: `${isMerch(url) ? 'See' : 'Listen to'} ${name}`, url }));
}

/** A page of merch plays nothing. */
const isMerch = (url: string): boolean => /^https?:\/\/[^/]+\/merch\//.test(url);
