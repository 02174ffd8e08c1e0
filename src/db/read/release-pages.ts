/**
 * Pages that sell one release: a seller with a domain of its own has each page at two hosts, and the feed
 * names now one, now the other.
 */
import { fold, foldSigns } from '../../core/text.ts';
import type { Reader } from '../connect.ts';
import { newestSaleOf } from './listed.ts';
import { shownName } from './page-names.ts';

/**
 * Pages that are looked at for others: those beyond sell too little to come to be shown, but where thousands
 * sell alike.
 */
export const MOST_PAGES = 1_000;
/** An album's tracks have its picture; what has more pages than this is no release's. */
const MOST_OF_ONE_PICTURE = 300;

interface Shown {
  id: number;
  url: string;
  sellerId: number;
  art: string;
  name: string | null;
  /** Of its newest sale. */
  artistId: number | null;
}

/**
 * Each page that is sold at another host too, those of the other hosts among them, with the release's id: the
 * least of its pages'. One release is what has the same picture, title, artist and kind of page.
 */
export async function releasesOf(db: Reader, pageIds: readonly number[]): Promise<Map<number, number>> {
  const alike = pageIds.length > 0 ? await picturedAlike(db, pageIds) : [];
  if (alike.length === 0) return new Map();
  const shown = await db<Shown[]>`
    select page.id, page.url, page.seller_id as "sellerId", same.art, ${shownName(db)} as name,
      newest.id as "artistId"
    from unnest(
      ${alike.map(({ id }) => id)}::bigint[], ${alike.map(({ art }) => art)}::text[]
    ) as same (id, art)
    join page on page.id = same.id
    left join lateral (select artist.id from ${newestSaleOf(db)}) newest on true
    order by page.id`;
  return groupsOf(shown);
}

/**
 * The pages whose picture these and another host have, once for each picture. `offset 0`: page by page, by
 * index, also before the planner knows how many have one picture.
 */
const picturedAlike = (db: Reader, pageIds: readonly number[]) => db<{ id: number; art: string }[]>`
  with own as (
    select art_of(art_url) as art from page where id = any(${pageIds}::bigint[])
    union
    select art_of(art_url) from item where page_id = any(${pageIds}::bigint[])
  ), same as (
    select own.art, other.id, page.seller_id
    from own
    cross join lateral (
      (select page_id as id from item where art_of(art_url) = own.art limit ${MOST_OF_ONE_PICTURE})
      union
      (select id from page where art_of(art_url) = own.art limit ${MOST_OF_ONE_PICTURE})
      offset 0
    ) other
    cross join lateral (select seller_id from page where page.id = other.id offset 0) page
    where own.art is not null
  )
  select id, art from same
  join (select art from same group by art having min(seller_id) <> max(seller_id)) elsewhere using (art)`;

const kindOf = (url: string): string => /^https?:\/\/[^/]+\/(album|track|merch)\//.exec(url)?.[1] ?? '';
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');

function groupsOf(shown: readonly Shown[]): Map<number, number> {
  const found = new Map<number, number>();
  const alike = Map.groupBy(shown, ({ url, art, name, artistId }) =>
    JSON.stringify([kindOf(url), art, fold(foldSigns(name ?? '')), artistId]),
  );
  for (const pages of alike.values()) {
    const hosts = new Set(pages.map(({ sellerId }) => sellerId));
    // Two pages of one host are two releases (an album's untitled tracks), each one with those of its path.
    const releases =
      hosts.size === pages.length ? [pages] : [...Map.groupBy(pages, ({ url }) => pathOf(url)).values()];
    for (const release of releases.filter(({ length }) => length > 1)) {
      const ids = release.map(({ id }) => found.get(id) ?? id);
      for (const { id } of release) found.set(id, Math.min(...ids));
    }
  }
  // A page that is read and whose items are sold has two pictures: by each it can be one with others.
  for (const [id, release] of found) {
    let first = release;
    for (let next = found.get(first) ?? first; next !== first; next = found.get(first) ?? first) first = next;
    found.set(id, first);
  }
  return found;
}

/**
 * One row for each release, in the place of its best page.
 * @param rows of pages, best first
 * @param add the best page's row with another's sums
 */
export const mergeReleases = <R>(
  releases: ReadonlyMap<number, number>,
  rows: readonly R[],
  pageOf: (row: R) => number,
  add: (best: R, other: R) => R,
): R[] =>
  [...Map.groupBy(rows, row => releases.get(pageOf(row)) ?? pageOf(row)).values()].map(pages =>
    pages.reduce(add),
  );
