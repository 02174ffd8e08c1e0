/** Checkouts of artists in slices of time, and how broadly they sell: what the statistics of rising artists are fed with. */
import { spansOf } from '../core/spans.ts';
import type { Window } from '../core/window.ts';
import type { Slices } from '../stats/expected.ts';
import type { Fragment, Reader } from './connect.ts';
import { daysIn, daysOf, ofDays, salesWithin } from './sums.ts';
import type { Part } from './sums-of.ts';
import { tagSales } from './tag-sales.ts';
import { type Compared, windowsOf } from './trends.ts';

export interface LikelyArtists {
  least: number;
  /** Whether the window alone must have them. */
  inWindow: boolean;
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
  const days = daysIn(only('days'));
  return db`
    select w.n, artist_id, sales, checkouts from artist_day kept join ${daysOf(db, days)} on ${ofDays(db, days)}
    union all
    select n, artist_id, sum(sales)::int, count(*)::int
    from (
      select w.n, artist_id, coalesce(checkout_at, at) as checkout, count(*)::int as sales
      from ${stretches(db, only('hours', 'rest'))} cross join ${salesWithin(db)} group by 1, 2, 3
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
  { least, inWindow, mostBefore, tagId }: LikelyArtists,
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
  // Of what was before, only what those sold who are likely by the window alone.
  const rows = await db<{ key: number; places: number[]; counts: number[]; sales: number; checkouts: number }[]>`
    with present as materialized (
      select artist_id, n, sum(sales)::int as sales, sum(checkouts)::int as checkouts from (${soldIn(db, slices)}) parts group by 1, 2
    ), likely as materialized (
      select artist_id from present where ${isLikely} group by 1 having sum(sales) >= ${inWindow ? least : 0}
    ), before as materialized (
      select artist_id, ${many}::int as n, sum(sales)::int as sales, sum(checkouts)::int as checkouts
      from (${soldIn(db, before)}) parts ${inWindow ? db`join likely using (artist_id)` : db`where ${isLikely}`}
      group by 1
    )
    select artist_id as key, array_agg(n) as places, array_agg(checkouts) as counts, coalesce(sum(sales) filter (where n < ${many}), 0)::bigint as sales,
      coalesce(sum(checkouts) filter (where n < ${many}), 0)::bigint as checkouts
    from (select * from present join likely using (artist_id) union all select * from before) sold
    group by 1 having sum(case when n < ${many} then sales else ${inWindow ? db`0` : db`sales / 4.0`} end) >= ${least}
      ${mostBefore === undefined ? db`` : db`and coalesce(sum(sales) filter (where n = ${many}), 0) <= ${mostBefore}`}
    order by artist_id`;
  const artists = rows.map(({ places, counts, ...row }) => {
    const all = new Array<number>(many + 1).fill(0);
    for (const [at, n] of places.entries()) all[n] = counts[at] ?? 0;
    return { ...row, window: all.slice(0, many), baseline: all[many] ?? 0 };
  });
  return { artists, totals: await checkoutTotals(db, compared) };
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
    select id, count(distinct country_code) as countries, count(distinct item_id) as items, count(distinct seller_id) as sellers
    from unnest(${artistIds}::bigint[]) as wanted (id)
    cross join lateral (select * from sale where artist_id = wanted.id and at >= ${from} and at < ${until} offset 0) sale group by 1`;
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
    select id, (select count(*) from (select from sale where artist_id = id and at < ${before} limit ${enough}) known) as past,
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
