/** Counted sales of sellers by slice, and by artist: what the statistics of rising sellers read. */
import { lengthOf } from '../../core/time/window.ts';
import type { Slices, Totals } from '../../stats/expected.ts';
import type { Contribution } from '../../stats/trend.ts';
import type { Fragment, Reader } from '../connect.ts';
import { isListedSeller } from './listed.ts';
import { wholeWindows } from './period-tables.ts';
import { totalsBy } from './totals-by-subject.ts';
import { type Compared, windowsOf } from './trends.ts';

export interface SellerCounts extends Slices {
  key: number;
  /** Counted sales of each slice. */
  window: number[];
  /** All sales of the window. */
  sales: number;
}

/**
 * Sellers of whom `leastExpected` counted sales are expected in the window; the totals are of all sellers.
 * What counts here are the sales that are among the first of their artist at the seller.
 */
export async function sellerCounts(
  db: Reader,
  compared: Compared,
  leastExpected: number,
): Promise<{ sellers: SellerCounts[]; totals: Totals }> {
  const many = compared.slices.length;
  const inSlices = compared.slices
    .map((_, n) => db`coalesce(sum(counted) filter (where n = ${n}::int), 0)::int`)
    .reduce((all, one): Fragment => db`${all}, ${one}`);
  const added = compared.slices
    .map((_, n) => db`sum("window"[${n + 1}::int])`)
    .reduce((all, one): Fragment => db`${all}, ${one}`);
  const rows = await db<(SellerCounts | (Slices & { key: null; window: number[] }))[]>`
    with each as materialized (
      select subject as key, array[${inSlices}] as "window",
        coalesce(sum(counted) filter (where n >= ${many}::int), 0)::int as baseline,
        coalesce(sum(sales) filter (where n < ${many}::int), 0)::int as sales
      from (${totalsBy(db, 'seller', windowsOf(compared))}) sold group by 1
    ), together as materialized (
      select array[${added}]::int[] as "window", sum(baseline)::int as baseline from each
    )
    select null as key, "window", baseline, 0 as sales from together where baseline is not null
    union all
    select key, each."window", each.baseline, sales from each cross join together
    where ${isListedSeller(db, db`key`)}
      and (each.baseline + 1) * (select sum(one) from unnest(together."window") one)
        >= ${leastExpected}::float8 * together.baseline
    order by 1 nulls first`;
  const all = rows.find(({ key }) => key === null);
  const totals = {
    window: compared.slices.map((_, at) => all?.window[at] ?? 0),
    baseline: all?.baseline ?? 0,
    lengths: compared.slices.map(lengthOf),
  };
  const sellers = rows.filter((row): row is SellerCounts => row.key !== null);
  return { sellers: totals.baseline === 0 ? [] : sellers, totals };
}

/** What one artist sold at a seller, counted. */
export interface SellerContribution extends Contribution {
  key: number;
  window: number[];
}

/**
 * Counted sales of these sellers by artist, of those who sold there in the window. `sale` has no index by
 * seller: the window's sales are read, then those of the artists, who have an index.
 */
export async function sellerContributions(
  db: Reader,
  sellerIds: readonly number[],
  compared: Compared,
): Promise<SellerContribution[]> {
  const many = compared.slices.length;
  const inSlices = compared.slices
    .map((_, n) => db`count(*) filter (where n = ${n}::int)::int`)
    .reduce((all, one): Fragment => db`${all}, ${one}`);
  const own = db`among_first and seller_id = any(${sellerIds}::bigint[])`;
  return db<SellerContribution[]>`
    select seller_id as key, artist_id as artist, artist_id as seller, array[${inSlices}] as window,
      count(*) filter (where n >= ${many}::int)::int as baseline
    from (
      select distinct artist_id as id from ${wholeWindows(db, compared.slices)}
      join sale on at >= w.from_at and at < w.until_at where ${own}
    ) artist
    cross join ${wholeWindows(db, windowsOf(compared))}
    cross join lateral (
      select seller_id, artist_id from sale
      where artist_id = artist.id and at >= w.from_at and at < w.until_at and ${own}
      offset 0
    ) sold
    group by 1, 2 order by 1, 2`;
}
