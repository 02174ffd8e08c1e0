/** Jobs that any replica may run, so that two ringing at once do not do the same thing twice. */
import type { Instant } from '../core/instant.ts';
import type { Sql } from './connect.ts';

/** True for one caller in each `interval` (microseconds): the others find that it was claimed. */
export async function claimJob(db: Sql, name: string, now: Instant, interval: number): Promise<boolean> {
  const claimed = await db`
    insert into job (name, ran_at) values (${name}, ${now})
    on conflict (name) do update set ran_at = excluded.ran_at where job.ran_at <= ${now - interval}`;
  return claimed.count > 0;
}
