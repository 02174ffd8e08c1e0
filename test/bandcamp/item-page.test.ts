/** Pages of every year: what is read of them, and that nothing broken is ever taken for one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classifyPage, type PageFacts, type PageResult } from '../../src/bandcamp/item-page.ts';
import { toIso } from '../../src/core/time/instant.ts';
import { plainTag, recordings, wantedTags } from '../support/recordings.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/pages');
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');

const classify = (body: string, answer: { status?: number; url?: string; asked?: string } = {}) => {
  const { status = 200, url = 'https://x.example.com/album/y', asked = url } = answer;
  return classifyPage({ status, url, headers: {}, body }, asked);
};

const factsOf = (result: PageResult): PageFacts => {
  if (result.kind !== 'page') throw new Error(`no page: ${JSON.stringify(result)}`);
  return result.facts;
};

describe('a page of each shape', () => {
  test('2016: only what is visible', () => {
    const facts = factsOf(classify(fixture('visible-2016.html')));
    expect(facts).toMatchObject({
      kind: 'album',
      title: 'Salt-Roads',
      artist: 'The  Ferry Men',
      tags: ['folk', 'sea  shanty', 'drum & bass', 'Tromsø'],
      place: 'Tromsø, Norway',
      artUrl: 'http://f4.example.com/img/a0000000001_5.jpg',
      mainGenre: null,
    });
    expect(toIso(facts.published as number)).toBe('2014-05-03T00:00:00Z');
  });

  test('2020: keywords in one text, the place only visible', () => {
    const facts = factsOf(classify(fixture('json-ld-2020.html')));
    expect(facts).toMatchObject({
      kind: 'album',
      title: 'Night Bus // 03',
      artist: 'Ayo Bell',
      tags: ['electronic', 'uk garage', 'London'],
      place: 'London, UK',
      mainGenre: null,
    });
    expect(toIso(facts.published as number)).toBe('2020-09-17T15:07:33Z');
    const hidden = fixture('json-ld-2020.html').replace(/<a class="tag".*/g, '');
    expect(factsOf(classify(hidden)).tags).toEqual(['Electronic', 'uk garage', 'London']);
  });

  test('2021: only structured data; a title with the separator of titles in it', () => {
    expect(factsOf(classify(fixture('json-ld-only-2021.html')))).toMatchObject({
      title: 'xx01 | Low Sun',
      artist: 'måne, DJ FJORD',
      tags: ['Electronic', 'Techno', 'acid', 'Frankfurt'],
      place: 'Frankfurt, Germany',
      mainGenre: 'electronic',
    });
  });

  test('2025: a track with a zero-width space in its title and a blank place', () => {
    expect(factsOf(classify(fixture('track-2025.html')))).toMatchObject({
      kind: 'track',
      title: '雨の Letter\u200bs',
      artist: '小川みどり',
      place: null,
      mainGenre: 'hip hop/rap',
    });
  });

  test('merch: no tags, its artist is the seller', () => {
    expect(factsOf(classify(fixture('merch-2025.html')))).toMatchObject({
      kind: 'merch',
      title: 'Tour Shirt',
      artist: 'The  Ferry Men',
      tags: [],
      mainGenre: 'folk',
    });
  });
});

describe('what is no release', () => {
  test('a band page: of a discography its page, of a release a sign that it is gone', () => {
    const root = 'https://depot.example.com';
    const body = fixture('band-root.html');
    expect(factsOf(classify(body, { url: root }))).toMatchObject({
      kind: 'band',
      title: 'Depot Records',
      place: 'London, UK',
      tags: [],
    });
    expect(classify(body, { url: `${root}/music`, asked: `${root}/album/z` })).toEqual({ kind: 'gone' });
    expect(classify(body, { url: `${root}/album/z` })).toEqual({ kind: 'unreadable', reason: 'no-release' });
  });

  test('a bare host that leads to a release does not get its title and tags', () => {
    const facts = factsOf(classify(fixture('json-ld-2020.html'), { asked: 'https://depot.example.com' }));
    expect(facts).toMatchObject({
      kind: 'band',
      title: 'Ayo Bell',
      tags: [],
      published: null,
      place: 'London, UK',
    });
  });

  test('refusals, removals and other answers', () => {
    expect(classify(fixture('removed.html'), { status: 404 })).toEqual({ kind: 'gone' });
    expect(classify(fixture('challenge.html'))).toEqual({ kind: 'refused', reason: 'challenge' });
    expect(classify(fixture('forbidden.html'), { status: 403 })).toEqual({
      kind: 'refused',
      reason: 'forbidden',
    });
    expect(classify('', { status: 502 })).toEqual({ kind: 'refused', reason: 'server-error' });
    expect(classify(fixture('track-2025.html'), { status: 206 })).toEqual({
      kind: 'unreadable',
      reason: 'http-206',
    });
    expect(
      classifyPage({
        status: 429,
        url: 'https://x.example.com/album/y',
        headers: { 'retry-after': '3' },
        body: '',
      }),
    ).toEqual({ kind: 'refused', reason: 'too-many-requests', retryAfterSeconds: 3 });
  });

  test('a release that is called like the challenge is a release', () => {
    const body = fixture('json-ld-2020.html').replaceAll('Night Bus // 03', 'Client Challenge');
    expect(
      factsOf(classify(body.replace(/<title>.*<\/title>/, '<title>Client Challenge</title>'))).title,
    ).toBe('Client Challenge');
  });

  test('every cut of a page is told', () => {
    const body = fixture('json-ld-2020.html');
    for (let length = 0; length < body.indexOf('</html>'); length += 7) {
      expect(classify(body.slice(0, length))).toEqual({ kind: 'unreadable', reason: 'cut' });
    }
    const hidden = body.replace(/<h2 class="trackTitle".*/, '');
    expect(classify(hidden.replace('"@type":"MusicAlbum",', '"@type":"Mus'))).toMatchObject({
      reason: 'cut',
    });
  });
});

/** A page of Bandcamp's with such structured data and such a body. */
const pageOf = (linked: string | object, body = VISIBLE, tail = ''): string => {
  const text = typeof linked === 'string' ? linked : JSON.stringify(linked);
  const data = `<script type="application/ld+json">${text}</script>`;
  const head = `<head><meta name="generator" content="Bandcamp">${data}</head>`;
  return `<!DOCTYPE html><html>${head}<body>${body}</body></html>${tail}`;
};
const VISIBLE =
  '<div id="name-section"><h2 class="trackTitle">Salt Roads</h2><h3>by <span>Ayo Bell</span></h3></div>' +
  '<div id="band-name-location"><span class="title">Depot</span><span class="location">Oslo</span></div>' +
  '<a class="tag">techno</a><a class="tag">Oslo</a>';
const ALBUM = { '@type': 'MusicAlbum', name: 'Salt Roads', byArtist: { name: 'Ayo Bell' } };
const ALBUM_TEXT = JSON.stringify(ALBUM);

describe('the label that an artist is linked to', () => {
  const label = (linked: object, above = '') =>
    factsOf(classify(pageOf(JSON.stringify({ ...ALBUM, ...linked }), above))).label;
  const recordLabel = { '@type': 'MusicGroup', name: 'Depot Records' };

  test('is named by the first of its forms that names one', () => {
    expect(label({ albumRelease: [{}, { recordLabel }] })).toBe('Depot Records');
    expect(label({ albumRelease: { recordLabel } })).toBe('Depot Records');
    expect(label({ inAlbum: { albumRelease: [{ recordLabel }] } })).toBe('Depot Records');
    expect(label({ albumRelease: [{}, 'x', null] })).toBeNull();
  });

  test.each([
    ['since 2018', '<span class="back-link-text">more from<br>Depot Records</span>'],
    [
      'before',
      '<span class="back-link-text"> more from</span><span class="back-to-label-name">Depot Records</span>',
    ],
  ])('is shown above, %s', (_, text) => {
    const link = `<a href="https://depot.example.com?from=btl" class="back-to-label-link"> ← ${text}</a>`;
    expect(label({}, link)).toBe('Depot Records');
    expect(label({}, link.replaceAll('Depot Records', ' '))).toBeNull();
  });
});

describe('a whole page with structured data that is', () => {
  test.each([
    ['badly escaped', ALBUM_TEXT.replace('Salt', 'Sal\\vt')],
    ['badly escaped by a number', ALBUM_TEXT.replace('Salt', '\\u12Salt')],
    ['broken over lines', ALBUM_TEXT.replace('{', '{"description":"a\nb\tc",')],
    ['in a comment', `<!-- ${ALBUM_TEXT} -->`],
    ['cut', ALBUM_TEXT.slice(0, 40)],
    ['no JSON at all', 'undefined'],
    ['empty', ''],
  ])('%s is read by what it shows', (_, linked) => {
    expect(factsOf(classify(pageOf(linked)))).toMatchObject({
      kind: 'album',
      title: 'Salt Roads',
      artist: 'Ayo Bell',
      tags: ['techno', 'Oslo'],
      place: 'Oslo',
    });
  });

  test('mangled, and all there is, is read as far as it can be', () => {
    const facts = factsOf(classify(pageOf(ALBUM_TEXT.replace('{', '{"description":"a\nb\\v",'), '')));
    expect(facts).toMatchObject({ title: 'Salt Roads', artist: 'Ayo Bell' });
    expect(classify(pageOf(ALBUM_TEXT.slice(0, 40), ''))).toEqual({ kind: 'unreadable', reason: 'cut' });
  });

  test.each([
    ['of a live event', { '@type': 'MusicEvent', name: 'Live set', performer: { name: 'Ayo Bell' } }],
    ['of a kind that nobody foresaw', { '@type': 'GiftCard', name: 'Live set', byArtist: 'Ayo Bell' }],
    [
      'behind that of the site',
      [
        { '@type': 'WebSite', name: 'Depot' },
        { '@type': 'Event', name: 'Live set' },
      ],
    ],
  ])('%s is what its address says', (_, linked) => {
    const url = 'https://x.example.com/merch/live-set';
    const body = VISIBLE.replace(/<div id="name-section">.*?<\/div>/, '');
    expect(factsOf(classify(pageOf(linked, body), { url }))).toMatchObject({
      kind: 'merch',
      title: 'Live set',
    });
  });

  test.each([
    [[{ name: 'Ayo Bell' }, { name: 'Mara' }], 'Ayo Bell, Mara'],
    [['Ayo Bell', 'Mara'], 'Ayo Bell, Mara'],
    ['Ayo Bell', 'Ayo Bell'],
  ])('by %j names all', (byArtist, artist) => {
    expect(factsOf(classify(pageOf({ ...ALBUM, byArtist }))).artist).toBe(artist);
  });

  test.each(['\u3164', '\u200b', '\u2800 \u00ad', ' '])(
    'without a visible name (%j) has the title shown',
    name => {
      expect(factsOf(classify(pageOf({ ...ALBUM, name }))).title).toBe('Salt Roads');
    },
  );
});

test('a page whose end has a long tail is whole', () => {
  for (const tail of [`<!-- ${'x '.repeat(5000)}-->`, `<script>${'x();'.repeat(5000)}</script>`])
    expect(classify(pageOf(ALBUM, VISIBLE, tail)).kind).toBe('page');
  const quoted = pageOf(ALBUM, `${VISIBLE}<script>document.write("</html>");`).replace(/<\/body>.*/, '');
  expect(classify(quoted)).toEqual({ kind: 'unreadable', reason: 'cut' });
});

test('of very many tags the first and the last are read, and how many are not', () => {
  const many = Array.from({ length: 300 }, (_, n) => `t${n}`);
  const linked = factsOf(classify(pageOf({ ...ALBUM, keywords: [...many, 'Oslo'] }, '')));
  const shown = factsOf(
    classify(pageOf(ALBUM, [...many, 'Oslo'].map(tag => `<a class="tag">${tag}</a>`).join(''))),
  );
  for (const { tags, tagsLeftOut } of [linked, shown]) {
    expect(tags).toEqual([...many.slice(0, 99), 'Oslo']);
    expect(tagsLeftOut).toBe(201);
  }
  expect(factsOf(classify(pageOf(ALBUM))).tagsLeftOut).toBeUndefined();
});

describe('an address that leads', () => {
  const album = pageOf(ALBUM);
  test.each([
    ['https://x.bandcamp.com/track/one', 'https://x.bandcamp.com/album/one'],
    ['https://x.bandcamp.com/track/one', 'https://x.bandcamp.com/album/salt-roads'],
    ['https://x.bandcamp.com/merch/shirt', 'https://x.bandcamp.com/album/salt-roads'],
    ['https://x.bandcamp.com/album/gone', 'https://x.bandcamp.com/album/salt-roads'],
  ])('from %s to %s leads to another release', (asked, url) => {
    expect(classify(album, { asked, url })).toEqual({ kind: 'unreadable', reason: 'other-release' });
  });

  test.each([
    ['https://x.bandcamp.com/album/salt-roads', 'https://x.example.com/album/salt-roads'],
    ['https://x.bandcamp.com/album/Salt%c3%a9', 'https://x.bandcamp.com/album/salt%C3%A9?from=x'],
  ])('from %s to %s leads to the same', (asked, url) => {
    expect(factsOf(classify(album, { asked, url })).title).toBe('Salt Roads');
  });
});

test.each([
  ['a domain for sale', { '@type': 'Product', name: 'x.example is for sale', offers: { price: '2995' } }],
  ['another shop', { '@type': 'Product', name: 'A shirt', brand: 'Ayo Bell' }],
  ['a blog', { '@type': 'Article', name: 'Salt Roads' }],
])('%s where a release was is no page of Bandcamp’s', (_, linked) => {
  const body = `<html><head><title>x</title><script type="application/ld+json">${JSON.stringify(linked)}
    </script></head><body><a href="https://x.bandcamp.com">Bandcamp</a></body></html>`;
  expect(classify(body)).toEqual({ kind: 'unreadable', reason: 'not-bandcamp' });
});

test('500 mutations and cuts of the fixtures never throw', () => {
  const bodies = readdirSync(FIXTURES).map(fixture);
  let state = 20_261_007;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const scraps = [
    '"',
    '<',
    '>',
    '{',
    '}',
    '[',
    ']',
    '\0',
    '\ud800',
    'null',
    '</html>',
    '&',
    '\u202e',
    '1e999',
    '<div>'.repeat(50),
  ];
  for (let round = 0; round < 500; round++) {
    let body = bodies[random(bodies.length)] as string;
    for (let change = random(6); change >= 0; change--) {
      const at = random(body.length + 1);
      const insert = random(3) > 0 ? (scraps[random(scraps.length)] as string) : '';
      body = body.slice(0, at) + insert + body.slice(at + random(random(2) ? 4 : 400));
    }
    const result = classify(random(4) === 0 ? body.slice(0, random(body.length)) : body);
    expect(['page', 'gone', 'refused', 'unreadable']).toContain(result.kind);
    if (result.kind === 'page') expect(JSON.stringify(result.facts)).not.toMatch(/\\u0000|\\ud800/);
  }
});

test.each([
  '<div>',
  '<a class="tag">',
  '<p id="band-name-location">',
  '<h3 id="name-section"><span>',
  '<b class="title">',
])('a page of 14,000 or 100,000 nested %s is a bad page, not a crash or a standstill', element => {
  const deep = `<html>${element.repeat(100_000)}x</html>`;
  expect(['page', 'unreadable']).toContain(classify(deep).kind);
});

describe.each(recordings)('$name', ({ pages, htmlOf, refusals }) => {
  test.each(pages)('$file of $url', page => {
    const result = classifyPage({
      status: page.status,
      url: page.url,
      headers: {},
      body: htmlOf(page),
    });
    if (page.status === 404) return expect(result).toEqual({ kind: 'gone' });
    const facts = factsOf(result);
    expect(facts.tags.map(plainTag)).toEqual(wantedTags(page));
    expect(facts.place).toBe(page.structured.publisherLocation ?? page.visible.location);
    if (page.structured.artist) expect(facts.artist).toBe(page.structured.artist);
    if (page.structured.published) expect(facts.published).toBe(Date.parse(page.structured.published) * 1000);
    if (/^https?:\/\/[^/]+\/$/.test(page.url)) expect(facts.kind).toBe('band');
    else expect(page.visible.title.startsWith(`${facts.title} | `)).toBe(true);
  });

  test('refusals', () => {
    expect(classify(refusals.challenge)).toEqual({ kind: 'refused', reason: 'challenge' });
    expect(classify(refusals.forbidden, { status: 403 })).toEqual({ kind: 'refused', reason: 'forbidden' });
  });
});
