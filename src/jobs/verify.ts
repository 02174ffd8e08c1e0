/** Recounts every stored number from the sales, and says which differ. */
import type { HasDb } from '../db/connect.ts';
import { differentReadDays } from '../db/coverage.ts';
import { storedDays } from '../db/read/days.ts';
import { type Difference, verifyDay } from '../db/write/rollups.ts';
import { verifyKept } from './precompute-answers.ts';

export interface Verified {
  days: number;
  /** None where all is well; of an answer that is kept `day` is its key. */
  differences: (Difference & { day: string })[];
}

/**
 * Changes nothing, and waits for nobody: each day is seen in one state, whatever is loaded meanwhile.
 * @param onDay is told each day and the share of days that are done before it
 */
export async function verify(
  { db }: HasDb,
  onDay: (day: string, done: number) => void = () => {},
): Promise<Verified> {
  const days = await storedDays(db);
  const differences: Verified['differences'] = [];
  for (const [at, day] of days.entries()) {
    onDay(day, at / days.length);
    const found = await db.begin('isolation level repeatable read', sql => verifyDay(sql, day));
    differences.push(...found.map(difference => ({ day, ...difference })));
  }
  const readDays = await differentReadDays(db);
  differences.push(...readDays.map(different => ({ table: 'read_day', rows: 1, ...different })));
  const answers = await verifyKept({ db });
  differences.push(
    ...answers.map(({ key, ...different }) => ({ day: key, table: 'kept_answer', rows: 1, ...different })),
  );
  return { days: days.length, differences };
}
