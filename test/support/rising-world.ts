/**
 * A second small world, in which things do rise: what the product's main sentences stand on. Eleven weeks of
 * sales with a genre and a style that many lift, a genre that one artist lifts, a known artist who rises,
 * newcomers, a fan club, artists who are bought together, and calls of weeks ago that held or faded.
 */
import type { FeedSale } from '../../src/core/sale.ts';
import { classifyTag } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';
import { judgeTagKinds } from '../../src/db/write/tag-kinds.ts';
import { recordTrendCalls } from '../../src/jobs/record-trend-calls.ts';
import { seeded } from './random.ts';
import { aSale, NOON } from './sales.ts';

/** Midnight after Wednesday 2026-10-07, UTC. */
export const RISING_END: Instant = NOON + 12 * HOUR;
const DAYS = 77;

/** Sales a day by so many artists who share one tag, or by one who has a name. */
interface Plan {
  tag: string;
  artists: number;
  name?: string;
  /** The first so many of the list below. */
  countries?: number;
  /** @param ago whole days before the end: 0 is the last day */
  sales(ago: number): number;
}

/** `usual` sales a day, but `raised` from the first to the second of these days before the end. */
const raised =
  (usual: number, to: number, since: number, last = 0) =>
  (ago: number) =>
    ago < since && ago >= last ? to : usual;

const PLANS: Plan[] = [
  { tag: 'ambient', artists: 30, sales: () => 24 },
  { tag: 'techno', artists: 30, sales: () => 20 },
  { tag: 'house', artists: 30, sales: () => 16 },
  { tag: 'folk', artists: 30, sales: () => 14 },
  { tag: 'punk', artists: 30, sales: () => 12 },
  // Many artists sell thrice as much for a week.
  { tag: 'drum & bass', artists: 40, sales: raised(8, 26, 7) },
  // No genre of Bandcamp's own list, and yet what rises: a style.
  { tag: 'psytrance', artists: 26, sales: raised(6, 15, 7) },
  // Called five weeks ago: one holds what it won, the other has lost it.
  { tag: 'city pop', artists: 30, sales: raised(6, 20, 38) },
  { tag: 'dub', artists: 30, sales: raised(6, 20, 38, 31) },
  // One artist alone lifts it, who trends while the genre does not.
  { tag: 'ska', artists: 20, sales: () => 6 },
  { tag: 'ska', artists: 1, name: 'Rude & Ready', sales: raised(1, 9, 7) },
  // Newcomers who are bought everywhere; and one whom one country buys.
  { tag: 'soul', artists: 20, sales: () => 8 },
  { tag: 'soul', artists: 1, name: '新星オーケストラ', sales: ago => (ago < 6 ? 4 + (ago % 2) : 0) },
  { tag: 'soul', artists: 1, name: 'Nova Ōkami', sales: ago => (ago < 7 ? 9 - ago : 0) },
  { tag: 'soul', artists: 1, name: 'Fan Club', countries: 1, sales: ago => (ago < 7 ? 4 : 0) },
];

const COUNTRIES = [
  ['de', 'Germany'],
  ['us', 'United States'],
  ['jp', 'Japan'],
  ['gb', 'United Kingdom'],
  ['fr', 'France'],
] as const;

/**
 * Bought in one checkout, so often in the last three weeks: `similar` ranks them by how surely they belong.
 */
const TOGETHER: [string[], number][] = [
  [['Quiet Harbour', 'Tin Lantern'], 21],
  [['Quiet Harbour', 'Море & Соль'], 9],
  [['Quiet Harbour'], 12],
  [['Tin Lantern'], 5],
];

/** Whose some pages are, where, and when their releases came out, in days before the end. */
const OWNERS: Record<string, { owner: string; place: string; out: number }> = {
  'nova-o-kami.bandcamp.com': { owner: 'Nova Ōkami', place: 'Glasgow, UK', out: 9 },
  'n8.bandcamp.com': { owner: 'Signal Bureau', place: 'Lagos, Nigeria', out: 400 },
};

/** On these days before the end the service called what was trending. */
const CALLED_AGO = [35, 34, 21, 14, 7, 1, 0];

function risingWorld(): { sales: FeedSale[]; tags: Map<string, string> } {
  const random = seeded(7);
  const sales: FeedSale[] = [];
  const tags = new Map<string, string>();
  const place = (countries: number = COUNTRIES.length) =>
    COUNTRIES[Math.floor(random() * countries)] ?? COUNTRIES[0];
  const sell = (
    tag: string,
    artist: string,
    of: Pick<FeedSale, 'at' | 'checkoutAt'>,
    [countryCode, countryName] = place(),
  ) => {
    const name = artist.normalize('NFKD').replace(/[^a-z0-9]+/gi, '-');
    const host = `${/[a-z]/i.test(name) ? name.toLowerCase() : `n${artist.length}`}.bandcamp.com`;
    const release = Math.floor(random() * 3) + 1;
    const page = `https://${host}/album/volume-${release}`;
    tags.set(page, tag);
    sales.push(
      aSale({ ...of, page, seller: host, artist, title: `Volume ${release}`, countryCode, countryName }),
    );
  };
  for (const { tag, artists, name, countries, sales: perDay } of PLANS)
    for (let ago = DAYS - 1; ago >= 0; ago -= 1)
      for (let n = 0; n < perDay(ago); n += 1) {
        const at = RISING_END - (ago + 1) * DAY + Math.floor(random() * DAY);
        const artist = name ?? `${tag} ${Math.floor(random() * artists) + 1}`;
        sell(tag, artist, { at, checkoutAt: at - 100_000 }, place(countries));
      }
  let checkouts = 0;
  for (const [artists, times] of TOGETHER)
    for (let n = 0; n < times; n += 1) {
      checkouts += 1;
      const checkoutAt = RISING_END - checkouts * 10 * HOUR - 7 * MINUTE;
      const buyer = place();
      for (const [at, artist] of artists.entries())
        sell('folk', artist, { at: checkoutAt + 100_000 + at, checkoutAt }, buyer);
    }
  return { sales, tags };
}

/** Stores the world by the service's own loaders, its pages read, its calls made day by day. */
export async function seedRisingWorld(db: Sql): Promise<void> {
  const { sales, tags } = risingWorld();
  await storePageFacts(
    db,
    [...tags].map(([page, tag]) => {
      const { owner = null, place = null, out } = OWNERS[new URL(page).host] ?? {};
      return {
        page,
        seller: new URL(page).host,
        title: null,
        artist: null,
        place,
        owner,
        published: out === undefined ? null : RISING_END - out * DAY,
        tags: classifyTag(tag, { place }),
      };
    }),
    { at: RISING_END, nextAskAt: RISING_END + 90 * DAY },
  );
  const windows = [{ from: RISING_END - DAYS * DAY, until: RISING_END }];
  await storeLoad(db, 'import', { sales, rejects: [], windows }, RISING_END);
  await judgeTagKinds({ db, clock: simulatedClock(RISING_END, 1) });
  for (const ago of CALLED_AGO) {
    const day = RISING_END - ago * DAY;
    await db`
      insert into job (name, ran_at) values ('trend-calls', ${day - DAY})
      on conflict (name) do update set ran_at = excluded.ran_at`;
    await recordTrendCalls({ db, clock: simulatedClock(day + 3 * HOUR, 1) });
  }
}
