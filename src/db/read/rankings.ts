/** Who sold most in a window, and how high somebody stands among all. */
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { isMusic } from './music-tags.ts';
import { fromDays, partsIn, salesWithin, stretches } from './period-tables.ts';
import { type By, rankingCandidates } from './ranking-candidates.ts';
import { countrySales, tagSales } from './sale-lists.ts';
import { pagesOfSellers, soldBySellers } from './seller-sales.ts';
import { type Sum, saleParts } from './totals.ts';
import { type Subject, totalsBy } from './totals-by-subject.ts';

/** What to count: of one buyers' country, of one genre's pages. */
export interface Within {
  window: Window;
  country?: string | undefined;
  tagId?: number | undefined;
  /** A query of the ids of the only sellers that count. */
  sellers?: Fragment | undefined;
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

function partsOfSellers(db: Reader, subject: Subject, within: Within, sellers: Fragment): Fragment {
  const { window, country, tagId } = within;
  const of = { sellers, country, tagId };
  if (subject === 'tag')
    return db`
      select other.tag_id as subject, sales, units, usd_cents
      from (
        select page_id, sum(sales) as sales, sum(units) as units, sum(usd_cents) as usd_cents
        from (${pagesOfSellers(db, [window], of)}) sold group by 1
      ) sold
      join page_tag other on other.page_id = sold.page_id and other.tag_id <> ${tagId ?? 0}
      join tag on tag.id = other.tag_id and ${isMusic(db)}`;
  const column = subject === 'country' ? db('country') : db(`${subject}_id`);
  return db`
    select ${column} as subject, sales, units, usd_cents from (${soldBySellers(db, [window], of)}) sold`;
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
 * Leaves out what no board shows: "Various Artists", buyers of whom no country is known, tags that name no
 * music.
 */
function shown(db: Reader, subject: Subject): Fragment {
  switch (subject) {
    case 'artist':
      return db`where subject <> all (array(select id from artist where various))`;
    case 'country':
      return db`where subject <> ''`;
    case 'tag':
      return db`where subject in (select id from tag where ${isMusic(db)})`;
    default:
      return db``;
  }
}

/** Boards of everything are of few who can lead (see ranking-candidates.ts). */
const isOfAll = ({ country, tagId, sellers }: Within): boolean =>
  country === undefined && tagId === undefined && sellers === undefined;

/** The first `limit` subjects: ids, or codes of countries. */
export async function rankingOf<S extends Subject>(
  db: Reader,
  subject: S,
  within: Within,
  { by, limit }: { by: By; limit: number },
): Promise<(Sum & { subject: S extends 'country' ? string : number })[]> {
  const { window } = within;
  const first = async (parts: Fragment) => [
    ...(await db<(Sum & { subject: S extends 'country' ? string : number })[]>`
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
 * The first `limit` pages of albums, of tracks, of merch (every physical item) or of anything, with all their
 * items together.
 */
export async function pageRanking(
  db: Reader,
  kind: 'album' | 'track' | 'merch' | 'any',
  within: Within,
  { by, limit }: { by: By; limit: number },
): Promise<(Sum & { subject: number })[]> {
  // An album's vinyl counts as the album: they share the page, whose address tells what it is of. Looked at
  // from the first on, until there are enough.
  const types = { album: ['a', 'p'], track: ['t'], merch: ['p'], any: ['a', 't', 'p', 'b'] }[kind];
  const isOfKind =
    kind === 'album'
      ? db`where not physical or (select url like '%/album/%' from page where page.id = subject)`
      : db``;
  const first = async (parts: Fragment, looked: Fragment = db``) => [
    ...(await db<(Sum & { subject: number })[]>`
      select subject, sales, units, "usdCents"
      from (
        select page_id as subject, ${summed(db)}, bool_and(type = 'p') as physical
        from (${parts}) parts where type::text = any(${types}::text[])
        group by page_id having sum(sales) > 0 order by ${ordered(db, by)} ${looked}
      ) sold
      ${isOfKind} order by ${ordered(db, by)} limit ${limit}`),
  ];
  if (isOfAll(within)) {
    const among = (ids: readonly number[]) =>
      first(db`
        select id as page_id, type, sales, units, usd_cents
        from (${saleParts(db, 'page', ids, [within.window])}) sold`);
    const few = await rankingCandidates(db, 'page', within.window, { by, limit, types }, among);
    if (few) return among(few);
  }
  // Hardly ever are so many of other kinds among the first.
  const found = kind === 'album' ? await first(pageParts(db, within), db`limit ${LOOKED_AT * limit}`) : [];
  return found.length < limit ? first(pageParts(db, within)) : found;
}

/** Pages that are looked at for each that is wanted: merch stands among the albums. */
const LOOKED_AT = 20;

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

/**
 * The artist of the newest sale of the row `page`: item by item, since a page can have a hundred thousand
 * sales.
 */
export const newestSaleOf = (db: Reader): Fragment => db`(
  select newest.artist_id from item cross join lateral (
    select at, artist_id from sale where sale.item_id = item.id order by at desc limit 1
  ) newest
  where item.page_id = page.id order by newest.at desc limit 1
) newest join artist on artist.id = newest.artist_id`;

export interface NamedPage {
  name: string;
  url: string;
  /** Of its newest sale. */
  artist: string | null;
  artistId: number | null;
}

/** Pages by id: what they are called, whose they are (who sold last) and where. */
export async function namePages(db: Reader, ids: readonly number[]): Promise<Map<number, NamedPage>> {
  const rows = await db<(NamedPage & { id: number })[]>`
    select page.id, page.url, latest.artist, latest.artist_id as "artistId",
      coalesce(page.title, (
        select coalesce(case when type = 'p' then album_title end, title) from item
        where item.page_id = page.id
        order by type, id limit 1
      )) as name
    from page left join lateral (
      select artist.name as artist, artist.id as artist_id from ${newestSaleOf(db)}
    ) latest on true
    where page.id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, ...page }) => [id, page]));
}

/** Artists by id: their names, and where they sold last. */
export async function nameArtists(
  db: Reader,
  ids: readonly number[],
): Promise<Map<number, { name: string; url: string | null }>> {
  const rows = await db<{ id: number; name: string; url: string | null }[]>`
    select artist.id, artist.name, 'https://' || latest.host as url
    from artist left join lateral (
      select host from sale join seller on seller.id = sale.seller_id
      where sale.artist_id = artist.id
      order by at desc limit 1
    ) latest on true
    where artist.id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, ...artist }) => [id, artist]));
}

export async function nameTags(db: Reader, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db<
    { id: number; name: string }[]
  >`select id, name from tag where id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function nameSellers(db: Reader, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db<
    { id: number; host: string }[]
  >`select id, host from seller where id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, host }) => [id, host]));
}
