/** Makes the roll-ups anew from the sales, a day at a time. */
import type { HasDb } from '../db/connect.ts';
import { bumpDataVersion } from '../db/data-version.ts';
import { takeLoadLock } from '../db/load-lock.ts';
import { storedDays } from '../db/read/days.ts';
import { rebuildDay } from '../db/write/rollups.ts';

/** Each day in a transaction of its own, beside a running service. Returns how many days there are. */
export async function rebuild({ db }: HasDb, onDay: (day: string) => void = () => {}): Promise<number> {
  const days = await storedDays(db);
  for (const day of days) {
    await db.begin(async sql => {
      await takeLoadLock(sql);
      await rebuildDay(sql, day);
      await bumpDataVersion(sql);
    });
    onDay(day);
  }
  return days.length;
}
