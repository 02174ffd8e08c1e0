/** Keeps what each load adds to a genre's day in few parts, so that a question reads few rows. */
import { HOUR } from '../core/instant.ts';
import { claimJob } from '../db/jobs.ts';
import { mergeSaleLists } from '../db/sale-lists.ts';
import type { Deps } from '../deps.ts';

/** For the ring: once an hour, on one replica. Returns how many days were put together. */
export async function mergeOnRing({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  return (await claimJob(db, 'tag-sales', clock.now(), HOUR)) ? mergeSaleLists(db) : 0;
}
