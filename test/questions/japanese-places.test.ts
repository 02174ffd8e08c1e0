/** Japanese names of places that many pages carry as tags are places, and on no board of genres. */
import { beforeAll, expect, test } from 'vitest';
import { classifyTags } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY } from '../../src/core/time/instant.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';
import { judgeTagKinds } from '../../src/db/write/tag-kinds.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseQuestion } from '../../src/questions/lib/definition.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const clock = simulatedClock(NOON, 1);

const PLACES =
  `日本 日本国 ニッポン 東京 東京都 とうきょう 大阪 大阪府 京都府 北海道 沖縄 沖縄県 横浜市 名古屋市 渋谷 渋谷区 新宿
  下北沢 埼玉 千葉県 関西 九州`.split(/\s+/);
/** Of as many artists, and no places: they show that the board would have had the others. */
const STYLES = ['歌謡曲', '日本語ラップ', '都市'];

/** As the report has it: 22 artists at 22 hosts, one sale each, pages with these tags and no place. */
beforeAll(async () => {
  const sold = Array.from({ length: 22 }, (_, n) => ({
    seller: `host${n}.bandcamp.com`,
    page: `https://host${n}.bandcamp.com/album/first`,
  }));
  const sales = sold.map((of, n) =>
    aSale({ ...of, at: NOON - DAY / 2 + n * 1_000_000, artist: `Artist ${n}` }),
  );
  await storeLoad(db, 'feed', { sales, rejects: [], windows: [{ from: NOON - 7 * DAY, until: NOON }] }, NOON);
  const unsaid = { title: null, artist: null, place: null, published: null };
  const tags = classifyTags([...PLACES, ...STYLES], { place: null });
  await storePageFacts(
    db,
    sold.map(of => ({ ...of, ...unsaid, tags })),
    { at: NOON, nextAskAt: NOON + DAY },
  );
  await judgeTagKinds({ db, clock });
}, 60_000);

test('they are places', async () => {
  const rows = await db<{ name: string; kind: string }[]>`select name, kind from tag`;
  const kinds = new Map(rows.map(({ name, kind }) => [name, kind]));
  expect(PLACES.filter(name => kinds.get(name) !== 'place')).toEqual([]);
});

test('no board and no trend of genres names them, and both name what is none', async () => {
  const names = async (question: string, params: Record<string, string>, key: string) =>
    (await ask({ db, clock }, parseQuestion(questions, question, params))).rows.map(row => row[key]);
  const limit = '50';
  expect((await names('top', { kind: 'genre', window: '1d', limit }, 'name')).toSorted()).toEqual(
    STYLES.toSorted(),
  );
  expect((await names('trending-genres', { limit }, 'genre')).toSorted()).toEqual(STYLES.toSorted());
});
