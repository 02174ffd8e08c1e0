/** Counted sales in slices of time, of genres and of who makes them: what the statistics of trends are fed with. */
import type { Window } from '../core/window.ts';
import type { Slices } from '../stats/expected.ts';
import type { Subject as TrendSubject } from '../stats/trend.ts';
import { nameArtists, namePages } from './boards.ts';
import type { Fragment, Reader } from './connect.ts';
import { salesWithin, sumsBy } from './sums.ts';
import { countsOf } from './sums-of.ts';
import { tagSales } from './tag-sales.ts';

/** The window cut into slices, the oldest first, and the windows that it is compared with. */
export interface Compared {
  slices: readonly Window[];
  baseline: readonly Window[];
}

export interface TagCounts extends TrendSubject<number> {
  name: string;
  kind: 'genre' | 'style';
  /** In the window: all sales, and those of them that count. */
  sales: number;
  counted: number;
}

const windowsOf = ({ slices, baseline }: Compared): Window[] => [...slices, ...baseline];

/** Every genre and style that sold in the window or before it, and the sum over all of them, which stands for what all sell. */
export async function tagCounts(
  db: Reader,
  compared: Compared,
  country?: string,
): Promise<{ tags: TagCounts[]; totals: Slices }> {
  const many = compared.slices.length;
  const rows = await db<
    { id: number; name: string; kind: 'genre' | 'style' | 'other'; n: number; sales: number; counted: number }[]
  >`
    select tag.id, tag.name, tag.kind, n, sum(sales)::bigint as sales, sum(counted)::bigint as counted
    from (${sumsBy(db, 'tag', windowsOf(compared), country)}) sums join tag on tag.id = subject
    group by tag.id, n order by tag.id, n`;
  const tags = new Map<number, TagCounts & { window: number[] }>();
  const totals = { window: new Array<number>(many).fill(0), baseline: 0 };
  for (const { id, name, kind, n, sales, counted } of rows) {
    if (n < many) totals.window[n] = (totals.window[n] ?? 0) + counted;
    else totals.baseline += counted;
    if (kind === 'other') continue;
    let tag = tags.get(id);
    if (!tag) {
      tag = { key: id, name, kind, window: new Array<number>(many).fill(0), baseline: 0, sales: 0, counted: 0 };
      tags.set(id, tag);
    }
    if (n >= many) tag.baseline += counted;
    else {
      tag.window[n] = counted;
      tag.sales += sales;
      tag.counted += counted;
    }
  }
  return { tags: [...tags.values()], totals };
}

/** What one artist sold of a tag at one seller, counted. */
export interface TagContribution extends Slices {
  tagId: number;
  artist: number;
  seller: number;
  window: number[];
}

const stretches = (db: Reader, windows: readonly Window[]): Fragment =>
  db`unnest(${windows.map((_, n) => n)}::int[], ${windows.map(({ from }) => from)}::timestamptz[], ${windows.map(({ until }) => until)}::timestamptz[]) as w (n, from_at, until_at)`;

/** Every counted sale of these tags, by who sold it. */
export async function tagContributions(
  db: Reader,
  tagIds: readonly number[],
  compared: Compared,
  country?: string,
): Promise<TagContribution[]> {
  if (tagIds.length === 0) return [];
  const many = compared.slices.length;
  const rows = await db<{ tagId: number; artist: number; seller: number; n: number; counted: number }[]>`
    select tag_id as "tagId", artist_id as artist, seller_id as seller, least(n, ${many}) as n, sum(counted)::int as counted
    from (${tagSales(db, tagIds, windowsOf(compared), ['artist_id', 'seller_id', 'counted'], country)}) sold
    where counted <> 0 group by 1, 2, 3, 4 having sum(counted) > 0`;
  const found = new Map<string, TagContribution>();
  for (const { tagId, artist, seller, n, counted } of rows) {
    const key = `${tagId} ${artist} ${seller}`;
    let one = found.get(key);
    if (!one) {
      one = { tagId, artist, seller, window: new Array<number>(many).fill(0), baseline: 0 };
      found.set(key, one);
    }
    if (n < many) one.window[n] = counted;
    else one.baseline += counted;
  }
  return [...found.values()];
}

export interface LikelyArtists {
  least: number;
  /** Whether the window alone must have them. */
  inWindow: boolean;
  /** Only those with at most so many sales in the baseline. */
  mostBefore?: number;
  /** Only those who sold something of that tag in the window. */
  tagId?: number | undefined;
}

/** What is known of an artist's sales in the window, before it and in all. */
export interface ArtistCounts extends Slices {
  key: number;
  name: string;
  url: string | null;
  /** Distinct checkouts of each slice; a sale without one is its own. */
  window: number[];
  sales: number;
  countries: number;
  checkouts: number;
  items: number;
  sellers: number;
}

/**
 * Artists with at least `least` checkouts in the window, or in the window and a quarter of the baseline together; "Various Artists" are none.
 */
export async function artistCounts(
  db: Reader,
  compared: Compared,
  { least, inWindow, mostBefore, tagId }: LikelyArtists,
): Promise<{ artists: ArtistCounts[]; totals: Slices }> {
  const many = compared.slices.length;
  const windows = windowsOf(compared);
  const [first, last] = [compared.slices[0], compared.slices.at(-1)];
  const present: Window = { from: first?.from ?? 0, until: last?.until ?? 0 };
  const rows = await db<
    (Omit<ArtistCounts, 'window' | 'baseline' | 'url' | 'name'> & { counts: Record<string, number> })[]
  >`
    with likely as (
      select subject as artist_id from (${sumsBy(db, 'artist', inWindow && mostBefore === undefined ? [present] : [present, ...compared.baseline])}) sums
      where subject <> all (array(select id from artist where various))
      group by 1 having sum(case when n = 0 then sales else ${inWindow ? db`0` : db`sales / 4.0`} end) >= ${least}
        ${mostBefore === undefined ? db`` : db`and coalesce(sum(sales) filter (where n > 0), 0) <= ${mostBefore}`}
    ), bought as (
      select sale.artist_id, least(w.n, ${many}) as n, coalesce(checkout_at, at) as checkout, country_code, item_id, seller_id
      from ${
        mostBefore === undefined
          ? db`${stretches(db, windows)} cross join ${salesWithin(db)} where sale.artist_id in (select artist_id from likely)`
          : // Of few, and of few sales each.
            db`likely cross join lateral (
              select * from sale where sale.artist_id = likely.artist_id and sale.at >= ${Math.min(...windows.map(({ from }) => from))} and sale.at < ${present.until} offset 0
            ) sale join ${stretches(db, windows)} on sale.at >= w.from_at and sale.at < w.until_at`
      }
    ), sliced as (
      select artist_id, jsonb_object_agg(n, checkouts) as counts, sum(checkouts) filter (where n < ${many}) as checkouts, sum(sales) filter (where n < ${many}) as sales
      from (select artist_id, n, count(distinct checkout) as checkouts, count(*) as sales from bought group by 1, 2) each
      group by 1
    ), breadth as (
      select artist_id, count(distinct country_code) as countries, count(distinct item_id) as items, count(distinct seller_id) as sellers
      from bought where n < ${many} group by 1
    )
    select artist_id as key, counts, coalesce(sales, 0)::bigint as sales, coalesce(checkouts, 0)::bigint as checkouts, coalesce(countries, 0) as countries,
      coalesce(items, 0) as items, coalesce(sellers, 0) as sellers
    from sliced left join breadth using (artist_id)
    ${
      tagId === undefined
        ? db``
        : db`where artist_id in (
            select artist_id from (${tagSales(db, [tagId], [present], ['artist_id', 'sales'])}) sold group by 1 having sum(sales) > 0
          )`
    }`;
  const artists = rows
    .map(({ counts, ...row }) => ({
      ...row,
      name: '',
      url: null,
      window: Array.from({ length: many }, (_, n) => counts[n] ?? 0),
      baseline: counts[many] ?? 0,
    }))
    .filter(artist => !inWindow || artist.checkouts >= least);
  return { artists, totals: await checkoutTotals(db, compared) };
}

async function checkoutTotals(db: Reader, compared: Compared): Promise<Slices> {
  const many = compared.slices.length;
  const totals = { window: new Array<number>(many).fill(0), baseline: 0 };
  // By whole hours: the share of an hour at the edge is in both counts alike.
  const rows = await db<{ n: number; checkouts: number }[]>`
    select least(w.n, ${many}) as n, coalesce(sum(checkouts), 0)::bigint as checkouts
    from ${stretches(db, windowsOf(compared))} join country_hour on hour >= w.from_at - interval '30 minutes' and hour < w.until_at - interval '30 minutes'
    group by 1`;
  for (const { n, checkouts } of rows) {
    if (n < many) totals.window[n] = checkouts;
    else totals.baseline = checkouts;
  }
  return totals;
}

/** Sales before an instant, ever, counted up to `enough`; and when the first one was. */
export async function pastOf(
  db: Reader,
  artistIds: readonly number[],
  before: number,
  enough: number,
): Promise<Map<number, { past: number; firstSeen: number }>> {
  const rows = await db<{ id: number; past: number; firstSeen: number }[]>`
    select id, (select count(*) from (select from sale where artist_id = id and at < ${before} limit ${enough}) known) as past,
      (select min(at) from sale where artist_id = id) as "firstSeen"
    from unnest(${artistIds}::bigint[]) as asked (id)`;
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

/** Sales of each artist on each of these days, the oldest first. */
export async function dailySales(
  db: Reader,
  artistIds: readonly number[],
  days: readonly Window[],
): Promise<Map<number, number[]>> {
  const rows = await db<{ id: number; n: number; sales: number }[]>`
    select artist_id as id, w.n, count(*) as sales
    from unnest(${artistIds}::bigint[]) as wanted (id) join sale on sale.artist_id = wanted.id
      and sale.at >= ${Math.min(...days.map(({ from }) => from))} and sale.at < ${Math.max(...days.map(({ until }) => until))}
    join ${stretches(db, days)} on sale.at >= w.from_at and sale.at < w.until_at group by 1, 2`;
  const found = new Map(artistIds.map(id => [id, new Array<number>(days.length).fill(0)]));
  for (const { id, n, sales } of rows) (found.get(id) ?? [])[n] = sales;
  return found;
}

/** What is asked about: a tag's pages, or an artist. */
export type About = { tagId: number } | { artistId: number };

/** All sales in each of these stretches, and those of them that count. */
export async function dailyCounts(
  db: Reader,
  about: About,
  days: readonly Window[],
): Promise<{ sales: number; counted: number }[]> {
  return 'tagId' in about ? countsOf(db, 'tag', about.tagId, days) : countsOf(db, 'artist', about.artistId, days);
}

export interface Contributor {
  name: string;
  /** Undefined for a country. */
  url?: string | null;
  /** Sales in the window, and in all baseline windows together: of a tag those that count, of an artist all. */
  counted: number;
  baseline: number;
}

/** Who, or what, sells it: those first who add most to what is usual. */
export async function contributorsOf(
  db: Reader,
  about: About,
  by: 'artist' | 'item' | 'country',
  compared: Compared,
  limit: number,
): Promise<Contributor[]> {
  const many = compared.slices.length;
  const rows = await db<{ subject: string; counted: number; baseline: number }[]>`
    select subject, coalesce(sum(counted) filter (where n < ${many}), 0)::int as counted, coalesce(sum(counted) filter (where n >= ${many}), 0)::int as baseline
    from (${'tagId' in about ? soldOfTag(db, about.tagId, by, compared) : soldOfArtist(db, about.artistId, by, compared)}) sold
    where subject is not null
    group by 1 having sum(counted) > 0
    order by coalesce(sum(counted) filter (where n < ${many}), 0) - coalesce(sum(counted) filter (where n >= ${many}), 0) / ${compared.baseline.length}::float8 desc, 2 desc, 1
    limit ${limit}`;
  if (by === 'country') return rows.map(({ subject, ...counts }) => ({ name: subject, ...counts }));
  const names = await (by === 'artist' ? nameArtists : namePages)(
    db,
    rows.map(row => Number(row.subject)),
  );
  return rows.map(({ subject, ...counts }) => {
    const { name = '', url = null } = names.get(Number(subject)) ?? {};
    return { name, url, ...counts };
  });
}

type SoldBy = 'artist' | 'item' | 'country';

function soldOfTag(db: Reader, tagId: number, by: SoldBy, compared: Compared): Fragment {
  const [column, subject] = {
    artist: ['artist_id', db`artist_id::text`],
    item: ['page_id', db`page_id::text`],
    country: ['country', db`country_of_number(country)`],
  }[by] as ['artist_id' | 'page_id' | 'country', Fragment];
  return db`select n, ${subject} as subject, counted from (${tagSales(db, [tagId], windowsOf(compared), [column, 'counted'])}) sold`;
}

function soldOfArtist(db: Reader, artistId: number, by: SoldBy, compared: Compared): Fragment {
  const subject = { artist: db`sale.artist_id::text`, item: db`item.page_id::text`, country: db`sale.country_code` }[
    by
  ];
  return db`
    select n, ${subject} as subject, 1 as counted
    from ${stretches(db, windowsOf(compared))} join (select * from sale where artist_id = ${artistId}) sale on sale.at >= w.from_at and sale.at < w.until_at
    join item on item.id = sale.item_id`;
}
