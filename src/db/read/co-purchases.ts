/** What is bought in one checkout, and what stands on one page, with something else. */
import { type Instant, SECOND } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { unlistedArtists } from './listed.ts';
import { isMusic } from './music-tags.ts';
import { daysOf, partsIn, stretches } from './period-tables.ts';

/** An item's instant is about 0.1 s after its checkout's, 0.9 s in the largest ones that were recorded. */
const BEFORE = SECOND;
const AFTER = 5 * SECOND;

/**
 * Joins to `own (checkout_at, country_code, artist_id)` the sales `sale` of the same checkouts that are of
 * other artists. `offset 0` has them looked up by their instants: there is no index of checkouts.
 */
const companions = (db: Reader): Fragment => db`
  cross join lateral (
    select * from sale
    where at >= own.checkout_at - ${BEFORE / SECOND} * interval '1 second'
      and at <= own.checkout_at + ${AFTER / SECOND} * interval '1 second'
    offset 0
  ) sale
  where sale.checkout_at = own.checkout_at
    and sale.country_code is not distinct from own.country_code
    and sale.artist_id <> own.artist_id`;

/** Artists whose own checkouts are counted. */
const CANDIDATES = 30;

interface Companion {
  id: number;
  /** Checkouts with both, and all of this artist. */
  together: number;
  checkouts: number;
  sales: number;
}

export interface Companions {
  /** Checkouts of the artist that were looked at. */
  own: number;
  /** Other artists in them, one of two checkouts twice: what the others' shares of all sales are of. */
  beside: number;
  /** Everybody's sales since the first of these checkouts, but for the artist's. */
  sales: number;
  /** The most often together first; there may be more. */
  artists: Companion[];
  /** How many artists there are at most: each could have been among these by chance. */
  known: number;
  /** When the first of these checkouts was; the window's start where there is none. */
  since: Instant;
}

/**
 * Artists who were bought in the same checkouts as this one. Imported history has no checkouts.
 * @param newestSales of the artist, whose checkouts are looked at
 */
export async function companionsOf(
  db: Reader,
  artistId: number,
  window: Window,
  newestSales: number,
): Promise<Companions> {
  const newest = db`
    select artist_id, checkout_at, country_code from sale
    where artist_id = ${artistId}
      and at >= ${window.from} and at < ${window.until}
      and checkout_at is not null
    order by at desc limit ${newestSales}`;
  const [own] = await db<{ count: number; first: number | null }[]>`
    select count(distinct (checkout_at, country_code)) as count, min(checkout_at) as first
    from (${newest}) newest`;
  if (!own || own.first === null)
    return { own: 0, beside: 0, sales: 0, artists: [], known: 0, since: window.from };
  const together = await db<{ id: number; together: number; beside: number }[]>`
    with own as materialized (select distinct artist_id, checkout_at, country_code from (${newest}) newest),
    beside as materialized (
      select sale.artist_id as id, count(distinct (own.checkout_at, own.country_code)) as together
      from own ${companions(db)} group by 1
    )
    select id, together, (select sum(together) from beside)::bigint as beside
    from beside where id <> all (${unlistedArtists(db)})
    order by together desc, id limit ${CANDIDATES}`;
  // All items of the first checkout are in it.
  const since = { from: own.first - BEFORE, until: window.until };
  const counts = await countsOf(db, [artistId, ...together.map(({ id }) => id)], since);
  const [all] = await db<{ sales: number; known: number }[]>`
    select coalesce(sum(sales), 0)::bigint as sales, coalesce((select max(id) from artist), 0) as known
    from country_hour
    where hour >= date_trunc('hour', ${since.from}::timestamptz) and hour < ${since.until}`;
  return {
    own: own.count,
    beside: together[0]?.beside ?? 0,
    sales: Math.max(0, (all?.sales ?? 0) - (counts.get(artistId)?.sales ?? 0)),
    artists: together.map(({ id, together }) => ({
      id,
      together,
      checkouts: Math.max(together, counts.get(id)?.checkouts ?? 0),
      sales: Math.max(together, counts.get(id)?.sales ?? 0),
    })),
    known: all?.known ?? 0,
    since: own.first,
  };
}

/**
 * Checkouts and sales of each artist: by the days' sums, where an imported sale is a checkout of its own, and
 * by the sales at the edges.
 */
async function countsOf(
  db: Reader,
  artistIds: readonly number[],
  window: Window,
): Promise<Map<number, { checkouts: number; sales: number }>> {
  const only = partsIn([window]);
  const wanted = db`unnest(${artistIds}::bigint[]) as wanted (id)`;
  const rows = await db<{ id: number; checkouts: number; sales: number }[]>`
    select id, sum(checkouts)::bigint as checkouts, sum(sales)::bigint as sales
    from (
      select wanted.id, checkouts, sales
      from ${daysOf(db, only('days'))} cross join ${wanted}
      join artist_day kept on kept.day = w.day and kept.artist_id = wanted.id
      union all
      select wanted.id,
        count(distinct (checkout_at, country_code)) filter (where checkout_at is not null), count(*)
      from ${stretches(db, only('hours', 'rest'))} cross join ${wanted} cross join lateral (
        select * from sale where artist_id = wanted.id and at >= w.from_at and at < w.until_at offset 0
      ) sale group by 1
    ) counted group by 1`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** Pages of the genre, and of everything, that are looked at: the newest. */
const OWN_PAGES = 3_000;
const ALL_PAGES = 20_000;
/** Sales of the genre whose checkouts are looked at. */
const SALES = 1_000;

interface Neighbour {
  id: number;
  name: string;
  /** Of the genre's pages, and of all pages looked at, those with this tag. */
  ownPages: number;
  allPages: number;
  /** Other artists' sales of this tag in the genre's checkouts, and all its sales. */
  bought: number;
  sold: number;
}

export interface Neighbours {
  ownPages: number;
  allPages: number;
  bought: number;
  sold: number;
  tags: Neighbour[];
}

/**
 * Genres and styles on the same pages and in the same checkouts as this one, by a bounded look at the newest.
 */
export async function neighboursOf(db: Reader, tagId: number, window: Window): Promise<Neighbours> {
  const rows = await db<(Neighbour & { id: number | null })[]>`
    with own_page as materialized (
      select page_id from page_tag where tag_id = ${tagId} order by page_id desc limit ${OWN_PAGES}
    ), all_page as materialized (
      select id as page_id from page where state = 'read' order by id desc limit ${ALL_PAGES}
    ), on_own as (
      select tag_id, count(*) as n from own_page join page_tag using (page_id) group by 1
    ), on_all as (
      select tag_id, count(*) as n from all_page join page_tag using (page_id) group by 1
    ), own as materialized (
      select distinct sale.checkout_at, sale.country_code, sale.artist_id
      from (
        select sale.* from own_page
        join item using (page_id)
        join sale on sale.item_id = item.id and sale.at >= ${window.from} and sale.at < ${window.until}
        where sale.checkout_at is not null limit ${SALES}
      ) sale
    ), other as materialized (
      select distinct sale.at, sale.item_id from own ${companions(db)}
    ), in_checkouts as (
      select tag_id, count(*) as n from other
      join item on item.id = other.item_id
      join page_tag using (page_id)
      group by 1
    ), sold as (
      select tag_id, sum(sales) as n from tag_day
      where day >= (${window.from}::timestamptz at time zone 'UTC')::date
        and day <= (${window.until}::timestamptz at time zone 'UTC')::date
        and country_code = ''
      group by 1
    )
    select tag.id, tag.name, coalesce(on_own.n, 0) as "ownPages", coalesce(on_all.n, 0) as "allPages",
      coalesce(in_checkouts.n, 0) as bought, coalesce(sold.n, 0)::bigint as sold
    from on_own
    full join in_checkouts using (tag_id)
    join tag on tag.id = tag_id
    left join on_all using (tag_id)
    left join sold using (tag_id)
    where ${isMusic(db)} and tag.id <> ${tagId}
    union all
    select null, '',
      (select count(*) from own_page),
      (select count(*) from all_page),
      (select count(*) from other),
      (
        select coalesce(sum(sales), 0)::bigint from country_hour
        where hour >= date_trunc('day', ${window.from}::timestamptz, 'UTC') and hour < ${window.until}
      )`;
  const { ownPages, allPages, bought, sold } = rows.find(({ id }) => id === null) ?? {
    ownPages: 0,
    allPages: 0,
    bought: 0,
    sold: 0,
  };
  return { ownPages, allPages, bought, sold, tags: rows.filter(({ id }) => id !== null) };
}
