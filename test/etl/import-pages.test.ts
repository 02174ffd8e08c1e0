/**
 * Facts of pages are stored as if their pages had been read, many at a time, and never over what the service
 * read itself.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, parseInstant } from '../../src/core/time/instant.ts';
import { readDataVersion } from '../../src/db/data-version.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';
import { claimDuePages, storePage } from '../../src/db/write/page-queue.ts';
import { leaveTagsUnjudged } from '../../src/db/write/tag-kinds.ts';
import { importSources } from '../../src/etl/import.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { pageLines, rawItems } from '../support/history.ts';
import { contentOf, sourceOf } from '../support/import.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const clock = simulatedClock(NOON, 1);
const load = (...facts: object[]) =>
  importSources({ db, clock }, [sourceOf(facts.map(one => `${JSON.stringify(one)}\n`).join(''))]);

const FIRST = {
  url: 'https://label.bandcamp.com/album/first',
  title: 'First',
  artist: 'Ann Artist',
  tags: ['Drum & Bass', 'dnb', 'Berlin', '', 'night bus'],
  location: 'Berlin, Germany',
  published: '30 Apr 2025 00:00:00 GMT',
};

const pages = () => db`
  select url, title, artist_name, place, published, state, read_at, array(
    select tag.key || case when is_place then ' (place)' else '' end
    from page_tag join tag on tag.id = tag_id
    where page_id = page.id
    order by position
  ) as tags
  from page order by url`;

beforeEach(async () => {
  await emptyData(db);
});

test('a page is read: its tags in order, each once, places told from the rest', async () => {
  expect(await load(FIRST)).toMatchObject({ pages: 1, pagesRepeated: 0, stored: 0 });
  expect(await pages()).toEqual([
    {
      url: FIRST.url,
      title: 'First',
      artist_name: 'Ann Artist',
      place: 'Berlin, Germany',
      published: parseInstant('2025-04-30'),
      state: 'read',
      read_at: null,
      tags: ['drum&bass', 'berlin (place)', 'nightbus'],
    },
  ]);
});

test('only the address must be there, in any spelling', async () => {
  await load({ url: '//Label.Bandcamp.com/album/first/?from=x', tags: [] });
  expect(await pages()).toMatchObject([
    { url: FIRST.url, title: null, place: null, published: null, tags: [] },
  ]);
});

test('before its sales or after them, it is one page that is not asked for', async () => {
  const sale = { sales: [aSale()], rejects: [], windows: [] };
  await load(FIRST);
  await storeLoad(db, 'feed', sale, NOON);
  expect(await db`select page.id from page join item on page_id = page.id`).toHaveLength(1);
  await emptyData(db);
  await storeLoad(db, 'feed', sale, NOON);
  await load(FIRST);
  expect(await pages()).toMatchObject([{ state: 'read', title: 'First' }]);
  expect(await claimDuePages(db, { now: NOON + 89 * DAY, leaseUntil: NOON, limit: 9 })).toEqual([]);
  expect(await claimDuePages(db, { now: NOON + 91 * DAY, leaseUntil: NOON, limit: 9 })).toHaveLength(1);
});

describe('of several records', () => {
  const second = { ...FIRST, title: 'Second', tags: ['jazz', 'nightbus'], location: null };

  test('the last is true, in one batch and in two', async () => {
    await load(FIRST, second);
    expect(await pages()).toMatchObject([{ title: 'Second', place: null, tags: ['jazz', 'nightbus'] }]);
    await load(FIRST);
    expect(await pages()).toMatchObject([
      { title: 'First', tags: ['drum&bass', 'berlin (place)', 'nightbus'] },
    ]);
    await load({ ...FIRST, tags: [...FIRST.tags].reverse() });
    expect(await pages()).toMatchObject([{ tags: ['nightbus', 'berlin (place)', 'drum&bass'] }]);
  });

  test('the same ones change nothing', async () => {
    await load(FIRST, { ...second, url: 'https://x.example/album/y' });
    const before = await contentOf(db);
    expect(await load(FIRST, { ...second, url: 'https://x.example/album/y' }, FIRST)).toMatchObject({
      pages: 0,
      pagesRepeated: 3,
    });
    expect(await contentOf(db)).toBe(before);
  });

  test('what the service read itself stays', async () => {
    await storeLoad(db, 'feed', { sales: [aSale()], rejects: [], windows: [] }, NOON);
    const [page] = await db<{ id: number }[]>`select id from page`;
    const read = {
      title: 'Read',
      artist: 'Ann',
      place: null,
      published: null,
      artUrl: null,
      mainGenre: 'rock',
    };
    const tags = [{ key: 'rock', name: 'rock', kind: 'genre' as const }];
    await db.begin(sql => storePage(sql, page?.id ?? 0, { ...read, tags }, NOON, NOON + 90 * DAY));
    const before = await contentOf(db);
    expect(await load(FIRST)).toMatchObject({ pages: 0, pagesRepeated: 1 });
    expect(await contentOf(db)).toBe(before);
  });

  test('a page that is gone keeps what was said of it while it was there', async () => {
    await storeLoad(db, 'feed', { sales: [aSale()], rejects: [], windows: [] }, NOON);
    await db`update page set state = 'gone', reason = 'not found'`;
    expect(await load(FIRST)).toMatchObject({ pages: 1 });
    expect(await pages()).toMatchObject([{ state: 'read', title: 'First' }]);
  });
});

test('after a kill before its end, the next import judges the tags, though it stores nothing', async () => {
  await load(FIRST);
  const judged = await contentOf(db);
  // What a killed import leaves: everything stored, and tags that nobody judged.
  await db`update tag set kind = 'style' where key = 'nightbus'`;
  await db.begin(sql => leaveTagsUnjudged(sql, NOON));
  expect(await load(FIRST)).toMatchObject({ pages: 0, pagesRepeated: 1 });
  const [kind] = await db`select kind from tag where key = 'nightbus'`;
  expect(kind).toEqual({ kind: 'other' });
  const again = await contentOf(db);
  expect(await load(FIRST)).toMatchObject({ pages: 0 });
  expect(await contentOf(db)).toBe(again);
  expect(again.length).toBe(judged.length);
});

test('many pages are set by set, and raise the version of the data once a batch', async () => {
  const { version } = await readDataVersion(db);
  const lines = [...pageLines(6000)].join('');
  expect(await importSources({ db, clock }, [sourceOf(lines, 65_536)])).toMatchObject({ pages: 6000 });
  // Two batches, and the kinds of tags.
  expect((await readDataVersion(db)).version - version).toBeLessThanOrEqual(3);
  expect(await db`select count(*) as n from page where state = 'read'`).toEqual([{ n: 6000 }]);
});

test('pages between many sales are stored, all of them', async () => {
  const told = [...pageLines(3_000)].map(line => line.trimEnd());
  const sales = [...rawItems({ sales: 25_000, from: NOON - 30 * DAY })];
  const lines = sales.flatMap((sale, n) => [
    ...(n % 8 === 0 ? told.slice(n / 8, n / 8 + 1) : []),
    JSON.stringify(sale),
  ]);
  const source = sourceOf(`${lines.join('\n')}\n`, 65_536);
  expect(await importSources({ db, clock }, [source])).toMatchObject({ stored: 25_000, pages: 3_000 });
});

test('loaders in opposite orders do not lock each other out', async () => {
  const told = Array.from({ length: 300 }, (_, n) => ({
    page: `https://x.example/album/${n}`,
    seller: 'x.example',
    title: `Album ${n}`,
    artist: 'X',
    place: null,
    published: null,
    tags: [{ key: `tag ${n % 40}`, name: `tag ${n % 40}`, kind: 'other' as const }],
  }));
  const sales = told.map(({ page, seller }, n) => aSale({ at: NOON + n, page, seller }));
  const when = { at: NOON, nextAskAt: NOON + DAY };
  await Promise.all([
    storePageFacts(db, told, when),
    storePageFacts(db, told.toReversed(), when),
    storeLoad(db, 'import', { sales: sales.toReversed(), rejects: [], windows: [] }, NOON),
    storePageFacts(db, told, when),
  ]);
  expect(await db`select count(*) as n, count(*) filter (where state = 'read') as read from page`).toEqual([
    { n: 300, read: 300 },
  ]);
  expect(await db`select count(*) as n from page_tag`).toEqual([{ n: 300 }]);
});

describe('an object with an address is a page', () => {
  const url = 'https://p.bandcamp.com/album/a';
  test.each([
    ['by its title alone', { url, title: 'First' }, { title: 'First', tags: [] }],
    ['by its artist alone', { url, artist: 'Ann' }, { artist_name: 'Ann', tags: [] }],
    ['by nothing else', { url }, { title: null, tags: [] }],
    ['with its tags in one text', { url, tags: 'techno, Ambient' }, { tags: ['techno', 'ambient'] }],
    ['with a title that shows nothing', { url, title: '\u3164', tags: [] }, { title: null }],
    ['with tags that list several', { url, tags: ['house/techno'] }, { tags: ['house', 'techno'] }],
  ])('%s', async (_, facts, stored) => {
    await load(facts);
    expect(await pages()).toMatchObject([{ url, ...stored }]);
  });
});
