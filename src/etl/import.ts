/** Files → database: history and facts of pages, streamed in batches that are each stored whole; doing it again changes nothing. */
import type { PageRecord } from '../bandcamp/page-facts.ts';
import { UserError } from '../core/errors.ts';
import type { FeedReject, FeedSale } from '../core/sale.ts';
import { createStretches } from '../core/stretches.ts';
import { classifyTag } from '../core/tag.ts';
import type { Window } from '../core/window.ts';
import { storeLoad } from '../db/feed.ts';
import { createNames, type Names } from '../db/known-names.ts';
import { storeNames } from '../db/names.ts';
import { storePageFacts } from '../db/page-facts.ts';
import { newestSale, refreshStatistics } from '../db/sales.ts';
import { areTagsUnjudged, judgeTagKinds } from '../db/tag-kinds.ts';
import type { Deps } from '../deps.ts';
import { READ_AGAIN } from './enrich.ts';
import { type ImportRecord, readRecords } from './import-records.ts';
import { type ImportSource, unpacked } from './import-source.ts';

type ImportDeps = Pick<Deps, 'db' | 'clock'>;

export interface Imported {
  stored: number;
  /** Sales that were there already. */
  repeated: number;
  /** Records that could not be read, by the code of their reason; stored in `reject`. */
  rejected: Map<string, number>;
  /** Pages whose facts are new or other than before, and records that told nothing new. */
  pages: number;
  pagesRepeated: number;
}

export interface ImportProgress extends Imported {
  source: ImportSource;
  /** Bytes of the source, as it lies there. */
  read: number;
}

/** Sales, pages, or other records stored in one transaction: enough that its fixed cost vanishes, little enough to hold three in memory. */
const BATCH = { sales: 12_000, pages: 5_000, others: 5_000 };

/**
 * Reads the sources one after another and stores what they hold. A kill loses at most the last three batches; the same again skips what is
 * stored. Windows of feed responses count as read; sales without any count for the stretches in which they leave no gap of ten
 * minutes, once their file has been read to its end.
 * @throws UserError when a source is of no known kind or unreadable; what was stored stays
 */
export async function importSources(
  deps: ImportDeps,
  sources: Iterable<ImportSource> | AsyncIterable<ImportSource>,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<Imported> {
  const imported: Imported = { stored: 0, repeated: 0, rejected: new Map(), pages: 0, pagesRepeated: 0 };
  const settle = async () => {
    const refreshed = imported.stored + imported.pages > 0 ? refreshStatistics(deps.db) : undefined;
    if (await areTagsUnjudged(deps.db)) await judgeTagKinds(deps, (await newestSale(deps.db)) ?? deps.clock.now());
    await refreshed;
  };
  try {
    for await (const source of sources) {
      const bytes = unpacked(source, read => onProgress({ ...imported, source, read }));
      await importRecords(deps, readRecords(source.name, bytes), imported);
    }
  } catch (error) {
    if (error instanceof UserError) await settle();
    throw error;
  }
  await settle();
  return imported;
}

interface Batch {
  sales: FeedSale[];
  rejects: FeedReject[];
  windows: Window[];
  pages: PageRecord[];
}
const emptyBatch = (): Batch => ({ sales: [], rejects: [], windows: [], pages: [] });

async function importRecords(
  deps: ImportDeps,
  records: AsyncIterable<ImportRecord>,
  imported: Imported,
): Promise<void> {
  const stretches = createStretches();
  const names = createNames();
  let batch = emptyBatch();
  let naming: Promise<void> = Promise.resolve();
  let storing: Promise<void> = Promise.resolve();
  let storingBefore = storing;
  /** While a batch is read, what the one before it names is stored, and the one before that is stored itself. */
  const flush = async () => {
    const full = batch;
    batch = emptyBatch();
    await storingBefore;
    storingBefore = storing;
    naming = naming.then(() => storeNames(deps.db, full.sales, names));
    storing = Promise.all([storing, naming]).then(() => storeBatch(deps, full, imported, names));
    // A failure is met where the batch is awaited; without this Node would end the process before.
    storing.catch(() => {});
  };
  let damage: unknown;
  try {
    for await (const record of records) {
      take(record, batch, imported.rejected);
      if (record.kind === 'sale') stretches.add(record.sale.at);
      const { sales, pages, rejects, windows } = batch;
      const isFull = sales.length >= BATCH.sales || pages.length >= BATCH.pages;
      if (isFull || rejects.length + windows.length >= BATCH.others) await flush();
    }
  } catch (error) {
    await Promise.allSettled([storingBefore, naming, storing]);
    if (!(error instanceof UserError)) throw error;
    // What was read of the file until there is good.
    damage = error;
  }
  await flush();
  await storing;
  if (damage) throw damage;
  const windows = stretches.windows();
  if (windows.length > 0) await storeLoad(deps.db, 'import', { sales: [], rejects: [], windows }, deps.clock.now());
}

function take(record: ImportRecord, batch: Batch, rejected: Map<string, number>): void {
  const refuse = (reject: FeedReject) => {
    batch.rejects.push(reject);
    const code = reject.reason.split(':', 1)[0] ?? '';
    rejected.set(code, (rejected.get(code) ?? 0) + 1);
  };
  switch (record.kind) {
    case 'answer': {
      const { from, until, sales, rejects } = record.answer;
      batch.windows.push({ from, until });
      for (const sale of sales) batch.sales.push(sale);
      rejects.forEach(refuse);
      break;
    }
    case 'sale':
      batch.sales.push(record.sale);
      break;
    case 'page':
      batch.pages.push(record.page);
      break;
    case 'reject':
      refuse(record.reject);
      break;
  }
}

/** Sales and pages in a transaction each: their locks are taken in an order of their own. */
async function storeBatch(
  { db, clock }: ImportDeps,
  { pages, ...load }: Batch,
  imported: Imported,
  names: Names,
): Promise<void> {
  const at = clock.now();
  if (load.sales.length + load.rejects.length + load.windows.length > 0) {
    const { stored, repeated } = await storeLoad(db, 'import', load, at, names);
    imported.stored += stored;
    imported.repeated += repeated;
  }
  if (pages.length === 0) return;
  const told = pages.map(({ tags, ...page }) => ({ ...page, tags: tags.map(tag => classifyTag(tag, page)) }));
  const changed = await storePageFacts(db, told, { at, nextAskAt: at + READ_AGAIN });
  imported.pages += changed;
  imported.pagesRepeated += pages.length - changed;
}
