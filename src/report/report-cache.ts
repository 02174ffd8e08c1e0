/**
 * Reports that were asked for lately, so that the same is neither composed nor drawn again: a bounded memory,
 * each made once at a time.
 */

import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Ambient } from '../ambient.ts';
import type { Instant } from '../core/time/instant.ts';
import { createTurns } from '../core/turns.ts';
import type { HasDb } from '../db/connect.ts';
import { lastReading } from '../db/coverage.ts';
import { readDataVersion } from '../db/data-version.ts';
import { FRESH_FOR } from '../questions/lib/answer-cache.ts';
import type { Admit } from '../questions/lib/counting.ts';
import { isToldAgain } from './question-batch.ts';
import type { HasReportRenderer, Report } from './report.ts';
import { type AskedReport, composeAsked } from './request.ts';

const MOST_BYTES = 32 * 1024 * 1024;
/**
 * Each asks the database some hundred questions; a reader before a screen waits no longer than this for
 * others' reports.
 */
const COMPOSED = { capacity: 2, mostWaiting: 6, longestWaitMs: 15_000, retryAfterSeconds: 20 };

interface KeptReport {
  pdf: Uint8Array;
  /** Names the bytes, in quotes. */
  etag: string;
}

/** The cache of finished reports. */
export interface KeptReports {
  /** The report, where it is kept and still true. */
  recall(asked: AskedReport): Promise<KeptReport | undefined>;
  /**
   * The report as it is kept, else made, once `admit` lets it; those who ask at once get one. @throws
   * UserError, NotNow
   */
  make(asked: AskedReport, admit: Admit): Promise<KeptReport>;
}

interface Kept extends KeptReport {
  madeAt: Instant;
  /** Of the data before it was made. */
  version: number;
  isWhole: boolean;
}

/** An empty cache of reports; those used longest ago are dropped first. */
export function createKeptReports(
  deps: HasDb & Pick<Ambient, 'clock' | 'config'> & HasReportRenderer,
): KeptReports {
  const { db, clock } = deps;
  const turns = createTurns(COMPOSED);
  const making = new Map<string, Promise<KeptReport>>();
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ pdf }) => pdf.byteLength,
  });

  async function isTrue({ period: { window } }: AskedReport, kept: Kept): Promise<boolean> {
    const { madeAt, version, isWhole } = kept;
    if (version < (await readDataVersion(db)).least) return false;
    const now = clock.now();
    if (isWhole && window.until <= now) return isToldAgain(madeAt, now, await lastReading(db, window));
    return now >= madeAt && now - madeAt < FRESH_FOR;
  }

  async function recall(asked: AskedReport): Promise<KeptReport | undefined> {
    const found = kept.get(keyOf(asked));
    return found && (await isTrue(asked, found)) ? found : undefined;
  }

  async function makeAnew(asked: AskedReport): Promise<KeptReport> {
    const madeAt = clock.now();
    const { version } = await readDataVersion(db);
    const report = await turns.take(() => composeAsked(deps, asked));
    const pdf = await deps.renderReport(report, { paper: asked.paper });
    const made = {
      pdf,
      etag: `"${createHash('sha256').update(pdf).digest('hex').slice(0, 32)}"`,
      madeAt,
      version,
      isWhole: isWhole(report),
    };
    kept.set(keyOf(asked), made);
    return made;
  }

  return {
    recall,
    async make(asked, admit) {
      const found = await recall(asked);
      if (found) return found;
      // Whoever waits for what another makes was let in, too: else he would bear the other's refusal.
      return admit(async () => {
        const key = keyOf(asked);
        const made = making.get(key) ?? makeAnew(asked).finally(() => making.delete(key));
        making.set(key, made);
        return made;
      });
    },
  };
}

/** Nothing in it could not be counted in time. */
const isWhole = ({ sections }: Report): boolean =>
  sections.every(({ intro, panels, failure }) => (panels ? failure === undefined : intro === undefined));

const keyOf = ({ paper, period, scopes, watched }: AskedReport): string =>
  JSON.stringify([paper, period.text, period.zone, scopes, watched]);
