/** Pages that nobody has read yet count for what their artist's other pages say, until they are read. */
import { beforeEach, expect, test } from 'vitest';
import { classifyTags } from '../../../src/core/tags/tag.ts';
import { DAY } from '../../../src/core/time/instant.ts';
import { storeLoad } from '../../../src/db/write/feed.ts';
import { inferTags } from '../../../src/db/write/inference.ts';
import { storePage } from '../../../src/db/write/page-queue.ts';
import { verify } from '../../../src/jobs/verify.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
beforeEach(() => emptyData(db));

const url = (name: string) => `https://label.bandcamp.com/album/${name}`;
const sell = (name: string, artist: string, n: number) =>
  storeLoad(
    db,
    'feed',
    { sales: [aSale({ at: NOON + n, page: url(name), artist })], rejects: [], windows: [] },
    NOON,
  );

async function read(name: string, ...tags: string[]): Promise<void> {
  const [page] = await db<{ id: number }[]>`select id from page where url = ${url(name)}`;
  const facts = {
    title: null,
    artist: null,
    place: 'London',
    published: null,
    artUrl: null,
    mainGenre: null,
  };
  const classified = classifyTags(tags, facts);
  await db.begin(sql => storePage(sql, page?.id ?? 0, { ...facts, tags: classified }, NOON, NOON + DAY));
}

const tagsOf = async (name: string) =>
  (
    await db<{ key: string; inferred: boolean }[]>`
      select key, inferred from page_tag
      join tag on tag.id = tag_id
      join page on page.id = page_id
      where url = ${url(name)} order by key`
  ).map(({ key, inferred }) => (inferred ? `${key}?` : key));

const counted = async () =>
  Object.fromEntries(
    (
      await db<{ key: string; sales: number }[]>`
      select key, sum(sales)::int as sales from tag_hour join tag on tag.id = tag_id
      group by 1 having sum(sales) > 0 order by 1`
    ).map(({ key, sales }) => [key, sales]),
  );

test('an unread page takes the usual genres of its artist, and its own once it is read', async () => {
  await sell('one', 'Ann', 1);
  await sell('two', 'Ann', 2);
  await sell('three', 'Ann', 3);
  await sell('new', 'Ann', 4);
  await sell('other', 'Bob', 5);
  await read('one', 'techno', 'ambient', 'London');
  await read('two', 'techno', 'house', 'London');
  await read('three', 'techno', 'ambient', 'London');
  expect(await inferTags(db, NOON, 100)).toBe(2);
  expect(await tagsOf('new')).toEqual(['ambient?', 'techno?']);
  expect(await tagsOf('other')).toEqual([]);
  expect(await counted()).toEqual({ ambient: 3, house: 1, techno: 4 });
  expect((await verify({ db })).differences).toEqual([]);

  expect(await inferTags(db, NOON + DAY / 2, 100)).toBe(0);
  await read('new', 'techno', 'house');
  expect(await tagsOf('new')).toEqual(['house', 'techno']);
  expect(await counted()).toEqual({ ambient: 2, house: 2, techno: 4 });
  expect((await verify({ db })).differences).toEqual([]);
});

test('it is guessed again a day later, with more known; not from guesses, nor for compilations', async () => {
  for (const [n, artist] of ['Ann', 'Ann', 'Various Artists', 'Various Artists'].entries())
    await sell(`p${n}`, artist, n);
  expect(await inferTags(db, NOON, 100)).toBe(4);
  expect(await counted()).toEqual({});
  await read('p0', 'techno');
  await read('p2', 'ambient');
  expect(await inferTags(db, NOON + DAY, 100)).toBe(2);
  expect(await tagsOf('p1')).toEqual(['techno?']);
  expect(await tagsOf('p3')).toEqual([]);
});
