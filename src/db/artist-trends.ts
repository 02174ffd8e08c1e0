/** Checkouts of artists in slices of time, and how broadly they sell: what the statistics of rising artists are fed with. */
import type { Window } from '../core/window.ts';
import { type Slices, sum } from '../stats/expected.ts';
import type { Fragment, Reader } from './connect.ts';
import { tagSales } from './sale-lists.ts';
import { fromDays, partsIn, salesWithin, stretches, wholeWindows } from './spans.ts';
import { type Compared, windowsOf } from './trends.ts';

/** Who is counted: `least` is a number of sales. */
export type LikelyArtists = {
  least: number;
  /** Only those who sold something of that tag in the window. */
  tagId?: number | undefined;
} & (
  | {
      /** Sales of a quarter of the baseline count to the least, too. */
      by: 'window and baseline';
    }
  | {
      by: 'window';
      /** Slices with sales, at least; sales in the baseline, at most. */
      leastSlices: number;
      mostBefore: number;
    }
);

/** Of an artist in the window, and before it. */
export interface ArtistCounts extends Slices {
  key: number;
  /** Distinct checkouts of each slice; a sale without one is its own. */
  window: number[];
  sales: number;
  checkouts: number;
}

/** Rows `(n, artist_id, sales, checkouts)`, several for an artist and `n`: from the days' sums, and from the sales at the edges. */
function soldIn(db: Reader, windows: readonly Window[]): Fragment {
  const only = partsIn(windows);
  const byDay = fromDays(db, 'artist_day', only('days'), db`artist_id, sales, checkouts`);
  const edges = only('hours', 'rest');
  if (edges.length === 0) return byDay;
  return db`
    ${byDay}
    union all
    select n, artist_id, sum(sales)::int, count(*)::int
    from (
      select w.n, artist_id, coalesce(checkout_at, at) as checkout, count(*)::int as sales
      from ${stretches(db, edges)} cross join ${salesWithin(db)} group by 1, 2, 3
    ) checkouts
    group by 1, 2`;
}

/** Who sold as much as `likely` says; "Various Artists" are none. The totals are of everybody. */
export async function artistCounts(
  db: Reader,
  compared: Compared,
  likely: LikelyArtists,
): Promise<{ artists: ArtistCounts[]; totals: Slices }> {
  const { slices } = compared;
  const before = windowsOf(compared).slice(slices.length);
  const counted =
    likely.by === 'window'
      ? await withPast(db, before, likely, await countSlices(db, slices, [], likely))
      : await countSlices(db, slices, before, likely);
  const artists = counted.map(artist => ({ ...artist, checkouts: sum(artist.window) }));
  return { artists, totals: await checkoutTotals(db, compared) };
}

type Counted = Omit<ArtistCounts, 'checkouts'>;

async function countSlices(
  db: Reader,
  slices: readonly Window[],
  before: readonly Window[],
  { least, tagId, ...likely }: LikelyArtists,
): Promise<Counted[]> {
  const many = slices.length;
  const sumIf = (column: 'sales' | 'checkouts', where: Fragment) =>
    db`coalesce(sum(${db(column)}) filter (where ${where}), 0)::int`;
  const window = slices.map((_, n) => sumIf('checkouts', db`n = ${n}::int`)).reduce((all, one) => db`${all}, ${one}`);
  const [now, past] = [db`n < ${many}::int`, db`n >= ${many}::int`];
  const ofTag = ({ from }: Window, { until }: Window, id: number) =>
    db`and artist_id in (select artist_id from (${tagSales(db, [id], [{ from, until }], ['artist_id', 'sales'])}) sold group by 1 having sum(sales) > 0)`;
  const [first, last] = [slices[0], slices.at(-1)];
  return db<Counted[]>`
    select artist_id as key, array[${window}] as window, ${sumIf('checkouts', past)} as baseline, ${sumIf('sales', now)} as sales
    from (${soldIn(db, [...slices, ...before])}) sold
    where artist_id <> all (array(select id from artist where various)) ${first && last && tagId !== undefined ? ofTag(first, last, tagId) : db``}
    group by 1 having ${sumIf('sales', now)} + ${sumIf('sales', past)} / 4.0 >= ${least}
      ${likely.by === 'window' ? db`and cardinality(array_remove(array[${window}], 0)) >= ${likely.leastSlices}` : db``}
    order by 1`;
}

/** Those who sold little before, with that: it is read of those alone who are likely by the window. */
async function withPast(
  db: Reader,
  before: readonly Window[],
  { mostBefore }: { mostBefore: number },
  counted: readonly Counted[],
): Promise<Counted[]> {
  const rows = await db<{ id: number; sales: number; checkouts: number }[]>`
    select artist_id as id, sum(sales)::int as sales, sum(checkouts)::int as checkouts from (${soldIn(db, before)}) sold
    where artist_id = any(${counted.map(({ key }) => key)}::bigint[]) group by 1`;
  const past = new Map(rows.map(({ id, ...counts }) => [id, counts]));
  return counted
    .filter(({ key }) => (past.get(key)?.sales ?? 0) <= mostBefore)
    .map(artist => ({ ...artist, baseline: past.get(artist.key)?.checkouts ?? 0 }));
}

export interface Breadth {
  countries: number;
  items: number;
  sellers: number;
}

/** In how many countries these artists sold how many items at how many sellers. */
export async function breadthOf(
  db: Reader,
  artistIds: readonly number[],
  { from, until }: Window,
): Promise<Map<number, Breadth>> {
  const rows = await db<(Breadth & { id: number })[]>`
    select artist_id as id, count(distinct country_code) as countries, count(distinct item_id) as items, count(distinct seller_id) as sellers
    from sale where artist_id = any(${artistIds}::bigint[]) and at >= ${from} and at < ${until} group by 1`;
  return new Map(rows.map(({ id, ...breadth }) => [id, breadth]));
}

async function checkoutTotals(db: Reader, compared: Compared): Promise<Slices> {
  const many = compared.slices.length;
  const totals = { window: new Array<number>(many).fill(0), baseline: 0 };
  // By whole hours: the share of an hour at the edge is in both counts alike.
  const rows = await db<{ n: number; checkouts: number }[]>`
    select least(w.n, ${many}) as n, coalesce(sum(checkouts), 0)::bigint as checkouts
    from ${wholeWindows(db, windowsOf(compared))} join country_hour on hour >= w.from_at - interval '30 minutes' and hour < w.until_at - interval '30 minutes'
    group by 1`;
  for (const { n, checkouts } of rows) {
    if (n < many) totals.window[n] = checkouts;
    else totals.baseline = checkouts;
  }
  return totals;
}

/** Sales before an instant, ever, counted up to `enough`; and when the first one was. */
export async function pastOf(
  db: Reader,
  artistIds: readonly number[],
  before: number,
  enough: number,
): Promise<Map<number, { past: number; firstSeen: number }>> {
  const rows = await db<{ id: number; past: number; firstSeen: number }[]>`
    select id, (select count(*) from (select from sale where artist_id = id and at < ${before} order by at desc limit ${enough}) known) as past,
      (select min(at) from sale where artist_id = id) as "firstSeen"
    from unnest(${artistIds}::bigint[]) as asked (id)`;
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

/** Sales of each artist on each of these days, the oldest first. */
export async function dailySales(
  db: Reader,
  artistIds: readonly number[],
  days: readonly Window[],
): Promise<Map<number, number[]>> {
  const rows = await db<{ id: number; n: number; sales: number }[]>`
    select artist_id as id, w.n, count(*) as sales
    from unnest(${artistIds}::bigint[]) as wanted (id) join sale on sale.artist_id = wanted.id
      and sale.at >= ${Math.min(...days.map(({ from }) => from))} and sale.at < ${Math.max(...days.map(({ until }) => until))}
    join ${wholeWindows(db, days)} on sale.at >= w.from_at and sale.at < w.until_at group by 1, 2`;
  const found = new Map(artistIds.map(id => [id, new Array<number>(days.length).fill(0)]));
  for (const { id, n, sales } of rows) (found.get(id) ?? [])[n] = sales;
  return found;
}
