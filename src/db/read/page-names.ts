/** What a page is called and whose it is, of the row `page` in a query. */
import type { Fragment, Reader } from '../connect.ts';

/** As the page says, else as its items are called. */
export const shownName = (db: Reader): Fragment => db`
  coalesce(page.title, (
    select coalesce(case when type = 'p' then album_title end, title) from item
    where item.page_id = page.id
    order by type, id limit 1
  ))`;

/** The address of its picture as the feed has it: a release's before a package's. */
export const pictureOf = (db: Reader): Fragment => db`(
  select art_url from item
  where item.page_id = page.id and art_url is not null
  order by type = 'p', type, id limit 1
)`;
