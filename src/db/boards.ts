/** Who sold most in a window, and how high somebody stands among all. */
import type { Window } from '../core/window.ts';
import type { Fragment, Reader } from './connect.ts';
import { type Subject, sumsBy } from './sums.ts';
import type { Sum } from './sums-of.ts';

export type By = 'units' | 'revenue';

/** What to count: of one buyers' country, of one genre's pages. */
export interface Within {
  window: Window;
  country?: string | undefined;
  tagId?: number | undefined;
}

/** Rows `(subject, sales, units, usd_cents)`, several for a subject. */
function partsOf(db: Reader, subject: Subject, { window, country, tagId }: Within): Fragment {
  if (tagId === undefined) return sumsBy(db, subject, [window], country);
  const columns = { artist: 'artist_id', seller: 'seller_id', item: 'item_id', country: 'country_code', tag: 'tag_id' };
  const other = db`join page_tag other on other.page_id = item.page_id and other.tag_id <> ${tagId} join tag on tag.id = other.tag_id and rolled_up`;
  return db`
    select coalesce(${db(`${subject === 'tag' ? 'other' : 'sale'}.${columns[subject]}`)}${subject === 'country' ? db`, ''` : db``}) as subject,
      1 as sales, units, coalesce(amount_usd_cents, 0) as usd_cents
    from sale join item on item.id = sale.item_id join page_tag wanted on wanted.page_id = item.page_id and wanted.tag_id = ${tagId}
    ${subject === 'tag' ? other : db``}
    where sale.at >= ${window.from} and sale.at < ${window.until} ${country === undefined ? db`` : db`and sale.country_code = ${country}`}`;
}

const ordered = (db: Reader, by: By): Fragment =>
  by === 'units' ? db`units desc, "usdCents" desc, subject` : db`"usdCents" desc, units desc, subject`;

const summed = (db: Reader): Fragment =>
  db`sum(sales)::bigint as sales, sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents"`;

/** Those that no board shows: "Various Artists", and buyers of whom no country is known. */
const shown = (db: Reader, subject: Subject): Fragment =>
  subject === 'artist'
    ? db`where subject <> all (array(select id from artist where various))`
    : subject === 'country'
      ? db`where subject <> ''`
      : db``;

/** The first `limit` subjects: ids, or codes of countries. */
export async function boardOf<S extends Subject>(
  db: Reader,
  subject: S,
  within: Within,
  { by, limit }: { by: By; limit: number },
): Promise<(Sum & { subject: S extends 'country' ? string : number })[]> {
  return [
    ...(await db<(Sum & { subject: S extends 'country' ? string : number })[]>`
      select subject, ${summed(db)} from (${partsOf(db, subject, within)}) parts ${shown(db, subject)}
      group by subject order by ${ordered(db, by)} limit ${limit}`),
  ];
}

/** The first `limit` pages of albums, of tracks or of merch (every physical item), with all their items together. */
export async function pageBoard(
  db: Reader,
  kind: 'album' | 'track' | 'merch',
  within: Within,
  { by, limit }: { by: By; limit: number },
): Promise<(Sum & { subject: number })[]> {
  // An album's vinyl counts as the album: they share the page, which tells what it is of. Only for physical items is it looked at.
  // `offset 0`: one by one, since a week's items are few among all.
  const onPage = (part: string) => db`page.url like ${`%/${part}/%`}`;
  const ofKind = {
    album: db`(item.type = 'a' or ${onPage('album')})`,
    track: db`(item.type = 't' or ${onPage('track')})`,
    merch: db`item.type = 'p'`,
  }[kind];
  return [
    ...(await db<(Sum & { subject: number })[]>`
      select page_id as subject, ${summed(db)}
      from (
        select subject, sum(sales) as sales, sum(units) as units, sum(usd_cents) as usd_cents from (${partsOf(db, 'item', within)}) parts group by subject
      ) sold cross join lateral (select page_id, type from item where item.id = subject offset 0) item
      ${kind === 'merch' ? db`` : db`left join lateral (select url from page where item.type = 'p' and page.id = item.page_id offset 0) page on true`}
      where ${ofKind} group by page_id order by ${ordered(db, by)} limit ${limit}`),
  ];
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
      select subject, sum(units) as units from (${partsOf(db, subject, within)}) parts ${shown(db, subject)} group by subject
    ), own as (
      select units from summed where subject = ${id}
    )
    select case when exists (select from own) then (select count(*) + 1 from summed, own where summed.units > own.units) end as rank`;
  return row?.rank ?? null;
}

/** Pages by id: what they are called, whose they are (who sold last) and where. */
export async function namePages(
  db: Reader,
  ids: readonly number[],
): Promise<Map<number, { name: string; url: string; artist: string | null }>> {
  const rows = await db<{ id: number; name: string; url: string; artist: string | null }[]>`
    select page.id, page.url, latest.artist,
      coalesce(page.title, (select coalesce(case when type = 'p' then album_title end, title) from item where item.page_id = page.id order by type, id limit 1)) as name
    from page left join lateral (
      select artist.name as artist from item join sale on sale.item_id = item.id join artist on artist.id = sale.artist_id
      where item.page_id = page.id order by sale.at desc limit 1
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
      select host from sale join seller on seller.id = sale.seller_id where sale.artist_id = artist.id order by at desc limit 1
    ) latest on true
    where artist.id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, ...artist }) => [id, artist]));
}

export async function nameTags(db: Reader, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db<{ id: number; name: string }[]>`select id, name from tag where id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function nameSellers(db: Reader, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db<{ id: number; host: string }[]>`select id, host from seller where id = any(${ids}::bigint[])`;
  return new Map(rows.map(({ id, host }) => [id, host]));
}
