/** One answer of the feed, stored whole: its sales, its rejects and the window it was read for. */
import type { Instant } from '../core/instant.ts';
import type { FeedBatch, FeedReject } from '../core/sale.ts';
import type { Sql, Transaction } from './connect.ts';
import { ensureSalePartitions, type StoredSales, storeSales } from './sales.ts';

export interface StoredBatch extends StoredSales {
  /** Rejects that were not there before. */
  rejected: number;
}

/** Up to where the feed is stored; null before the first answer. */
export async function feedCursor(db: Sql): Promise<Instant | null> {
  const [row] = await db<
    { until: Instant | null }[]
  >`select max(until_at) as until from window_read where source = 'feed'`;
  return row?.until ?? null;
}

/** Stores all or nothing, so that a window counts as read only with its sales; storing it again changes nothing. */
export async function storeBatch(
  db: Sql,
  batch: Extract<FeedBatch, { kind: 'sales' }>,
  at: Instant,
): Promise<StoredBatch> {
  await ensureSalePartitions(
    db,
    batch.sales.map(sale => sale.at),
  );
  return db.begin(async sql => {
    const stored = await storeSales(sql, batch.sales);
    const rejected = await storeRejects(sql, 'feed', batch.rejects, at);
    if (batch.until > batch.from)
      await sql`
      insert into window_read (from_at, until_at, source, read_at) values (${batch.from}, ${batch.until}, 'feed', ${at})
      on conflict do nothing`;
    return { ...stored, rejected };
  });
}

async function storeRejects(
  sql: Transaction,
  source: string,
  rejects: readonly FeedReject[],
  at: Instant,
): Promise<number> {
  if (rejects.length === 0) return 0;
  const result = await sql`
    insert into reject (recorded_at, source, reason, raw)
    select ${at}, ${source}, * from unnest(${rejects.map(reject => reject.reason)}::text[], ${rejects.map(reject => reject.raw)}::text[])
    on conflict do nothing`;
  return result.count;
}
