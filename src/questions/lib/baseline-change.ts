/** How a number compares with what is usual: the weeks before, as completely read as now. */
import type { Row } from '../../core/answer.ts';
import { formatChange } from '../../core/numbers.ts';
import { type Frame, isComparable } from './definition.ts';

/**
 * What the sum over all baseline windows is to be multiplied with to be one window's, read as completely as
 * this one; null where there is nothing to compare with.
 */
export const usualScale = (frame: Frame): number | null =>
  isComparable(frame) && frame.coverage > 0
    ? frame.coverage / (frame.baseline.length * frame.baselineCoverage)
    : null;

/** 0.25 for a quarter more than usual; null where nothing is usual. */
export const changeOf = (now: number, before: number, scale: number | null): number | null =>
  scale !== null && before > 0 ? now / (before * scale) - 1 : null;

/** `, +25% on the weeks before`; '' where there is no change to tell. */
export const changeWords = (change: number | null): string =>
  change === null
    ? ''
    : Math.abs(change) < 0.005
      ? ', as in the weeks before'
      : `, ${formatChange(change)} on the weeks before`;

/** What to say where nothing can be compared. */
export const compareNotes = (frame: Frame, rows: readonly Row[]): string[] =>
  usualScale(frame) === null && rows.length > 0
    ? ['The weeks before are not in the data, so nothing can be compared.']
    : [];
