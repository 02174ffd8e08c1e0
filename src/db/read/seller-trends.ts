/** Counted sales of sellers by slice, and by artist: what the statistics of rising sellers read. */
import { lengthOf } from '../../core/time/window.ts';
import { type Slices, sum, type Totals } from '../../stats/expected.ts';
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

/** Counted sales in each slice, and in the baseline, of everything that was sold. */
async function countedTotals(db: Reader, compared: Compared): Promise<Totals> {
  const many = compared.slices.length;
  const rows = await db<{ n: number; counted: number }[]>`
    select least(n, ${many}::int) as n, sum(counted)::bigint as counted
    from (${totalsBy(db, 'country', windowsOf(compared))}) sold group by 1`;
  const counted = (at: number) => rows.find(({ n }) => n === at)?.counted ?? 0;
  return {
    window: compared.slices.map((_, at) => counted(at)),
    baseline: counted(many),
    lengths: compared.slices.map(lengthOf),
  };
}

/** Sellers of whom `leastExpected` counted sales are expected in the window; the totals are of all. */
export async function sellerCounts(
  db: Reader,
  compared: Compared,
  leastExpected: number,
): Promise<{ sellers: SellerCounts[]; totals: Totals }> {
  const many = compared.slices.length;
  const totals = await countedTotals(db, compared);
  if (totals.baseline === 0) return { sellers: [], totals };
  const least = Math.floor((leastExpected * totals.baseline) / Math.max(1, sum(totals.window))) - 1;
  const inSlices = compared.slices
    .map((_, n) => db`coalesce(sum(counted) filter (where n = ${n}::int), 0)::int`)
    .reduce((all, one): Fragment => db`${all}, ${one}`);
  const before = db`coalesce(sum(counted) filter (where n >= ${many}::int), 0)::int`;
  const sellers = await db<SellerCounts[]>`
    select subject as key, array[${inSlices}] as window, ${before} as baseline,
      coalesce(sum(sales) filter (where n < ${many}::int), 0)::int as sales
    from (${totalsBy(db, 'seller', windowsOf(compared))}) sold
    where ${isListedSeller(db, db`subject`)}
    group by 1 having ${before} >= ${least} order by 1`;
  return { sellers, totals };
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
  const own = db`counted and seller_id = any(${sellerIds}::bigint[])`;
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
