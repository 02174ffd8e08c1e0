/** Keeps what each load adds to a genre's day in few parts, so that a question reads few rows. */
import type { Ambient } from '../ambient.ts';
import { HOUR } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { claimJob } from '../db/jobs.ts';
import { compactSaleLists } from '../db/write/sale-lists.ts';

/** For the tick: once an hour, on one replica. Returns how many days were put together. */
export async function compactOnTick({ db, clock }: HasDb & Pick<Ambient, 'clock'>): Promise<number> {
  return (await claimJob(db, 'tag-sales', clock.now(), HOUR)) ? compactSaleLists(db) : 0;
}
