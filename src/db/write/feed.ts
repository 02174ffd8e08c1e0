/** What was read of the feed, stored whole: sales, rejects and the windows they were read for. */

import type { FeedBatch, FeedReject, FeedSale } from '../../core/sale.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Window } from '../../core/time/window.ts';
import { pipelined, type Sql, type Transaction } from '../connect.ts';
import { bumpDataVersion } from '../data-version.ts';
import { takeLoadLock } from '../load-lock.ts';
import { trustReferences } from './copy.ts';
import { createNames, forgetNames, type Names } from './name-cache.ts';
import {
  createStaging,
  ensureSalePartitions,
  nameApart,
  type Staging,
  type StoredSales,
  storeSales,
} from './sales.ts';
import { leaveTagsUnjudged } from './tag-kinds.ts';

export interface StoredBatch extends StoredSales {
  /** Rejects that were not there before. */
  rejected: number;
}

/** Stores one answer of the live feed. */
export const storeBatch = (
  db: Sql,
  { from, until, sales, rejects }: Extract<FeedBatch, { kind: 'sales' }>,
  at: Instant,
): Promise<StoredBatch> => storeLoad(db, 'feed', { sales, rejects, windows: [{ from, until }] }, at);

type Source = 'feed' | 'import';

/** What is stored together or not at all. */
export interface Load {
  sales: readonly FeedSale[];
  rejects: readonly FeedReject[];
  windows: readonly Window[];
}

/**
 * Stores all or nothing, so that a window counts as read only with its sales; storing it again changes
 * nothing. A caller with many loads gives the same `names` to each.
 */
export async function storeLoad(
  db: Sql,
  source: Source,
  { sales, ...rest }: Load,
  at: Instant,
  names = createNames(),
): Promise<StoredBatch> {
  await ensureSalePartitions(
    db,
    sales.map(sale => sale.at),
  );
  const stored = db.begin(async sql => {
    await pipelined([takeLoadLock(sql), ...(source === 'import' ? [trustReferences(sql)] : [])]);
    return storeTogether(sql, source, rest, at, () => storeSales(sql, sales, names));
  });
  stored.catch(() => forgetNames(names));
  return stored;
}

async function storeTogether(
  sql: Transaction,
  source: Source,
  { rejects, windows }: Omit<Load, 'sales'>,
  at: Instant,
  store: () => Promise<StoredSales>,
): Promise<StoredBatch> {
  const rejected = await storeRejects(sql, source, rejects, at);
  const read = await storeWindows(sql, source, windows, at);
  const stored = await store();
  // A window without new sales still raises the coverage that answers state.
  if (read > 0 && stored.stored === 0) await bumpDataVersion(sql);
  if (source === 'import' && stored.stored > 0) await leaveTagsUnjudged(sql, at);
  return { ...stored, rejected };
}

/** A load of an import whose sales come in pieces, since it may hold more of them than a process should. */
export interface OpenLoad {
  add(sales: readonly FeedSale[]): Promise<void>;
  /** Stores all that was added, or nothing. */
  close(rest: Omit<Load, 'sales'>, at: Instant): Promise<StoredBatch>;
  /** Forgets it. */
  drop(): Promise<void>;
}

/**
 * Its connection is held until it is closed or dropped; others may load meanwhile. `names` as in `storeLoad`.
 */
export function openLoad(db: Sql, names: Names): OpenLoad {
  const staging = Promise.withResolvers<Staging>();
  const ready = Promise.withResolvers<{ rest: Omit<Load, 'sales'>; at: Instant } | null>();
  let given = 0;
  const stored = db.begin(async sql => {
    const own = createStaging(sql);
    staging.resolve(own);
    const ended = await ready.promise;
    if (!ended) return { stored: 0, repeated: 0, rejected: 0 };
    await pipelined([takeLoadLock(sql), trustReferences(sql)]);
    const { stored, ...counts } = await storeTogether(sql, 'import', ended.rest, ended.at, () => own.store());
    // Those that are too old to be kept were left out before.
    return { ...counts, stored, repeated: given - stored };
  });
  stored.catch(error => {
    forgetNames(names);
    staging.reject(error);
  });
  staging.promise.catch(() => {});
  return {
    async add(sales) {
      await ensureSalePartitions(
        db,
        sales.map(sale => sale.at),
      );
      given += sales.length;
      const named = await nameApart(db, sales, names);
      await (await staging.promise).add(named);
    },
    close(rest, at) {
      ready.resolve({ rest, at });
      return stored;
    },
    async drop() {
      ready.resolve(null);
      await stored.catch(() => {});
    },
  };
}

/** A window that was imported and is read live, too, becomes the live one, which the cursor goes by. */
async function storeWindows(
  sql: Transaction,
  source: Source,
  windows: readonly Window[],
  at: Instant,
): Promise<number> {
  const some = windows.filter(({ from, until }) => until > from);
  if (some.length === 0) return 0;
  const read = await sql`
    insert into window_read (from_at, until_at, source, read_at)
    select distinct from_at, until_at, ${source}, ${at}::timestamptz
    from unnest(
      ${some.map(({ from }) => from)}::timestamptz[],
      ${some.map(({ until }) => until)}::timestamptz[]
    ) as w (from_at, until_at)
    order by until_at, from_at
    on conflict (until_at, from_at) do update set source = excluded.source
      where window_read.source = 'import' and excluded.source = 'feed'`;
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
    select ${at}, ${source}, *
    from unnest(
      ${rejects.map(reject => reject.reason)}::text[],
      ${rejects.map(reject => reject.raw)}::text[]
    ) as r (reason, raw)
    order by reason, raw
    on conflict do nothing`;
  return result.count;
}
