/**
 * What some sellers sold, those of one place or one label: what their pages' boards and trends are made of.
 */
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import type { Column } from '../sale-list-tables.ts';
import { fromDays, partsIn, salesWithin, stretches, wholeWindows } from './period-tables.ts';
import { countrySales, originSales, tagSales } from './sale-lists.ts';
import { tagsFrom, totalsBy } from './totals-by-subject.ts';

/** Some sellers, by a query of their ids. */
export interface Sellers {
  ids: Fragment;
  /** The countries that they are in, by code, '' where one is unknown; undefined where that is not known. */
  origins?: readonly string[];
  /** Where they are all of one country. */
  allOf?: string;
}

/** Whose sales. */
export interface OfSellers {
  sellers: Sellers;
  country?: string | undefined;
  tagId?: number | undefined;
}

const SUMS = ['sales', 'counted', 'units', 'usd_cents'] as const;
const LISTED = ['page_id', 'type', 'artist_id', 'seller_id', ...SUMS] as const;

/**
 * A query of rows `(n, page_id, type, artist_id, seller_id, country, sales, counted, units, usd_cents)`, to
 * be summed up: `n` is the window's index; `country` the buyers' code, '' where it is unknown or was not
 * asked for.
 */
function soldBySellers(
  db: Reader,
  windows: readonly Window[],
  { sellers, country, tagId }: OfSellers,
): Fragment {
  const columns = db(['n', ...LISTED]);
  if (tagId !== undefined)
    return db`
      select ${columns}, coalesce(country_of_number(country), '') as country
      from (${tagSales(db, [tagId], windows, [...LISTED, 'country'], country)}) sold
      where seller_id in (${sellers.ids})`;
  if (country !== undefined)
    return db`
      select ${columns}, ${country}::text as country
      from (${countrySales(db, country, windows, LISTED)}) sold
      where seller_id in (${sellers.ids})`;
  if (sellers.origins !== undefined)
    return db`
      select ${columns}, coalesce(country_of_number(country), '') as country
      from (${listed(db, windows, sellers, [...LISTED, 'country'])}) sold`;
  return db`
    select w.n, item.page_id, item.type, artist_id, seller_id, 1 as sales, counted::int as counted, units,
      coalesce(amount_usd_cents, 0) as usd_cents, coalesce(country_code, '') as country
    from ${wholeWindows(db, windows)}
    cross join lateral (
      select * from sale
      where sale.at >= w.from_at and sale.at < w.until_at and seller_id in (${sellers.ids}) offset 0
    ) sale
    join item on item.id = sale.item_id`;
}

/** From the lists of the countries that they are in. */
const listed = (
  db: Reader,
  windows: readonly Window[],
  { ids, origins = [], allOf }: Sellers,
  columns: readonly Column[],
): Fragment => {
  const all = originSales(db, origins, windows, [...new Set<Column>([...columns, 'seller_id'])]);
  return allOf === undefined ? db`select * from (${all}) listed where seller_id in (${ids})` : all;
};

/**
 * The same by artist, seller or country alone: rows `(n, subject, sales, counted, units, usd_cents)`, of
 * sellers from the days' sums. No item is looked up for them.
 */
export function subjectsOfSellers(
  db: Reader,
  subject: 'artist' | 'seller' | 'country',
  windows: readonly Window[],
  of: OfSellers,
): Fragment {
  const { sellers, country, tagId } = of;
  const columns = db`sales, counted, units, usd_cents`;
  if (subject === 'seller' && country === undefined && tagId === undefined)
    return db`
      select n, subject, ${columns} from (${totalsBy(db, 'seller', windows)}) sold
      where subject in (${sellers.ids})`;
  const key = subject === 'country' ? 'country' : (`${subject}_id` as const);
  if (country !== undefined || tagId !== undefined || (subject === 'country' && sellers.origins))
    return db`select n, ${db(key)} as subject, ${columns} from (${soldBySellers(db, windows, of)}) sold`;
  if (sellers.origins)
    return db`
      select n, ${db(key)} as subject, ${columns}
      from (${listed(db, windows, sellers, [`${subject}_id` as Column, ...SUMS])}) sold`;
  return db`
    select w.n, ${subject === 'country' ? db`coalesce(country_code, '')` : db(key)} as subject, 1 as sales,
      counted::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents
    from ${wholeWindows(db, windows)} cross join ${salesWithin(db)}
    where seller_id in (${sellers.ids})`;
}

/**
 * The same by page alone, from the days' sums: rows `(n, page_id, type, sales, counted, units, usd_cents)`.
 */
export function pagesOfSellers(db: Reader, windows: readonly Window[], of: OfSellers): Fragment {
  const { sellers, country, tagId } = of;
  if (country !== undefined || tagId !== undefined) return soldBySellers(db, windows, of);
  if (sellers.origins !== undefined)
    return db`
      select n, page_id, type, sales, counted, units, usd_cents
      from (${listed(db, windows, sellers, ['page_id', 'type', ...SUMS])}) sold`;
  const only = partsIn(windows);
  // Their pages are looked up once, and not for each stretch of days: of a country they are thousands.
  return db`
    select *
    from (${fromDays(db, 'page_day', only('days'), db`page_id, type, sales, counted, units, usd_cents`)}) days
    where page_id in (select id from page where seller_id in (${sellers.ids}))
    union all
    select w.n, item.page_id, item.type, 1, counted::int, units, coalesce(amount_usd_cents, 0)
    from ${stretches(db, only('hours', 'rest'))} cross join ${salesWithin(db)}
    join item on item.id = sale.item_id
    where seller_id in (${sellers.ids})`;
}

/** The same by genre, style and descriptor: rows `(n, subject, sales, counted, units, usd_cents)`. */
export function tagsOfSellers(db: Reader, windows: readonly Window[], of: OfSellers): Fragment {
  const { sellers, country, tagId } = of;
  if (sellers.allOf !== undefined && country === undefined && tagId === undefined)
    return tagsFrom(db, sellers.allOf, windows);
  return db`
    select n, tag_id as subject, sales, counted, units, usd_cents
    from (
      select n, page_id, sum(sales) as sales, sum(counted) as counted, sum(units) as units,
        sum(usd_cents) as usd_cents
      from (${pagesOfSellers(db, windows, of)}) sold group by 1, 2
    ) sold
    join page_tag using (page_id)
    join (select id from tag where rolled_up) tag on tag.id = tag_id`;
}
