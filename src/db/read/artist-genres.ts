/** What artists are filed under: one genre each. */
import type { Reader } from '../connect.ts';
import { isMusic } from './music-tags.ts';

/** Of an artist: they say what the artist sells now, and all would take as long to read as a board. */
const NEWEST_SALES = 50;

/**
 * Artists by id: the genre that the pages of their newest sales say, which need not be the parent of their
 * tags; else the commonest genre among those pages' tags, else the commonest style. Of two as common not the
 * one that is the other's parent. None for an artist whose pages say nothing.
 */
export async function artistGenres(db: Reader, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db<{ id: number; genre: string }[]>`
    with sold as (
      select wanted.id, item.page_id, count(*) as sales
      from unnest(${ids}::bigint[]) as wanted (id)
      cross join lateral (
        select item_id from sale where artist_id = wanted.id order by at desc limit ${NEWEST_SALES}
      ) newest
      join item on item.id = newest.item_id group by 1, 2
    ), said as (
      select distinct on (sold.id) sold.id, coalesce(tag.name, main_genre) as genre
      from sold join page on page.id = page_id left join tag on tag.key = main_genre
      where main_genre is not null
      group by sold.id, 2 order by sold.id, sum(sales) desc, 2
    ), tagged as (
      select distinct on (sold.id) sold.id, tag.name as genre
      from sold join page_tag using (page_id) join tag on tag.id = tag_id and ${isMusic(db)}
      group by sold.id, tag.id
      order by sold.id, tag.kind <> 'genre', sum(sales) desc,
        exists (
          select from genre_parent
          join page_tag other on other.tag_id = genre_parent.tag_id
          join sold own on own.page_id = other.page_id and own.id = sold.id
          where parent_id = tag.id
        ),
        min(position), tag.name
    )
    select id, coalesce(said.genre, tagged.genre) as genre from said full join tagged using (id)`;
  return new Map(rows.map(({ id, genre }) => [id, genre]));
}
