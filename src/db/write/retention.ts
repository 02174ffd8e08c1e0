/**
 * Which sales are kept: months that are given up leave the table `sale`, and are refused when they come
 * again.
 */
import type { Instant } from '../../core/time/instant.ts';
import type { Sql } from '../connect.ts';
import { takeLoadLock } from '../load-lock.ts';

/** Detaches the months that end before the instant, the start of a month. Returns their tables' names. */
export async function detachSalesBefore(db: Sql, before: Instant): Promise<string[]> {
  const [kept] = await db`select from retention where kept_from >= ${before}`;
  if (kept) return [];
  return db.begin(async sql => {
    await takeLoadLock(sql);
    const detached = await sql<{ name: string }[]>`select detach_sales_before(${before}) as name`;
    await sql`
      insert into retention (kept_from) values (${before})
      on conflict (one) do update set kept_from = greatest(retention.kept_from, excluded.kept_from)`;
    return detached.map(({ name }) => name);
  });
}
