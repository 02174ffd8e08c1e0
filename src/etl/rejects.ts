/**
 * Refused records read again by today's parsers: what a fix has made readable is stored, the rest says why it
 * still is not.
 */
import type { Ambient } from '../ambient.ts';
import type { PageRecord } from '../bandcamp/page-facts.ts';
import { classifyTags } from '../core/tags/tag.ts';
import type { Instant } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { rejectCounts } from '../db/reject-counts.ts';
import { createNames } from '../db/write/name-cache.ts';
import { storePageFacts } from '../db/write/page-facts.ts';
import {
  newestReject,
  rejectsBetween,
  type Settled,
  type StoredReject,
  settleRejects,
} from '../db/write/rejects.ts';
import { refreshStatistics, type StoredSales } from '../db/write/sales.ts';
import { READ_AGAIN } from './enrich.ts';
import { recordOf } from './import-records.ts';

export interface RetriedRejects extends StoredSales {
  tried: number;
  /** Rejects that are none any more, wholly. */
  mended: number;
  /** Pages whose facts are new or other than before. */
  pages: number;
  /** Rejects that there are now, by the code of their reason. */
  left: { code: string; count: number }[];
}

/** With 20,000 characters each at the most, 10 MB. */
const BATCH = 500;

/**
 * What a stored reject is to today's parsers; null where nothing has changed. One of the feed is kept as an
 * answer that holds nothing else, which says its checkout and its days. No answer's window counts as read for
 * it: it may have lost more than this; and that it ends with its day, which is to come, is no fault.
 */
function readAgain(reject: StoredReject, now: Instant): (Settled & { page: PageRecord | null }) | null {
  const record = recordOf(reject.raw, reject.source === 'feed' ? Infinity : now);
  const stays = (reason: string) =>
    reason === reject.reason
      ? null
      : { reject, sales: [], rejects: [{ reason, raw: reject.raw }], page: null };
  switch (record?.kind) {
    case 'answer': {
      const { sales, rejects } = record.answer;
      const [only] = rejects;
      if (sales.length === 0 && rejects.length === 1 && only?.raw === reject.raw) return stays(only.reason);
      return { reject, sales, rejects, page: null };
    }
    case 'sale':
      // An item of the feed without its answer could have been sold at any time.
      return reject.source === 'feed' ? null : { reject, sales: [record.sale], rejects: [], page: null };
    case 'page':
      return { reject, sales: [], rejects: [], page: record.page };
    case 'reject':
      return stays(record.reject.reason);
    default:
      return null;
  }
}

/**
 * Tries every stored reject once, in batches that are each stored whole; a kill or a second run does no harm.
 */
export async function retryRejects({ db, clock }: HasDb & Pick<Ambient, 'clock'>): Promise<RetriedRejects> {
  const total = { tried: 0, mended: 0, stored: 0, repeated: 0, pages: 0 };
  const names = createNames();
  // What takes the place of a reject comes behind it, and has been read already.
  const until = await newestReject(db);
  for (let after = 0; ; ) {
    const rejects = await rejectsBetween(db, { after, until, limit: BATCH });
    const last = rejects.at(-1);
    if (!last) break;
    after = last.id;
    total.tried += rejects.length;
    const settled = rejects.flatMap(reject => readAgain(reject, clock.now()) ?? []);
    if (settled.length === 0) continue;
    // Pages first: they may be told twice, a reject that is gone is not tried again.
    total.pages += await tellPages(
      db,
      settled.flatMap(({ page }) => page ?? []),
      clock.now(),
    );
    const { stored, repeated } = await settleRejects(db, settled, names);
    total.stored += stored;
    total.repeated += repeated;
    total.mended += settled.filter(one => one.rejects.length === 0).length;
  }
  if (total.stored > 0) await refreshStatistics(db);
  return { ...total, left: await rejectCounts(db) };
}

const tellPages = (db: HasDb['db'], pages: readonly PageRecord[], at: Instant): Promise<number> =>
  storePageFacts(
    db,
    pages.map(({ tags, ...page }) => ({ ...page, tags: classifyTags(tags, page) })),
    { at, nextAskAt: at + READ_AGAIN },
  );
