/**
 * Counted sales in slices of time, of genres and of who makes them: what the statistics of trends are fed
 * with.
 */
import { isNarrow, LEAST_CHECKOUTS } from '../../core/small-cells.ts';
import type { TagKind } from '../../core/tags/tag-kind.ts';
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Slices, Totals } from '../../stats/expected.ts';
import type { Subject as TrendSubject } from '../../stats/trend.ts';
import type { Fragment, Reader } from '../connect.ts';
import { markFew } from './few-checkouts.ts';
import { isListedPage, unlistedArtists } from './listed.ts';
import { wholeWindows } from './period-tables.ts';
import { nameArtists, namePages } from './rankings.ts';
import { MOST_PAGES, mergeReleases, releasesOf } from './release-pages.ts';
import { tagSales } from './sale-lists.ts';
import { type OfSellers, pagesOfSellers } from './seller-sales.ts';
import { countsOf } from './totals.ts';
import { totalsBy } from './totals-by-subject.ts';

/** The window cut into slices, the oldest first, and the windows that it is compared with. */
export interface Compared {
  slices: readonly Window[];
  baseline: readonly Window[];
}

export interface TagCounts extends TrendSubject<number> {
  name: string;
  kind: 'genre' | 'style' | 'descriptor';
  /** In the window: all sales, and those of them that count. */
  sales: number;
  counted: number;
}

/**
 * The slices, and behind them the baseline: its windows as one where they follow each other, so that fewer
 * edges have to be counted.
 */
export function windowsOf({ slices, baseline }: Compared): Window[] {
  const before: Window[] = [];
  for (const window of baseline.toSorted((a, b) => a.from - b.from)) {
    const last = before.at(-1);
    if (last?.until === window.from) before.splice(-1, 1, { from: last.from, until: window.until });
    else before.push(window);
  }
  return [...slices, ...before];
}

/** Of one buyers' country, of some sellers (a query of their ids), of both or of all. */
export interface OfBuyersOrSellers {
  country?: string | undefined;
  sellers?: Fragment | undefined;
}

/** Rows `(n, subject, sales, counted)` of the tags of what these sellers sold. */
const tagsOfSellers = (db: Reader, compared: Compared, of: OfSellers): Fragment => db`
  select n, tag_id as subject, sales, counted
  from (
    select n, page_id, sum(sales) as sales, sum(counted) as counted
    from (${pagesOfSellers(db, windowsOf(compared), of)}) sold group by 1, 2
  ) sold join page_tag using (page_id) join (select id from tag where rolled_up) tag on tag.id = tag_id`;

/**
 * Every genre, style and descriptor that sold in the window or before it, and the sum over all that is summed
 * up by tags, which stands for what all sell.
 */
export async function tagCounts(
  db: Reader,
  compared: Compared,
  { country, sellers }: OfBuyersOrSellers = {},
): Promise<{ tags: TagCounts[]; totals: Totals }> {
  const many = compared.slices.length;
  const sums = sellers
    ? tagsOfSellers(db, compared, { sellers, country })
    : totalsBy(db, 'tag', windowsOf(compared), country);
  const rows = await db<
    {
      id: number;
      name: string;
      kind: TagKind;
      n: number;
      sales: number;
      counted: number;
    }[]
  >`
    select tag.id, tag.name, tag.kind, n, sum(sales)::bigint as sales, sum(counted)::bigint as counted
    from (${sums}) sums join tag on tag.id = subject
    group by tag.id, n order by tag.id, n`;
  const tags = new Map<number, TagCounts & { window: number[] }>();
  const totals = {
    window: new Array<number>(many).fill(0),
    baseline: 0,
    lengths: compared.slices.map(lengthOf),
  };
  for (const { id, name, kind, n, sales, counted } of rows) {
    if (n < many) totals.window[n] = (totals.window[n] ?? 0) + counted;
    else totals.baseline += counted;
    if (kind !== 'genre' && kind !== 'style' && kind !== 'descriptor') continue;
    let tag = tags.get(id);
    if (!tag) {
      tag = {
        key: id,
        name,
        kind,
        window: new Array<number>(many).fill(0),
        baseline: 0,
        sales: 0,
        counted: 0,
      };
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

/** Every counted sale of these tags, by who sold it. */
export async function tagContributions(
  db: Reader,
  tagIds: readonly number[],
  compared: Compared,
  { country, sellers }: OfBuyersOrSellers = {},
): Promise<TagContribution[]> {
  if (tagIds.length === 0) return [];
  const many = compared.slices.length;
  const rows = await db<{ tagId: number; artist: number; seller: number; n: number; counted: number }[]>`
    select tag_id as "tagId", artist_id as artist, seller_id as seller, least(n, ${many}) as n,
      sum(counted)::int as counted
    from (${tagSales(db, tagIds, windowsOf(compared), ['artist_id', 'seller_id', 'counted'], country)}) sold
    where counted <> 0 ${sellers ? db`and seller_id in (${sellers})` : db``}
    group by 1, 2, 3, 4 having sum(counted) > 0 order by 1, 2, 3, 4`;
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

/** What is asked about: a tag's pages, or an artist. */
export type About = { tagId: number } | { artistId: number };

/** All sales in each of these stretches, and those of them that count. */
export async function dailyCounts(
  db: Reader,
  about: About,
  days: readonly Window[],
): Promise<{ sales: number; counted: number; few?: boolean }[]> {
  return 'tagId' in about
    ? countsOf(db, 'tag', about.tagId, days)
    : countsOf(db, 'artist', about.artistId, days);
}

export interface Contributor {
  /** Undefined for a country. */
  id?: number;
  name: string;
  /** Undefined for a country. */
  url?: string | null;
  /** Sales in the window, and what is typical of them: of a tag those that count, of an artist all. */
  counted: number;
  typical: number;
  /** Of one artist or release and of too few checkouts to be told: in the window, and before it. */
  few?: boolean;
  fewBefore?: boolean;
}

/** The window, and what is typical: the median of these stretches, each sum times the number beside it. */
export interface Typical {
  window: Window;
  stretches: readonly (Window & { times: number })[];
}

/** Who, or what, sells it: those first who add most to what is typical. Nothing of it is hidden. */
export async function contributorsOf(
  db: Reader,
  about: About,
  by: 'artist' | 'item' | 'country',
  { window, stretches }: Typical,
  limit: number,
): Promise<Contributor[]> {
  const windows = [window, ...stretches];
  const sold =
    'tagId' in about
      ? soldOfTag(db, about.tagId, by, windows)
      : soldOfArtist(db, about.artistId, by, windows);
  const inWindow = db`coalesce(sum(counted) filter (where n = 0), 0)`;
  const before = stretches
    .map(
      ({ times }, at) => db`coalesce(sum(counted) filter (where n = ${at + 1}::int), 0) * ${times}::float8`,
    )
    .reduce((all, one): Fragment => db`${all}, ${one}`, db`null::float8`);
  const listed = {
    artist: db`subject::bigint <> all (${unlistedArtists(db)})`,
    item: isListedPage(db, db`subject::bigint`),
    country: db`true`,
  }[by];
  const sums = await db<ContributorRow[]>`
    select subject, counted, typical, checkouts, "checkoutsBefore"
    from (
      select subject, ${inWindow}::int as counted, array[${before}] as before,
        count(distinct checkout) filter (where n = 0) as checkouts,
        count(distinct checkout) filter (where n > 0) as "checkoutsBefore"
      from (${sold}) sold
      where subject is not null
      group by 1 having sum(counted) > 0
    ) summed
    cross join lateral (
      select coalesce(percentile_cont(0.5) within group (order by sold), 0) as typical
      from unnest(before) as stretch (sold) where sold is not null
    ) middle
    where ${listed}
    order by counted - typical desc, 2 desc, 1
    limit ${by === 'item' ? Math.max(limit, MOST_PAGES) : limit}`;
  const rows = by === 'item' ? await ofReleases(db, sums, limit) : sums;
  const contributors = await withFew(db, about, rows, by, window);
  if (by === 'country') return contributors.map(({ subject, ...counts }) => ({ name: subject, ...counts }));
  const names = await (by === 'artist' ? nameArtists : namePages)(
    db,
    rows.map(row => Number(row.subject)),
  );
  return contributors.map(({ subject, ...counts }) => {
    const { name = '', url = null } = names.get(Number(subject)) ?? {};
    return { id: Number(subject), name, url, ...counts };
  });
}

interface ContributorRow {
  subject: string;
  counted: number;
  typical: number;
  /** Of an artist's sales. */
  checkouts: number;
  checkoutsBefore: number;
}

/** Marks what tells of one artist too few checkouts of a country, or of a day. */
async function withFew(
  db: Reader,
  about: About,
  rows: readonly ContributorRow[],
  by: SoldBy,
  window: Window,
): Promise<
  (Pick<ContributorRow, 'subject' | 'counted' | 'typical'> & { few?: boolean; fewBefore?: boolean })[]
> {
  if ('tagId' in about) {
    const plain = rows.map(({ subject, counted, typical }) => ({
      subject,
      counted,
      typical,
      sales: counted,
    }));
    const marked =
      by === 'artist'
        ? await markFew(db, 'artist', plain, ({ subject }) => ({ ids: [Number(subject)], window }), about)
        : plain;
    return marked.map(({ sales: _, ...one }) => one);
  }
  const isFew = (checkouts: number) => checkouts > 0 && checkouts < LEAST_CHECKOUTS;
  const byCountry = by === 'country';
  return rows.map(({ checkouts, checkoutsBefore, ...one }) => ({
    ...one,
    ...((byCountry || isNarrow({ window })) && isFew(checkouts) && { few: true }),
    ...(byCountry && isFew(checkoutsBefore) && { fewBefore: true }),
  }));
}

/**
 * The first releases by what they add, of pages, each of which can be one of several of a release: typical of
 * it is what is typical of its pages together.
 */
async function ofReleases(
  db: Reader,
  pages: readonly ContributorRow[],
  limit: number,
): Promise<ContributorRow[]> {
  const pageOf = ({ subject }: ContributorRow) => Number(subject);
  const releases = await releasesOf(db, pages.map(pageOf));
  const excess = ({ counted, typical }: ContributorRow) => counted - typical;
  return mergeReleases(
    releases,
    // Of a release the page that sells most leads to it.
    pages.toSorted((a, b) => b.counted - a.counted || b.typical - a.typical),
    pageOf,
    (best, other) => ({
      ...best,
      counted: best.counted + other.counted,
      typical: best.typical + other.typical,
      checkouts: best.checkouts + other.checkouts,
      checkoutsBefore: best.checkoutsBefore + other.checkoutsBefore,
    }),
  )
    .sort(
      (a, b) => excess(b) - excess(a) || b.counted - a.counted || a.subject.localeCompare(b.subject, 'en'),
    )
    .slice(0, limit);
}

type SoldBy = 'artist' | 'item' | 'country';

function soldOfTag(db: Reader, tagId: number, by: SoldBy, windows: readonly Window[]): Fragment {
  const [column, subject] = {
    artist: ['artist_id', db`artist_id::text`],
    item: ['page_id', db`page_id::text`],
    country: ['country', db`country_of_number(country)`],
  }[by] as ['artist_id' | 'page_id' | 'country', Fragment];
  return db`
    select n, ${subject} as subject, counted, null::timestamptz as checkout
    from (${tagSales(db, [tagId], windows, [column, 'counted'])}) sold`;
}

function soldOfArtist(db: Reader, artistId: number, by: SoldBy, windows: readonly Window[]): Fragment {
  const subject = {
    artist: db`sale.artist_id::text`,
    item: db`item.page_id::text`,
    country: db`sale.country_code`,
  }[by];
  return db`
    select n, ${subject} as subject, 1 as counted,
      (coalesce(sale.checkout_at, sale.at), sale.country_code) as checkout
    from ${wholeWindows(db, windows)}
    cross join lateral (
      select * from sale
      where artist_id = ${artistId} and at >= w.from_at and at < w.until_at
      offset 0
    ) sale
    join item on item.id = sale.item_id`;
}
