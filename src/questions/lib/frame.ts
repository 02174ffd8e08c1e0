/** Finds the frame of a question: what its window is compared with, and what of both was read. */
import { comparableWith, reachOf } from '../../core/time/comparable.ts';
import type { Instant } from '../../core/time/instant.ts';
import { BASELINE_WEEKS, baselineOf, splitHistory, type Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import { commonCoverage, coveragesOf, readOnSince, readSince, unreadIn } from '../../db/coverage.ts';
import { readDataVersion } from '../../db/data-version.ts';
import { bandcampFridaysIn } from '../../db/read/bandcamp-fridays.ts';
import { type Frame, isComparable, isRead, type Stretch } from './definition.ts';

interface Wanted {
  window: Window;
  zone: string;
  /** When it is asked. */
  now: Instant;
  /** Whether what is compared may be less than the window, so that something is left to compare with. */
  needsBaseline?: boolean;
}

/**
 * The frame of a window: its baseline, what of both was read, and the Bandcamp Fridays. With `needsBaseline`
 * a history that is too young for the whole window is split by `splitHistory`; `young` then holds the window
 * that was asked for.
 */
export async function loadFrame(db: Reader, { window, zone, now, needsBaseline }: Wanted): Promise<Frame> {
  const { version, simulated } = await readDataVersion(db);
  const baseline = baselineOf(window);
  const reach = { from: baseline.at(-1)?.from ?? window.from, until: window.until };
  const since = await readSince(db, reach);
  const unread = await unreadIn(db, reach);
  const rest = { since, unread, asOf: window.until, zone, now, dataVersion: version, simulated };
  const frame: Frame = { ...rest, ...(await comparing(db, window, baseline)) };
  if (!needsBaseline || isComparable(frame)) return frame;
  // Before a gap too little can have been read to compare with: then the history begins after it.
  const readOn = await readOnSince(db, reach);
  for (const begin of new Set([since, readOn])) {
    const split = splitHistory(window, begin);
    if (!split) continue;
    const compared = await comparing(db, split.window, split.baseline);
    const young: Frame = { ...rest, since: begin, ...compared, young: window };
    if (isComparable(young)) return young;
  }
  return { ...frame, since: readOn };
}

/** What a window is compared with, and how much of both was read. */
async function comparing(
  db: Reader,
  window: Window,
  before: readonly Window[],
): Promise<Pick<Frame, 'window' | 'baseline' | 'comparable' | 'fridays' | 'coverage' | 'baselineCoverage'>> {
  const fridays = await bandcampFridaysIn(db, reachOf(window));
  const stretches = [...before, ...comparableWith(window, fridays)];
  const [coverage = 0, ...coverages] = await coveragesOf(db, [window, ...stretches]);
  const read = stretches.map((stretch, n): Stretch => ({ ...stretch, coverage: coverages[n] ?? 0 }));
  const baseline = read.slice(0, before.length);
  return {
    window,
    baseline,
    comparable: read.slice(before.length).filter(isRead).slice(0, BASELINE_WEEKS),
    fridays,
    coverage,
    baselineCoverage: commonCoverage(baseline),
  };
}
