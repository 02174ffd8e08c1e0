/** Tags: one key for all spellings, genres by Bandcamp's list, places told from music. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isKnownPlace } from '../../../src/core/places/places.ts';
import { genreOfAddress, genres } from '../../../src/core/tags/genres.ts';
import { SCRIPT_ALIASES } from '../../../src/core/tags/script-aliases.ts';
import { classifyTag, classifyTags, tagKey } from '../../../src/core/tags/tag.ts';
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
    expect(classifyTag(spelling, nowhere)).toMatchObject([{ key: tagKey(name), name }]);
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
      expect(classifyTag(style, { place: style })).toMatchObject([{ name: style, kind: 'other' }]);
    for (const [written = '', shown = ''] of [...ALIASES, ...SCRIPT_ALIASES]) {
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
    expect(classifyTag(tag, { place })).toMatchObject([{ kind }]);
  });

  test('that is unknown is shown in lower case with single spaces, and keeps its words', () => {
    expect(classifyTag(' Speed  Metal of\tÖtztal ', nowhere)).toEqual([
      { key: 'speedmetalofotztal', name: 'speed metal of ötztal', kind: 'other' },
    ]);
    expect(classifyTag('Folk-Noir & Straße', nowhere)).toMatchObject([
      { key: 'folknoir&strasse', name: 'folk-noir & straße' },
    ]);
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
      const [{ key } = { key: 'none' }] = classifyTag(raw, nowhere);
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
  const isWrong = (one: { kind: string }, kind: string | undefined) =>
    one.kind.replace('descriptor', 'other') !== kind;
  const wrong = judged.filter(({ kind, tag }) => classifyTag(tag, nowhere).some(one => isWrong(one, kind)));
  const sum = (some: typeof judged) => some.reduce((total, { uses }) => total + uses, 0);
  expect(sum(judged)).toBe(400);
  expect(wrong.map(({ tag }) => tag)).toEqual(['bath', 'reading', 'tzununa']);
  expect(sum(wrong) / sum(judged)).toBeLessThan(0.01);
});

/** What tags say, as "kind name". */
const said = (tag: string, place: string | null = null): string[] =>
  classifyTag(tag, { place }).map(({ kind, name }) => `${kind} ${name}`);

describe('a tag that lists several', () => {
  test.each([
    ['house/techno', ['house', 'techno']],
    ['House / Techno', ['house', 'techno']],
    ['ambient/drone', ['ambient', 'drone']],
    ['country/blues', ['country', 'blues']],
    ['techno, house, ambient', ['techno', 'house', 'ambient']],
    ['techno，house', ['techno', 'house']],
    ['house | techno', ['house', 'techno']],
    ['techno; jazz', ['techno', 'jazz']],
    ['techno - jazz', ['techno', 'jazz']],
    ['#ambient #drone', ['ambient', 'drone']],
    ['#ambient#drone', ['ambient', 'drone']],
    ['house & techno', ['house', 'techno']],
    ['house + techno', ['house', 'techno']],
    ['country and western', ['country', 'western']],
    ['soul/funk', ['soul', 'funk']],
    ['techno/techno music', ['techno']],
  ])('%s is each of them', (tag, names) => {
    expect(said(tag)).toEqual(names.map(name => `genre ${name}`));
  });

  test.each([
    ['drum & bass', 'genre drum & bass'],
    ['drum + bass', 'genre drum & bass'],
    ['r&b', 'genre r&b'],
    ['rock & roll', 'genre rock & roll'],
    ['Hip-Hop/Rap', 'genre hip-hop/rap'],
    ['rap / hip hop', 'genre hip-hop/rap'],
    ['soul/r&b', 'genre r&b/soul'],
    ['R & B / Soul', 'genre r&b/soul'],
    ['dnb/jungle', 'genre drum & bass'],
    ['jungle/dnb', 'genre drum & bass'],
    ['pop/rock', 'other pop rock'],
    ['rock/pop', 'other pop rock'],
    ['blues & rock', 'genre blues rock'],
    ['rock & blues', 'genre blues rock'],
    ['AC/DC', 'other ac/dc'],
    ['24/7 techno', 'other 24/7 techno'],
    ['w/ dub', 'other w/ dub'],
    ['hearts, flowers', 'other hearts, flowers'],
    ['sex & drugs', 'descriptor sex & drugs'],
    ['London, UK', 'place london, uk'],
  ])('%s stays whole where that is a name', (tag, one) => expect(said(tag)).toEqual([one]));

  test('knows the places in it', () => {
    expect(said('techno, berlin')).toEqual(['genre techno', 'place berlin']);
    expect(said('Jazz/Soulville', 'Jazz/Soulville')).toEqual(['place jazz/soulville']);
  });

  test('says each tag of a page once', () => {
    expect(classifyTags(['house/techno', 'techno', 'House', 'dub'], nowhere).map(tag => tag.name)).toEqual([
      'house',
      'techno',
      'dub',
    ]);
  });
});

describe('one key whatever is left out or added:', () => {
  test.each([
    ['2-step', ['2 step', '2step', 'two step', 'Two-Step']],
    ['forró', ['forro', 'FORRÓ']],
    ['raï', ['rai']],
    ['electronic', ['eletrônica', 'Électronique', 'electronique']],
    ['méxico d.f.', ['Mexico D.F.', 'mexico df']],
    [
      'techno',
      [
        'techno,',
        'techno.',
        '"techno"',
        '“Techno”',
        '(techno)',
        '[techno]',
        'techno!',
        '- techno',
        '*techno*',
      ],
    ],
    ['techno', ['テクノ', 'техно', '테크노', 'τέκνο', 'טכנו', 'تكنو']],
    ['hip-hop/rap', ['ヒップホップ', 'ヒップ・ホップ', 'хип-хоп', '힙합', '嘻哈', 'هيب هوب', 'היפ הופ']],
    ['drum & bass', ['ドラムンベース', 'драм-н-бейс', '드럼 앤 베이스']],
    ['rock', ['ロック', 'рок', '록', '摇滚', '搖滾', 'ροκ', 'روك', 'רוק']],
    ['jazz', ['ジャズ', 'джаз', '재즈', '爵士', 'τζαζ', 'جاز', 'ג׳אז']],
    ['ambient', ['アンビエント', 'эмбиент', '앰비언트', '氛围']],
    ['classical', ['クラシック', 'классическая музыка', '클래식', '古典音乐', 'κλασική μουσική']],
    ['foo bar', ['foobar', 'Foo-Bar', 'foo_bar', 'foo bar!', "foo'bar", 'föo bár', '“foo bar”']],
  ])('%s', (name, spellings) => {
    expect(spellings.filter(spelling => tagKey(spelling) !== tagKey(name))).toEqual([]);
  });

  test('what has signs alone, or says something by them, stays apart', () => {
    const tags = ['!!!', '...', '†', 'c', 'c++', '2.5d', '25d', 'ハハ', 'パパ'];
    expect(new Set(tags.map(tagKey)).size).toBe(tags.length);
    expect(tags.map(tagKey)).not.toContain('');
  });

  test('a capital İ is shown as i', () => {
    expect(said('İstanbul')).toEqual(['place istanbul']);
    expect(said('İlahi')).toEqual(['other ilahi']);
  });
});

describe('a place', () => {
  test.each([
    '日本',
    '한국',
    '中国',
    '中國',
    'США',
    '臺灣',
    '台湾',
    '米国',
    '대한민국',
    'РФ',
    '香港',
    'مصر',
    'ישראל',
    'ไทย',
  ])('by the local name of a country: %s', tag =>
    expect(classifyTag(tag, nowhere)).toMatchObject([{ kind: 'place' }]),
  );

  test('at home is one before it is the nickname of a style', () => {
    expect(said('Goa', 'Goa, India')).toEqual(['place goa']);
    expect(said('goa', 'Berlin, Germany')).toEqual(['other goa trance']);
    expect(said('Goa Trance', 'Goa, India')).toEqual(['other goa trance']);
    expect(said('Prog', 'Prog, Rockland')).toEqual(['genre prog rock']);
  });
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
    for (const { kind } of tags.flatMap(tag => classifyTag(tag, nowhere))) uses[kind] += 1;
    expect(uses.genre / tags.length).toBeGreaterThan(0.5);
    expect(uses.place / tags.length).toBeLessThan(0.05);
  },
);
