/**
 * What some sellers sold, those of one place or one label: what their pages' boards and trends are made of.
 */
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { fromDays, partsIn, salesWithin, stretches, wholeWindows } from './period-tables.ts';
import { countrySales, tagSales } from './sale-lists.ts';
import { totalsBy } from './totals-by-subject.ts';

/** Whose sales: `sellers` is a query of their ids. */
export interface OfSellers {
  sellers: Fragment;
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
      where seller_id in (${sellers})`;
  if (country !== undefined)
    return db`
      select ${columns}, ${country}::text as country
      from (${countrySales(db, country, windows, LISTED)}) sold
      where seller_id in (${sellers})`;
  return db`
    select w.n, item.page_id, item.type, artist_id, seller_id, 1 as sales, counted::int as counted, units,
      coalesce(amount_usd_cents, 0) as usd_cents, coalesce(country_code, '') as country
    from ${wholeWindows(db, windows)}
    cross join lateral (
      select * from sale
      where sale.at >= w.from_at and sale.at < w.until_at and seller_id in (${sellers}) offset 0
    ) sale
    join item on item.id = sale.item_id`;
}

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
      where subject in (${sellers})`;
  const key = subject === 'country' ? 'country' : (`${subject}_id` as const);
  if (country !== undefined || tagId !== undefined)
    return db`select n, ${db(key)} as subject, ${columns} from (${soldBySellers(db, windows, of)}) sold`;
  return db`
    select w.n, ${subject === 'country' ? db`coalesce(country_code, '')` : db(key)} as subject, 1 as sales,
      counted::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents
    from ${wholeWindows(db, windows)} cross join ${salesWithin(db)}
    where seller_id in (${sellers})`;
}

/**
 * The same by page alone, from the days' sums: rows `(n, page_id, type, sales, counted, units, usd_cents)`.
 */
export function pagesOfSellers(db: Reader, windows: readonly Window[], of: OfSellers): Fragment {
  if (of.country !== undefined || of.tagId !== undefined) return soldBySellers(db, windows, of);
  const only = partsIn(windows);
  // Their pages are looked up once, and not for each stretch of days: of a country they are thousands.
  return db`
    select *
    from (${fromDays(db, 'page_day', only('days'), db`page_id, type, sales, counted, units, usd_cents`)}) days
    where page_id in (select id from page where seller_id in (${of.sellers}))
    union all
    select w.n, item.page_id, item.type, 1, counted::int, units, coalesce(amount_usd_cents, 0)
    from ${stretches(db, only('hours', 'rest'))} cross join ${salesWithin(db)}
    join item on item.id = sale.item_id
    where seller_id in (${of.sellers})`;
}
