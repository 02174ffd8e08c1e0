/**
 * Checkouts of artists in slices of time, and how broadly they sell: what the statistics of rising artists
 * are fed with.
 */
import { lengthOf, type Window } from '../../core/time/window.ts';
import type { Evidence } from '../../stats/emergence.ts';
import { type Slices, sum, type Totals } from '../../stats/expected.ts';
import type { Fragment, Reader } from '../connect.ts';
import { unlistedArtists } from './listed.ts';
import { fromDays, partsIn, salesWithin, stretches, wholeWindows } from './period-tables.ts';
import { tagSales } from './sale-lists.ts';
import { type Compared, windowsOf } from './trends.ts';

/** Who is counted. */
export type LikelyArtists = {
  /** Only those who sold something of that tag in the window: of them nobody is counted who sold nothing. */
  tagId?: number | undefined;
} & (
  | {
      /**
       * Whose weeks before are enough that so many checkouts, by the share of all, are expected in the
       * window.
       */
      by: 'baseline';
      leastExpected: number;
    }
  | {
      by: 'window';
      /** Sales, and slices with sales, at least; sales in the baseline, at most. */
      leastSales: number;
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

/**
 * Rows `(n, artist_id, sales, checkouts)`, several for an artist and `n`: from the days' sums, and from the
 * sales at the edges.
 */
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

/**
 * Who sold as much as `likely` says, without those that no list names. The totals are of everybody.
 */
export async function artistCounts(
  db: Reader,
  compared: Compared,
  likely: LikelyArtists,
): Promise<{ artists: ArtistCounts[]; totals: Totals }> {
  const totals = await checkoutTotals(db, compared);
  const counted =
    likely.by === 'window'
      ? await countNewcomers(db, compared, likely)
      : await countKnown(db, compared, totals, likely);
  return { artists: counted.map(artist => ({ ...artist, checkouts: sum(artist.window) })), totals };
}

type Counted = Omit<ArtistCounts, 'checkouts'>;

/** Expressions over `soldIn` the slices. */
function inSlices(db: Reader, slices: readonly Window[]): { window: Fragment; sold: Fragment } {
  const window = slices
    .map((_, n) => db`coalesce(sum(checkouts) filter (where n = ${n}::int), 0)::int`)
    .reduce((all, one) => db`${all}, ${one}`);
  return { window: db`array[${window}]`, sold: db`sum(sales)::int` };
}

const isAsked = (db: Reader, { slices }: Compared, tagId: number | undefined): Fragment => {
  const [first, last] = [slices[0], slices.at(-1)];
  const within = first && last && { from: first.from, until: last.until };
  const ofTag =
    within && tagId !== undefined
      ? db`and artist_id in (
          select artist_id from (${tagSales(db, [tagId], [within], ['artist_id', 'sales'])}) sold
          group by 1 having sum(sales) > 0
        )`
      : db``;
  return db`artist_id <> all (${unlistedArtists(db)}) ${ofTag}`;
};

const before = (compared: Compared): Window[] => windowsOf(compared).slice(compared.slices.length);

/** Those with a past, also those who sold nothing in the window: of the others nothing is read there. */
async function countKnown(
  db: Reader,
  compared: Compared,
  totals: Slices,
  { leastExpected, tagId }: LikelyArtists & { by: 'baseline' },
): Promise<Counted[]> {
  if (totals.baseline === 0) return [];
  const { window, sold } = inSlices(db, compared.slices);
  // Rather one too many: the statistics decide.
  const least = Math.floor((leastExpected * totals.baseline) / Math.max(1, sum(totals.window))) - 1;
  return db<Counted[]>`
    with past as materialized (
      select artist_id, sum(checkouts)::int as checkouts
      from (${soldIn(db, before(compared))}) sold where ${isAsked(db, compared, tagId)}
      group by 1 having sum(checkouts) >= ${least}
    ), present as (
      select artist_id, ${window} as checkouts, ${sold} as sales
      from (${soldIn(db, compared.slices)}) sold
      where artist_id in (select artist_id from past) group by 1
    )
    select past.artist_id as key,
      coalesce(present.checkouts, array_fill(0, array[${compared.slices.length}::int])) as window,
      past.checkouts as baseline, coalesce(sales, 0) as sales
    from past left join present using (artist_id) order by 1`;
}

/**
 * Those with enough sales in the window and few before: what was before is read of those alone who are likely
 * by the window.
 */
async function countNewcomers(
  db: Reader,
  compared: Compared,
  { leastSales, leastSlices, mostBefore, tagId }: LikelyArtists & { by: 'window' },
): Promise<Counted[]> {
  const { window, sold } = inSlices(db, compared.slices);
  const counted = await db<Counted[]>`
    select artist_id as key, ${window} as window, ${sold} as sales
    from (${soldIn(db, compared.slices)}) sold where ${isAsked(db, compared, tagId)}
    group by 1
    having sum(sales) >= ${leastSales} and cardinality(array_remove(${window}, 0)) >= ${leastSlices}
    order by 1`;
  const rows = await db<{ id: number; sales: number; checkouts: number }[]>`
    select artist_id as id, sum(sales)::int as sales, sum(checkouts)::int as checkouts
    from (${soldIn(db, before(compared))}) sold
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

/** In how many countries these artists sold how many items at how many sellers, when, and for how much. */
export async function readBreadths(
  db: Reader,
  artistIds: readonly number[],
  { from, until }: Window,
): Promise<Map<number, Breadth & Evidence>> {
  const rows = await db<(Breadth & Evidence & { id: number })[]>`
    with sold as materialized (
      select artist_id as id, country_code, item_id, seller_id, amount_usd_cents,
        count(*) over (partition by artist_id, date_trunc('hour', at, 'UTC')) as in_hour
      from sale where artist_id = any(${artistIds}::bigint[]) and at >= ${from} and at < ${until}
    )
    select id, count(distinct country_code) as countries, count(distinct item_id) as items,
      count(distinct seller_id) as sellers, count(*) as sold, max(in_hour) as "inBusiestHour",
      coalesce(sum(amount_usd_cents), 0)::bigint as "paidUsdCents",
      mode() within group (order by seller_id) as seller
    from sold group by 1`;
  return new Map(rows.map(({ id, ...breadth }) => [id, breadth]));
}

/**
 * Of a row of `country_hour`. Of imported sales no checkouts are known: each is its own, as in the artists'
 * sums.
 */
const checkoutsOfHour = (db: Reader): Fragment => db`case when checkouts = 0 then sales else checkouts end`;

async function checkoutTotals(db: Reader, compared: Compared): Promise<Totals> {
  const many = compared.slices.length;
  const totals = {
    window: new Array<number>(many).fill(0),
    baseline: 0,
    lengths: compared.slices.map(lengthOf),
  };
  // By whole hours: the share of an hour at the edge is in both counts alike.
  const rows = await db<{ n: number; checkouts: number }[]>`
    select least(w.n, ${many}) as n, coalesce(sum(${checkoutsOfHour(db)}), 0)::bigint as checkouts
    from ${wholeWindows(db, windowsOf(compared))}
    join country_hour
      on hour >= w.from_at - interval '30 minutes' and hour < w.until_at - interval '30 minutes'
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
    select id,
      (
        select count(*) from (
          select from sale where artist_id = id and at < ${before} order by at desc limit ${enough}
        ) known
      ) as past,
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
    from unnest(${artistIds}::bigint[]) as wanted (id)
    join sale on sale.artist_id = wanted.id
      and sale.at >= ${Math.min(...days.map(({ from }) => from))}
      and sale.at < ${Math.max(...days.map(({ until }) => until))}
    join ${wholeWindows(db, days)} on sale.at >= w.from_at and sale.at < w.until_at group by 1, 2`;
  const found = new Map(artistIds.map(id => [id, new Array<number>(days.length).fill(0)]));
  for (const { id, n, sales } of rows) (found.get(id) ?? [])[n] = sales;
  return found;
}
