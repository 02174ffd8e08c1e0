/** Who sells what artists made, whom such sellers sell else, where they are, and which releases sold. */
import type { Place } from '../../core/places/place.ts';
import type { SoldRelease } from '../../core/release.ts';
import type { SellerFacts } from '../../core/sold-by.ts';
import { DAY, type Instant, utcDay } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { isListedPage, isListedSeller, newestSaleOf } from './listed.ts';

/** A seller sells those whom it sold in so many days. */
const SELLS_FOR = 90 * DAY;

export interface SellerOf extends SellerFacts {
  sellerId: number;
  /** Whose music it sells here. */
  artist: string;
  /** As its newest page says. */
  place: string | null;
}

/** An artist at a seller; `id` is what is asked of: the artist, or a page. */
interface Sale {
  id: number;
  artistId: number;
  sellerId: number;
}

/** Of each artist the seller that sold most in the window; of what sold nothing, none. */
export async function whoSells(
  db: Reader,
  artistIds: readonly number[],
  window: Window,
): Promise<Map<number, SellerOf>> {
  const sales = await db<Sale[]>`
    select artist_id as id, artist_id as "artistId", seller_id as "sellerId"
    from (${mainSellers(db, artistIds, window)}) main`;
  return sellersOf(db, sales, window.until);
}

/** Rows `(artist_id, seller_id)`: of each artist the seller that sold most in the window. */
const mainSellers = (db: Reader, artistIds: readonly number[], { from, until }: Window): Fragment => db`
  select distinct on (artist_id) artist_id, seller_id
  from (
    select artist_id, seller_id, count(*) as sales from sale
    where artist_id = any(${artistIds}::bigint[]) and at >= ${from} and at < ${until} group by 1, 2
  ) sums
  order by artist_id, sales desc, seller_id`;

/** Of these artists those whose seller, as `whoSells` finds it, is one of whom `among` is a query. */
export async function artistsSoldBy(
  db: Reader,
  artistIds: readonly number[],
  window: Window,
  among: Fragment,
): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select artist_id as id from (${mainSellers(db, artistIds, window)}) main
    where seller_id in (${among}) and ${isListedSeller(db, db`seller_id`)}`;
  return rows.map(({ id }) => id);
}

/** Of each page its seller, as the one who sells the artist of its newest sale. */
export async function whoSellsPages(
  db: Reader,
  pageIds: readonly number[],
  until: Instant,
): Promise<Map<number, SellerOf>> {
  const sales = await db<Sale[]>`
    select page.id, latest.artist_id as "artistId", seller_id as "sellerId"
    from page cross join lateral (select artist.id as artist_id from ${newestSaleOf(db)}) latest
    where page.id = any(${pageIds}::bigint[])`;
  return sellersOf(db, sales, until);
}

/** How many artists a seller sold in 90 days; "Various Artists" are none. */
export async function artistsOfSeller(db: Reader, sellerId: number, until: Instant): Promise<number> {
  const sold = soldThere(db, db`select ${sellerId}::bigint`, until);
  const [row] = await db<{ artists: number }[]>`
    select count(*) as artists from artist
    where not various and id in (select artist_id from (${sold}) sold)`;
  return row?.artists ?? 0;
}

/** Rows `(seller_id, artist_id)`: whom each of the sellers (a query of their ids) sold in 90 days. */
const soldThere = (db: Reader, sellers: Fragment, until: Instant): Fragment => db`
  select own.seller_id, newest.artist_id
  from (${sellers}) own (seller_id)
  join page on page.seller_id = own.seller_id
  join item on item.page_id = page.id
  cross join lateral (
    select artist_id from sale
    where sale.item_id = item.id and at >= ${until - SELLS_FOR} and at < ${until}
    order by at desc limit 1
  ) newest
  group by 1, 2`;

async function sellersOf(db: Reader, sales: readonly Sale[], until: Instant): Promise<Map<number, SellerOf>> {
  if (sales.length === 0) return new Map();
  const rows = await db<(SellerOf & { id: number })[]>`
    with sold as (
      select * from unnest(
        ${sales.map(({ id }) => id)}::bigint[], ${sales.map(({ artistId }) => artistId)}::bigint[],
        ${sales.map(({ sellerId }) => sellerId)}::bigint[]
      ) as sold (id, artist_id, seller_id)
    ), sold_there as materialized (
      ${soldThere(db, db`select distinct seller_id from sold`, until)}
    ), named as (
      select seller_id, key from sold_there join artist on artist.id = artist_id and not various
    )
    select sold.id, seller.id as "sellerId", artist.name as artist, host, seller.name, place,
      (select count(*) from named where named.seller_id = seller.id) as artists,
      (
        select count(*) from named
        where named.seller_id = seller.id and position(artist.key in named.key) = 0
      ) as others
    from sold join seller on seller.id = sold.seller_id join artist on artist.id = sold.artist_id
    where ${isListedSeller(db, db`seller.id`)}`;
  return new Map(rows.map(({ id, ...seller }) => [id, seller]));
}

/** The pages that each artist sold in the window. */
export async function releasesSold(
  db: Reader,
  artistIds: readonly number[],
  { from, until }: Window,
): Promise<Map<number, SoldRelease[]>> {
  if (artistIds.length === 0) return new Map();
  const rows = await db<(SoldRelease & { id: number })[]>`
    select sold.artist_id as id, page.id as "pageId", page.url, coalesce(page.title, '') as title,
      published, is_preorder as "isPreorder", label, sold.sales
    from (
      select artist_id, page_id, count(*) as sales from sale join item on item.id = sale.item_id
      where artist_id = any(${artistIds}::bigint[]) and at >= ${from} and at < ${until} group by 1, 2
    ) sold join page on page.id = sold.page_id
    where ${isListedPage(db, db`page.id`)}`;
  const found = new Map<number, SoldRelease[]>();
  for (const { id, ...release } of rows) found.set(id, [...(found.get(id) ?? []), release]);
  return found;
}

/** When these pages' releases come out, as the pages say. */
export async function releasesOf(db: Reader, pageIds: readonly number[]): Promise<Map<number, SoldRelease>> {
  const rows = await db<SoldRelease[]>`
    select id as "pageId", url, coalesce(title, '') as title, published, is_preorder as "isPreorder",
      label, 0 as sales
    from page where id = any(${pageIds}::bigint[])`;
  return new Map(rows.map(release => [release.pageId, release]));
}

/**
 * A query of the ids of sellers that are, by their pages, from a place. Cities of a state and states of a
 * country are intersected: of conditions side by side the planner expects one seller, as if a city could lie
 * in any state, and then looks for its sales again and again.
 */
export function sellersFrom(db: Reader, { city, region, country }: Place): Fragment {
  const within =
    country === null ? db`` : db`intersect select id from seller where country_code = ${country}`;
  if (city !== null && region !== null)
    return db`
      select id from seller where city = ${city}
      intersect select id from seller where region = ${region} ${within}`;
  // "Brooklyn" can be a city or what lies around one.
  const name = city ?? region;
  return name === null
    ? db`select id from seller where country_code = ${country}`
    : db`select id from seller where (city = ${name} or region = ${name}) ${within}`;
}

/**
 * Where the sellers that a place means are, those with the most first: `{region: 'oregon', country: 'us',
 * sellers}`.
 */
export async function placesMeant(
  db: Reader,
  place: Place,
): Promise<{ region: string | null; country: string | null; sellers: number }[]> {
  return db`
    select region, country_code as country, count(*) as sellers from seller
    where id in (${sellersFrom(db, place)}) group by 1, 2 order by 3 desc, 1, 2`;
}

/** Cities and regions whose names are like that one, those of the most sellers first. */
export async function placesNear(db: Reader, name: string): Promise<string[]> {
  const rows = await db<{ name: string }[]>`
    select name
    from (
      select city as name, count(*) as sellers from seller where city is not null group by 1
      union all
      select region, count(*) from seller where region is not null group by 1
    ) known
    where similarity(name, ${name}) > 0.4
    group by 1 order by similarity(name, ${name}) desc, sum(sellers) desc, 1 limit 3`;
  return rows.map(({ name }) => name);
}

/** Of these sellers those of whom `among` is a query. */
export async function sellersAmong(
  db: Reader,
  ids: readonly number[],
  among: Fragment,
): Promise<Set<number>> {
  const rows = await db<{ id: number }[]>`
    select id from (${among}) meant where id = any(${ids}::bigint[])`;
  return new Set(rows.map(({ id }) => id));
}

/** The share of a window's sales whose seller's place is known; by whole days. Null where nothing sold. */
export async function placedShare(db: Reader, { from, until }: Window): Promise<number | null> {
  const [row] = await db<{ share: number | null }[]>`
    select sum(sales) filter (where place is not null)::float8 / nullif(sum(sales), 0) as share
    from seller_day join seller on seller.id = seller_id
    where day >= ${utcDay(from)}::date and day <= ${utcDay(until - 1)}::date`;
  return row?.share ?? null;
}
