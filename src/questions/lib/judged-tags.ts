import type { Reader } from '../../db/connect.ts';
import {
  type OfBuyersOrSellers,
  type TagContribution,
  type TagCounts,
  tagContributions,
  tagCounts,
} from '../../db/read/trends.ts';
import { sum } from '../../stats/expected.ts';
import { breadthOf, type Judged, judgeTrends, LEAST_EXPECTED, measureTrends } from '../../stats/trend.ts';
import type { Frame } from './definition.ts';
import { calledIn, comparedIn } from './trend-windows.ts';

/** Genres that are looked at closely, the most likely first: more do not fit any answer. */
const MOST_CANDIDATES = 40;

/** A judged genre: all its sales in the window, and those that count for trends. */
export interface TrendingTag extends Judged<number> {
  name: string;
  sales: number;
  counted: number;
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

/** Judges the tags: the likely ones, and the first `limit`, by who sold them. */
export async function rankTags(
  db: Reader,
  tags: readonly TagCounts[],
  totals: Awaited<ReturnType<typeof tagCounts>>['totals'],
  frame: Frame,
  { limit, ...of }: OfBuyersOrSellers & { limit: number },
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
  return calledIn(frame, judgeTrends(measurement, breadths))
    .filter(({ expected, window }) => expected >= LEAST_EXPECTED && sum(window) > 0)
    .map(judged => ({ ...judged, ...(counts.get(judged.key) as TagCounts) }))
    .sort((a, b) => Number(b.trending) - Number(a.trending) || b.low - a.low);
}
