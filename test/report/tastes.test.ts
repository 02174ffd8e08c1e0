/** Which country newly buys a genre beyond its share. */
import { expect, test } from 'vitest';
import type { Answer } from '../../src/core/answer.ts';
import { newTaste, tastesOf } from '../../src/report/tastes.ts';
import { exampleAnswer } from '../support/answers.ts';

const answer = (rows: Answer['rows']): Answer => ({ ...exampleAnswer(0), rows });
const strongest = (...genres: [name: string, liftLow: number][]): Answer =>
  answer(genres.map(([name, liftLow]) => ({ name, liftLow })));

const genres = answer([
  { genre: 'ebm', verdict: 'trending' },
  { genre: 'dub', verdict: null },
]);
const countries = [
  { code: 'es', oversold: strongest(['trance', 9.4], ['folk', 1.1]) },
  { code: 'fr', oversold: strongest(['ebm', 1.3], ['dub', 2]) },
  { code: 'jp' },
];
const named = (taste: ReturnType<typeof newTaste>) => taste && `${taste.code} ${taste.row.name}`;

test('genres that are called go before stronger tastes, and weak ones are none', () => {
  expect(tastesOf(countries, genres).map(named)).toEqual(['fr ebm', 'es trance', 'fr dub']);
  expect(tastesOf(countries, undefined).map(named)).toEqual(['es trance', 'fr dub', 'fr ebm']);
});

test('a taste is new where the country bought no more than its share before', () => {
  const tastes = tastesOf(countries, genres);
  const before = new Map([
    ['es', strongest(['trance', 9.1])],
    ['fr', strongest(['ebm', 1.1], ['dub', 0.9])],
  ]);
  expect(named(newTaste(tastes, before))).toBe('fr dub');
  expect(named(newTaste(tastes, new Map([['es', strongest()]])))).toBe('es trance');
  expect(newTaste(tastes, new Map())).toBeUndefined();
});
