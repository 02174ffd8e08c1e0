import type { Reader } from '../../db/connect.ts';
import {
  type OfBuyersOrSellers,
  type TagContribution,
  type TagCounts,
  tagContributions,
  tagCounts,
} from '../../db/read/trends.ts';
import { sum } from '../../stats/expected.ts';
import { sameRises } from '../../stats/same-rise.ts';
import {
  breadthOf,
  type Judged,
  judgeTrends,
  LEAST_EXPECTED,
  LEAST_SPARED,
  measureTrends,
} from '../../stats/trend.ts';
import type { Frame } from './definition.ts';
import { calledIn, comparedIn } from './trend-windows.ts';

/** Genres that are looked at closely, the most likely first: more do not fit any answer. */
const MOST_CANDIDATES = 40;

/** A judged genre: all its sales in the window, and those that count for trends. */
export interface TrendingTag extends Judged<number> {
  name: string;
  sales: number;
  counted: number;
  /** Names of those that rise by the same sales, and stand in no row of their own. */
  alike: string[];
}

/**
 * Sales per slice and baseline window of each genre of a level, and of everything together. `all` means
 * genres and styles; descriptors only where they are asked for.
 */
export async function loadTags(
  db: Reader,
  frame: Frame,
  { level = 'all', ...of }: OfBuyersOrSellers & { level?: string },
): Promise<Awaited<ReturnType<typeof tagCounts>>> {
  const { tags, totals } = await tagCounts(db, comparedIn(frame), of);
  const wanted = (kind: TagCounts['kind']) => (level === 'all' ? kind !== 'descriptor' : kind === level);
  return { tags: tags.filter(({ kind }) => wanted(kind)), totals };
}

/**
 * Judges the tags: the likely ones, and the first `limit`, by who sold them.
 * @param folded whether those that are the same rise as one above them stand with it
 */
export async function rankTags(
  db: Reader,
  tags: readonly TagCounts[],
  totals: Awaited<ReturnType<typeof tagCounts>>['totals'],
  frame: Frame,
  { limit, folded = false, ...of }: OfBuyersOrSellers & { limit: number; folded?: boolean },
): Promise<TrendingTag[]> {
  const measurement = measureTrends(tags, totals);
  const close = measurement.subjects.filter(
    ({ candidate, expected }, at) => candidate || (at < limit && expected >= LEAST_EXPECTED),
  );
  const looked = close.slice(0, Math.max(MOST_CANDIDATES, limit));
  const contributions = Map.groupBy(
    await tagContributions(
      db,
      looked.map(({ key }) => key),
      comparedIn(frame),
      of,
    ),
    ({ tagId }: TagContribution) => tagId,
  );
  const breadths = new Map(
    looked.map(subject => [
      subject.key,
      breadthOf(subject, contributions.get(subject.key) ?? [], measurement),
    ]),
  );
  const counts = new Map(tags.map(tag => [tag.key, tag]));
  const ranked = calledIn(frame, judgeTrends(measurement, breadths))
    .filter(({ expected, window }) => expected >= LEAST_EXPECTED && sum(window) > 0)
    .map(judged => ({ ...judged, ...(counts.get(judged.key) as TagCounts), alike: [] as string[] }))
    .sort((a, b) => Number(b.trending) - Number(a.trending) || b.low - a.low);
  if (!folded) return ranked;
  const rising = ranked.filter(({ low }) => low >= LEAST_SPARED).map(({ key }) => key);
  const same = sameRises(rising, key => contributions.get(key), totals);
  for (const { key, name } of ranked) {
    const lead = ranked.find(one => one.key === same.get(key));
    lead?.alike.push(name);
  }
  return ranked.filter(({ key }) => !same.has(key));
}
