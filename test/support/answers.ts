/**
 * Answers made by hand for tests of the faces: names in many scripts, and names that try to break out of
 * their cell.
 */
import type { Answer, Column, Row } from '../../src/core/answer.ts';

/**
 * Tags and artists as people write them, and as somebody would who wants to ping, mislead or break the
 * layout.
 */
export const NAMES = [
  'ambient',
  'シティ・ポップ',
  '드림 팝',
  '<!channel> & <@U1> @everyone',
  'مقام عربي',
  'drum & bass <jungle>',
  '[free](https://evil.example) *bold* _it_ `code` ||spoiler||',
  'เพลงลูกทุ่ง',
  '\u202egnp.exe\u202c\u2066 hidden\u2069',
  'भजन',
  'new\nline\r\n\ttab\u0000end',
  '🎧👩🏽‍🎤 emoji pop',
  'מוזיקה',
  '国风',
] as const;

/** A name that repeats its words to about that many characters. */
export const longName = (characters: number): string =>
  'An Endless Name & Its Echo '.repeat(Math.ceil(characters / 27)).slice(0, characters);

function exampleRow(index: number): Row {
  const name = NAMES[index % NAMES.length] as string;
  const round = Math.floor(index / NAMES.length);
  const sales = 1200 - index * 9;
  const lift = 2.4 - index * 0.015;
  return {
    genre: round === 0 ? name : `${name} ${round + 1}`,
    sales,
    expected: Math.round((sales / lift) * 10) / 10,
    lift,
    liftLow: lift * 0.8,
    revenueUsd: sales * 812,
    artist: `${NAMES[(index + 3) % NAMES.length]} Orchestra`,
    artistUrl: `https://artist-${index}.bandcamp.example/album/one?a=1&b=<2>|x`,
  };
}

/**
 * An answer like that of `trending-genres`, of so many rows: hostile and multi-script names, a column of each
 * kind that matters to a layout, a chart unless it is empty, notes and two follow-ups.
 */
export function exampleAnswer(rowCount: number, changes: Partial<Answer> = {}): Answer {
  const rows = Array.from({ length: rowCount }, (_, index) => exampleRow(index));
  const first = rows[0];
  return {
    question: 'trending-genres',
    params: { window: '7d', country: 'de', level: 'all', limit: '10' },
    title: 'Trending genres in Germany',
    headline: first
      ? `${first.genre} sold 2.4 times what its past share predicts.`
      : 'Nothing sold more than its past share predicts.',
    asOf: '2026-10-07T12:00:00Z',
    dataVersion: 42,
    window: { from: '2026-09-30T12:00:00Z', until: '2026-10-07T12:00:00Z' },
    zone: 'UTC',
    coverage: 0.97,
    columns: [
      { key: 'genre', label: 'Genre', kind: 'genre' },
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'expected', label: 'Expected', kind: 'count' },
      { key: 'lift', label: 'Lift', kind: 'ratio' },
      { key: 'liftLow', label: 'At least', kind: 'ratio' },
      { key: 'revenueUsd', label: 'Paid', kind: 'money', currency: 'USD' },
      { key: 'artist', label: 'Led by', kind: 'link' },
    ],
    rows,
    ...(rowCount > 0 && {
      chart: {
        kind: 'bars' as const,
        title: 'Trending genres in Germany',
        unit: 'sales relative to expected',
        format: 'ratio' as const,
        alt: `Bars of ${rowCount} genres by sales over expected sales.`,
        caption: '30 September to 7 October 2026',
        series: [
          {
            label: 'Lift',
            points: rows.map(row => ({
              x: String(row.genre),
              y: Number(row.lift),
              low: Number(row.liftLow),
              high: Number(row.lift) * 1.2,
            })),
          },
        ],
        reference: { value: 1, label: 'as expected' },
      },
    }),
    notes: ['An artist counts for at most a tenth of a genre.'],
    followUps: [
      { label: 'The last 30 days', question: 'trending-genres', params: { window: '30d', country: 'de' } },
      { label: 'Everywhere', question: 'trending-genres', params: { window: '7d' } },
    ],
    ...changes,
  };
}

/** A table with hardly anything around it. */
export const tableOf = (columns: Column[], rows: Row[], changes: Partial<Answer> = {}): Answer => ({
  ...exampleAnswer(0),
  columns,
  rows,
  ...changes,
});
