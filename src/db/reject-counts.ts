/** How many records from outside were refused, by reason. */
import type { Reader } from './connect.ts';

/** How many records are refused by the code of their reason (`bad-item`), the commonest first. */
export const rejectCounts = (db: Reader): Promise<{ code: string; count: number }[]> => db<
  { code: string; count: number }[]
>`
  select split_part(reason, ':', 1) as code, count(*) as count from reject group by 1 order by 2 desc, 1`;
