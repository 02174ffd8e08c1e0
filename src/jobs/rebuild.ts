/** Rebuilds the roll-ups from the sales, a day at a time. */
import type { Ambient } from '../ambient.ts';
import type { HasDb, Sql } from '../db/connect.ts';
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
    await rebuildOne(db, day, () => true);
  }
  return days.length;
}

const rebuildOne = (db: Sql, day: string, isWanted: (wasStale: boolean) => boolean): Promise<unknown> =>
  db.begin(async sql => {
    await takeLoadLock(sql);
    const { count } = await sql`delete from stale_day where day = ${day}`;
    if (!isWanted(count > 0)) return;
    await rebuildDay(sql, day);
    await bumpDataVersion(sql);
  });

/** Seconds between two lines of the log about a long work. */
const TOLD_EVERY = 2;

/**
 * The same for the days that an older version judged by other rules (`stale_day`), the newest first, so that
 * questions are soonest right about now. One that is killed goes on with the days that are left.
 */
export async function rebuildStale({ db, log }: HasDb & Pick<Ambient, 'log'>): Promise<void> {
  const days = await db<{ day: string }[]>`select day from stale_day order by day desc`;
  let told = Number.NEGATIVE_INFINITY;
  for (const [at, { day }] of days.entries()) {
    const now = performance.now() / 1000;
    if (now - told >= TOLD_EVERY || at === days.length - 1) {
      log.info('sales-judged-anew', { day, done: at, days: days.length });
      told = now;
    }
    // Another process may have been first.
    await rebuildOne(db, day, wasStale => wasStale);
  }
}
