/**
 * Records from outside that were refused: how many, why, and what becomes of them when they are tried again.
 */

import type { FeedReject, FeedSale } from '../../core/sale.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Reader, Sql } from '../connect.ts';
import { takeLoadLock } from '../load-lock.ts';
import { forgetNames, type Names } from './name-cache.ts';
import { ensureSalePartitions, type StoredSales, storeSales } from './sales.ts';

export interface StoredReject extends FeedReject {
  id: number;
  recordedAt: Instant;
  /** `feed` or `import`. */
  source: string;
}

/** Id of the newest reject; 0 where there is none. */
export async function newestReject(db: Reader): Promise<number> {
  const [row] = await db<{ id: number }[]>`select coalesce(max(id), 0) as id from reject`;
  return row?.id ?? 0;
}

/** The first `limit` of the rejects with `after < id <= until`, by id. */
export const rejectsBetween = (
  db: Reader,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<StoredReject[]> => db<StoredReject[]>`
  select id, recorded_at as "recordedAt", source, reason, raw from reject
  where id > ${after} and id <= ${until}
  order by id limit ${limit}`;

/** What a reject turned out to be: sales, and records that are still refused, which take its place. */
export interface Settled {
  reject: StoredReject;
  sales: readonly FeedSale[];
  rejects: readonly FeedReject[];
}

/**
 * Stores the sales and replaces the rejects in one transaction; doing it again changes nothing. `names` as in
 * `storeLoad`.
 */
export async function settleRejects(
  db: Sql,
  settled: readonly Settled[],
  names: Names,
): Promise<StoredSales> {
  const sales = settled.flatMap(one => one.sales);
  await ensureSalePartitions(
    db,
    sales.map(({ at }) => at),
  );
  const left = settled.flatMap(({ reject: { recordedAt, source }, rejects }) =>
    rejects.map(({ reason, raw }) => ({ recordedAt, source, reason, raw })),
  );
  const stored = db.begin(async sql => {
    await takeLoadLock(sql);
    await sql`delete from reject where id = any(${settled.map(({ reject }) => reject.id)}::bigint[])`;
    if (left.length > 0)
      await sql`
        insert into reject (recorded_at, source, reason, raw)
        select * from unnest(
          ${left.map(one => one.recordedAt)}::timestamptz[], ${left.map(one => one.source)}::text[],
          ${left.map(one => one.reason)}::text[], ${left.map(one => one.raw)}::text[]
        )
        on conflict do nothing`;
    return storeSales(sql, sales, names);
  });
  stored.catch(() => forgetNames(names));
  return stored;
}
