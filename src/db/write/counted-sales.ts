/**
 * Which sales count for trends, so that no artist and no seller makes a genre rise: of each artist the first
 * `COUNTED_OF_ARTIST` at a seller in a block of days (`counted_block` in schema/, `blockOf` in src/stats),
 * then of the seller the first `COUNTED_OF_SELLER` of these. The earliest count, in whatever order they come.
 */
import { BLOCK_DAYS, COUNTED_OF_ARTIST, COUNTED_OF_SELLER } from '../../stats/counted-blocks.ts';
import type { Fragment, Transaction } from '../connect.ts';

/**
 * Judges what is staged, and which stored sales give their place up for it, into a temporary table `judged
 * (at, item_id, was_first, was, among_first, counted)`: what was is null of a staged sale. An artist who has
 * sold enough at a seller before all that is staged is left out, and so is such a seller: there nothing
 * staged counts, and nothing stored changes.
 */
export const judgeStaged = (sql: Transaction): Fragment[] => [
  sql`
    create temporary table placed on commit drop as
    with named as (
      select at, item_id, artist_id, seller_id, block_shift, counted_block(at, block_shift) as block
      from staged join seller on seller.id = seller_id where not various
    ), grouped as (
      select artist_id, seller_id, block, block_shift, min(at) as first_at, max(at) as last_at
      from named group by 1, 2, 3, 4
    ), open as materialized (
      select * from grouped
      where (
        select true from sale
        where sale.artist_id = grouped.artist_id and sale.seller_id = grouped.seller_id and among_first
          and sale.at >= first_at - ${LONGEST}::interval and sale.at < first_at
          and counted_block(sale.at, block_shift) = block
        order by sale.at offset ${COUNTED_OF_ARTIST - 1} limit 1
      ) is null
    ), together as (
      select at, item_id, artist_id, seller_id, block, block_shift, null::boolean as was_first,
        null::boolean as was
      from named join open using (artist_id, seller_id, block, block_shift)
      union all
      select sale.at, sale.item_id, sale.artist_id, sale.seller_id, block, block_shift, among_first, counted
      from open join sale on sale.artist_id = open.artist_id and sale.seller_id = open.seller_id
        and sale.at > first_at - ${LONGEST}::interval and sale.at < last_at + ${LONGEST}::interval
        and counted_block(sale.at, block_shift) = block
    )
    select together.*, ${firsts(sql)} as among_first ${namedApart(sql)}`,
  sql`
    create temporary table judged on commit drop as
    with changed as (
      select seller_id, block, block_shift, min(at) as first_at, max(at) as last_at
      from placed where among_first is distinct from coalesce(was_first, false) group by 1, 2, 3
    ), open as materialized (
      select * from changed
      where (
        select true from sale
        where sale.seller_id = changed.seller_id and counted
          and sale.at >= first_at - ${LONGEST}::interval and sale.at < first_at
          and counted_block(sale.at, block_shift) = block
        order by sale.at offset ${COUNTED_OF_SELLER - 1} limit 1
      ) is null
    ), together as (
      select at, item_id, seller_id, block, was_first, was
      from placed join open using (seller_id, block) where among_first
      union all
      select sale.at, sale.item_id, sale.seller_id, block, true, true
      from open join sale on sale.seller_id = open.seller_id and counted
        and sale.at > first_at - ${LONGEST}::interval and sale.at < last_at + ${LONGEST}::interval
        and counted_block(sale.at, block_shift) = block
      where not exists (select from placed where placed.at = sale.at and placed.item_id = sale.item_id)
    )
    select at, item_id, was_first, was, true as among_first, ${firstOfSeller(sql)} as counted
    ${namedApart(sql)}
    union all
    select at, item_id, was_first, was, among_first, among_first and coalesce(was, false)
    from placed left join open using (seller_id, block)
    where not among_first or open.seller_id is null`,
  sql`drop table placed`,
];

/** The same for all sales of a day that is stored: what each counts as, and should. */
export async function judgeDay(sql: Transaction, day: string): Promise<void> {
  await sql`
    create temporary table judged on commit drop as
    with together as (
      select sale.at, sale.item_id, artist_id, seller_id, counted_block(sale.at, block_shift) as block,
        among_first as was_first, counted as was
      from sale
      join artist on artist.id = artist_id and not various
      join seller on seller.id = seller_id
      where sale.at >= (${day}::date - ${BLOCK_DAYS - 1}::int)::timestamp at time zone 'UTC'
        and sale.at < (${day}::date + 1)::timestamp at time zone 'UTC'
    ), placed as (
      select together.*, ${firsts(sql)} as among_first, url, type, package_image_id ${namedApart(sql)}
    )
    select at, item_id, was_first, was, among_first,
      among_first and row_number() over (
        partition by seller_id, block, among_first order by ${byContent(sql)}
      ) <= ${COUNTED_OF_SELLER} as counted
    from placed`;
  // What lies before the day is in its blocks, and is judged by its own.
  await sql`delete from judged where at < ${day}::timestamp at time zone 'UTC'`;
}

/** A block ends before so much is over since any instant in it. */
const LONGEST = `${BLOCK_DAYS} days`;

/** Sales of one instant stand by what they are, since ids say only what was stored first. */
const byContent = (sql: Transaction): Fragment =>
  sql`at, url collate "C", type, package_image_id nulls first`;

const namedApart = (sql: Transaction): Fragment => sql`
  from together join item on item.id = item_id join page on page.id = item.page_id`;

const firsts = (sql: Transaction): Fragment => sql`
  row_number() over (partition by artist_id, together.seller_id, block order by ${byContent(sql)})
    <= ${COUNTED_OF_ARTIST}`;

const firstOfSeller = (sql: Transaction): Fragment => sql`
  row_number() over (partition by together.seller_id, block order by ${byContent(sql)})
    <= ${COUNTED_OF_SELLER}`;
