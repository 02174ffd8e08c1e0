/** Whether what was sold is concentrated: in what counts of it, in one hour, in one country. */
import type { ConcentratedBy } from '../core/answer.ts';
import { DAY } from '../core/time/instant.ts';

/** With fewer sales than these, half of them in one hour can be chance. */
const LEAST_SEEN = 10;
/** Of sales in a window of a day or more, in its busiest hour. */
const LEAST_OF_HOUR = 0.5;
/** Of sales, bought in one country, whose share of everything is less than half of that. */
const LEAST_OF_COUNTRY = 0.75;
/** Of sales, those that count; and less than half of what counts of everything. */
const MOST_COUNTED = 0.5;
/** How much more, or less, than everything else a share has to be. */
const TIMES_ALL = 2;

interface Spread {
  seen: number;
  counted: number;
  /** Sales of the busiest hour, and of the country that bought most; null where they are not told. */
  hour: number | null;
  country: number | null;
}

/** Of everything that was sold: the share that counts, and the country's. */
interface AllSold {
  counted: number;
  country: number;
}

/** In what it is concentrated; nothing where it is not. */
export function concentratedBy(
  { seen, counted, hour, country }: Spread,
  all: AllSold,
  windowLength: number,
): ConcentratedBy[] {
  if (seen < LEAST_SEEN) return [];
  const [ofCountry, ofHour, ofCounted] = [(country ?? 0) / seen, (hour ?? 0) / seen, counted / seen];
  return [
    ...(ofCountry >= LEAST_OF_COUNTRY && ofCountry >= TIMES_ALL * all.country ? (['country'] as const) : []),
    ...(windowLength >= DAY && ofHour >= LEAST_OF_HOUR ? (['hour'] as const) : []),
    ...(ofCounted <= MOST_COUNTED && TIMES_ALL * ofCounted <= all.counted ? (['counted'] as const) : []),
  ];
}

/** Whether it has to be known what everything sold, to tell. */
export const canBeConcentrated = (spread: Spread, windowLength: number): boolean =>
  concentratedBy(spread, { counted: 1, country: 0 }, windowLength).length > 0;
