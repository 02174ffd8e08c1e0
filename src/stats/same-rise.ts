/**
 * Which subjects rise by the same sales: a page's tags rise together, so that a list of ten would tell of one
 * rise ten times.
 */
import { type Slices, sum } from './expected.ts';
import type { Contribution } from './trend.ts';

/** Of what a subject sells more, the part that artists must make who lift another one as much. */
const SAME_RISE = 0.7;

/**
 * Those that are the same rise as one that stands above them, and which.
 * @param ranked the first first
 * @param contributionsOf who sold each; one of whom nothing is known stands for itself
 * @param totals counted sales of all
 */
export function sameRises<K>(
  ranked: Iterable<K>,
  contributionsOf: (key: K) => readonly Contribution[] | undefined,
  totals: Slices,
): Map<K, K> {
  const growth = totals.baseline > 0 ? sum(totals.window) / totals.baseline : 0;
  const leads: { key: K; excess: ReadonlyMap<string | number, number> }[] = [];
  const found = new Map<K, K>();
  for (const key of ranked) {
    const contributions = contributionsOf(key);
    if (!contributions) continue;
    const excess = excessByArtist(contributions, growth);
    const all = sum([...excess.values()]);
    const lead = leads.find(
      one =>
        all > 0 &&
        sum(Array.from(excess, ([artist, own]) => Math.min(own, one.excess.get(artist) ?? 0))) >=
          SAME_RISE * all,
    );
    if (lead) found.set(key, lead.key);
    else leads.push({ key, excess });
  }
  return found;
}

/** Of artists who sell more than their share before, how much. */
function excessByArtist(
  contributions: readonly Contribution[],
  growth: number,
): ReadonlyMap<string | number, number> {
  const excess = new Map<string | number, number>();
  for (const { artist, window, baseline } of contributions)
    excess.set(artist, (excess.get(artist) ?? 0) + sum(window) - baseline * growth);
  return new Map([...excess].filter(([, more]) => more > 0));
}
