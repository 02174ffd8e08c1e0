/** Roll-ups agree with the sales, however sales, pages and repeats come, and whatever breaks between. */
import { describe, expect, test } from 'vitest';
import type { FeedSale } from '../../../src/core/sale.ts';
import { classifyTags } from '../../../src/core/tags/tag.ts';
import { realClock } from '../../../src/core/time/clock.ts';
import { DAY, HOUR } from '../../../src/core/time/instant.ts';
import { storeLoad } from '../../../src/db/write/feed.ts';
import { storePageFacts } from '../../../src/db/write/page-facts.ts';
import { storePage } from '../../../src/db/write/page-queue.ts';
import { compactSaleLists } from '../../../src/db/write/sale-lists.ts';
import { judgeTagKinds } from '../../../src/db/write/tag-kinds.ts';
import { prepareDatabase } from '../../../src/jobs/prepare-database.ts';
import { rebuild } from '../../../src/jobs/rebuild.ts';
import { verify } from '../../../src/jobs/verify.ts';
import { silentLog } from '../../../src/log.ts';
import { blockOf, shiftOf } from '../../../src/stats/counted-blocks.ts';
import { emptyData, testDatabase } from '../../support/database.ts';
import { seeded } from '../../support/random.ts';
import { aSale, NOON } from '../../support/sales.ts';

const { db } = await testDatabase();
const clock = { ...realClock, now: () => NOON };

const TAGS = ['techno', 'ambient', 'jungle', 'psytrance', 'london', 'mood', 'drum and bass', 'city pop'];
const COUNTRIES = ['de', 'fr', 'jp', null];
const PLACES = ['Berlin, Germany', 'Tokyo, Japan', 'Kobe, Japan', 'Nowhere', null];

const tagged = db`
  sale
  join item on item.id = item_id
  join page_tag using (page_id)
  join tag on tag.id = tag_id`;

/**
 * What the roll-ups of tags, artists and countries are, told plainly and apart from the code that keeps them.
 */
const plainly = async () => ({
  tagHour: await db`
    select date_trunc('hour', at, 'UTC') as hour, tag_id, count(*) as sales,
      count(*) filter (where counted) as counted, sum(units) as units
    from ${tagged} where rolled_up
    group by 1, 2 order by 1, 2`,
  tagDay: await db`
    select at::date as day, coalesce(country_code, '') as country_code, tag_id, count(*) as sales
    from ${tagged} where rolled_up and country_code is not null
    group by 1, 2, 3 order by 1, 2, 3`,
  tagSale: await db`
    select tag_id, at::date as day, artist_id, country_code as country, count(*) as sales,
      count(*) filter (where counted) as counted, sum(units)::bigint as units
    from ${tagged} where rolled_up
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  tagOriginDay: await db`
    select at::date as day, seller.country_code as origin_code, tag_id, count(*) as sales,
      count(*) filter (where counted) as counted
    from ${tagged} join seller on seller.id = sale.seller_id
    where rolled_up and seller.country_code is not null
    group by 1, 2, 3 order by 1, 2, 3`,
  originSale: await db`
    select coalesce(seller.country_code, '') as origin_code, at::date as day, artist_id,
      sale.country_code as country, count(*) as sales, sum(units)::bigint as units
    from sale join seller on seller.id = seller_id group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  artistDay: await db`
    select at::date as day, artist_id, count(*) as sales,
      coalesce(sum(amount_usd_cents), 0)::bigint as usd_cents,
      count(distinct coalesce(checkout_at, at)) as checkouts
    from sale group by 1, 2 order by 1, 2`,
  countryHour: await db`
    select date_trunc('hour', at, 'UTC') as hour, coalesce(country_code, '') as country_code,
      count(*) as sales, count(distinct checkout_at) as checkouts
    from sale group by 1, 2 order by 1, 2`,
});
const stored = async (): ReturnType<typeof plainly> => ({
  tagHour:
    await db`select hour, tag_id, sales::bigint, counted::bigint, units::bigint from tag_hour order by 1, 2`,
  tagDay: await db`
    select day, country_code, tag_id, sales::bigint from tag_day
    where country_code <> '' order by 1, 2, 3`,
  tagSale: await db`
    select tag_id, day, artist_id, country_of_number(country) as country,
      sum(kept.sales)::bigint as sales, sum(kept.counted)::bigint as counted,
      sum(kept.units)::bigint as units
    from tag_sale cross join lateral unnest(artists, countries, sales, counted, units)
      as kept (artist_id, country, sales, counted, units)
    group by 1, 2, 3, 4 having sum(kept.sales) > 0 order by 1, 2, 3, 4`,
  tagOriginDay: await db`
    select day, origin_code, tag_id, sales::bigint, counted::bigint from tag_origin_day order by 1, 2, 3`,
  originSale: await db`
    select origin_code, day, artist_id, country_of_number(country) as country,
      sum(kept.sales)::bigint as sales, sum(kept.units)::bigint as units
    from origin_sale cross join lateral unnest(artists, countries, sales, units)
      as kept (artist_id, country, sales, units)
    group by 1, 2, 3, 4 having sum(kept.sales) > 0 order by 1, 2, 3, 4`,
  artistDay: await db`
    select day, artist_id, sales::bigint, usd_cents, checkouts::bigint from artist_day order by 1, 2`,
  countryHour:
    await db`select hour, country_code, sales::bigint, checkouts::bigint from country_hour order by 1, 2`,
});

/**
 * Of every artist the first two at a seller, then of the seller the first six, in blocks of three days, by an
 * own reading of the rule.
 */
async function countedPlainly(): Promise<{ first: Set<string>; counted: Set<string> }> {
  const sales = await db<
    { at: number; item: number; artist: number; host: string; url: string; type: string; image: number }[]
  >`
    select at, item_id as item, artist_id as artist, host, url, type, coalesce(package_image_id, -1) as image
    from sale
    join artist on artist.id = artist_id
    join seller on seller.id = seller_id
    join item on item.id = item_id
    join page on page.id = item.page_id
    where not various`;
  sales.sort(
    (a, b) =>
      a.at - b.at ||
      Number(a.url > b.url) - Number(a.url < b.url) ||
      a.type.localeCompare(b.type) ||
      a.image - b.image,
  );
  const found = { first: new Set<string>(), counted: new Set<string>() };
  const [ofArtist, ofSeller] = [new Map<string, number>(), new Map<string, number>()];
  const isAmong = (counts: Map<string, number>, key: string, most: number) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= most;
  };
  for (const { at, item, artist, host } of sales) {
    const block = `${host} ${blockOf(at, shiftOf(host))}`;
    if (!isAmong(ofArtist, `${artist} ${block}`, 2)) continue;
    found.first.add(`${at} ${item}`);
    if (isAmong(ofSeller, block, 6)) found.counted.add(`${at} ${item}`);
  }
  return found;
}

function someSales(random: () => number, many: number): FeedSale[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: many }, () => {
    const n = Math.floor(random() * 12);
    // Over the end of a month and a Bandcamp Friday.
    const at = NOON + Math.floor((random() * 9 - 7) * DAY);
    const who = Math.floor(random() * 12);
    return aSale({
      at: random() < 0.3 ? Math.floor(at / HOUR) * HOUR : at,
      checkoutAt: random() < 0.2 ? null : at - 100_000,
      page: `https://s${n % 4}.bandcamp.com/album/a${n}`,
      seller: `s${n % 4}.bandcamp.com`,
      artist: n === 3 ? 'Various Artists' : pick([`Artist ${who}`, `ARTIST ${who}`]),
      title: pick(['One', 'Two']),
      countryCode: pick(COUNTRIES),
      units: 1 + Math.floor(random() * 3),
      amountUsdCents: random() < 0.1 ? null : Math.floor(random() * 3000),
    });
  });
}

describe.each([1, 2])('a history of seed %i', seed => {
  test('in any order, with repeats, re-tags, new styles and failures, agrees after each step', async () => {
    await emptyData(db);
    await db`delete from tag where kind <> 'genre'`;
    const random = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const sales = someSales(random, 240);
    const load = (some: FeedSale[]) =>
      storeLoad(db, pick(['feed', 'import']), { sales: some, rejects: [], windows: [] }, NOON);
    const tagsOf = () =>
      classifyTags(
        TAGS.filter(() => random() < 0.4),
        { place: 'London' },
      );
    const aPage = () => {
      const n = Math.floor(random() * 14);
      return { page: `https://s${n % 4}.bandcamp.com/album/a${n}`, seller: `s${n % 4}.bandcamp.com` };
    };
    const steps: (() => Promise<unknown>)[] = [
      () => load(Array.from({ length: 1 + Math.floor(random() * 25) }, () => pick(sales))),
      () =>
        storePageFacts(
          db,
          [aPage(), aPage()].map(page => ({
            ...page,
            title: null,
            artist: null,
            place: pick(PLACES),
            published: null,
            tags: tagsOf(),
          })),
          { at: NOON, nextAskAt: NOON + DAY },
        ),
      async () => {
        const [page] = await db<
          { id: number }[]
        >`select id from page order by md5(id::text || ${seed}) limit 1`;
        const facts = {
          title: null,
          artist: null,
          place: pick(PLACES),
          published: null,
          artUrl: null,
          mainGenre: null,
        };
        if (page)
          await db.begin(sql => storePage(sql, page.id, { ...facts, tags: tagsOf() }, NOON, NOON + DAY));
      },
      () => db`update tag set kind = 'style' where key = ${pick(TAGS)} and kind = 'other'`,
      () => judgeTagKinds({ db, clock }, NOON),
      () => prepareDatabase({ db, log: silentLog }),
      () => compactSaleLists(db),
      // The crash: everything but the commit.
      () =>
        db
          .begin(async sql => {
            const page = await sql<{ id: number }[]>`select id from page limit 1`;
            if (page[0]) await sql`delete from page_tag where page_id = ${page[0].id}`;
            throw new Error('crash');
          })
          .catch(() => {}),
      () => expect(load([...someSales(random, 5), aSale({ units: 0 })])).rejects.toThrow(/units/),
    ];
    for (let step = 0; step < 20; step++) {
      await (step % 2 ? pick(steps) : (steps[0] as () => Promise<unknown>))();
      expect((await verify({ db })).differences).toEqual([]);
    }
    await load(sales.toReversed());
    await prepareDatabase({ db, log: silentLog });
    await compactSaleLists(db);
    const [parts] = await db`
      select max(parts)::int as most
      from (select count(*) as parts from tag_sale group by day, tag_id) each`;
    expect(parts?.most).toBeLessThanOrEqual(4 * TAGS.length);
    expect((await verify({ db })).differences).toEqual([]);
    expect(await stored()).toEqual(await plainly());
    const marked = await db<{ at: number; item: number; counted: boolean }[]>`
      select at, item_id as item, counted from sale where among_first`;
    const names = (some: readonly (typeof marked)[number][]) =>
      new Set(some.map(({ at, item }) => `${at} ${item}`));
    const plain = await countedPlainly();
    expect(names(marked)).toEqual(plain.first);
    expect(names(marked.filter(({ counted }) => counted))).toEqual(plain.counted);
    expect(plain.first.size).toBeGreaterThan(plain.counted.size);
    const before = await stored();
    await rebuild({ db });
    expect(await stored()).toEqual(before);
  }, 120_000);
});

test('verify finds each number that is wrong, and rebuild mends it', async () => {
  await emptyData(db);
  await storeLoad(db, 'import', { sales: someSales(seeded(9), 50), rejects: [], windows: [] }, NOON);
  await storePageFacts(
    db,
    [
      {
        page: 'https://s1.bandcamp.com/album/a1',
        seller: 's1.bandcamp.com',
        title: null,
        artist: null,
        place: null,
        published: null,
        tags: classifyTags(['techno'], { place: null }),
      },
    ],
    { at: NOON, nextAskAt: NOON },
  );
  expect((await verify({ db })).differences).toEqual([]);
  await db`update artist_day set sales = sales + 1 where artist_id = (select min(artist_id) from artist_day)`;
  await db`delete from tag_hour where hour = (select min(hour) from tag_hour)`;
  await db`update sale set counted = not counted where at = (select min(at) from sale)`;
  await db`
    insert into page_day (day, page_id, type, sales, counted, units, usd_cents)
    values ('2019-01-01', 1, 'a', 1, 1, 1, 1)`;
  const { differences } = await verify({ db });
  expect(new Set(differences.map(({ table }) => table))).toEqual(
    new Set(['artist_day', 'tag_hour', 'country_hour', 'sale', 'page_day']),
  );
  await rebuild({ db });
  expect((await verify({ db })).differences).toEqual([]);
});
