/** Artists and tags under keys of older code: merged, split, renamed once, with all that counts them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { artistKey } from '../../../src/core/artist.ts';
import type { FeedSale } from '../../../src/core/sale.ts';
import { classifyTag } from '../../../src/core/tags/tag.ts';
import { DAY, HOUR } from '../../../src/core/time/instant.ts';
import { storeLoad } from '../../../src/db/write/feed.ts';
import { storePageFacts } from '../../../src/db/write/page-facts.ts';
import { rekey } from '../../../src/db/write/rekey.ts';
import { detachSalesBefore } from '../../../src/db/write/retention.ts';
import { rollUpNewTags } from '../../../src/db/write/rollups.ts';
import { areTagsUnjudged } from '../../../src/db/write/tag-kinds.ts';
import { verify } from '../../../src/jobs/verify.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
const MONTH_START = NOON - 6 * DAY - 12 * HOUR;

beforeEach(async () => {
  await emptyData(db);
  await db`truncate retention, trend_call`;
  await db`delete from tag where kind <> 'genre'`;
  await db`delete from job where name in ('keys-2', 'tags-unjudged')`;
});

const load = (sales: FeedSale[]) => storeLoad(db, 'feed', { sales, rejects: [], windows: [] }, NOON);

const pageOf = (name: string): string => `https://label.bandcamp.com/album/${name}`;

/** Sales of an artist, one an hour from `at` on, each of an album of its own. */
const salesOf = (artist: string, count: number, at = NOON): FeedSale[] =>
  Array.from({ length: count }, (_, n) =>
    aSale({ at: at + n * HOUR + artist.length, artist, page: pageOf(`${artist.length}-${n}`) }),
  );

/** Makes the row of an artist what older code stored. */
const asBefore = (of: string, { key, name }: { key: string; name: string }) => db`
  update artist set key = ${key}, name = ${name}, first_spelling = ${name}, various = false
  where key = ${of}`;

const artists = () => db<{ key: string; name: string; various: boolean; units: number }[]>`
  select key, name, various, sum(units)::int as units
  from artist join artist_day on artist_id = id group by id order by key`;

const sameAsCounted = async () => expect((await verify({ db })).differences).toEqual([]);

/** All rows of the tables that the mend writes. */
async function everything(): Promise<unknown[]> {
  const tables = [
    'artist',
    'artist_spelling',
    'sale',
    'artist_day',
    'tag',
    'page_tag',
    'tag_hour',
    'tag_day',
  ];
  const all = [];
  for (const table of [...tables, 'tag_sale', 'job', 'data_version'])
    all.push(await db`select to_jsonb(t) as row from ${db(table)} t order by to_jsonb(t)::text`);
  return all;
}

describe('artists', () => {
  /** One under two dashes, one under two guests that nobody saw, and one who is nobody. */
  async function storeOld(): Promise<void> {
    await load([
      ...salesOf('Anne-Marie', 3),
      ...salesOf('Stand-In for Her', 4, NOON + DAY),
      ...salesOf('Xx', 1),
      ...salesOf('Stand-In for Guests', 2, NOON + DAY),
      ...salesOf('Stand-In for Nobody!', 12, NOON + 2 * DAY),
    ]);
    await asBefore('stand-in for her', { key: 'anne‐marie', name: 'Anne‐Marie' });
    await asBefore('xx', { key: 'じんfeat.ia', name: 'じんfeat.IA' });
    await asBefore('stand-in for guests', { key: 'じん feat.ia', name: 'じん feat.IA' });
    await asBefore('stand-in for nobody!', { key: 'unknown artist', name: 'Unknown Artist' });
  }

  test('that are one now are one row with all sales, under the commonest spelling', async () => {
    await storeOld();
    expect(await artists()).toHaveLength(5);
    expect(await rekey(db)).toEqual({ artists: 4, tags: 0, days: 2 });
    expect(await artists()).toEqual([
      { key: artistKey('Anne‐Marie'), name: 'Anne‐Marie', various: false, units: 7 },
      { key: 'unknown artist', name: 'Unknown Artist', various: true, units: 12 },
      { key: 'じん', name: 'じん', various: false, units: 3 },
    ]);
    expect(await db`select name, sales from artist_spelling`).toEqual([{ name: 'Anne‐Marie', sales: 4 }]);
    expect(await db`select count(*) as n from sale where counted`).toEqual([{ n: 4 }]);
    await sameAsCounted();
  });

  test('are stored no second time by what is sold later, and mended once', async () => {
    await storeOld();
    await rekey(db);
    const before = await everything();
    expect(await rekey(db)).toBeNull();
    expect(await everything()).toEqual(before);
    await load([...salesOf('ANNE–MARIE', 1, NOON + 3 * DAY), ...salesOf('じんfeat.GUMI', 1, NOON + 3 * DAY)]);
    expect((await artists()).map(({ units }) => units)).toEqual([8, 12, 4]);
    expect(await db`select from artist`).toHaveLength(3);
    await sameAsCounted();
  });

  test('swap keys in a row', async () => {
    await load([...salesOf('Aa', 1), ...salesOf('Bbb', 2), ...salesOf('Cccc', 3)]);
    await db`
      update artist set key = case key when 'aa' then 'bbb' when 'bbb' then 'cccc' else 'aa' end || '!'`;
    await db`update artist set key = left(key, -1)`;
    await rekey(db);
    expect((await artists()).map(({ key, units }) => [key, units])).toEqual([
      ['aa', 1],
      ['bbb', 2],
      ['cccc', 3],
    ]);
    await sameAsCounted();
  });

  test('keep what they sold in months that are given up', async () => {
    await load([
      ...salesOf('Anne-Marie', 2, MONTH_START - DAY),
      ...salesOf('Stand-In for Her', 3, MONTH_START - DAY),
      ...salesOf('Stand-In for Her', 1, NOON),
    ]);
    await asBefore('stand-in for her', { key: 'anne‐marie', name: 'Anne‐Marie' });
    await detachSalesBefore(db, MONTH_START);
    expect(await rekey(db)).toMatchObject({ artists: 1, days: 1 });
    expect(await artists()).toMatchObject([{ key: 'anne-marie', units: 6 }]);
    const [list] = await db`
      select count(distinct artist) as n
      from country_sale cross join unnest(artists) as artist where day < '2026-10-01'`;
    expect(list?.n).toBe(1);
    await sameAsCounted();
    await db`drop table sale_202609`;
  });
});

describe('tags', () => {
  /** Sells a page of each list of tags, then gives the tags the keys and names of older code. */
  async function storeOld(pages: string[][], old: Record<string, [key: string, name: string]>) {
    const sales = pages.map((_, n) => aSale({ at: NOON + n * HOUR, artist: `A${n}`, page: pageOf(`${n}`) }));
    await load(sales);
    const told = pages.map((tags, n) => ({
      ...{ page: pageOf(`${n}`), seller: 'label.bandcamp.com', title: null, artist: null },
      ...{ place: null, published: null, tags: tags.flatMap(tag => classifyTag(tag, { place: null })) },
    }));
    await storePageFacts(db, told, { at: NOON, nextAskAt: NOON + DAY });
    await db`delete from job where name = 'tags-unjudged'`;
    for (const [now, [key, name]] of Object.entries(old))
      await db`update tag set key = ${key}, name = ${name} where key = ${now}`;
  }

  const style = (...keys: string[]) =>
    db.begin(async sql => {
      await sql`update tag set kind = 'style' where key = any(${keys})`;
      await rollUpNewTags(sql);
    });

  const counted = async () =>
    Object.fromEntries(
      (
        await db<{ key: string; pages: number; sales: number | null }[]>`
          select key, count(*) as pages,
            (select sum(sales)::int from tag_day where tag_id = tag.id and country_code = '') as sales
          from tag join page_tag on tag_id = id group by id`
      ).map(({ key, pages, sales }) => [key, [pages, sales]]),
    );

  test('are renamed, merged and split, with their pages and sums', async () => {
    await storeOld([['techno', 'qqone'], ['qqtwo'], ['qqthree'], ['house', 'qqfour', 'foobar'], ['qqfour']], {
      qqone: ['テクノ', 'テクノ'],
      qqtwo: ['house/techno', 'house/techno'],
      qqthree: ['zig zag', 'zig zag'],
      qqfour: ['foo bar', 'foo bar'],
    });
    expect(await rekey(db)).toEqual({ artists: 0, tags: 4, days: 0 });
    expect(await counted()).toEqual({
      techno: [2, 2],
      house: [2, 2],
      zigzag: [1, null],
      foobar: [2, null],
    });
    expect(await db`select page_id from page_tag group by page_id`).toHaveLength(5);
    expect(await areTagsUnjudged(db)).toBe(true);
    await sameAsCounted();
  });

  test('that were styles under several keys are one, in months that are given up, too', async () => {
    await storeOld([['foobar'], ['qqone'], ['qqone', 'foobar'], ['qqtwo']], {
      qqone: ['foo bar', 'foo bar'],
      qqtwo: ['foo-bar', 'foo-bar'],
    });
    await style('foobar', 'foo bar', 'foo-bar');
    await load([aSale({ at: MONTH_START - DAY, artist: 'A9', page: pageOf('1') })]);
    await load([aSale({ at: MONTH_START - DAY, artist: 'A9', page: pageOf('2'), countryCode: null })]);
    await db`
      insert into trend_call (day, tag_id, lift, low, high)
      select day::date, id, 2, 1, 3 from tag cross join (values ('2026-10-05'), ('2026-10-06')) each (day)
      where key in ('foo bar', 'foo-bar') or key = 'foobar' and day = '2026-10-06'`;
    await detachSalesBefore(db, MONTH_START);
    expect(await rekey(db)).toMatchObject({ tags: 2 });
    expect(await counted()).toEqual({ foobar: [4, 6] });
    expect(await db`select day from trend_call order by day`).toHaveLength(2);
    const [old] = await db`
      select sum(cardinality(seconds))::int as n from tag_sale where day < '2026-10-01'`;
    expect(old?.n).toBe(2);
    await sameAsCounted();
    await db`drop table sale_202609`;
  });

  test('that are what this code makes of them stay, a place that is called like a style, too', async () => {
    const [goa] = classifyTag('goa', { place: 'Goa' });
    expect(goa).toMatchObject({ key: 'goa', kind: 'place' });
    await storeOld([['techno', 'foo-bar', 'Berlin', 'dark'], ['zigzag']], { zigzag: ['goa', 'goa'] });
    await db`update tag set kind = 'place' where key = 'goa'`;
    expect(await rekey(db)).toEqual({ artists: 0, tags: 0, days: 0 });
    expect(await areTagsUnjudged(db)).toBe(false);
  });

  test('keep their sums where they only get another key, and give them to one that had none', async () => {
    await storeOld([['qqone'], ['qqtwo'], ['zigzag']], {
      qqone: ['foo bar', 'foo bar'],
      qqtwo: ['zig zag', 'zig zag'],
    });
    await style('foo bar', 'zig zag');
    await rekey(db);
    expect(await counted()).toEqual({ foobar: [1, 1], zigzag: [2, 2] });
    expect(await db`select from tag where kind = 'style' and rolled_up`).toHaveLength(2);
    await sameAsCounted();
  });
});

test('a failure on the way leaves all as it was', async () => {
  await load([...salesOf('Anne-Marie', 3), ...salesOf('Stand-In for Her', 4)]);
  await asBefore('stand-in for her', { key: 'anne‐marie', name: 'Anne‐Marie' });
  const before = await everything();
  await db`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'killed'; end $$`;
  await db`create trigger refuse before insert on job for each row execute function refuse()`;
  await expect(rekey(db)).rejects.toThrow('killed');
  expect(await everything()).toEqual(before);
  await db`drop trigger refuse on job`;
  expect(await rekey(db)).toMatchObject({ artists: 1 });
});

test('an empty database is done at once', async () => {
  expect(await rekey(db)).toEqual({ artists: 0, tags: 0, days: 0 });
  expect(await rekey(db)).toBeNull();
});
