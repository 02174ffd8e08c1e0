/** What was read of the feed, stored whole: sales, rejects and the windows they were read for. */
import type { Instant } from '../core/instant.ts';
import type { FeedBatch, FeedReject, FeedSale } from '../core/sale.ts';
import type { Window } from '../core/window.ts';
import { inTurn, type Reader, type Sql, type Transaction } from './connect.ts';
import { trustReferences } from './copy.ts';
import { bumpDataVersion } from './data-version.ts';
import { createNames, forgetNames } from './known-names.ts';
import { takeLoadLock } from './load-lock.ts';
import { ensureSalePartitions, type StoredSales, storeSales } from './sales.ts';
import { leaveTagsUnjudged } from './tag-kinds.ts';

export interface StoredBatch extends StoredSales {
  /** Rejects that were not there before. */
  rejected: number;
}

/** Up to where the feed is stored; null before the first answer. */
export async function feedCursor(db: Reader): Promise<Instant | null> {
  const [row] = await db<
    { until: Instant | null }[]
  >`select max(until_at) as until from window_read where source = 'feed'`;
  return row?.until ?? null;
}

/** Stores one answer of the live feed. */
export const storeBatch = (
  db: Sql,
  { from, until, sales, rejects }: Extract<FeedBatch, { kind: 'sales' }>,
  at: Instant,
): Promise<StoredBatch> => storeLoad(db, 'feed', { sales, rejects, windows: [{ from, until }] }, at);

/** What is stored together or not at all. */
export interface Load {
  sales: readonly FeedSale[];
  rejects: readonly FeedReject[];
  windows: readonly Window[];
}

/**
 * Stores all or nothing, so that a window counts as read only with its sales; storing it again changes nothing. A caller with many loads gives
 * the same `names` to each.
 */
export async function storeLoad(
  db: Sql,
  source: 'feed' | 'import',
  { sales, rejects, windows }: Load,
  at: Instant,
  names = createNames(),
): Promise<StoredBatch> {
  await ensureSalePartitions(
    db,
    sales.map(sale => sale.at),
  );
  const stored = db.begin(async sql => {
    await inTurn([takeLoadLock(sql), ...(source === 'import' ? [trustReferences(sql)] : [])]);
    const rejected = await storeRejects(sql, source, rejects, at);
    const read = await storeWindows(sql, source, windows, at);
    const stored = await storeSales(sql, sales, names);
    // A window without new sales still raises the coverage that answers state.
    if (read > 0 && stored.stored === 0) await bumpDataVersion(sql);
    if (source === 'import' && stored.stored > 0) await leaveTagsUnjudged(sql, at);
    return { ...stored, rejected };
  });
  stored.catch(() => forgetNames(names));
  return stored;
}

/** A window that was imported and is read live, too, becomes the live one, which the cursor goes by. */
async function storeWindows(
  sql: Transaction,
  source: 'feed' | 'import',
  windows: readonly Window[],
  at: Instant,
): Promise<number> {
  const some = windows.filter(({ from, until }) => until > from);
  if (some.length === 0) return 0;
  const read = await sql`
    insert into window_read (from_at, until_at, source, read_at)
    select distinct from_at, until_at, ${source}, ${at}::timestamptz
    from unnest(${some.map(({ from }) => from)}::timestamptz[], ${some.map(({ until }) => until)}::timestamptz[]) as w (from_at, until_at)
    order by until_at, from_at
    on conflict (until_at, from_at) do update set source = excluded.source where window_read.source = 'import' and excluded.source = 'feed'`;
  return read.count;
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
    select ${at}, ${source}, * from unnest(${rejects.map(reject => reject.reason)}::text[], ${rejects.map(reject => reject.raw)}::text[]) as r (reason, raw)
    order by reason, raw
    on conflict do nothing`;
  return result.count;
}
