/** Kinds of tags by their use: styles of many sellers, names, descriptors; and what boards show of them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { classifyTag } from '../../../src/core/tags/tag.ts';
import { realClock } from '../../../src/core/time/clock.ts';
import { DAY, HOUR } from '../../../src/core/time/instant.ts';
import { findTags } from '../../../src/db/read/name-search.ts';
import { nameTags } from '../../../src/db/read/named-subjects.ts';
import { rankingOf } from '../../../src/db/read/rankings.ts';
import { tagCounts } from '../../../src/db/read/trends.ts';
import { storeLoad } from '../../../src/db/write/feed.ts';
import { storePageFacts } from '../../../src/db/write/page-facts.ts';
import { areTagsUnjudged, judgeTagKinds } from '../../../src/db/write/tag-kinds.ts';
import { verify } from '../../../src/jobs/verify.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
const clock = { ...realClock, now: () => NOON };
const window = { from: NOON - 2 * HOUR, until: NOON + DAY };

interface Sold {
  seller: string;
  artist: string;
  tags: string[];
}

/** One sale of each, of a page of its own. */
async function sell(all: readonly Sold[]): Promise<void> {
  const pageOf = (seller: string, n: number) => `https://${seller}/album/a${n}`;
  const sales = all.map(({ seller, artist }, n) =>
    aSale({ at: NOON - HOUR + n * 1_000_000, page: pageOf(seller, n), seller, artist, title: `T${n}` }),
  );
  await storeLoad(db, 'feed', { sales, rejects: [], windows: [] }, NOON);
  const pages = all.map(({ seller, tags }, n) => ({
    page: pageOf(seller, n),
    seller,
    title: null,
    artist: null,
    place: 'Glasgow',
    published: null,
    tags: tags.flatMap(tag => classifyTag(tag, { place: 'Glasgow' })),
  }));
  await storePageFacts(db, pages, { at: NOON, nextAskAt: NOON + DAY });
}

const many = (count: number, of: (n: number) => Partial<Sold>): Sold[] =>
  Array.from({ length: count }, (_, n) => ({
    seller: `host${n}.bandcamp.com`,
    artist: `Artist ${n}`,
    tags: [],
    ...of(n),
  }));

const kinds = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await db<{ name: string; kind: string }[]>`select name, kind from tag`).map(row => [row.name, row.kind]),
  );

async function board(): Promise<string[]> {
  const rows = await rankingOf(db, 'tag', { window }, { by: 'units', limit: 20 });
  const names = await nameTags(
    db,
    rows.map(({ subject }) => subject),
  );
  return [...names.values()].sort();
}

beforeEach(async () => {
  await emptyData(db);
  await db`delete from tag where kind <> 'genre'`;
});

describe('a tag of 24 artists', () => {
  test('on one seller alone is no style: a name where it is called so, else other', async () => {
    await sell(
      many(24, () => ({
        seller: 'samplelabel.bandcamp.com',
        tags: ['techno', 'sample label records', 'night bus', 'hardstyle', 'Glasgow'],
      })),
    );
    await judgeTagKinds({ db, clock });
    expect(await kinds()).toMatchObject({
      'sample label records': 'name',
      'night bus': 'other',
      // Everybody knows it.
      hardstyle: 'style',
      glasgow: 'place',
    });
    expect(await board()).toEqual(['hardstyle', 'techno']);
  });

  test('on 24 sellers is a style, unless its words say nothing of music', async () => {
    const tags = ['house', 'night bus', 'vinyl', 'free download', '2020', 'music', 'bandcamp', 'independent'];
    await sell(many(24, () => ({ tags })));
    await judgeTagKinds({ db, clock });
    const { vinyl, 'night bus': style, ...all } = await kinds();
    expect([vinyl, style]).toEqual(['descriptor', 'style']);
    for (const tag of tags.slice(3)) expect([tag, all[tag]]).toEqual([tag, 'descriptor']);
    expect(await board()).toEqual(['house', 'night bus']);
  });

  test('of which one seller has more than half is that seller’s or nobody’s', async () => {
    await sell(
      many(24, n => (n < 13 ? { seller: 'dischord.com' } : {})).map(withTags('dischord', 'dc punk')),
    );
    await judgeTagKinds({ db, clock });
    expect(await kinds()).toMatchObject({ dischord: 'name', 'dc punk': 'other' });
  });

  test('that is called like a seller of a fifth of them is a name, like one of few a style', async () => {
    const sold = many(25, n => ({ seller: n < 5 ? 'hyperdub.bandcamp.com' : `host${n % 9}.bandcamp.com` }));
    await sell(sold.map(withTags('hyperdub', 'host3', 'hypernaut')));
    await judgeTagKinds({ db, clock });
    expect(await kinds()).toMatchObject({ hyperdub: 'name', host3: 'style', hypernaut: 'style' });
  });

  test('on four sellers is an artist’s name where an artist is called so', async () => {
    const sold = many(24, n => ({
      seller: `host${n % 4}.bandcamp.com`,
      ...(n === 7 && { artist: 'Skepta' }),
    }));
    await sell(sold.map(withTags('skepta', 'night bus')));
    await judgeTagKinds({ db, clock });
    expect(await kinds()).toMatchObject({ skepta: 'name', 'night bus': 'other' });
  });
});

const withTags =
  (...tags: string[]) =>
  (one: Sold): Sold => ({ ...one, tags });

test('of 19 artists is nothing that is summed up', async () => {
  await sell(many(19, () => ({ tags: ['night bus', 'dark'] })));
  await judgeTagKinds({ db, clock });
  expect(await kinds()).toMatchObject({ 'night bus': 'other', dark: 'descriptor' });
  expect(await db`select from tag where rolled_up and kind <> 'genre'`).toHaveLength(0);
});

test('a descriptor is counted and found, and in no list of genres', async () => {
  await sell(many(24, () => ({ tags: ['house', 'dark'] })));
  await judgeTagKinds({ db, clock });
  const { tags } = await tagCounts(db, { slices: [window], baseline: [] });
  expect(tags.map(({ name, kind, sales }) => [name, kind, sales]).sort()).toEqual([
    ['dark', 'descriptor', 24],
    ['house', 'genre', 24],
  ]);
  expect(await findTags(db, 'dark', NOON)).toMatchObject([{ name: 'dark', isDescriptor: true }]);
  expect(await findTags(db, 'house', NOON)).toMatchObject([{ name: 'house', isDescriptor: false }]);
  expect((await verify({ db })).differences).toEqual([]);
});

test('what an older version took for styles is judged anew, and no longer shown', async () => {
  await sell(many(24, () => ({ seller: 'hyperdub.net', tags: ['house', 'vinyl', 'hyperdub', 'guitars'] })));
  await judgeTagKinds({ db, clock });
  await db`update tag set kind = 'style', rolled_up = true where key in ('vinyl', 'hyperdub')`;
  await db`update tag set kind = 'other', rolled_up = false where key = 'guitars'`;
  expect(await areTagsUnjudged(db)).toBe(false);
  // As the migration leaves it.
  await db`insert into job (name, ran_at) values ('tags-unjudged', 'epoch')`;
  await judgeTagKinds({ db, clock });
  expect(await areTagsUnjudged(db)).toBe(false);
  expect(await kinds()).toMatchObject({ vinyl: 'descriptor', hyperdub: 'name', guitars: 'descriptor' });
  expect(await board()).toEqual(['house']);
  expect((await findTags(db, 'hyperdub', NOON)).map(({ name }) => name)).not.toContain('hyperdub');
});
