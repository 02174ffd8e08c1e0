/** Tags: one key for all spellings, genres by Bandcamp's list, places told from music. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isKnownPlace } from '../../../src/core/places/places.ts';
import { genreOfAddress, genres } from '../../../src/core/tags/genres.ts';
import { classifyTag, tagKey } from '../../../src/core/tags/tag.ts';
import { ALIASES, STYLES } from '../../../src/core/tags/tag-aliases.ts';
import { hasRecordings, readRecording, recordings } from '../../support/recordings.ts';

const nowhere = { place: null };

test.each([
  [
    'drum & bass',
    [
      'Drum and Bass',
      'DNB',
      'dnb',
      'D&B',
      "drum 'n' bass",
      'drum n bass',
      'Drum’n’Bass',
      'drumnbass',
      "D'N'B",
    ],
  ],
  [
    'hip-hop/rap',
    ['Hip Hop', 'hiphop', 'hip-hop', 'HIP_HOP', 'Hip-Hop/Rap', 'rap/hip hop', 'ＨＩＰ　ＨＯＰ'],
  ],
  ['r&b', ['RnB', "r'n'b", 'R & B', 'r and b']],
  ['rhythm & blues', ['Rhythm And Blues', "rhythm n' blues"]],
  ['rock & roll', ["rock 'n' roll", 'Rock N’ Roll', 'rocknroll', 'Rock and Roll']],
  ['synth pop', ['synthpop', 'Synth-Pop', 'synth\u200bpop']],
  ['post-punk', ['post punk', 'postpunk', ' Post–Punk ', '#postpunk']],
  ['prog rock', ['Progressive Rock', 'prog']],
  ['hard techno', ['Hardtechno', 'hard-techno']],
  ['lo-fi', ['lofi', 'Lo Fi', 'LO-FI']],
  ['psytrance', ['Psychedelic Trance', 'psy trance']],
  ['film music', ['filmmusic', 'Film-Music']],
  ['highlife', ['Highlife Music', 'high life']],
  ['bass music', ['bass', 'Bass-Music']],
  ['minimalism', ['minimal music', 'minimalist']],
  ['industrial', ['indus', 'Industriel', 'industrial music']],
  ['electronic', ['música electrónica', 'musique électronique', 'Electronic Music']],
])('%s has one key', (name, spellings) => {
  for (const spelling of spellings) {
    expect([spelling, tagKey(spelling)]).toEqual([spelling, tagKey(name)]);
    expect(classifyTag(spelling, nowhere)).toMatchObject({ key: tagKey(name), name });
  }
});

describe('the list of genres', () => {
  test('has 26 at the top, five of them under another one too', () => {
    const all = [...genres.values()];
    expect(all.filter(({ top }) => top)).toHaveLength(26);
    expect(all.filter(({ top, parents }) => top && parents.length > 0).map(({ name }) => name)).toEqual([
      'electronic',
      'rock',
      'folk',
      'pop',
      'latin',
    ]);
    expect(all.filter(({ parents }) => parents.length > 1)).toHaveLength(28);
    expect(genres.get(tagKey('noise'))?.parents).toEqual(['metal', 'experimental', 'ambient']);
  });

  test('is found by its addresses of all years', () => {
    expect(genreOfAddress('https://bandcamp.com/tag/hip-hop-rap')?.name).toBe('hip-hop/rap');
    expect(genreOfAddress('https://bandcamp.com/discover/r-b-soul?from=x')?.name).toBe('r&b/soul');
    expect(genreOfAddress('https://bandcamp.com/discover/%ZZ')).toBeNull();
    expect(genreOfAddress('https://bandcamp.com/tag/psytrance')).toBeNull();
  });

  test('its keys, the styles and the aliases agree', () => {
    for (const key of genres.keys()) expect(tagKey(key)).toBe(key);
    for (const style of STYLES)
      expect(classifyTag(style, { place: style })).toMatchObject({ name: style, kind: 'other' });
    for (const [written = '', shown = ''] of ALIASES) {
      for (const spelling of written.split(' | '))
        expect([spelling, tagKey(spelling)]).toEqual([spelling, tagKey(shown)]);
    }
  });

  test.skipIf(!hasRecordings)('is the recorded one', () => {
    type Listed = { name: string; slug: string };
    const taxonomy = JSON.parse(readRecording('genres/taxonomy.json')) as (Listed & {
      subgenres: Listed[];
    })[];
    const listed = taxonomy.flatMap(top => [top, ...top.subgenres]);
    expect(new Set(listed.map(({ name }) => tagKey(name)))).toEqual(new Set(genres.keys()));
    for (const { slug, name } of listed) expect(genreOfAddress(`/tag/${slug}`)?.key).toBe(tagKey(name));
    for (const { name, subgenres } of taxonomy) {
      for (const sub of subgenres) expect(genres.get(tagKey(sub.name))?.parents).toContain(tagKey(name));
    }
  });
});

describe('a tag', () => {
  test.each([
    ['Montréal', 'Montréal, Québec', 'place'],
    ['montreal', null, 'place'],
    ['Arena', 'Arena, Wisconsin', 'place'],
    ['arena', null, 'other'],
    ['United Kingdom', 'UK', 'place'],
    ['İstanbul', null, 'place'],
    ['The Netherlands', null, 'place'],
    ['東京', null, 'place'],
    ['Brazil', null, 'place'],
    ['Deutschland', null, 'place'],
    ['german', null, 'place'],
    ['South African', null, 'place'],
    ['Français', null, 'place'],
    ['African', null, 'genre'],
    ['german techno', null, 'other'],
    ['austin tx', null, 'place'],
    ['Berlin Germany', null, 'place'],
    ['Memphis rap', null, 'other'],
    ['New York hardcore', null, 'other'],
    ['NYC', null, 'place'],
    ['UK', null, 'place'],
    ['uk garage', null, 'other'],
    ['Köln', null, 'place'],
    ['Reading', null, 'other'],
    ['Reading', 'Reading, UK', 'place'],
    ['EP', null, 'descriptor'],
    ['CD', null, 'descriptor'],
    ['goa', null, 'other'],
    ['nice', null, 'descriptor'],
    ['Latin', 'Latin, Europe', 'genre'],
    ['psytrance', 'Psytrance, Earth', 'other'],
    ['indie', null, 'genre'],
    ['  ', null, 'other'],
  ])('%s, on a page of %s, is a %s', (tag, place, kind) => {
    expect(classifyTag(tag, { place }).kind).toBe(kind);
  });

  test('that is unknown is shown in lower case with single spaces, and keeps its words', () => {
    expect(classifyTag(' Speed  Metal of\tÖtztal ', nowhere)).toEqual({
      key: 'speed metal of ötztal',
      name: 'speed metal of ötztal',
      kind: 'other',
    });
    expect(classifyTag('Folk-Noir & Straße', nowhere)).toMatchObject({
      key: 'folk noir&strasse',
      name: 'folk-noir & straße',
    });
  });

  test('has a key that is stable and fits an index', () => {
    for (const raw of [
      'ﷺ'.repeat(500),
      '😀'.repeat(500),
      'a\0b',
      '\ud800',
      '# & #',
      '-',
      "'n'",
      'x'.repeat(1e6),
    ]) {
      const { key } = classifyTag(raw, nowhere);
      expect(tagKey(key)).toBe(key);
      expect(Buffer.byteLength(key)).toBeLessThan(2000);
      expect(key.isWellFormed() && !key.includes('\0')).toBe(true);
    }
  });
});

/**
 * By hand: kind, uses, tag; of 400 uses drawn at random from real sales of January 2024, without knowing
 * their pages' places.
 */
test('of 400 judged uses of real tags, 99 in 100 are placed right; the others are words', () => {
  const lines = readFileSync(new URL('../../fixtures/judged-tags.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const judged = lines
    .map(line => line.split('\t'))
    .map(([kind, uses, tag = '']) => ({ kind, uses: Number(uses), tag }));
  const kindOf = (tag: string) => classifyTag(tag, nowhere).kind.replace('descriptor', 'other');
  const wrong = judged.filter(({ kind, tag }) => kindOf(tag) !== kind);
  const sum = (some: typeof judged) => some.reduce((total, { uses }) => total + uses, 0);
  expect(sum(judged)).toBe(400);
  expect(wrong.map(({ tag }) => tag)).toEqual(['bath', 'reading', 'tzununa']);
  expect(sum(wrong) / sum(judged)).toBeLessThan(0.01);
});

test('no genre but indie (Czech for India) and no style is a place', () => {
  expect([...genres.values()].filter(({ name }) => isKnownPlace(name)).map(({ name }) => name)).toEqual([
    'indie',
  ]);
  expect(STYLES.filter(isKnownPlace)).toEqual([]);
});

test.each(recordings)(
  'of the tags of $name, more than half the uses are genres and few places',
  ({ tags }) => {
    const uses = { genre: 0, place: 0, descriptor: 0, other: 0 };
    for (const tag of tags) uses[classifyTag(tag, nowhere).kind] += 1;
    expect(uses.genre / tags.length).toBeGreaterThan(0.5);
    expect(uses.place / tags.length).toBeLessThan(0.05);
  },
);
