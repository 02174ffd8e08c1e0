/** Sums, boards and ranks that questions are made of, against plain SQL over the sales. */
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/core/time/instant.ts';
import type { Window } from '../../../src/core/time/window.ts';
import {
  artistRank,
  differentStandings,
  forgetStandings,
  keepStandings,
} from '../../../src/db/read/artist-standing.ts';
import { checkoutsIn, formatSums } from '../../../src/db/read/formats.ts';
import { pageRanking, rankingOf, rankOf } from '../../../src/db/read/rankings.ts';
import { tagByCountry } from '../../../src/db/read/tag-countries.ts';
import { totalsOf, totalsOfAll } from '../../../src/db/read/totals.ts';
import { testDatabase } from '../../support/database.ts';
import { unmarked } from '../../support/few.ts';
import { seedWorld, WORLD_END } from '../../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

const ending = (length: number, ago = 0): Window => ({
  from: WORLD_END - ago - length,
  until: WORLD_END - ago,
});
const WINDOWS = [
  ending(7 * DAY),
  ending(7 * DAY, 7 * DAY),
  ending(3 * DAY, 12 * HOUR),
  ending(5 * HOUR, 17 * MINUTE),
  ending(30 * DAY, 13 * MINUTE),
  ending(DAY, 400 * DAY),
];
const ids = async (table: 'artist' | 'tag' | 'page', name: string): Promise<number[]> => {
  const isNamed =
    table === 'page' ? db`id in (select page_id from item where title = ${name})` : db`name = ${name}`;
  const found = await db<{ id: number }[]>`select id from ${db(table)} where ${isNamed}`;
  return found.map(({ id }) => id);
};

const ofCountry = (country?: string) => (country ? db`and country_code = ${country}` : db``);
const sold = ({ from, until }: Window, country?: string) => db`
  sale join item on item.id = sale.item_id
  where at >= ${from} and at < ${until} ${ofCountry(country)}`;
const SUM = db`
  count(*) as sales, coalesce(sum(units), 0)::bigint as units,
  coalesce(sum(amount_usd_cents), 0)::bigint as "usdCents"`;
const isTagged = (tagIds: readonly number[]) => db`
  and exists (
    select from page_tag where page_tag.page_id = item.page_id and tag_id = any(${tagIds}::bigint[])
  )`;

describe.each([undefined, 'de'])('of country %s', country => {
  test.each(['artist', 'page', 'tag'] as const)('by %s are those of the sales', async subject => {
    const wanted = await ids(
      subject,
      { artist: 'Ann Artist ambient 0', page: 'jungle 3', tag: 'jungle' }[subject],
    );
    expect(wanted).toHaveLength(1);
    const of = {
      artist: db`and artist_id = any(${wanted}::bigint[])`,
      page: db`and item.page_id = any(${wanted}::bigint[])`,
      tag: isTagged(wanted),
    }[subject];
    const plain = [];
    for (const window of WINDOWS)
      plain.push(...(await db`select ${SUM} from ${sold(window, country)} ${of}`));
    expect(unmarked(await totalsOf(db, subject, wanted, WINDOWS, country))).toEqual(plain);
  });

  test('by format and in all are those of the sales', async () => {
    const sums = await formatSums(db, WINDOWS, country);
    expect(await totalsOfAll(db, WINDOWS, country)).toEqual(
      sums.map(({ all: { sales, units, usdCents } }) => ({ sales, units, usdCents })),
    );
    for (const [at, window] of WINDOWS.entries()) {
      const [plain] = await db`
        select ${SUM}, count(*) filter (where amount_minor > item_price_minor) as overpaid
        from ${sold(window, country)}`;
      expect(sums[at]?.all).toEqual(plain);
      const [checkouts] = await db`
        select count(distinct (checkout_at, country_code)) as checkouts,
          count(distinct country_code) as countries
        from ${sold(window, country)}`;
      expect(await checkoutsIn(db, window, country)).toEqual(checkouts);
    }
  });

  test('boards and ranks agree with each other and with the sales', async () => {
    const [window = ending(DAY)] = WINDOWS;
    const [jungle = 0] = await ids('tag', 'jungle');
    for (const tagId of [undefined, jungle]) {
      const inGenre = tagId ? isTagged([tagId]) : db``;
      const artists = await rankingOf(db, 'artist', { window, country, tagId }, { by: 'units', limit: 20 });
      const plain = await db`
        select artist_id as subject, ${SUM} from ${sold(window, country)} ${inGenre}
        group by 1 order by units desc, "usdCents" desc, 1 limit 20`;
      expect(unmarked(artists)).toEqual([...plain]);
      const [first] = artists;
      expect(await rankOf(db, 'artist', first?.subject ?? 0, { window, country, tagId })).toBe(1);
      for (const kind of ['album', 'track', 'merch'] as const) {
        const pages = await pageRanking(db, kind, { window, country, tagId }, { by: 'revenue', limit: 5 });
        const ofKind = {
          album: db`(item.type = 'a' or page.url like '%/album/%')`,
          track: db`item.type = 't'`,
          merch: db`item.type = 'p'`,
        }[kind];
        expect(unmarked(pages)).toEqual([
          ...(await db`
            select page_id as subject, ${SUM}
            from sale join item on item.id = sale.item_id join page on page.id = item.page_id
            where at >= ${window.from} and at < ${window.until} ${ofCountry(country)}
              and ${ofKind} ${inGenre}
            group by 1 order by "usdCents" desc, units desc, 1 limit 5`),
        ]);
      }
    }
    expect(await rankOf(db, 'artist', -1, { window, country })).toBeNull();
  });
});

test.each(WINDOWS.map((window, at) => [at, window] as const))(
  "a genre's countries are those of its sales, window %i",
  async (_, window) => {
    const [jungle = 0] = await ids('tag', 'jungle');
    const plain = await db`
    select country_code as country, ${SUM} from ${sold(window)} ${isTagged([jungle])}
    group by 1 order by units desc, 1`;
    expect(await tagByCountry(db, jungle, window)).toEqual([...plain]);
  },
);

test('an artist has the rank that the sums of all artists say, with a kept standing or without', async () => {
  const window = ending(7 * DAY);
  const board = await rankingOf(db, 'artist', { window }, { by: 'units', limit: 1000 });
  const ranks = () => Promise.all(board.map(({ subject, units }) => artistRank(db, subject, units, window)));
  const counted = await Promise.all(board.map(({ subject }) => rankOf(db, 'artist', subject, { window })));
  expect(await ranks()).toEqual(counted);
  const of = { version: 1, code: 'ours' };
  const windows = [window, ending(7 * DAY, 7 * DAY)];
  expect(await keepStandings(db, windows, { ...of, code: 'older' })).toBe(2);
  // What other code made is neither kept nor judged.
  expect(await differentStandings(db, of)).toEqual([]);
  expect(await keepStandings(db, windows, of)).toBe(2);
  expect(await keepStandings(db, windows, of)).toBe(0);
  expect(await ranks()).toEqual(counted);
  expect(await differentStandings(db, of)).toEqual([]);
  // Of somebody who sold between two of them, less than all and more than all.
  const most = board[0]?.units ?? 0;
  expect(
    await artistRank(db, 0, most + 1, { from: window.from + MINUTE, until: window.until + MINUTE }),
  ).toBe(1);
  expect(await artistRank(db, 0, 0, window)).toBeNull();
  await db`update artist_standing set above = above || 1::bigint where until_at = ${window.until}`;
  expect(await differentStandings(db, of)).toEqual([window]);
  expect(await differentStandings(db, { ...of, code: 'newer' })).toEqual([]);
  await forgetStandings(db, of.code);
  expect(await db`select from artist_standing`).toHaveLength(2);
  await forgetStandings(db, 'newer');
  expect(await db`select from artist_standing`).toHaveLength(0);
});
