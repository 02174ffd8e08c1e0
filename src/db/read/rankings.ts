/** Who sold most in a window, and how high somebody stands among all. */
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { markFew } from './few-checkouts.ts';
import { isListedPage, isListedSeller, unlistedArtists } from './listed.ts';
import { isMusic } from './music-tags.ts';
import { fromDays, partsIn, salesWithin, stretches } from './period-tables.ts';
import { type By, rankingCandidates } from './ranking-candidates.ts';
import { MOST_PAGES, mergeReleases, releasesOf } from './release-pages.ts';
import { countrySales, tagSales } from './sale-lists.ts';
import { pagesOfSellers, type Sellers, subjectsOfSellers, tagsOfSellers } from './seller-sales.ts';
import { addSums, type Sum, saleParts } from './totals.ts';
import { type Subject, totalsBy } from './totals-by-subject.ts';

/** What to count: of one buyers' country, of one genre's pages. */
export interface Within {
  window: Window;
  country?: string | undefined;
  tagId?: number | undefined;
  /** The only sellers that count. */
  sellers?: Sellers | undefined;
}

/** Rows `(subject, sales, units, usd_cents)`, several for a subject. */
function partsOf(db: Reader, subject: Subject, within: Within): Fragment {
  const { window, country, tagId, sellers } = within;
  if (sellers) return partsOfSellers(db, subject, within, sellers);
  if (tagId === undefined) return totalsBy(db, subject, [window], country);
  const sold = (column: 'artist_id' | 'seller_id' | 'country' | 'page_id') =>
    tagSales(db, [tagId], [window], [column, 'sales', 'units', 'usd_cents'], country);
  switch (subject) {
    case 'country':
      return db`
        select coalesce(country_of_number(country), '') as subject, sales, units, usd_cents
        from (${sold('country')}) sold`;
    case 'tag':
      return db`
        select other.tag_id as subject, sales, units, usd_cents
        from (
          select page_id, sum(sales) as sales, sum(units) as units, sum(usd_cents) as usd_cents
          from (${sold('page_id')}) sold group by 1
        ) sold
        join page_tag other on other.page_id = sold.page_id and other.tag_id <> ${tagId}
        join tag on tag.id = other.tag_id and ${isMusic(db)}`;
    default:
      return db`
        select ${db(`${subject}_id`)} as subject, sales, units, usd_cents
        from (${sold(`${subject}_id`)}) sold`;
  }
}

function partsOfSellers(db: Reader, subject: Subject, within: Within, sellers: Sellers): Fragment {
  const { window, country, tagId } = within;
  const of = { sellers, country, tagId };
  if (subject === 'tag')
    return db`
      select subject, sales, units, usd_cents from (${tagsOfSellers(db, [window], of)}) sold
      where subject <> ${tagId ?? 0}`;
  return db`
    select subject, sales, units, usd_cents from (${subjectsOfSellers(db, subject, [window], of)}) sold`;
}

/** Rows `(page_id, type, sales, units, usd_cents)`, several for a page and type. */
function pageParts(db: Reader, { window, country, tagId, sellers }: Within): Fragment {
  if (sellers) return pagesOfSellers(db, [window], { sellers, country, tagId });
  if (tagId !== undefined)
    return tagSales(db, [tagId], [window], ['page_id', 'type', 'sales', 'units', 'usd_cents'], country);
  if (country !== undefined)
    return countrySales(db, country, [window], ['page_id', 'type', 'sales', 'units', 'usd_cents']);
  const only = partsIn([window]);
  return db`
    ${fromDays(db, 'page_day', only('days'), db`page_id, type, sales, units, usd_cents`)}
    union all
    select w.n, page_id, type, 1, units, coalesce(amount_usd_cents, 0)
    from ${stretches(db, only('hours', 'rest'))} cross join ${salesWithin(db)}
    cross join lateral (select page_id, type from item where item.id = sale.item_id offset 0) item`;
}

const ordered = (db: Reader, by: By): Fragment =>
  by === 'units' ? db`units desc, "usdCents" desc, subject` : db`"usdCents" desc, units desc, subject`;

const summed = (db: Reader): Fragment =>
  db`sum(sales)::bigint as sales, sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents"`;

/**
 * Leaves out what no board shows: what is hidden, "Various Artists", buyers of whom no country is known, tags
 * that name no music.
 */
function shown(db: Reader, subject: Subject): Fragment {
  switch (subject) {
    case 'artist':
      return db`where subject <> all (${unlistedArtists(db)})`;
    case 'seller':
      return db`where ${isListedSeller(db, db`subject`)}`;
    case 'country':
      return db`where subject <> ''`;
    case 'tag':
      return db`where subject in (select id from tag where ${isMusic(db)})`;
  }
}

/** Boards of everything are of few who can lead (see ranking-candidates.ts). */
const isOfAll = ({ country, tagId, sellers }: Within): boolean =>
  country === undefined && tagId === undefined && sellers === undefined;

type Ranked<S extends Subject> = Sum & { subject: S extends 'country' ? string : number };

/** The first `limit` subjects: ids, or codes of countries. */
export async function rankingOf<S extends Subject>(
  db: Reader,
  subject: S,
  within: Within,
  most: { by: By; limit: number },
): Promise<Ranked<S>[]> {
  const ranked = await ranking(db, subject, within, most);
  return subject === 'artist' || subject === 'seller'
    ? markFew(db, subject, ranked, one => ({ ids: [Number(one.subject)], ...within }), within)
    : ranked;
}

async function ranking<S extends Subject>(
  db: Reader,
  subject: S,
  within: Within,
  { by, limit }: { by: By; limit: number },
): Promise<Ranked<S>[]> {
  const { window } = within;
  const first = async (parts: Fragment) => [
    ...(await db<Ranked<S>[]>`
      select subject, ${summed(db)} from (${parts}) parts ${shown(db, subject)}
      group by subject having sum(sales) > 0 order by ${ordered(db, by)} limit ${limit}`),
  ];
  if (!isOfAll(within) || (subject !== 'artist' && subject !== 'seller'))
    return first(partsOf(db, subject, within));
  const among = (ids: readonly number[]) =>
    first(
      db`select id as subject, sales, units, usd_cents from (${saleParts(db, subject, ids, [window])}) sold`,
    );
  const few = await rankingCandidates(db, subject, window, { by, limit }, among);
  return few ? among(few) : first(partsOf(db, subject, within));
}

/**
 * The first `limit` releases of albums, of tracks, of merch (every physical item) or of any kind, with all
 * their items together: each by its page, the one that sold the most where it is sold at several hosts.
 */
export async function pageRanking(
  db: Reader,
  kind: PageKind,
  within: Within,
  most: { by: By; limit: number },
): Promise<Ranked<'artist'>[]> {
  const ranked = await rankedPages(db, kind, within, most);
  const types = PAGE_TYPES[kind];
  return markFew(db, 'page', ranked, one => ({ ids: [one.subject], ...within }), { ...within, types });
}

async function rankedPages(
  db: Reader,
  kind: PageKind,
  within: Within,
  { by, limit }: { by: By; limit: number },
): Promise<PageSum[]> {
  const types = PAGE_TYPES[kind];
  const isOther =
    kind === 'album'
      ? db`physical and (select url not like '%/album/%' from page where page.id = subject)`
      : db`false`;
  const first = async (parts: Fragment, looked: Fragment = db``) => {
    const found = await db<(PageSum & { isOther: boolean })[]>`
      select subject, sales, units, "usdCents",
        (${isOther}) or not ${isListedPage(db, db`subject`)} as "isOther"
      from (
        select page_id as subject, ${summed(db)}, bool_and(type = 'p') as physical
        from (${parts}) parts where type::text = any(${types}::text[])
        group by page_id having sum(sales) > 0 order by ${ordered(db, by)} ${looked}
      ) sold order by ${ordered(db, by)}`;
    const pages = found.filter(page => !page.isOther).map(({ isOther: _, ...page }) => page);
    return { pages, isCut: found.length === MOST_PAGES };
  };
  const ofPages = async (ids: readonly number[]) => {
    const sold = saleParts(db, 'page', ids, [within.window]);
    return (await first(db`select id as page_id, type, sales, units, usd_cents from (${sold}) sold`)).pages;
  };
  if (isOfAll(within)) {
    const among = async (ids: readonly number[]) =>
      firstReleases(db, await ofPages(ids), { by, limit }, ofPages);
    const wanted = { by, limit, types, parts: HOSTS };
    const few = await rankingCandidates(db, 'page', within.window, wanted, among);
    if (few) return among(few);
  }
  const parts = pageParts(db, within);
  const { pages, isCut } = await first(parts, db`limit ${MOST_PAGES}`);
  // Hardly ever are so many of another kind among the first.
  const all = isCut && pages.length < HOSTS * limit ? (await first(parts)).pages : pages;
  const ofOthers = async (ids: readonly number[]) =>
    (await first(db`select * from (${parts}) parts where page_id = any(${ids}::bigint[])`)).pages;
  return firstReleases(db, all, { by, limit }, isCut ? ofOthers : async () => []);
}

/** Types of the items that make a board, the one first that the price is of. */
const PAGE_TYPES = { album: ['a', 'p'], track: ['t'], merch: ['p'], any: ['a', 't', 'p', 'b'] };

type PageKind = keyof typeof PAGE_TYPES;
type PageSum = Sum & { subject: number };

/**
 * Hosts that a release is sold at, at most: its best page has so much of its sales. (Of one with more hosts
 * all pages count, but one of which none has as much could be missed at the end of a board.)
 */
const HOSTS = 2;

/**
 * The first releases of these pages, which are the best first.
 * @param ofOthers the sums of further pages, those of the same releases that are not among these
 */
async function firstReleases(
  db: Reader,
  pages: readonly PageSum[],
  { by, limit }: { by: By; limit: number },
  ofOthers: (ids: readonly number[]) => Promise<PageSum[]>,
): Promise<PageSum[]> {
  const amount = (page: PageSum | undefined) => (by === 'units' ? page?.units : page?.usdCents) ?? 0;
  // The last release of the board sold as much as this page, since each takes up to so many.
  const least = amount(pages[HOSTS * limit - 1]) / HOSTS;
  const leading = pages.slice(0, MOST_PAGES).filter(page => amount(page) >= least);
  const releases = await releasesOf(
    db,
    leading.map(({ subject }) => subject),
  );
  const known = new Set(pages.map(({ subject }) => subject));
  const missing = [...releases.keys()].filter(id => !known.has(id));
  const all = missing.length > 0 ? [...pages, ...(await ofOthers(missing))] : pages;
  const order = by === 'units' ? (['units', 'usdCents'] as const) : (['usdCents', 'units'] as const);
  const compare = (a: PageSum, b: PageSum): number =>
    b[order[0]] - a[order[0]] || b[order[1]] - a[order[1]] || a.subject - b.subject;
  const merged = mergeReleases(releases, all.toSorted(compare), ({ subject }) => subject, addSums);
  return merged.sort(compare).slice(0, limit);
}

/** How many sold more units, and one; null for what sold nothing. */
export async function rankOf(
  db: Reader,
  subject: 'artist' | 'tag' | 'country',
  id: number | string,
  within: Within,
): Promise<number | null> {
  const [row] = await db<{ rank: number | null }[]>`
    with summed as (
      select subject, sum(units) as units from (${partsOf(db, subject, within)}) parts ${shown(db, subject)}
      group by subject having sum(sales) > 0
    ), own as (
      select units from summed where subject = ${id}
    )
    select case when exists (select from own) then (
      select count(*) + 1 from summed, own where summed.units > own.units
    ) end as rank`;
  return row?.rank ?? null;
}
