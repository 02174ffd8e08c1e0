/** What is asked under load, the same of every checkout: largest charts, distinct reports and questions. */
import { DAY, parseInstant, utcDay } from '../src/core/time/instant.ts';
import type { History, KnownNames } from './load-data.ts';

export interface Asked {
  question: string;
  /** Free text's name, for the questions that take one, with its parameter. */
  name?: [parameter: string, value: string];
  params: Record<string, string>;
}

/** Addresses of about 130 characters for pictures of 4000 × 4000, none like another. */
export const chartPaths = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => {
    const data = `{labels:['a','b','c'],datasets:[{label:'load',data:[${n},${n + 2},${n + 1}]}]}`;
    return `/chart?c={type:'line',data:${data}}&w=4000&h=4000&devicePixelRatio=1`;
  });

/** At most 20: days, weeks, months, and chapters of genres and countries. */
export function reportPaths({ until, names }: History): string[] {
  const dayBefore = (days: number) => utcDay(parseInstant(until) - days * DAY);
  const of = (days: number, query: Record<string, string> = {}) =>
    `/report/${dayBefore(days)}.pdf?${new URLSearchParams(query)}`;
  return [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map(days => of(days)),
    ...[7, 14, 21, 28].map(days => of(days, { period: 'week' })),
    of(31, { period: 'month' }),
    of(1, { paper: 'letter', zone: 'America/New_York' }),
    ...[0, 1, 2].map(n => of(9 + n, { genre: names.genres[n] ?? 'techno' })),
    ...[0, 1, 2].map(n => of(12 + n, { country: names.countries[n] ?? 'US' })),
  ];
}

const WINDOWS = ['7d', '30d', '14d', '21d', '5d'];
/** Round and round. */
export const nth = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** 200 questions, none like another: names from the head down, windows, countries; kinds are mixed. */
export function questionsOf(names: KnownNames): Asked[] {
  const { artists, albums, genres, countries } = names;
  const window = (n: number) => nth(WINDOWS, n);
  const make = (count: number, one: (n: number) => Asked) => Array.from({ length: count }, (_, n) => one(n));
  const named =
    (question: string, parameter: string, list: readonly string[], params: Record<string, string> = {}) =>
    (n: number): Asked => ({
      question,
      name: [parameter, nth(list, n)],
      params: { window: window(n + Math.floor(n / list.length)), ...params },
    });
  const kinds = [
    make(40, named('artist', 'artist', artists)),
    make(25, named('genre', 'genre', genres)),
    make(10, named('item', 'item', albums)),
    make(15, named('why', 'subject', genres)),
    make(15, named('similar', 'artist', artists, { window: '60d' })),
    make(10, n => ({
      question: 'compare',
      name: ['names', `${nth(genres, n)}, ${nth(genres, n + 7)}`],
      params: { kind: 'genre', window: window(n) },
    })),
    make(15, n => ({ question: 'country', params: { country: nth(countries, n), window: window(n) } })),
    make(10, n => ({ question: 'countries', params: { genre: nth(genres, n), window: window(n) } })),
    make(14, n => ({
      question: 'top',
      params: { kind: n % 2 ? 'album' : 'artist', country: nth(countries, n), window: window(n) },
    })),
    make(10, n => ({
      question: 'top',
      params: { kind: 'track', by: 'revenue', genre: nth(genres, n), window: '30d' },
    })),
    make(10, n => ({
      question: 'trending-genres',
      params: { country: nth(countries, n), window: window(n), level: 'style' },
    })),
    make(8, n => ({ question: 'trending-artists', params: { genre: nth(genres, n), window: window(n) } })),
    make(8, n => ({ question: 'emerging-artists', params: { genre: nth(genres, n), window: window(n) } })),
    make(5, n => ({ question: 'overview', params: { country: nth(countries, n), window: window(n) } })),
    make(5, named('search', 'text', artists)),
  ];
  // Each kind spread over the whole, as people would ask.
  const placed = kinds.flatMap(kind => kind.map((asked, n) => ({ asked, at: (n + 0.5) / kind.length })));
  return placed.sort((a, b) => a.at - b.at).map(({ asked }) => asked);
}

export const pathOf = ({ question, name, params }: Asked): string =>
  `/api/ask/${question}?${new URLSearchParams({ ...(name && Object.fromEntries([name])), ...params })}`;

/** As it is typed: `artist "boards of canada" window=7d`. */
export const textOf = ({ question, name, params }: Asked): string =>
  [
    question,
    ...(name ? [`"${name[1]}"`] : []),
    ...Object.entries(params).map(([key, value]) => `${key}=${value}`),
  ].join(' ');
