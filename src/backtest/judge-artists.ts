/**
 * Judges the finding of emerging artists on rolling origins: who stands among the first twenty, how soon, and
 * who should not.
 */
import { sum } from '../stats/expected.ts';
import type { SalesLog } from '../stats/sales-log.ts';
import { createCandidates } from './artist-windows.ts';
import { type AttackTally, emptyAttacks, type Label, LINGERING } from './judge.ts';
import type { ArtistMethod } from './methods/artists.ts';

interface ArtistEpisode {
  /** Index in the log's names. */
  artist: number;
  /** In days of the log. */
  from: number;
  until: number;
}

export interface ArtistTruth {
  /** Whether an artist in whom nothing is planted sells more by itself at an origin, as by a new release. */
  grows(artist: number, origin: number): boolean;
  emerging: readonly ArtistEpisode[];
  decoys: readonly ArtistEpisode[];
  /** `budget` in US dollars. */
  attacks: readonly (ArtistEpisode & { budget: number })[];
}

export const TOP_ARTISTS = 20;
/** Days after its start within which an artist is to be found. */
export const SOON_DAYS = 5;

/** Results of one way to rank; they add up over worlds. */
export interface ArtistTally {
  emerging: number;
  foundSoon: number;
  /** Days from start to finding, of those found soon, in sum. */
  delay: number;
  /** Rows among the first twenty, over days, by what they are. */
  rows: Record<Label, number>;
  /** Of all rows that are called, over days. */
  calls: Record<Label, number>;
  decoys: number;
  /** Decoys that stood in the list on some day, and that were called. */
  decoysListed: number;
  decoysCalled: number;
  attacks: AttackTally;
}

/**
 * A world's results, by method.
 * @param history days that were read, if not all
 */
export function judgeArtists(
  log: SalesLog,
  truth: ArtistTruth,
  origins: readonly number[],
  methods: readonly ArtistMethod[],
  history?: number,
): Record<string, ArtistTally> {
  const candidatesAt = createCandidates(log, history);
  const keepers = methods.map(method => ({ method, ...createKeeper(truth) }));
  for (const origin of origins) {
    const { artists, totals } = candidatesAt(origin);
    for (const { method, add } of keepers) add(origin, method.rank(artists, totals));
  }
  return Object.fromEntries(keepers.map(({ method, done }) => [method.name, done()]));
}

/** Who emerges until the last of it was sold, and is no false call until that has left the window. */
function labelOf({ emerging, grows }: ArtistTruth, artist: number, origin: number): Label {
  let label: Label = 'not';
  for (const episode of emerging) {
    if (episode.artist !== artist || origin <= episode.from) continue;
    if (origin <= episode.until) return 'rising';
    if (origin <= episode.until + LINGERING) label = 'other';
  }
  return label === 'not' && grows(artist, origin) ? 'other' : label;
}

function createKeeper(truth: ArtistTruth) {
  const found = new Map<ArtistEpisode, number>();
  const seen = { listed: new Set<ArtistEpisode>(), called: new Set<ArtistEpisode>() };
  const rows = { rising: 0, other: 0, not: 0 };
  const calls = { rising: 0, other: 0, not: 0 };
  return {
    add(origin: number, ranked: ReturnType<ArtistMethod['rank']>): void {
      const top = new Set(ranked.slice(0, TOP_ARTISTS).map(({ artist }) => artist));
      const called = new Set(ranked.filter(row => row.called).map(({ artist }) => artist));
      for (const artist of top) rows[labelOf(truth, artist, origin)] += 1;
      for (const artist of called) calls[labelOf(truth, artist, origin)] += 1;
      for (const episode of truth.emerging) {
        const after = origin - episode.from;
        if (after > 0 && after <= SOON_DAYS && top.has(episode.artist) && !found.has(episode))
          found.set(episode, after);
      }
      for (const decoy of [...truth.decoys, ...truth.attacks]) {
        if (origin <= decoy.from || origin > decoy.until + LINGERING) continue;
        if (top.has(decoy.artist)) seen.listed.add(decoy);
        if (called.has(decoy.artist)) seen.called.add(decoy);
      }
    },
    done(): ArtistTally {
      const attacks = emptyAttacks(truth.attacks);
      for (const attack of truth.attacks) {
        const of = attacks[attack.budget];
        if (!of) continue;
        if (seen.listed.has(attack)) of.listed += 1;
        if (seen.called.has(attack)) of.called += 1;
      }
      return {
        emerging: truth.emerging.length,
        foundSoon: found.size,
        delay: sum([...found.values()]),
        rows,
        calls,
        decoys: truth.decoys.length,
        decoysListed: truth.decoys.filter(decoy => seen.listed.has(decoy)).length,
        decoysCalled: truth.decoys.filter(decoy => seen.called.has(decoy)).length,
        attacks,
      };
    },
  };
}
