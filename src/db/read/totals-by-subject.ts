/**
 * Sums of sales by subject over any windows: from the roll-ups where they are whole, from the sales at their
 * edges.
 */
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { fromDays, fromSales, type Part, partsIn, salesWithin, stretches } from './period-tables.ts';
import { countrySales, originSales } from './sale-lists.ts';

/** What sums are by; `country` is the buyer's code, '' where it is unknown, and all others are ids. */
export type Subject = 'artist' | 'seller' | 'tag' | 'country';

/**
 * A query of rows `(n, subject, sales, counted, units, usd_cents)`, several for a subject, to be summed up:
 * `n` is the window's index in `windows`. With `country`, of that buyers' country alone. Of sellers all count
 * that are among the first of their artists.
 */
export function totalsBy(
  db: Reader,
  subject: Subject,
  windows: readonly Window[],
  country?: string,
): Fragment {
  const only = partsIn(windows);
  const columns = db`sales, counted, units, usd_cents`;
  const counted = db(subject === 'seller' ? 'among_first' : 'counted');
  const ofSale = db`
    1 as sales, ${counted}::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents`;
  const byDay = (table: string, key: string, more?: Fragment) =>
    fromDays(db, table, only('days'), db`${db(key)} as subject, ${columns}`, more);
  const bySale = (key: string, parts: readonly Part[]) =>
    fromSales(
      db,
      parts,
      db`${db(key)} as subject, ${ofSale}`,
      country === undefined ? db`` : db`and country_code = ${country}`,
    );
  const byTaggedSale = (parts: readonly Part[]) => db`
    select w.n, tag_id as subject, ${ofSale}
    from ${stretches(db, parts)} cross join ${salesWithin(db)}
    cross join lateral (select page_id from item where item.id = sale.item_id offset 0) item
    cross join lateral (select tag_id from page_tag where page_tag.page_id = item.page_id offset 0) tagged
    join (select id from tag where rolled_up) tag on tag.id = tag_id`;
  switch (subject) {
    case 'country':
      return db`
        select w.n, country_code as subject, ${columns}
        from ${stretches(db, only('days', 'hours'))}
        join country_hour on hour >= w.from_at and hour < w.until_at
          ${country === undefined ? db`` : db`and country_code = ${country}`}
        union all
        select n, coalesce(subject, ''), ${columns} from (${bySale('country_code', only('rest'))}) edges`;
    case 'tag':
      if (country !== undefined)
        return db`
          ${byDay('tag_day', 'tag_id', db`and country_code = ${country}`)}
          union all
          ${tagsOfParts(db, only('hours', 'rest'), windows => countrySales(db, country, windows, SUMMED))}`;
      return db`
        ${byDay('tag_day', 'tag_id', db`and country_code = ''`)}
        union all
        select w.n, tag_id, ${columns}
        from ${stretches(db, only('hours'))} join tag_hour on hour >= w.from_at and hour < w.until_at
        union all
        ${byTaggedSale(only('rest'))}`;
    default: {
      const key = `${subject}_id` as const;
      if (country !== undefined)
        return db`
          select n, ${db(key)} as subject, ${columns}
          from (${countrySales(db, country, windows, [key, 'sales', 'counted', 'units', 'usd_cents'])}) sold`;
      return db`
        ${byDay(`${subject}_day`, key)}
        union all
        ${bySale(key, only('hours', 'rest'))}`;
    }
  }
}

const SUMMED = ['page_id', 'sales', 'counted', 'units', 'usd_cents'] as const;

/**
 * The same by tag, of what sellers of one country sold: `origin` is its code.
 */
export function tagsFrom(db: Reader, origin: string, windows: readonly Window[]): Fragment {
  const only = partsIn(windows);
  const columns = db`tag_id as subject, sales, counted, units, usd_cents`;
  return db`
    ${fromDays(db, 'tag_origin_day', only('days'), columns, db`and origin_code = ${origin}`)}
    union all
    ${tagsOfParts(db, only('hours', 'rest'), windows => originSales(db, [origin], windows, SUMMED))}`;
}

/** By the tags of what was sold in these stretches; `sold` is a query of its pages, whose `n` counts them. */
const tagsOfParts = (
  db: Reader,
  parts: readonly Part[],
  sold: (windows: readonly Window[]) => Fragment,
): Fragment => db`
  select (${parts.map(({ n }) => n)}::int[])[sold.n + 1] as n, tag_id as subject, sales, counted, units,
    usd_cents
  from (
    select n, page_id, sum(sales)::int as sales, sum(counted)::int as counted,
      sum(units)::int as units, sum(usd_cents)::bigint as usd_cents
    from (${sold(parts.map(({ window }) => window))}) sold group by 1, 2
  ) sold join page_tag using (page_id) join (select id from tag where rolled_up) tag on tag.id = tag_id`;
