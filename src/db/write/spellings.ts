/**
 * What sales call items and artists: the newest title of an item is shown, and the commonest spelling of an
 * artist.
 */

import type { FeedSale } from '../../core/sale.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Fragment, Query, Transaction } from '../connect.ts';
import type { KnownItem } from './name-cache.ts';

type Said = Pick<FeedSale, 'title' | 'albumTitle' | 'artUrl'> & { at: Instant };

/** Collects what staged sales call their items; `store` goes after the sales themselves. */
export interface NewestTitles {
  take(item: KnownItem, sale: FeedSale): void;
  store(sql: Transaction): Promise<void>;
}

export function createNewestTitles(): NewestTitles {
  /** By item's id; only of what is called otherwise than it is stored. */
  const renamed = new Map<number, { item: KnownItem; said: Said }>();
  return {
    take(item, { at, title, albumTitle, artUrl }) {
      if (item.title === title && item.albumTitle === albumTitle && item.artUrl === artUrl) return;
      const other = renamed.get(item.id);
      if (!other || at > other.said.at)
        renamed.set(item.id, { item, said: { at, title, albumTitle, artUrl } });
    },
    async store(sql) {
      if (renamed.size === 0) return;
      const all = [...renamed.values()];
      const said = all.map(one => one.said);
      const updated = await sql<{ id: number }[]>`
        update item set title = said.title, album_title = said.album_title, art_url = said.art_url
        from unnest(
          ${[...renamed.keys()]}::bigint[],
          ${said.map(({ at }) => at)}::timestamptz[],
          ${said.map(({ title }) => title)}::text[],
          ${said.map(({ albumTitle }) => albumTitle)}::text[],
          ${said.map(({ artUrl }) => artUrl)}::text[]
        ) as said (id, at, title, album_title, art_url)
        where item.id = said.id
          and not exists (select from sale where item_id = said.id and sale.at > said.at)
        returning item.id`;
      for (const { id } of updated) {
        const {
          item,
          said: { at: _, ...names },
        } = renamed.get(id) as { item: KnownItem; said: Said };
        Object.assign(item, names);
      }
    },
  };
}

interface Spelt {
  artistId: number;
}

/**
 * Counts spellings beside an artist's first one; tells which artists have several, since the first one may
 * have become the commonest again.
 */
export const countSpellings = (sql: Transaction): Query<Spelt>[] => [
  sql<Spelt[]>`
    insert into artist_spelling (artist_id, name, sales)
    select artist_id, spelling, count(*) from staged where spelling is not null group by 1, 2
    on conflict (artist_id, md5(name)) do update set sales = artist_spelling.sales + excluded.sales
    returning artist_id as "artistId"`,
  sql<Spelt[]>`
    select distinct artist_id as "artistId" from staged join artist_spelling using (artist_id)
    where spelling is null`,
];

/**
 * Rows `(artist_id, name, sales)` of how these artists are spelt; the first spelling has the sales that no
 * other has.
 */
export const spellingsOf = (sql: Transaction, ids: readonly number[]): Fragment => sql`
  select artist_id, name, sales from artist_spelling where artist_id = any(${ids}::bigint[])
  union all
  select artist.id, first_spelling,
    (select count(*) from sale where artist_id = artist.id)
      - coalesce((select sum(sales) from artist_spelling where artist_id = artist.id), 0)::bigint
  from artist where id = any(${ids}::bigint[])`;

/** Shows each of these artists by the commonest spelling. */
export async function showCommonest(sql: Transaction, spelt: readonly Spelt[]): Promise<void> {
  const ids = [...new Set(spelt.map(({ artistId }) => artistId))];
  if (ids.length === 0) return;
  await sql`
    with commonest as (
      select distinct on (artist_id) artist_id, name from (${spellingsOf(sql, ids)}) spelling
      order by artist_id, sales desc, name
    )
    update artist set name = commonest.name from commonest
    where artist.id = artist_id and artist.name <> commonest.name`;
}
