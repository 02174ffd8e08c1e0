/** A part of an answer that can be left out where it takes too long. */
import type { Reader, Transaction } from './connect.ts';

/** What PostgreSQL says of a statement that was cancelled for its time. */
const QUERY_CANCELLED = '57014';

export const tookTooLong = (error: unknown): boolean =>
  (error as { code?: unknown }).code === QUERY_CANCELLED;

/** Null where a statement took too long; the transaction goes on. */
export async function attempt<T>(db: Reader, work: (db: Reader) => Promise<T>): Promise<T | null> {
  if (!('savepoint' in db)) return work(db);
  try {
    return (await (db as Transaction).savepoint(work)) as T;
  } catch (error) {
    if (tookTooLong(error)) return null;
    throw error;
  }
}
