/** What ids are called, and where that can be heard. */
import type { Reader } from '../connect.ts';
import { isListedPage, newestSaleOf } from './listed.ts';
import { pictureOf, shownName } from './page-names.ts';

export interface NamedPage {
  name: string;
  url: string;
  artUrl: string | null;
  /** Of its newest sale. */
  artist: string | null;
  artistId: number | null;
}

/** Pages by id: what they are called, whose they are (who sold last), where, and their picture. */
export async function namePages(db: Reader, ids: readonly number[]): Promise<Map<number, NamedPage>> {
  const rows = await db<(NamedPage & { id: number })[]>`
    select page.id, page.url, latest.artist, latest.artist_id as "artistId", ${shownName(db)} as name,
      ${pictureOf(db)} as "artUrl"
    from page left join lateral (
      select artist.name as artist, artist.id as artist_id from ${newestSaleOf(db)}
    ) latest on true
    where page.id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, ...page }) => [id, page]));
}

export interface NamedArtist {
  name: string;
  /** A page to listen to, and its picture. */
  url: string | null;
  artUrl: string | null;
}

/** Of an artist: the page that most of them are of is what the artist sells now. */
const NEWEST_SALES = 20;

/**
 * Artists by id: their names, and the release that sold most among their newest sales. What sold most in the
 * window would take as long to find as the board itself; a host alone would play nothing.
 */
export async function nameArtists(db: Reader, ids: readonly number[]): Promise<Map<number, NamedArtist>> {
  const rows = await db<(NamedArtist & { id: number })[]>`
    select artist.id, artist.name, page.url, ${pictureOf(db)} as "artUrl"
    from artist left join lateral (
      select page.id, page.url
      from (
        select at, item_id from sale where artist_id = artist.id order by at desc limit ${NEWEST_SALES}
      ) newest
      join item on item.id = newest.item_id join page on page.id = item.page_id
      where ${isListedPage(db, db`page.id`)}
      group by page.id
      -- A discography has no page but its host; merch plays nothing.
      order by page.url ~ '/(album|track)/' desc, count(*) desc, max(at) desc limit 1
    ) page on true
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
