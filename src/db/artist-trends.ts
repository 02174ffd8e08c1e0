/** Checkouts of artists in slices of time, and how broadly they sell: what the statistics of rising artists are fed with. */
import { toIso } from '../core/instant.ts';
import { spansOf } from '../core/spans.ts';
import type { Window } from '../core/window.ts';
import { type Slices, sum } from '../stats/expected.ts';
import type { Fragment, Reader } from './connect.ts';
import { tagSales } from './sale-lists.ts';
import { daysIn, daysOf, eachOrAll, ofDays, salesWithin } from './sums.ts';
import type { Part } from './sums-of.ts';
import { type Compared, windowsOf } from './trends.ts';

export interface LikelyArtists {
  least: number;
  /** Whether the window alone must have them. */
  inWindow: boolean;
  /** Only those who sold in so many slices. */
  leastSlices?: number;
  /** Only those with at most so many sales in the baseline. */
  mostBefore?: number;
  /** Only those who sold something of that tag in the window. */
  tagId?: number | undefined;
}

/** Of an artist in the window, and before it. */
export interface ArtistCounts extends Slices {
  key: number;
  /** Distinct checkouts of each slice; a sale without one is its own. */
  window: number[];
  sales: number;
  checkouts: number;
}

const stretches = (db: Reader, parts: readonly Part[]): Fragment =>
  db`unnest(${parts.map(({ n }) => n)}::int[], ${parts.map(({ window }) => window.from)}::timestamptz[], ${parts.map(({ window }) => window.until)}::timestamptz[]) as w (n, from_at, until_at)`;

/** Rows `(n, artist_id, sales, checkouts)`, several for an artist and `n`: from the days' sums, and from the sales at the edges. */
function soldIn(db: Reader, parts: readonly Part[]): Fragment {
  const spans = parts.map(({ n, window }) => ({ n, spans: spansOf(window) }));
  const only = (...kinds: ('days' | 'hours' | 'rest')[]): Part[] =>
    spans.flatMap(({ n, spans }) => kinds.flatMap(kind => spans[kind].map(window => ({ n, window }))));
  const byDay = eachOrAll(
    db,
    only('days'),
    ({ n, window: { from, until } }) => db`
      select ${n}::int as n, artist_id, sales, checkouts from artist_day where day >= ${toIso(from).slice(0, 10)}::date and day < ${toIso(until).slice(0, 10)}::date`,
    some => db`
      select w.n, artist_id, sales, checkouts from artist_day kept join ${daysOf(db, daysIn(some))} on ${ofDays(db, daysIn(some))}`,
  );
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

/**
 * Artists with at least `least` sales in the window, or in the window and a quarter of the baseline together; "Various Artists" are none. The
 * totals are of everybody.
 */
export async function artistCounts(
  db: Reader,
  compared: Compared,
  { least, inWindow, leastSlices = 0, mostBefore = Infinity, tagId }: LikelyArtists,
): Promise<{ artists: ArtistCounts[]; totals: Slices }> {
  const many = compared.slices.length;
  const slices = compared.slices.map((window, n) => ({ n, window }));
  const before = windowsOf(compared)
    .slice(many)
    .map(window => ({ n: many, window }));
  const [first, last] = [compared.slices[0], compared.slices.at(-1)];
  const present: Window = { from: first?.from ?? 0, until: last?.until ?? 0 };
  const isLikely = db`artist_id <> all (array(select id from artist where various)) ${
    tagId === undefined
      ? db``
      : db`and artist_id in (
          select artist_id from (${tagSales(db, [tagId], [present], ['artist_id', 'sales'])}) sold group by 1 having sum(sales) > 0
        )`
  }`;
  const inSlice = (n: number) => db`coalesce(sum(checkouts) filter (where n = ${n}::int), 0)::int`;
  const window = db`array[${slices.map(({ n }) => inSlice(n)).reduce((all, one) => db`${all}, ${one}`)}]`;
  const sales = db`coalesce(sum(sales) filter (where n < ${many}::int), 0)`;
  const salesBefore = db`coalesce(sum(sales) filter (where n = ${many}::int), 0)`;
  const counted = await db<{ key: number; window: number[]; baseline: number; sales: number }[]>`
    select artist_id as key, ${window} as window, ${inSlice(many)} as baseline, ${sales}::int as sales
    from (${soldIn(db, inWindow ? slices : [...slices, ...before])}) sold where ${isLikely} group by 1
    having ${sales} ${inWindow ? db`` : db`+ ${salesBefore} / 4.0`} >= ${least} and cardinality(array_remove(${window}, 0)) >= ${leastSlices} order by 1`;
  // What was sold before is read of those alone who are likely by the window.
  const past = inWindow
    ? await soldBefore(
        db,
        before,
        counted.map(({ key }) => key),
      )
    : null;
  const artists = counted
    .filter(({ key }) => (past?.get(key)?.sales ?? 0) <= mostBefore)
    .map(({ baseline, ...artist }) => ({
      ...artist,
      baseline: past ? (past.get(artist.key)?.checkouts ?? 0) : baseline,
      checkouts: sum(artist.window),
    }));
  return { artists, totals: await checkoutTotals(db, compared) };
}

async function soldBefore(
  db: Reader,
  before: readonly Part[],
  artistIds: readonly number[],
): Promise<Map<number, { sales: number; checkouts: number }>> {
  const rows = await db<{ id: number; sales: number; checkouts: number }[]>`
    select artist_id as id, sum(sales)::int as sales, sum(checkouts)::int as checkouts from (${soldIn(db, before)}) sold
    where artist_id = any(${artistIds}::bigint[]) group by 1`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
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
    from ${stretches(
      db,
      windowsOf(compared).map((window, n) => ({ n, window })),
    )} join country_hour on hour >= w.from_at - interval '30 minutes' and hour < w.until_at - interval '30 minutes'
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
    join ${stretches(
      db,
      days.map((window, n) => ({ n, window })),
    )} on sale.at >= w.from_at and sale.at < w.until_at group by 1, 2`;
  const found = new Map(artistIds.map(id => [id, new Array<number>(days.length).fill(0)]));
  for (const { id, n, sales } of rows) (found.get(id) ?? [])[n] = sales;
  return found;
}
