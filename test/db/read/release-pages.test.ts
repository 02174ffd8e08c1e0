/**
 * A release that is sold at two hosts is one on boards, in lists and in searches, also where only both halves
 * together are among the first.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { FeedSale } from '../../../src/core/sale.ts';
import { DAY, MINUTE } from '../../../src/core/time/instant.ts';
import { partsOf } from '../../../src/db/read/breakdowns.ts';
import { contributorsOf } from '../../../src/db/read/contributors.ts';
import { findReleases } from '../../../src/db/read/name-search.ts';
import type { By } from '../../../src/db/read/ranking-candidates.ts';
import { pageRanking } from '../../../src/db/read/rankings.ts';
import { releasesOf } from '../../../src/db/read/release-pages.ts';
import { storeBatch } from '../../../src/db/write/feed.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { seeded } from '../../support/random.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
const window = { from: NOON - 7 * DAY, until: NOON };

const art = (id: number): string => `https://f4.bcbits.com/img/a${String(id).padStart(10, '0')}_7.jpg`;

/** So many sales of a page, in the week before noon; each of them at a minute of its own. */
let minute = 0;
const sold = (page: string, count: number, of: Partial<FeedSale> = {}): FeedSale[] =>
  Array.from({ length: count }, () => {
    minute += 1;
    const at = NOON - minute * MINUTE;
    const url = `https://${page}`;
    return aSale({ at, checkoutAt: at - 100_000, page: url, seller: new URL(url).host, ...of });
  });

async function store(...sales: FeedSale[][]): Promise<void> {
  const all = sales.flat().sort((a, b) => a.at - b.at);
  const from = NOON - 30 * DAY;
  await storeBatch(db, { kind: 'sales', from, until: NOON, serverTime: NOON, sales: all, rejects: [] }, NOON);
}

async function startAnew(): Promise<void> {
  minute = 0;
  await emptyData(db);
}

const addresses = async (): Promise<Map<number, string>> => {
  const pages = await db<{ id: number; url: string }[]>`select id, url from page`;
  return new Map(pages.map(({ id, url }) => [id, url.replace('https://', '')]));
};

/** Addresses of the pages that are of one release, by release. */
async function releases(): Promise<string[][]> {
  const urls = await addresses();
  const found = await releasesOf(db, [...urls.keys()]);
  const groups = Map.groupBy([...found.keys()], id => found.get(id));
  return [...groups.values()].map(ids => ids.map(id => urls.get(id) ?? '').sort()).sort();
}

const album = (title: string, id: number) => ({ title, artist: 'Usopop', artUrl: art(id) });

describe('one release', () => {
  beforeAll(startAnew);

  test('has the same picture, title, artist and kind of page at another host', async () => {
    const track = { itemType: 't', slugType: 't' } as const;
    await store(
      sold('diskak.usopop.com/album/one', 3, album('One', 1)),
      sold('usopop.bandcamp.com/album/one', 2, { ...album('ONE\u200b ', 1), artist: 'USOPOP' }),
      // Another title, artist or picture; none; a track of the same name and picture.
      sold('diskak.usopop.com/album/two', 1, album('Two', 2)),
      sold('usopop.bandcamp.com/album/two', 1, album('Two (live)', 2)),
      sold('diskak.usopop.com/album/three', 1, album('Three', 3)),
      sold('usopop.bandcamp.com/album/three', 1, { ...album('Three', 3), artist: 'Others' }),
      sold('diskak.usopop.com/album/four', 1, album('Four', 4)),
      sold('usopop.bandcamp.com/album/four', 1, album('Four', 44)),
      sold('diskak.usopop.com/album/five', 1, { ...album('Five', 5), artUrl: null }),
      sold('usopop.bandcamp.com/album/five', 1, { ...album('Five', 5), artUrl: null }),
      sold('diskak.usopop.com/album/six', 1, album('Six', 6)),
      sold('usopop.bandcamp.com/track/six', 1, { ...album('Six', 6), ...track }),
      // Two untitled tracks of one album are two, each with its own page elsewhere.
      ...['untitled', 'untitled-2'].flatMap(slug => [
        sold(`diskak.usopop.com/track/${slug}`, 1, { ...album('Untitled', 7), ...track }),
        sold(`usopop.bandcamp.com/track/${slug}`, 1, { ...album('Untitled', 7), ...track }),
      ]),
      // A package has a picture of its own.
      sold('diskak.usopop.com/merch/shirt', 1, {
        ...album('Shirt', 8),
        itemType: 'p',
        slugType: 'p',
        packageImageId: 8,
        artUrl: 'https://f4.bcbits.com/img/0000000008_37.jpg',
      }),
      sold('usopop.bandcamp.com/merch/shirt', 1, {
        ...album('Shirt', 8),
        itemType: 'p',
        slugType: 'p',
        packageImageId: 8,
        artUrl: 'https://f4.bcbits.com/img/0000000008_37.jpg',
      }),
    );
    expect(await releases()).toEqual([
      ['diskak.usopop.com/album/one', 'usopop.bandcamp.com/album/one'],
      ['diskak.usopop.com/merch/shirt', 'usopop.bandcamp.com/merch/shirt'],
      ['diskak.usopop.com/track/untitled', 'usopop.bandcamp.com/track/untitled'],
      ['diskak.usopop.com/track/untitled-2', 'usopop.bandcamp.com/track/untitled-2'],
    ]);
  });

  test('is known by the picture that its page shows, too', async () => {
    const vinyl = { itemType: 'p', slugType: 'a', packageImageId: 9, albumTitle: 'Nine' } as const;
    await store(
      sold('diskak.usopop.com/album/nine', 1, { ...album('Nine', 9) }),
      sold('usopop.bandcamp.com/album/nine', 1, { ...album('Vinyl', 9), ...vinyl, artUrl: null }),
    );
    expect((await releases()).flat()).not.toContain('usopop.bandcamp.com/album/nine');
    await db`
      update page set art_url = 'https://f4.bcbits.com/img/a0000000009_10.jpg'
      where url = 'https://usopop.bandcamp.com/album/nine'`;
    expect((await releases()).flat()).toContain('usopop.bandcamp.com/album/nine');
  });

  test("is one in its artist's list, in why and in a search, by its best page", async () => {
    const urls = await addresses();
    const [artist] = await db<{ id: number }[]>`select id from artist where key = 'usopop'`;
    const id = artist?.id ?? 0;
    const parts = await partsOf(db, { subject: 'artist', ids: [id], window }, 'page', 2);
    expect(parts.map(({ part, sales }) => [urls.get(Number(part)), sales])).toEqual([
      ['diskak.usopop.com/album/one', 5],
      [expect.any(String), 2],
    ]);
    const compared = { window, stretches: [{ from: window.from - 7 * DAY, until: window.from, times: 1 }] };
    const [most] = await contributorsOf(db, { artistId: id }, 'item', compared, 1);
    expect([most?.url, most?.counted]).toEqual(['https://diskak.usopop.com/album/one', 5]);
    const found = await findReleases(db, 'one', NOON);
    expect(found.filter(({ name }) => /^one/i.test(name)).map(({ url, sales }) => [url, sales])).toEqual([
      ['https://diskak.usopop.com/album/one', 5],
    ]);
    // By its address either is found.
    const [other] = await findReleases(db, 'https://usopop.bandcamp.com/album/one', NOON);
    expect(other?.url).toBe('https://usopop.bandcamp.com/album/one');
  });
});

describe('a board', () => {
  test('has a release whose halves alone are not among the first', async () => {
    await startAnew();
    const others = Array.from({ length: 10 }, (_, n) =>
      sold(`o${n}.bandcamp.com/album/o`, 100 - 5 * n, { ...album(`Other ${n}`, 100 + n), artist: `O${n}` }),
    );
    await store(
      ...others,
      sold('diskak.usopop.com/album/one', 44, album('One', 1)),
      sold('usopop.bandcamp.com/album/one', 36, album('One', 1)),
    );
    const urls = await addresses();
    const board = await pageRanking(db, 'album', { window }, { by: 'units', limit: 10 });
    expect(board.map(({ subject, units }) => [urls.get(subject), units])[4]).toEqual([
      'diskak.usopop.com/album/one',
      80,
    ]);
    expect(board.map(({ units }) => units)).toEqual([100, 95, 90, 85, 80, 80, 75, 70, 65, 60]);
  });

  test('finds it among those who can lead although neither half can', async () => {
    await startAnew();
    const track = { itemType: 't', slugType: 't' } as const;
    const daily = (page: string, units: number, of: Partial<FeedSale>) =>
      Array.from({ length: 7 }, (_, day) =>
        sold(page, 1, { ...of, ...track, units }).map(sale => ({ ...sale, at: sale.at - day * DAY })),
      ).flat();
    await store(
      ...Array.from({ length: 5 }, (_, n) =>
        daily(`o${n}.bandcamp.com/track/o`, 12, { ...album(`Other ${n}`, 100 + n), artist: `O${n}` }),
      ),
      daily('diskak.usopop.com/track/one', 9, album('One', 1)),
      daily('usopop.bandcamp.com/track/one', 8, album('One', 1)),
    );
    const urls = await addresses();
    const board = await pageRanking(db, 'track', { window }, { by: 'units', limit: 3 });
    expect(board.map(({ units }) => units)).toEqual([119, 84, 84]);
    expect(urls.get(board[0]?.subject ?? 0)).toBe('diskak.usopop.com/track/one');
  });

  // By who can lead where single days say it, else by all.
  describe.each([2, 20])('is that of all sales where up to %i units are sold at once', UNITS => {
    const RELEASES = 120;
    const random = seeded(20261129);
    const upTo = (n: number) => Math.floor(random() * n);
    beforeAll(async () => {
      await startAnew();
      await store(
        ...Array.from({ length: RELEASES }, (_, n) => {
          const count = 1 + Math.floor(60 * random() ** 4);
          const of = { ...album(`R${n}`, 1000 + n), artist: `A${n % 40}` };
          return Array.from({ length: count }, () =>
            sold(n % 3 === 0 && random() < 0.5 ? `d${n}.example/album/r` : `d${n}.bandcamp.com/album/r`, 1, {
              ...of,
              units: 1 + upTo(UNITS),
              amountUsdCents: 100 + upTo(300_000),
            }),
          ).flat();
        }),
      );
    });

    test.each(['units', 'revenue'] as By[])('by %s', async by => {
      const plain = await db<{ release: string; units: number; usdCents: number }[]>`
        select title as release, sum(units)::bigint as units, sum(amount_usd_cents)::bigint as "usdCents"
        from sale join item on item.id = item_id where at >= ${window.from} and at < ${window.until}
        group by 1 order by ${by === 'units' ? db`2 desc, 3 desc` : db`3 desc, 2 desc`}`;
      const titles = await db<{ id: number; title: string }[]>`select page_id as id, title from item`;
      const titleOf = new Map(titles.map(({ id, title }) => [id, title]));
      for (const country of [undefined, 'de'])
        for (const limit of [1, 3, 10, 50, 200]) {
          const board = await pageRanking(db, 'album', { window, country }, { by, limit });
          expect(
            board.map(({ subject, units, usdCents }) => ({ release: titleOf.get(subject), units, usdCents })),
          ).toEqual(plain.slice(0, limit));
        }
    });
  });
});
