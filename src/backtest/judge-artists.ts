/**
 * Judges the finding of emerging artists on rolling origins: who stands among the first twenty, how soon, and
 * who should not.
 */

import { BASELINE_DAYS, BASELINE_WEEKS } from '../core/time/window.ts';
import { type ArtistSales, LEAST, rankEmerging, STRATA } from '../stats/emergence.ts';
import { type Slices, sum } from '../stats/expected.ts';
import type { SalesLog } from '../stats/sales-log.ts';
import { HISTORIES, spanOf, WINDOW_DAYS } from './methods.ts';

interface ArtistEpisode {
  /** Index in the log's names. */
  artist: number;
  /** In days of the log. */
  from: number;
  until: number;
}

export interface ArtistTruth {
  emerging: readonly ArtistEpisode[];
  decoys: readonly ArtistEpisode[];
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
  decoys: number;
  /** Decoys that stood in the list on some day. */
  decoysListed: number;
}

type Candidate = ArtistSales<number>;
const descending = (of: (artist: Candidate) => number) => (artists: Candidate[]) =>
  artists.toSorted((a, b) => of(b) - of(a)).map(({ key }) => key);

type Ranking = (artists: Candidate[], totals: Slices) => number[];
const ours: Ranking = (artists, totals) => rankEmerging(artists, totals).map(({ key }) => key);

/** Ways to rank artists with little past. Ours lists only those that it calls emerging. */
const RANKINGS: Record<string, Ranking> = {
  ours,
  'raw count': descending(({ window }) => sum(window)),
  [`${BASELINE_DAYS}-day growth`]: descending(
    ({ window, baseline }) => sum(window) / (baseline / BASELINE_WEEKS + 1),
  ),
};

/** A world's results, by method. */
export function judgeArtists(
  log: SalesLog,
  truth: ArtistTruth,
  origins: readonly number[],
): Record<string, ArtistTally> {
  const results = judgeRankings(log, truth, origins, RANKINGS);
  for (const days of HISTORIES)
    Object.assign(results, judgeRankings(log, truth, origins, { [`ours, ${days} days read`]: ours }, days));
  return results;
}

/** @param history days that were read */
function judgeRankings(
  log: SalesLog,
  truth: ArtistTruth,
  origins: readonly number[],
  rankings: Record<string, Ranking>,
  history?: number,
): Record<string, ArtistTally> {
  const candidatesAt = createCandidates(log, history);
  const found = new Map(Object.keys(rankings).map(name => [name, new Map<ArtistEpisode, number>()]));
  const listed = new Map(Object.keys(rankings).map(name => [name, new Set<ArtistEpisode>()]));
  for (const origin of origins) {
    const { artists, totals } = candidatesAt(origin);
    for (const [name, rank] of Object.entries(rankings)) {
      const top = new Set(rank(artists, totals).slice(0, TOP_ARTISTS));
      for (const episode of truth.emerging) {
        const after = origin - episode.from;
        if (after > 0 && after <= SOON_DAYS && top.has(episode.artist) && !found.get(name)?.has(episode))
          found.get(name)?.set(episode, after);
      }
      for (const decoy of truth.decoys)
        if (origin > decoy.from && origin <= decoy.until + WINDOW_DAYS && top.has(decoy.artist))
          listed.get(name)?.add(decoy);
    }
  }
  return Object.fromEntries(
    Object.keys(rankings).map((name): [string, ArtistTally] => {
      const delays = [...(found.get(name)?.values() ?? [])];
      return [
        name,
        {
          emerging: truth.emerging.length,
          foundSoon: delays.length,
          delay: sum(delays),
          decoys: truth.decoys.length,
          decoysListed: listed.get(name)?.size ?? 0,
        },
      ];
    }),
  );
}

/**
 * Artists with little past and enough sales in the window before an origin; origins must be asked for in
 * order.
 */
function createCandidates(
  log: SalesLog,
  history?: number,
): (origin: number) => { artists: Candidate[]; totals: Slices } {
  const size = log.artistNames.length;
  /** An artist's first sale of a checkout: what counts. */
  const first = new Uint8Array(log.length);
  const last = new Uint32Array(size);
  const starts = new Uint32Array(log.days + 1).fill(log.length);
  const totals = new Float64Array(log.days);
  for (let at = log.length - 1; at >= 0; at -= 1) starts[Math.floor((log.minutes[at] ?? 0) / 1440)] = at;
  for (let day = log.days - 1; day >= 0; day -= 1)
    starts[day] = Math.min(starts[day] ?? 0, starts[day + 1] ?? 0);
  for (let day = 0; day < log.days; day += 1)
    for (let at = starts[day] ?? 0; at < (starts[day + 1] ?? 0); at += 1) {
      const artist = log.artists[at] ?? -1;
      if (artist < 0 || last[artist] === log.checkouts[at]) continue;
      last[artist] = log.checkouts[at] ?? 0;
      first[at] = 1;
      totals[day] = (totals[day] ?? 0) + 1;
    }

  const past = new Uint32Array(size);
  let pastUntil = 0;
  const most = Math.max(...STRATA.map(({ mostSales }) => mostSales));

  function each(from: number, until: number, use: (artist: number, at: number) => void): void {
    for (let at = starts[Math.max(0, from)] ?? 0; at < (starts[until] ?? 0); at += 1)
      if (first[at]) use(log.artists[at] ?? 0, at);
  }
  const addTo = (counts: Uint32Array) => (artist: number) => {
    counts[artist] = (counts[artist] ?? 0) + 1;
  };

  return origin => {
    const { from, since } = spanOf(origin, history);
    const slices = Math.max(LEAST.days, origin - from);
    const sliceOf = (at: number) =>
      Math.floor((((log.minutes[at] ?? 0) / 1440 - from) * slices) / (origin - from));
    const baseline = new Uint32Array(size);
    each(since, from, addTo(baseline));
    if (history === undefined) each(pastUntil, from, addTo(past));
    else past.set(baseline);
    pastUntil = from;
    const inWindow = Array<number>(slices).fill(0);
    const sales = new Uint32Array(size);
    each(from, origin, addTo(sales));
    const found = new Map<
      number,
      { window: number[]; countries: Set<number>; items: Set<number>; sellers: Set<number> }
    >();
    each(from, origin, (artist, at) => {
      inWindow[sliceOf(at)] = (inWindow[sliceOf(at)] ?? 0) + 1;
      if ((sales[artist] ?? 0) < LEAST.checkouts || (past[artist] ?? 0) > most) return;
      let entry = found.get(artist);
      if (!entry) {
        entry = {
          window: Array(slices).fill(0),
          countries: new Set(),
          items: new Set(),
          sellers: new Set(),
        };
        found.set(artist, entry);
      }
      entry.window[sliceOf(at)] = (entry.window[sliceOf(at)] ?? 0) + 1;
      entry.countries.add(log.countries[at] ?? 0);
      entry.items.add(log.items[at] ?? 0);
      entry.sellers.add(log.sellers[at] ?? 0);
    });
    const artists = [...found].map(
      ([key, { window, countries, items, sellers }]): Candidate => ({
        key,
        window,
        baseline: baseline[key] ?? 0,
        past: past[key] ?? 0,
        countries: countries.size,
        checkouts: sales[key] ?? 0,
        items: items.size,
        sellers: sellers.size,
      }),
    );
    return {
      artists,
      totals: { window: inWindow, baseline: sum(totals.subarray(Math.max(0, since), from)) },
    };
  };
}
