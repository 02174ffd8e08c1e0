/** Jobs that any replica may run, so that two ticking at once do not do the same thing twice. */
import { type Instant, MINUTE } from '../core/time/instant.ts';
import type { Reader, Sql, Transaction } from './connect.ts';

/**
 * True for one caller in each `interval` (microseconds): the others find it claimed. A claim in the future,
 * left by a wrong clock, is ignored.
 */
export async function claimJob(db: Sql, name: string, now: Instant, interval: number): Promise<boolean> {
  const claimed = await db`
    insert into job (name, ran_at) values (${name}, ${now})
    on conflict (name) do update set ran_at = excluded.ran_at 
      where job.ran_at <= ${now - interval} or job.ran_at > ${now + interval}`;
  return claimed.count > 0;
}

/** Tolerated clock skew between replicas; a time further in the future comes from a wrong clock. */
const CLOCKS_APART = 2 * MINUTE;

/**
 * Moves a job that handles time without a gap forward to `now`, in the caller's transaction, which others who
 * tick wait for. Returns until when it was handled before (null: never), or undefined where that is `now` or
 * later. A time far in the future is set back to `now`, so that the time until then is not skipped.
 */
export async function advanceJob(
  tx: Transaction,
  name: string,
  now: Instant,
): Promise<Instant | null | undefined> {
  const made = await tx`insert into job (name, ran_at) values (${name}, ${now}) on conflict do nothing`;
  if (made.count > 0) return null;
  const [row] = await tx<
    { ranAt: Instant }[]
  >`select ran_at as "ranAt" from job where name = ${name} for update`;
  if (!row || (row.ranAt >= now && row.ranAt <= now + CLOCKS_APART)) return undefined;
  await tx`update job set ran_at = ${now} where name = ${name}`;
  return row.ranAt < now ? row.ranAt : undefined;
}

/** When a job ran last, or until when it handled time; undefined: never. */
export async function jobTime(db: Reader, name: string): Promise<Instant | undefined> {
  const [row] = await db<{ ranAt: Instant }[]>`select ran_at as "ranAt" from job where name = ${name}`;
  return row?.ranAt;
}
