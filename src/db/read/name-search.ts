/**
 * Artists, releases and genres by what people call them: exactly, else by the likeness of trigrams and by
 * what sells.
 */
import { normalisePage } from '../../core/address.ts';
import { artistKey } from '../../core/artist.ts';
import { tagKey } from '../../core/tags/tag.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Reader } from '../connect.ts';
import { isListedPage, isListedSeller, newestSaleOf, unlistedArtists } from './listed.ts';
import {
  byLikelihood,
  CANDIDATES,
  isLike,
  type Like,
  LOOKED_AT,
  likenessOf,
  type Named,
  partFirst,
  recentDays,
  withEdits,
} from './name-likeness.ts';
import { mergeReleases, releasesOf } from './release-pages.ts';

export interface NamedTag extends Named {
  /** Says how something sounds or is sold, and names no music: "dark", "vinyl". */
  isDescriptor: boolean;
}

export interface NamedRelease extends Named {
  url: string;
  artist: string;
}

export interface NamedSeller extends Named {
  host: string;
}

/** Artists whom a release is looked for of, and their newest sales. */
const MAKERS = 3;
const MAKERS_SALES = 1_000;

/** Most likely match first; with `others` also near matches beside an exact one. */
export async function findArtists(
  db: Reader,
  text: string,
  until: Instant,
  { others = false } = {},
): Promise<Named[]> {
  const key = db`artist.key`;
  const asked = artistKey(text) || text;
  const isListed = db`id <> all (${unlistedArtists(db)})`;
  const find = async (like: Like) => {
    const found = await db<Named[]>`
      with exact as (
        select id, name, 1::float8 as likeness from artist where artist.key = ${asked} and ${isListed}
      ), alike as (
        select id, shown as name, ${likenessOf(db, asked)} as likeness
        from (
          select id, name as shown, key as name, search_grams(key) as grams from artist
          where (${others} or not exists (select from exact))
            and id not in (select id from exact)
            and not various
            and ${isListed}
            and ${isLike(db, key, asked, like)}
          limit ${LOOKED_AT}
        ) alike order by likeness desc, id limit ${CANDIDATES}
      )
      select id, name, likeness, coalesce((
        select sum(kept.sales) from ${recentDays(db, until)}
        join artist_day kept on kept.day = recent.day and kept.artist_id = candidate.id
      ), 0)::bigint as sales
      from (select * from exact union all select * from alike) candidate`;
    return withEdits(found, text);
  };
  return byLikelihood(await partFirst(find));
}

/** Genres, styles and descriptors, most likely first; with `others` also near ones beside an exact one. */
export async function findTags(
  db: Reader,
  text: string,
  until: Instant,
  { others = false } = {},
): Promise<NamedTag[]> {
  const name = db`tag.name`;
  const found = await db<NamedTag[]>`
    with exact as (
      select id, name, kind, 1::float8 as likeness from tag
      where rolled_up and kind <> 'name' and key = ${tagKey(text)}
    ), alike as (
      select id, name, kind, ${likenessOf(db, text)} as likeness
      from (
        select id, name, kind, search_grams(name) as grams from tag
        where (${others} or not exists (select from exact))
          and id not in (select id from exact)
          and rolled_up
          and kind <> 'name'
          and ${isLike(db, name, text, 'part or whole')}
      ) alike order by likeness desc, id limit ${CANDIDATES}
    )
    select id, name, kind = 'descriptor' as "isDescriptor", likeness, coalesce((
      select sum(kept.sales) from ${recentDays(db, until)}
      join tag_day kept on kept.day = recent.day and kept.country_code = '' and kept.tag_id = candidate.id
    ), 0)::bigint as sales
    from (select * from exact union all select * from alike) candidate`;
  return byLikelihood(withEdits(found, text));
}

/**
 * Sellers by their name, their host ("posh", "posh.bandcamp.com") or the address of anything they sell, most
 * likely first.
 */
export async function findSellers(
  db: Reader,
  text: string,
  until: Instant,
  { others = false } = {},
): Promise<NamedSeller[]> {
  const address = text.replace(/^(?:https?:)?(?:\/\/)?/i, '//');
  const host = normalisePage(address)?.seller ?? null;
  const hosts = [host, normalisePage(`//${text.replace(/[^\w-]/g, '')}.bandcamp.com`)?.seller ?? null];
  const name = db`seller.name`;
  const found = await db<NamedSeller[]>`
    with exact as (
      select id, coalesce(name, host) as name, host, 1::float8 as likeness from seller
      where host = any(${hosts.filter(one => one !== null)}::text[]) and ${isListedSeller(db, db`seller.id`)}
    ), alike as (
      select id, name, host, ${likenessOf(db, text)} as likeness
      from (
        select id, name, host, search_grams(name) as grams from seller
        where name is not null
          and (${others || host === null} or not exists (select from exact))
          and id not in (select id from exact)
          and ${isListedSeller(db, db`seller.id`)}
          and ${isLike(db, name, text, 'part or whole')}
        limit ${LOOKED_AT}
      ) alike order by likeness desc, id limit ${CANDIDATES}
    )
    select id, name, host, likeness, coalesce((
      select sum(kept.sales) from ${recentDays(db, until)}
      join seller_day kept on kept.day = recent.day and kept.seller_id = candidate.id
    ), 0)::bigint as sales
    from (select * from exact union all select * from alike) candidate`;
  return byLikelihood(withEdits(found, text));
}

/**
 * Releases (pages) by title, "title by artist" or address, most likely first: each by the page that sold the
 * most, unless another one's address was asked for.
 */
export async function findReleases(db: Reader, text: string, until: Instant): Promise<NamedRelease[]> {
  const [, title = text, artist] = /^(.+?)\s+(?:by|–|-)\s+(.+)$/i.exec(text) ?? [];
  const isAddress = /^(?:https?:)?\/\/|^[\w.-]+\.[a-z]+\/(?:album|track|merch)\//i.test(text);
  const address = isAddress
    ? (normalisePage(text.replace(/^(?:https?:)?(?:\/\/)?/i, '//'))?.page ?? text)
    : null;
  const column = db`item.title`;
  const alike = (wanted: string, like: Like) => db`
    select page_id, max(${likenessOf(db, wanted)}) as likeness
    from (
      (
        select page_id, title as name, search_grams(title) as grams from item
        where search_text(title) = search_text(${wanted}) limit ${LOOKED_AT}
      )
      union all
      (
        select page_id, title, search_grams(title) from item
        where ${isLike(db, column, wanted, like)} limit ${LOOKED_AT}
      )
    ) alike group by page_id order by likeness desc, page_id limit ${CANDIDATES}`;
  // Many releases have the same title: those of artists of about the name are looked at first.
  const makers = artist === undefined ? [] : (await findArtists(db, artist, until)).slice(0, MAKERS);
  const titled = db`
    select page_id, 0, max(least(maker, ${likenessOf(db, title)}))::float8
    from (
      select item.page_id, item.title as name, search_grams(item.title) as grams, made.likeness as maker
      from (
        select distinct item_id, maker.likeness
        from unnest(
          ${makers.map(({ id }) => id)}::bigint[], ${makers.map(({ likeness }) => likeness)}::float8[]
        ) as maker (id, likeness)
        cross join lateral (
          select item_id from sale where artist_id = maker.id order by at desc limit ${MAKERS_SALES}
        ) sold
      ) made join item on item.id = made.item_id
    ) named group by page_id order by 3 desc, 1 limit ${CANDIDATES}`;
  const candidates = (like: Like) =>
    address === null
      ? db`select page_id, max(whole) as whole, max(titled) as titled from (
          select page_id, likeness as whole, 0::float8 as titled from (${alike(text, like)}) whole
          union all
          (${titled})
        ) alike group by 1`
      : db`select id as page_id, 1::float8 as whole, 0::float8 as titled from page where url = ${address}`;
  const find = async (like: Like) => {
    const found = await db<NamedRelease[]>`
      select page.id,
        coalesce(page.title, (
          select title from item where item.page_id = page.id order by type, id limit 1
        )) as name,
        page.url,
        coalesce(seller.name, '') as artist,
        greatest(whole, titled)::float8 as likeness,
        coalesce((
          select sum(kept.sales) from ${recentDays(db, until)}
          join page_day kept on kept.day = recent.day and kept.page_id = page.id
        ), 0)::bigint as sales
      from (${candidates(like)}) candidate join page on page.id = candidate.page_id
      left join lateral (
        select artist.name from ${newestSaleOf(db)}
      ) seller on true
      where ${isListedPage(db, db`page.id`)}`;
    return withEdits(found, text, one => (artist === undefined ? one.name : `${one.name} by ${one.artist}`));
  };
  const found = await partFirst(find);
  const pageOf = ({ id }: NamedRelease) => id;
  const bestFirst = found.toSorted((a, b) => b.sales - a.sales || a.id - b.id);
  const merged = mergeReleases(
    await releasesOf(db, found.map(pageOf)),
    bestFirst,
    pageOf,
    (best, { likeness, sales }) => ({
      ...best,
      likeness: Math.max(best.likeness, likeness),
      sales: best.sales + sales,
    }),
  );
  return byLikelihood(merged);
}
