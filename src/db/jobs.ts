/** Jobs that any replica may run, so that two ringing at once do not do the same thing twice. */
import type { Instant } from '../core/instant.ts';
import type { Reader, Sql, Transaction } from './connect.ts';

/** True for one caller in each `interval` (microseconds): the others find that it was claimed. */
export async function claimJob(db: Sql, name: string, now: Instant, interval: number): Promise<boolean> {
  const claimed = await db`
    insert into job (name, ran_at) values (${name}, ${now})
    on conflict (name) do update set ran_at = excluded.ran_at where job.ran_at <= ${now - interval}`;
  return claimed.count > 0;
}

/**
 * Moves a job that handles time without a gap forward to `now`, in the caller's transaction, which others who ring wait for.
 * Returns until when it was handled before (null: never), or undefined where that is `now` or later.
 */
export async function advanceJob(tx: Transaction, name: string, now: Instant): Promise<Instant | null | undefined> {
  const made = await tx`insert into job (name, ran_at) values (${name}, ${now}) on conflict do nothing`;
  if (made.count > 0) return null;
  const [row] = await tx<{ ranAt: Instant }[]>`select ran_at as "ranAt" from job where name = ${name} for update`;
  if (!row || row.ranAt >= now) return undefined;
  await tx`update job set ran_at = ${now} where name = ${name}`;
  return row.ranAt;
}

/** When a job ran last, or until when it handled time; undefined: never. */
export async function jobTime(db: Reader, name: string): Promise<Instant | undefined> {
  const [row] = await db<{ ranAt: Instant }[]>`select ran_at as "ranAt" from job where name = ${name}`;
  return row?.ranAt;
}
