/**
 * What lists may name: all but what the operator has hidden, and "Various Artists", who are nobody. Sums are
 * of everything.
 */

import type { Fragment, Reader } from '../connect.ts';
import type { HiddenKind } from '../hidden-subjects.ts';

/** The ids that are hidden, as an array that is read once in a query. */
const hidden = (db: Reader, kind: HiddenKind): Fragment =>
  db`array(select id from hidden_subject where kind = ${kind})`;

/** For artists: `artist_id <> all (…)`. */
export const unlistedArtists = (db: Reader): Fragment => db`array(
  select id from artist where various union all select id from hidden_subject where kind = 'artist'
)`;

/** Of a column or expression that is a seller's id. */
export const isListedSeller = (db: Reader, id: Fragment): Fragment =>
  db`${id} <> all (${hidden(db, 'seller')})`;

/**
 * Of a column or expression that is a page's id: neither it is hidden, nor its seller, nor the artist whom
 * its newest sale names. Where nothing is hidden no page is looked at.
 */
export const isListedPage = (db: Reader, id: Fragment): Fragment => db`(
  not (select exists (select from hidden_subject))
  or not exists (
    select from page
    where page.id = ${id} and (
      page.id = any(${hidden(db, 'page')})
      or page.seller_id = any(${hidden(db, 'seller')})
      or (select artist_id from ${newestSale(db)}) = any(${hidden(db, 'artist')})
    )
  )
)`;

/**
 * The newest sale of the row `page`: item by item, since a page can have a hundred thousand sales.
 */
const newestSale = (db: Reader): Fragment => db`(
  select newest.artist_id from item cross join lateral (
    select at, artist_id from sale where sale.item_id = item.id order by at desc limit 1
  ) newest
  where item.page_id = page.id order by newest.at desc limit 1
) newest`;

/** With its artist, as `artist`. */
export const newestSaleOf = (db: Reader): Fragment =>
  db`${newestSale(db)} join artist on artist.id = newest.artist_id`;
