/** What sellers are called and where they are, from what their pages say of their owner. */
import { placeOf } from '../../core/places/place.ts';
import { type Fragment, pipelined, type Sql, type Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { jobTime } from '../jobs.ts';
import { takeLoadLock } from '../load-lock.ts';
import { type MovedSeller, moveSellers } from './origins.ts';

/**
 * Gives sellers what the last of their pages in the table `told` says, with columns `(n, seller_id, owner,
 * place, city, region, country_code)`. A page that says nothing of them leaves them as they are.
 */
export async function describeSellers(sql: Transaction): Promise<void> {
  const described = await sql<MovedSeller[]>`
    with owned as (
      select distinct on (seller_id) seller_id, owner from told where owner is not null
      order by seller_id, n desc
    ), placed as (
      select distinct on (seller_id) seller_id, place, city, region, country_code from told
      where place is not null order by seller_id, n desc
    )
    update seller set
      name = coalesce(owner, seller.name),
      (place, city, region, country_code) = (
        select
          case when placed.seller_id is null then seller.place else placed.place end,
          case when placed.seller_id is null then seller.city else placed.city end,
          case when placed.seller_id is null then seller.region else placed.region end,
          case when placed.seller_id is null then seller.country_code else placed.country_code end
      )
    from owned full join placed using (seller_id)
    where seller.id = seller_id and (
      (owner is not null and seller.name is distinct from owner)
      or (
        placed.place is not null
        and (seller.place, seller.city, seller.region, seller.country_code)
          is distinct from (placed.place, placed.city, placed.region, placed.country_code)
      )
    )
    returning seller.id, old.country_code as was, new.country_code as now`;
  await moveSellers(sql, described);
}

/**
 * Stands in the table of jobs where places are stored as this code reads them. Its number goes up when
 * `placeOf` says something else of places that are stored.
 */
const JOB = 'seller-places-2';
const EPOCH = 0;

/** Places of sellers whose pages were read by code that kept none, or read them otherwise; once. */
export async function placeSellers(db: Sql): Promise<void> {
  if ((await jobTime(db, JOB)) !== undefined) return;
  await db.begin(async sql => {
    await pipelined([takeLoadLock(sql)]);
    if ((await jobTime(sql, JOB)) !== undefined) return;
    const newest = await sql<{ id: number; place: string }[]>`
      select distinct on (seller_id) seller_id as id, place from page where place is not null
      order by seller_id, read_at desc nulls last, id desc`;
    const read = newest.map(({ id, place }) => ({ id, place, ...placeOf(place) }));
    const placed = await sql<MovedSeller[]>`
      update seller set
        place = told.place, city = told.city, region = told.region, country_code = told.country
      from unnest(
        ${read.map(({ id }) => id)}::bigint[], ${read.map(({ place }) => place)}::text[],
        ${read.map(({ city }) => city)}::text[], ${read.map(({ region }) => region)}::text[],
        ${read.map(({ country }) => country)}::text[]
      ) as told (id, place, city, region, country)
      where seller.id = told.id
        and (seller.place, seller.city, seller.region, seller.country_code)
          is distinct from (told.place, told.city, told.region, told.country)
      returning seller.id, old.country_code as was, new.country_code as now`;
    await moveSellers(sql, placed);
    if (placed.count > 0) await bumpDataVersion(sql);
    await markDone(sql);
  });
}

const markDone = (sql: Transaction): Fragment =>
  sql`insert into job (name, ran_at) values (${JOB}, ${EPOCH}) on conflict do nothing`;
