/** Ways to find newcomers: ours, the sketch, and what one would try first. Another is one more entry here. */
import { BASELINE_DAYS, BASELINE_WEEKS } from '../../core/time/window.ts';
import { callEmerging, rankEmerging } from '../../stats/emergence.ts';
import { type Slices, sum } from '../../stats/expected.ts';
import { lowestLift } from '../../stats/lift.ts';
import type { Candidate } from '../artist-windows.ts';

interface ArtistRow {
  /** Index in the log's names. */
  artist: number;
  /** Whether it may be said that the artist emerges. */
  called: boolean;
}

export interface ArtistMethod {
  name: string;
  /** Whether it is judged with young histories too. */
  thoroughly?: true;
  /** @param totals checkouts of all artists */
  rank(artists: readonly Candidate[], totals: Slices): ArtistRow[];
}

const descending =
  (of: (artist: Candidate) => number) =>
  (artists: readonly Candidate[]): ArtistRow[] =>
    artists.toSorted((a, b) => of(b) - of(a)).map(({ key }) => ({ artist: key, called: false }));

/** Ours lists early signs too, behind those that it calls: of many buyers who paid. */
const ours: ArtistMethod['rank'] = (artists, totals) => {
  const evidence = new Map(
    artists.map(({ key, checkouts, busiestHour, cents, seller }) => [
      key,
      { sold: checkouts, inBusiestHour: busiestHour, paidUsdCents: cents, seller },
    ]),
  );
  const ranked = rankEmerging(artists, totals);
  return callEmerging(ranked, ({ key }) => evidence.get(key)).map(({ key, called }) => ({
    artist: key,
    called,
  }));
};

const SKETCH = { checkouts: 8, countries: 4, items: 2 };
/** What is expected of somebody never seen, in a week. */
const UNSEEN = 0.3;
/** How little the last days may sell of those before. */
const LEAST_LATE = 0.9;
const PRIOR = [{ weight: 1, shape: 1, rate: 1 }];
const LATE_DAYS = 3;

/** Broad, and not fading: the last three days against the three before. */
function isWanted({ window, checkouts, countries, items }: Candidate, fading: boolean): boolean {
  if (checkouts < SKETCH.checkouts || countries < SKETCH.countries || items < SKETCH.items) return false;
  if (fading) return true;
  const days = Array.from(window);
  const late = Math.min(LATE_DAYS, days.length >> 1);
  return sum(days.slice(-late)) >= LEAST_LATE * sum(days.slice(-2 * late, -late));
}

/**
 * The week without its best day, over the rate of the four weeks before, by the lower end of the lift.
 * @param fading whether those stay whose last three days sell less than the three before
 */
const sketch =
  (fading: boolean): ArtistMethod['rank'] =>
  (artists, totals) => {
    const times = sum(totals.window) / Math.max(1, totals.baseline);
    return artists
      .filter(artist => isWanted(artist, fading))
      .map(({ key, window, baseline }) => {
        const sold = sum(window) - Math.max(...Array.from(window));
        const part = 1 - 1 / window.length;
        return { artist: key, low: lowestLift(sold, (baseline * times + UNSEEN) * part, PRIOR) };
      })
      .filter(({ low }) => low > 1)
      .sort((a, b) => b.low - a.low)
      .map(({ artist }) => ({ artist, called: false }));
  };

export const ARTIST_METHODS: readonly ArtistMethod[] = [
  { name: 'ours', thoroughly: true, rank: ours },
  { name: 'sketch', thoroughly: true, rank: sketch(false) },
  { name: 'sketch, fading ones too', rank: sketch(true) },
  { name: 'raw count', rank: descending(({ window }) => sum(window)) },
  {
    name: `${BASELINE_DAYS}-day growth`,
    rank: descending(({ window, baseline }) => sum(window) / (baseline / BASELINE_WEEKS + 1)),
  },
];
