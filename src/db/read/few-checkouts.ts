/** Which cells of artists, releases and sellers are of too few checkouts to be told (see small-cells.ts). */
import { isNarrow, LEAST_CHECKOUTS } from '../../core/small-cells.ts';
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../connect.ts';
import { countrySales } from './sale-lists.ts';

/** A number of sales, of these ids together. */
interface Cell {
  ids: readonly number[];
  window: Window;
  country?: string | undefined;
}

interface Within {
  tagId?: number | undefined;
  /** Types of items. */
  types?: readonly string[] | undefined;
}

/** Sales of a cell that are looked at: hardly ever are so many in two checkouts. */
const LOOKED_AT = 100;

/**
 * The sums, those marked `few` that are narrow and of one or two checkouts. A sale whose checkout is not
 * known is one of its own.
 */
export async function markFew<S extends { sales: number }>(
  db: Reader,
  subject: 'artist' | 'seller' | 'page',
  sums: readonly S[],
  cellOf: (sum: S, at: number) => Cell,
  within: Within = {},
): Promise<(S & { few?: boolean })[]> {
  const cells = sums.map((sum, at) => ({ ...cellOf(sum, at), sales: sum.sales, at }));
  const narrow = cells.filter(cell => cell.sales > 0 && isNarrow(cell));
  const sure = narrow.filter(({ sales }) => sales < LEAST_CHECKOUTS);
  const open = narrow.filter(({ sales }) => sales >= LEAST_CHECKOUTS);
  const found =
    subject === 'seller'
      ? await sellersOfFew(db, open)
      : await ofFewCheckouts(db, subject === 'artist', open, within);
  const few = new Set([...sure.map(({ at }) => at), ...found]);
  return sums.map((sum, at) => (few.has(at) ? { ...sum, few: true } : sum));
}

/** With more sales a seller has more than two checkouts: no list has to be read for it. */
const MOST_SALES = 200;

/**
 * The same of sellers, whose sales no index finds: by the minutes in which they sold, since the sales of one
 * checkout lie within a second. All cells are of one window and country.
 */
async function sellersOfFew(
  db: Reader,
  cells: readonly (Cell & { at: number; sales: number })[],
): Promise<number[]> {
  const small = cells.filter(({ sales }) => sales <= MOST_SALES);
  const [first] = small;
  if (!first) return [];
  const { window, country } = first;
  const sold =
    country === undefined
      ? db`
        select seller_id, date_trunc('minute', at) as minute from sale
        where at >= ${window.from} and at < ${window.until}`
      : db`
        select seller_id, second / 60 as minute
        from (${countrySales(db, country, [window], ['seller_id', 'second', 'sales'])}) sold where sales > 0`;
  const rows = await db<{ id: number }[]>`
    select seller_id as id from (${sold}) sold
    where seller_id = any(${small.flatMap(({ ids }) => ids)}::bigint[])
    group by 1 having count(distinct minute) < ${LEAST_CHECKOUTS}`;
  const few = new Set(rows.map(({ id }) => id));
  return small.filter(({ ids }) => ids.some(id => few.has(id))).map(({ at }) => at);
}

/** The places `at` of those cells that hold one or two checkouts. */
async function ofFewCheckouts(
  db: Reader,
  byArtist: boolean,
  cells: readonly (Cell & { at: number })[],
  { tagId, types }: Within,
): Promise<number[]> {
  if (cells.length === 0) return [];
  const parts = cells.flatMap(({ ids, ...cell }) => ids.map(id => ({ id, ...cell })));
  const isIn = db`
    sale.at >= cell.from_at and sale.at < cell.until_at
    and (cell.country is null or sale.country_code = cell.country)`;
  const tagged =
    tagId === undefined
      ? db``
      : db`and exists (
          select from item join page_tag using (page_id) where item.id = sale.item_id and tag_id = ${tagId}
        )`;
  const sold = byArtist
    ? db`sale where artist_id = cell.id and ${isIn} ${tagged}`
    : db`
      item cross join lateral (
        select * from sale where item_id = item.id and ${isIn} limit ${LOOKED_AT}
      ) sale
      where item.page_id = cell.id ${types ? db`and item.type = any(${types}::text[])` : db``} ${tagged}`;
  const rows = await db<{ place: number }[]>`
    select place
    from unnest(
      ${parts.map(({ at }) => at)}::int[],
      ${parts.map(({ id }) => id)}::bigint[],
      ${parts.map(({ window }) => window.from)}::timestamptz[],
      ${parts.map(({ window }) => window.until)}::timestamptz[],
      ${parts.map(({ country }) => country ?? null)}::text[]
    ) as cell (place, id, from_at, until_at, country)
    cross join lateral (
      select coalesce(checkout_at, sale.at) as checkout, country_code as buyers from ${sold}
      limit ${LOOKED_AT}
    ) sold
    group by place having count(distinct (checkout, buyers)) < ${LEAST_CHECKOUTS}`;
  return rows.map(({ place }) => place);
}
