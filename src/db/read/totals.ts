/**
 * Sums of sales of a few given subjects over any windows, by index: each day and hour of a roll-up is looked
 * up.
 */
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { markFew } from './few-checkouts.ts';
import { daysOf, fromSales, hoursOf, type Part, partsIn, salesWithin, stretches } from './period-tables.ts';
import { tagSales } from './sale-lists.ts';

export interface Sum {
  sales: number;
  units: number;
  usdCents: number;
  /** Of one artist, release or seller, and of too few checkouts to be told (see small-cells.ts). */
  few?: boolean;
}

/** What is added up. */
export type Amount = Exclude<keyof Sum, 'few'>;

export const NO_SALES: Readonly<Sum> = { sales: 0, units: 0, usdCents: 0 };

/** The sums together, of which the first says what they are of. */
export const addSums = <S extends Sum>(one: S, other: Sum): S => ({
  ...one,
  sales: one.sales + other.sales,
  units: one.units + other.units,
  usdCents: one.usdCents + other.usdCents,
});

/**
 * For each window the sum over the subjects `ids` together, in the order of the windows; of one buyers'
 * country where one is given.
 * `tag`: an item of two of the tags counts twice.
 */
export async function totalsOf(
  db: Reader,
  subject: 'artist' | 'page' | 'tag' | 'seller',
  ids: readonly number[],
  windows: readonly Window[],
  country?: string,
): Promise<Sum[]> {
  const parts =
    subject === 'tag' ? tagParts(db, ids, windows, country) : saleParts(db, subject, ids, windows, country);
  const found = await db<(Sum & { n: number })[]>`
    select n, sum(sales)::bigint as sales, sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents"
    from (${parts}) parts group by n`;
  const sums = inOrder(windows, found);
  return subject === 'tag' ? sums : markFew(db, subject, sums, inWindow(ids, windows, country));
}

/** The cell of each window, in their order. */
const inWindow =
  (ids: readonly number[], windows: readonly Window[], country?: string) => (_sum: unknown, at: number) => ({
    ids,
    window: windows[at] as Window,
    country,
  });

/** The same of everything that was sold, or of what one country's buyers bought. */
export async function totalsOfAll(db: Reader, windows: readonly Window[], country?: string): Promise<Sum[]> {
  const only = partsIn(windows);
  const here = country === undefined ? db`` : db`and country_code = ${country}`;
  const found = await db<(Sum & { n: number })[]>`
    select n, sum(sales)::bigint as sales, sum(units)::bigint as units, sum(usd_cents)::bigint as "usdCents"
    from (
      select w.n, sales, units, usd_cents
      from ${hoursOf(db, only('days', 'hours'))} join country_hour on country_hour.hour = w.hour ${here}
      union all
      ${fromSales(db, only('rest'), db`1 as sales, units, coalesce(amount_usd_cents, 0) as usd_cents`, here)}
    ) parts group by n`;
  return inOrder(windows, found);
}

const inOrder = (windows: readonly Window[], found: readonly (Sum & { n: number })[]): Sum[] => {
  const byWindow = new Map(found.map(({ n, ...sum }) => [n, sum]));
  return windows.map((_, n) => byWindow.get(n) ?? NO_SALES);
};

/**
 * All sales of one subject in each window, and those of them that count for trends; of one buyers' country
 * where one is given.
 */
export async function countsOf(
  db: Reader,
  subject: 'artist' | 'tag',
  id: number,
  windows: readonly Window[],
  country?: string,
): Promise<{ sales: number; counted: number; few?: boolean }[]> {
  const parts =
    subject === 'tag' ? tagParts(db, [id], windows, country) : saleParts(db, subject, [id], windows, country);
  const found = await db<{ n: number; sales: number; counted: number }[]>`
    select n, sum(sales)::bigint as sales, sum(counted)::bigint as counted
    from (${parts}) parts group by n`;
  const byWindow = new Map(found.map(({ n, ...counts }) => [n, counts]));
  const counts = windows.map((_, n) => byWindow.get(n) ?? { sales: 0, counted: 0 });
  return subject === 'tag' ? counts : markFew(db, subject, counts, inWindow([id], windows, country));
}

/**
 * Rows `(n, id, type, sales, counted, units, usd_cents)` of these subjects in each of the windows, several
 * for a subject, to be summed up; `type` is a page's item's, else null.
 */
export function saleParts(
  db: Reader,
  subject: 'artist' | 'seller' | 'page',
  ids: readonly number[],
  windows: readonly Window[],
  country?: string,
): Fragment {
  const only = partsIn(windows);
  const key = db(`${subject}_id`);
  const type = subject === 'page' ? db`type` : db`null::text`;
  const wanted = db`unnest(${ids}::bigint[]) as wanted (id)`;
  const within = db`at >= w.from_at and at < w.until_at`;
  // `offset 0`: each stretch by its own range of the index, however much the subject sold in all. Of sellers
  // there is no index.
  const sales = {
    artist: db`
      cross join ${wanted}
      cross join lateral (select * from sale where artist_id = wanted.id and ${within} offset 0) sale`,
    seller: db`cross join ${salesWithin(db)} join ${wanted} on sale.seller_id = wanted.id`,
    page: db`
      cross join ${wanted}
      join item on item.page_id = wanted.id
      cross join lateral (select * from sale where item_id = item.id and ${within} offset 0) sale`,
  }[subject];
  const here = country === undefined ? db`` : db`where sale.country_code = ${country}`;
  const bySale = (parts: readonly Part[]) => db`
    select w.n, wanted.id, ${type} as type,
      1 as sales, counted::int as counted, units, coalesce(amount_usd_cents, 0) as usd_cents
    from ${stretches(db, parts)} ${sales} ${here}`;
  // No roll-up has both a country and these subjects: it would have as many rows as there are sales.
  if (country !== undefined) return bySale(windows.map((window, n) => ({ n, window })));
  return db`
    select w.n, wanted.id, ${type} as type, sales, counted, units, usd_cents
    from ${daysOf(db, only('days'))} cross join ${wanted}
    join ${db(`${subject}_day`)} kept on kept.day = w.day and kept.${key} = wanted.id
    union all
    ${bySale(only('hours', 'rest'))}`;
}

function tagParts(
  db: Reader,
  ids: readonly number[],
  windows: readonly Window[],
  country: string | undefined,
): Fragment {
  const only = partsIn(windows);
  const bySale = (parts: readonly Part[]) => db`
    select (${parts.map(({ n }) => n)}::int[])[sold.n + 1] as n, sales, counted, units, usd_cents
    from (${tagSales(
      db,
      ids,
      parts.map(({ window }) => window),
      ['sales', 'counted', 'units', 'usd_cents'],
      country,
    )}) sold`;
  const byDay = db`
    select w.n, sales, counted, units, usd_cents
    from ${daysOf(db, only('days'))} cross join unnest(${ids}::bigint[]) as wanted (id)
    join tag_day on tag_day.day = w.day
      and tag_day.country_code = ${country ?? ''}
      and tag_day.tag_id = wanted.id`;
  if (country !== undefined) return db`${byDay} union all ${bySale(only('hours', 'rest'))}`;
  return db`
    ${byDay}
    union all
    select w.n, sales, counted, units, usd_cents
    from ${hoursOf(db, only('hours'))} cross join unnest(${ids}::bigint[]) as wanted (id)
    join tag_hour on tag_hour.hour = w.hour and tag_hour.tag_id = wanted.id
    union all
    ${bySale(only('rest'))}`;
}
