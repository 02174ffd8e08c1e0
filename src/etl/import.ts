/**
 * Files → database: history and facts of pages, streamed in batches that are each stored whole; doing it
 * again changes nothing.
 */
import type { Ambient } from '../ambient.ts';
import type { PageRecord } from '../bandcamp/page-facts.ts';
import { UserError } from '../core/errors.ts';
import type { FeedReject, FeedSale } from '../core/sale.ts';
import { classifyTags } from '../core/tags/tag.ts';
import { DAY, floorTo, type Instant } from '../core/time/instant.ts';
import { createRecordedIntervals } from '../core/time/recorded-intervals.ts';
import type { Window } from '../core/time/window.ts';
import type { HasDb } from '../db/connect.ts';
import { openLoad, storeLoad } from '../db/write/feed.ts';
import { createNames } from '../db/write/name-cache.ts';
import { storePageFacts } from '../db/write/page-facts.ts';
import { newestSale, refreshStatistics } from '../db/write/sales.ts';
import { areTagsUnjudged, judgeTagKinds } from '../db/write/tag-kinds.ts';
import { READ_AGAIN } from './enrich.ts';
import { type ImportRecord, readRecords } from './import-records.ts';
import { type ImportSource, unpacked } from './import-source.ts';

type ImportDeps = HasDb & Pick<Ambient, 'clock'>;

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

/**
 * Sales that are named and staged together, and pages or other records stored together: little enough to hold
 * three in memory.
 */
const BATCH = { sales: 10_000, pages: 5_000, others: 5_000 };
/**
 * Sales stored in one transaction, from which on it ends with a UTC day, and at the most: other loads wait
 * for it.
 */
const LOAD = { least: 40_000, most: 96_000 };

/**
 * Reads the sources one after another and stores what they hold. A kill loses at most what two transactions
 * would have stored; the same again skips what is there. Windows of feed responses count as read; sales
 * without any count for the stretches in which they leave no gap of ten minutes, once their file has been
 * read to its end.
 * @throws UserError when a source is of no known kind or unreadable; what was stored stays
 */
export async function importSources(
  deps: ImportDeps,
  sources: Iterable<ImportSource> | AsyncIterable<ImportSource>,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<Imported> {
  const imported = nothingYet();
  try {
    for await (const source of sources) {
      const bytes = unpacked(source, read => onProgress({ ...imported, source, read }));
      await store(deps, readRecords(source.name, bytes, deps.clock.now()), imported);
    }
  } catch (error) {
    if (error instanceof UserError) await settle(deps, imported);
    throw error;
  }
  await settle(deps, imported);
  return imported;
}

/** The same of records that nobody has to read from a file. */
export async function importRecords(
  deps: ImportDeps,
  records: AsyncIterable<ImportRecord>,
): Promise<Imported> {
  const imported = nothingYet();
  await store(deps, records, imported);
  await settle(deps, imported);
  return imported;
}

const nothingYet = (): Imported => ({
  stored: 0,
  repeated: 0,
  rejected: new Map(),
  pages: 0,
  pagesRepeated: 0,
});

/** Has the planner and the kinds of tags follow what was stored. */
async function settle(deps: ImportDeps, { stored, pages }: Imported): Promise<void> {
  const refreshed = stored + pages > 0 ? refreshStatistics(deps.db) : undefined;
  if (await areTagsUnjudged(deps.db))
    await judgeTagKinds(deps, (await newestSale(deps.db)) ?? deps.clock.now());
  await refreshed;
}

interface Batch {
  sales: FeedSale[];
  rejects: FeedReject[];
  windows: Window[];
  pages: PageRecord[];
}
const emptyBatch = (): Batch => ({ sales: [], rejects: [], windows: [], pages: [] });

async function store(
  deps: ImportDeps,
  records: AsyncIterable<ImportRecord>,
  imported: Imported,
): Promise<void> {
  const stretches = createRecordedIntervals();
  const loads = createLoads(deps, imported);
  let batch = emptyBatch();
  let day = -Infinity;
  const flush = (ends = false) => {
    const full = batch;
    batch = emptyBatch();
    // Pages are stored with the end of a load; those of its other batches wait for it.
    if (!ends) [batch.pages, full.pages] = [full.pages, batch.pages];
    return loads.take(full, ends);
  };
  let damage: unknown;
  try {
    for await (const record of records) {
      const newDay = dayOf(record) ?? day;
      // A day that is stored at once is summed up at once.
      if (newDay > day && loads.size() + batch.sales.length >= LOAD.least) await flush(true);
      day = newDay;
      take(record, batch, imported.rejected);
      if (record.kind === 'sale') stretches.add(record.sale.at);
      const { sales, pages, rejects, windows } = batch;
      if (pages.length >= BATCH.pages || rejects.length + windows.length >= BATCH.others) await flush(true);
      else if (sales.length >= BATCH.sales) await flush(loads.size() + sales.length >= LOAD.most);
    }
  } catch (error) {
    if (!(error instanceof UserError)) {
      await loads.drop();
      throw error;
    }
    // What was read of the file until there is good.
    damage = error;
  }
  await flush(true);
  await loads.stored();
  if (damage) throw damage;
  const windows = stretches.windows();
  if (windows.length > 0)
    await storeLoad(deps.db, 'import', { sales: [], rejects: [], windows }, deps.clock.now());
}

function dayOf(record: ImportRecord): Instant | undefined {
  if (record.kind === 'sale') return floorTo(record.sale.at, DAY);
  return record.kind === 'answer' ? floorTo(record.answer.from, DAY) : undefined;
}

interface Loads {
  /** Sales of the load that is open. */
  size(): number;
  /**
   * Adds a batch to the load that is open, and stores that where it `ends`; waits where too much is on its
   * way.
   */
  take(batch: Batch, ends: boolean): Promise<void>;
  /** Waits until all is stored. */
  stored(): Promise<void>;
  drop(): Promise<void>;
}

/** While one load is stored the next one is read, named and staged. */
function createLoads({ db, clock }: ImportDeps, imported: Imported): Loads {
  const names = createNames();
  const startLoad = () => ({
    ...openLoad(db, names),
    sales: 0,
    rejects: [] as FeedReject[],
    windows: [] as Window[],
  });
  let load: ReturnType<typeof startLoad> | undefined;
  let adding: Promise<void> = Promise.resolve();
  let addingBefore = adding;
  let storing: Promise<void> = Promise.resolve();
  async function storeLoaded(
    own: typeof load,
    added: Promise<void>,
    pages: readonly PageRecord[],
  ): Promise<void> {
    try {
      await added;
      // Pages first: sales then enter the sums of their tags as they come, which is cheaper than moving them.
      if (pages.length > 0) await storePages({ db, clock }, pages, imported);
    } catch (error) {
      await own?.drop();
      throw error;
    }
    if (!own) return;
    const { stored, repeated } = await own.close(own, clock.now());
    imported.stored += stored;
    imported.repeated += repeated;
  }
  return {
    size: () => load?.sales ?? 0,
    async take({ sales, rejects, windows, pages }, ends) {
      await addingBefore;
      addingBefore = adding;
      if (sales.length + rejects.length + windows.length > 0) load ??= startLoad();
      const own = load;
      if (own) {
        own.sales += sales.length;
        for (const reject of rejects) own.rejects.push(reject);
        for (const window of windows) own.windows.push(window);
        adding = adding.then(() => own.add(sales));
        // A failure is met where it is awaited; without this Node would end the process before.
        adding.catch(() => {});
      }
      if (!ends) return;
      await storing;
      load = undefined;
      storing = storeLoaded(own, adding, pages);
      storing.catch(() => {});
    },
    async stored() {
      await adding;
      await storing;
    },
    async drop() {
      await Promise.allSettled([adding, storing]);
      await load?.drop();
    },
  };
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

/** In a transaction apart from the sales': their locks are taken in an order of their own. */
async function storePages(
  { db, clock }: ImportDeps,
  pages: readonly PageRecord[],
  imported: Imported,
): Promise<void> {
  const at = clock.now();
  const told = pages.map(({ tags, ...page }) => ({ ...page, tags: classifyTags(tags, page) }));
  const changed = await storePageFacts(db, told, { at, nextAskAt: at + READ_AGAIN });
  imported.pages += changed;
  imported.pagesRepeated += pages.length - changed;
}
