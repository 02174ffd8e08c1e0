/** Rebuilds the roll-ups from the sales, a day at a time. */
import type { HasDb } from '../db/connect.ts';
import { bumpDataVersion } from '../db/data-version.ts';
import { takeLoadLock } from '../db/load-lock.ts';
import { storedDays } from '../db/read/days.ts';
import { rebuildDay } from '../db/write/rollups.ts';

/**
 * Each day in a transaction of its own, beside a running service. Returns how many days there are.
 * @param onDay is told each day and the share of days that are done before it
 */
export async function rebuild(
  { db }: HasDb,
  onDay: (day: string, done: number) => void = () => {},
): Promise<number> {
  const days = await storedDays(db);
  for (const [at, day] of days.entries()) {
    onDay(day, at / days.length);
    await db.begin(async sql => {
      await takeLoadLock(sql);
      await rebuildDay(sql, day);
      await bumpDataVersion(sql);
    });
  }
  return days.length;
}
