/** Counted sales of sellers by slice, and their countries: what the statistics of rising sellers read. */
import { lengthOf, type Window } from '../../core/time/window.ts';
import { type Slices, sum, type Totals } from '../../stats/expected.ts';
import type { Fragment, Reader } from '../connect.ts';
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
    group by 1 having ${before} >= ${least} order by 1`;
  return { sellers, totals };
}

/** In how many countries these sellers sold. `sale` has no index by seller: the window's sales are read. */
export async function countriesOfSellers(
  db: Reader,
  sellerIds: readonly number[],
  { from, until }: Window,
): Promise<Map<number, number>> {
  const rows = await db<{ id: number; countries: number }[]>`
    select seller_id as id, count(distinct country_code) as countries from sale
    where at >= ${from} and at < ${until} and seller_id = any(${sellerIds}::bigint[]) group by 1`;
  return new Map(rows.map(({ id, countries }) => [id, countries]));
}
