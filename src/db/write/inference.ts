/** Tags for pages that nobody has read yet: those that their artist's other pages usually have. */
import { DAY, type Instant } from '../../core/time/instant.ts';
import type { Sql } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { takeLoadLock } from '../load-lock.ts';
import { replaceTags } from './page-tags.ts';

/** Guessed anew after this, since more of the artist's pages may have been read. */
const GUESS_AGAIN = DAY;
/**
 * Pages that wait to be read, the newest ones, among which some are guessed: an index for it would cost every
 * load.
 */
const NEWEST = 20_000;
/** Sales of an artist that are looked at for pages that were read. */
const LOOK_AT = 200;

/**
 * Guesses the tags of up to `limit` pages that were never read, the newest first: those on at least half of
 * the pages of the artist who sold last on it. Places are left out. Returns how many pages were looked at.
 */
export async function inferTags(db: Sql, now: Instant, limit: number): Promise<number> {
  return db.begin(async sql => {
    await takeLoadLock(sql);
    const due = await sql<{ id: number }[]>`
      update page set inferred_at = ${now}
      where id in (
        select id from (
          select id, state, read_at, inferred_at from page
          where next_ask_at is not null
          order by next_ask_at desc limit ${NEWEST}
        ) newest
        where state in ('new', 'unreadable')
          and read_at is null
          and (inferred_at is null or inferred_at <= ${now - GUESS_AGAIN})
        limit ${limit}
      )
      returning id`;
    if (due.length === 0) return 0;
    await sql`
      create temporary table told on commit drop as
      select unnest(${due.map(({ id }) => id)}::bigint[]) as id`;
    await sql`
      create temporary table told_tag on commit drop as
      with sold_by as (
        select told.id, latest.artist_id
        from told join lateral (
          select artist_id from item join sale on sale.item_id = item.id
          where item.page_id = told.id
          order by at desc limit 1
        ) latest on true join artist on artist.id = latest.artist_id where not various
      ), read as (
        select artist_id, page_id, count(*) over (partition by artist_id) as pages
        from (
          select distinct by.artist_id, item.page_id
          from (select distinct artist_id from sold_by) by
          join lateral (
            select item_id from sale where sale.artist_id = by.artist_id order by at desc limit ${LOOK_AT}
          ) recent on true
          join item on item.id = recent.item_id join page on page.id = item.page_id and page.state = 'read'
        ) known
      ), usual as (
        select artist_id, tag_id, min(position) as position
        from read join page_tag using (page_id) where not inferred and not is_place
        group by artist_id, tag_id, pages having count(*) * 2 >= pages
      )
      select sold_by.id as page_id, tag_id, position, false as is_place
      from sold_by join usual using (artist_id)`;
    const changed = await replaceTags(sql, { inferred: true });
    if (changed.length > 0) await bumpDataVersion(sql);
    return due.length;
  });
}
