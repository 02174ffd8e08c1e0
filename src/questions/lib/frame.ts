/** Finds the frame of a question: what its window is compared with, and what of both was read. */
import { comparableWith, reachOf } from '../../core/time/comparable.ts';
import type { Instant } from '../../core/time/instant.ts';
import { BASELINE_WEEKS, baselineOf, type Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import { commonCoverage, coveragesOf } from '../../db/coverage.ts';
import { readDataVersion } from '../../db/data-version.ts';
import { bandcampFridaysIn } from '../../db/read/bandcamp-fridays.ts';
import { type Frame, isRead, type Stretch } from './definition.ts';

/** @param now when it is asked */
export async function loadFrame(
  db: Reader,
  { window, zone, now }: { window: Window; zone: string; now: Instant },
): Promise<Frame> {
  const { version, simulated } = await readDataVersion(db);
  const fridays = await bandcampFridaysIn(db, reachOf(window));
  const stretches = [...baselineOf(window), ...comparableWith(window, fridays)];
  const [coverage = 0, ...coverages] = await coveragesOf(db, [window, ...stretches]);
  const read = stretches.map((stretch, n): Stretch => ({ ...stretch, coverage: coverages[n] ?? 0 }));
  const baseline = read.slice(0, BASELINE_WEEKS);
  return {
    window,
    baseline,
    comparable: read.slice(BASELINE_WEEKS).filter(isRead).slice(0, BASELINE_WEEKS),
    fridays,
    asOf: window.until,
    zone,
    now,
    coverage,
    baselineCoverage: commonCoverage(baseline),
    dataVersion: version,
    simulated,
  };
}
