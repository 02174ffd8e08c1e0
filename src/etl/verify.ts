/** Recounts every stored number from the sales, and says which differ. */
import { storedDays } from '../db/days.ts';
import { type Difference, verifyDay } from '../db/rollups.ts';
import type { Deps } from '../deps.ts';

export interface Verified {
  days: number;
  /** None where all is well. */
  differences: (Difference & { day: string })[];
}

/** Changes nothing, and waits for nobody: each day is seen in one state, whatever is loaded meanwhile. */
export async function verify({ db }: Pick<Deps, 'db'>, onDay: (day: string) => void = () => {}): Promise<Verified> {
  const days = await storedDays(db);
  const differences: Verified['differences'] = [];
  for (const day of days) {
    const found = await db.begin('isolation level repeatable read', sql => verifyDay(sql, day));
    differences.push(...found.map(difference => ({ day, ...difference })));
    onDay(day);
  }
  return { days: days.length, differences };
}
