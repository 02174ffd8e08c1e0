/** What genres and artists sold in a window: how much of it counts, its busiest hour, its first country. */
import { LEAST_CHECKOUTS } from '../../core/small-cells.ts';
import { DAY, floorTo, HOUR, type Instant } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../connect.ts';
import { tagSales } from './sale-lists.ts';
import type { OfBuyersOrSellers } from './trends.ts';

/** Of one genre or artist. Neither hour nor country where fewer than three checkouts make it. */
export interface SoldWhen {
  seen: number;
  /** Of a genre the sales that count for trends, of an artist the checkouts. */
  counted: number;
  /** Whether they are fewer checkouts than may be told of one artist in one country or on one day. */
  few: boolean;
  busiestHour: { at: Instant; sales: number } | null;
  firstCountry: { code: string; sales: number } | null;
}

export type Sold = { tagIds: readonly number[] } | { artistIds: readonly number[] };

/** Of all these at once, by id. */
export async function soldWhen(
  db: Reader,
  of: Sold,
  window: Window,
  { country, sellers }: OfBuyersOrSellers = {},
): Promise<Map<number, SoldWhen>> {
  const ids = 'tagIds' in of ? of.tagIds : of.artistIds;
  if (ids.length === 0) return new Map();
  const checkouts =
    'tagIds' in of
      ? checkoutsOfTags(db, ids, window, { country, sellers })
      : checkoutsOfArtists(db, ids, window, country);
  const rows = await db<Cell[]>`
    with checkout as materialized (${checkouts})
    select distinct on (id, kind) *
    from (
      select id, grouping(hour, country) as kind, hour, country, sum(sales)::int as sales,
        sum(counted)::int as counted, count(*)::int as checkouts
      from checkout group by grouping sets ((id), (id, hour), (id, country))
    ) cells
    where kind <> ${OF_COUNTRY} or country is not null
    order by id, kind, sales desc, hour, country`;
  const found = new Map<number, SoldWhen>();
  for (const [id, cells] of Map.groupBy(rows, one => one.id)) {
    const cell = (kind: number) => cells.find(one => one.kind === kind);
    const [all, hour, first] = [cell(OF_ALL), cell(OF_HOUR), cell(OF_COUNTRY)];
    const isTold = (one: Cell | undefined): one is Cell => (one?.checkouts ?? 0) >= LEAST_CHECKOUTS;
    found.set(id, {
      seen: all?.sales ?? 0,
      counted: all?.counted ?? 0,
      few: !isTold(all),
      busiestHour: isTold(hour) ? { at: Number(hour.hour), sales: hour.sales } : null,
      firstCountry:
        country === undefined && isTold(first) ? { code: String(first.country), sales: first.sales } : null,
    });
  }
  return found;
}

interface Cell {
  id: number;
  kind: number;
  hour: Instant | null;
  country: string | null;
  sales: number;
  counted: number;
  checkouts: number;
}
/** Bits of `grouping (hour, country)`: those that are summed over. */
const [OF_ALL, OF_HOUR, OF_COUNTRY] = [3, 1, 2];

/** Rows `(id, hour, country, sales, counted)`, one a checkout. */
const checkoutsOfArtists = (
  db: Reader,
  ids: readonly number[],
  { from, until }: Window,
  country: string | undefined,
): Fragment => db`
  select artist_id as id, date_trunc('hour', min(at), 'UTC') as hour, country_code as country,
    count(*) as sales, 1 as counted
  from sale
  where artist_id = any(${ids}::bigint[]) and at >= ${from} and at < ${until}
    ${country === undefined ? db`` : db`and country_code = ${country}`}
  group by artist_id, coalesce(checkout_at, at), country_code`;

/**
 * The same of tags, whose sales do not tell checkouts: those of one minute and country are taken for one, so
 * that there are rather more.
 */
function checkoutsOfTags(
  db: Reader,
  ids: readonly number[],
  window: Window,
  { country, sellers }: OfBuyersOrSellers,
): Fragment {
  const first = floorTo(window.from, DAY);
  const days = Array.from({ length: Math.ceil((window.until - first) / DAY) }, (_, n) => ({
    from: Math.max(window.from, first + n * DAY),
    until: Math.min(window.until, first + (n + 1) * DAY),
  }));
  const starts = days.map((_, n) => first + n * DAY);
  const columns = ['second', 'country', 'sales', 'counted', ...(sellers ? (['seller_id'] as const) : [])];
  return db`
    select tag_id as id,
      (${starts}::timestamptz[])[n + 1] + second / 60 / 60 * interval '1 hour' as hour,
      country_of_number(country) as country, sum(sales) as sales, sum(counted) as counted
    from (${tagSales(db, ids, days, columns as Parameters<typeof tagSales>[3], country)}) sold
    ${sellers ? db`where seller_id in (${sellers.ids})` : db``}
    group by tag_id, n, second / 60, second / 60 / 60, country having sum(sales) > 0`;
}

/** Of everything that was sold in the window's whole hours: sales, those that count, and each country's. */
export async function allSold(
  db: Reader,
  { from, until }: Window,
  country?: string,
): Promise<{ sales: number; counted: number; byCountry: Map<string, number> }> {
  const rows = await db<{ code: string; sales: number; counted: number }[]>`
    select country_code as code, sum(sales)::bigint as sales, sum(counted)::bigint as counted
    from country_hour
    where hour >= ${floorTo(from, HOUR)} and hour < ${until}
      ${country === undefined ? db`` : db`and country_code = ${country}`}
    group by 1`;
  const sum = (key: 'sales' | 'counted') => rows.reduce((total, row) => total + row[key], 0);
  return {
    sales: sum('sales'),
    counted: sum('counted'),
    byCountry: new Map(rows.map(({ code, sales }) => [code, sales])),
  };
}
