/** Who, or what, sells a genre or an artist, beside what is typical of it; and how it sells day by day. */
import { isNarrow, LEAST_CHECKOUTS } from '../../core/small-cells.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { markFew } from './few-checkouts.ts';
import { isListedPage, unlistedArtists } from './listed.ts';
import { nameArtists, namePages } from './named-subjects.ts';
import { wholeWindows } from './period-tables.ts';
import { MOST_PAGES, mergeReleases, releasesOf } from './release-pages.ts';
import { tagSales } from './sale-lists.ts';
import { countsOf } from './totals.ts';

/** What is asked about: a tag's pages, or an artist; of one buyers' country, or of all. */
export type About = ({ tagId: number } | { artistId: number }) & { country?: string | undefined };

/** All sales in each of these stretches, and those of them that count. */
export async function dailyCounts(
  db: Reader,
  about: About,
  days: readonly Window[],
): Promise<{ sales: number; counted: number; few?: boolean }[]> {
  return 'tagId' in about
    ? countsOf(db, 'tag', about.tagId, days, about.country)
    : countsOf(db, 'artist', about.artistId, days, about.country);
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
  const sold = 'tagId' in about ? soldOfTag(db, about, by, windows) : soldOfArtist(db, about, by, windows);
  const inWindow = db`coalesce(sum(counted) filter (where n = 0), 0)`;
  const before = stretches
    .map(
      ({ times }, at) => db`coalesce(sum(counted) filter (where n = ${at + 1}::int), 0) * ${times}::float8`,
    )
    .reduce((all, one): Fragment => db`${all}, ${one}`, db`null::float8`);
  const countedBefore = stretches
    .map((_, at) => db`coalesce(sum(counted) filter (where n = ${at + 1}::int), 0)`)
    .reduce((all, one): Fragment => db`${all}, ${one}`, db`0`);
  const listed = {
    artist: db`subject::bigint <> all (${unlistedArtists(db)})`,
    item: isListedPage(db, db`subject::bigint`),
    country: db`true`,
  }[by];
  const sums = await db<ContributorRow[]>`
    select subject, counted, typical, checkouts, "checkoutsBefore", "countedBefore"
    from (
      select subject, ${inWindow}::int as counted, array[${before}] as before,
        array[${countedBefore}]::int[] as "countedBefore",
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
  const contributors = await withFew(db, about, rows, by, windows);
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
  /** In each of the windows; nothing in the first, which is the one that is asked about. */
  countedBefore: number[];
}

type Told = Pick<ContributorRow, 'subject' | 'counted' | 'typical'> & { few?: boolean; fewBefore?: boolean };

/** Marks what tells of one artist too few checkouts of a country, or of a day. */
async function withFew(
  db: Reader,
  about: About,
  rows: readonly ContributorRow[],
  by: SoldBy,
  windows: readonly Window[],
): Promise<Told[]> {
  const [window] = windows as [Window];
  if ('tagId' in about)
    return by === 'artist'
      ? artistsWithFew(db, about, rows, windows)
      : rows.map(({ subject, counted, typical }) => ({ subject, counted, typical }));
  const isFew = (checkouts: number) => checkouts > 0 && checkouts < LEAST_CHECKOUTS;
  const ofCountry = by === 'country' || about.country !== undefined;
  return rows.map(({ checkouts, checkoutsBefore, countedBefore: _, ...one }) => ({
    ...one,
    ...((ofCountry || isNarrow({ window })) && isFew(checkouts) && { few: true }),
    ...(ofCountry && isFew(checkoutsBefore) && { fewBefore: true }),
  }));
}

/** Of artists of a tag: before the window only a country makes their sales narrow. */
async function artistsWithFew(
  db: Reader,
  about: About & { tagId: number },
  rows: readonly ContributorRow[],
  windows: readonly Window[],
): Promise<Told[]> {
  const { country } = about;
  const looked = country === undefined ? windows.slice(0, 1) : windows;
  const cells = rows.flatMap(({ subject, counted, countedBefore }) =>
    looked.map((window, n) => ({
      ids: [Number(subject)],
      window,
      country,
      sales: n === 0 ? counted : (countedBefore[n] ?? 0),
    })),
  );
  const marked = await markFew(db, 'artist', cells, cell => cell, about);
  return rows.map(({ subject, counted, typical }, at) => {
    const [now, ...before] = marked.slice(at * looked.length, (at + 1) * looked.length);
    return {
      subject,
      counted,
      typical,
      ...(now?.few && { few: true }),
      // How many checkouts they are together is not known.
      ...(before.some(({ few }) => few) && before.every(({ sales, few }) => few || sales === 0)
        ? { fewBefore: true }
        : {}),
    };
  });
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
      countedBefore: best.countedBefore,
    }),
  )
    .sort(
      (a, b) => excess(b) - excess(a) || b.counted - a.counted || a.subject.localeCompare(b.subject, 'en'),
    )
    .slice(0, limit);
}

type SoldBy = 'artist' | 'item' | 'country';

function soldOfTag(
  db: Reader,
  { tagId, country }: About & { tagId: number },
  by: SoldBy,
  windows: readonly Window[],
): Fragment {
  const [column, subject] = {
    artist: ['artist_id', db`artist_id::text`],
    item: ['page_id', db`page_id::text`],
    country: ['country', db`country_of_number(country)`],
  }[by] as ['artist_id' | 'page_id' | 'country', Fragment];
  return db`
    select n, ${subject} as subject, counted, null::timestamptz as checkout
    from (${tagSales(db, [tagId], windows, [column, 'counted'], country)}) sold`;
}

function soldOfArtist(
  db: Reader,
  { artistId, country }: About & { artistId: number },
  by: SoldBy,
  windows: readonly Window[],
): Fragment {
  const here = country === undefined ? db`` : db`and country_code = ${country}`;
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
      where artist_id = ${artistId} and at >= w.from_at and at < w.until_at ${here}
      offset 0
    ) sale
    join item on item.id = sale.item_id`;
}
