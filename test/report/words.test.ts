/** An edition's sentences: whom a story is about, as a sentence begins and inside of one. */
import { expect, test } from 'vitest';
import type { Story } from '../../src/questions/lib/news.ts';
import { listed, ordinal, storyTitle } from '../../src/report/words.ts';

const story = (changes: Partial<Story>): Story => ({
  rule: 'call',
  subject: 'genre',
  list: 'genres',
  id: 'x',
  name: 'x',
  rank: 1,
  mark: null,
  row: {},
  ...changes,
});

test.each<[Partial<Story>, string]>([
  [{ name: 'uk garage' }, 'UK garage is trending'],
  [{ name: 'drum & bass' }, 'Drum & bass is trending'],
  [{ name: 'ukulele' }, 'Ukulele is trending'],
  [{ name: '城市流行' }, '城市流行 is trending'],
  // Artists are written as they write themselves.
  [{ name: 'deadmau5', subject: 'artist', list: 'emerging' }, 'deadmau5 is emerging'],
  [{ name: 'dj rashad', subject: 'artist', list: 'artists' }, 'dj rashad is trending'],
  [
    { name: 'dub', rule: 'mover', rank: 2, mark: { kind: 'up', by: 3 } },
    'Dub climbs to 2nd among trending genres',
  ],
  [{ name: 'dub', rule: 'mover', rank: 1, mark: { kind: 'up', by: 3 } }, 'Dub now leads the trending genres'],
  [
    { name: 'Ana', list: 'artists', rule: 'mover', rank: 4, mark: { kind: 'up', by: 3 } },
    'Ana climbs to 4th among trending artists',
  ],
  [{ name: 'dub', rule: 'mover', rank: 2, mark: { kind: 'same' } }, 'Dub is rising faster'],
  [{ name: 'dub', rule: 'standing', mark: { kind: 'same' } }, 'Dub is still trending'],
  [{ name: 'Ana', list: 'emerging', rule: 'standing', mark: { kind: 'same' } }, 'Ana keeps rising'],
  [
    { name: 'Ana', list: 'emerging', rule: 'standing', mark: { kind: 'down', by: 1 } },
    'Ana is still emerging',
  ],
])('%o', (changes, title) => {
  expect(storyTitle(story(changes))).toBe(title);
});

test('inside a sentence a name is not capitalised', () => {
  expect(storyTitle(story({ name: 'dub' }), 'dub')).toBe('dub is trending');
});

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [111, '111th'],
])('%d is the %s', (rank, said) => {
  expect(ordinal(rank)).toBe(said);
});

test('names are listed up to so many', () => {
  expect(listed([], 2)).toBe('None.');
  expect(listed(['a', 'b'], 2)).toBe('a, b');
  expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
});
