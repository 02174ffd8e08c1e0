/** What artists with little past sold before an origin: what methods of finding newcomers rank. */
import { type ArtistSales, EARLY, STRATA } from '../stats/emergence.ts';
import { type Slices, sum } from '../stats/expected.ts';
import type { SalesLog } from '../stats/sales-log.ts';
import { spanOf } from './methods/method.ts';

export interface Candidate extends ArtistSales<number> {
  /** US cents that its checkouts of the window began with, in sum. */
  cents: number;
  /** Checkouts of its busiest hour of the clock. */
  busiestHour: number;
  /** Who sold most to them, as an index in the log. */
  seller: number;
}

interface Found {
  window: number[];
  countries: Set<number>;
  items: Set<number>;
  sellers: Map<number, number>;
  hours: Map<number, number>;
  cents: number;
}

/**
 * Artists with little past and enough checkouts in the window before an origin; origins must be asked for in
 * order.
 * @param history days that were read, if not all
 */
export function createCandidates(
  log: SalesLog,
  history?: number,
): (origin: number) => { artists: Candidate[]; totals: Slices } {
  const size = log.artistNames.length;
  const { first, starts, totals } = firstOfCheckouts(log);
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
    const slices = Math.max(EARLY.days, origin - from);
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
    const found = new Map<number, Found>();
    each(from, origin, (artist, at) => {
      const slice = sliceOf(at);
      inWindow[slice] = (inWindow[slice] ?? 0) + 1;
      if ((sales[artist] ?? 0) < EARLY.checkouts || (past[artist] ?? 0) > most) return;
      const entry = found.get(artist) ?? nothing(slices);
      found.set(artist, entry);
      entry.window[slice] = (entry.window[slice] ?? 0) + 1;
      entry.countries.add(log.countries[at] ?? 0);
      entry.items.add(log.items[at] ?? 0);
      const seller = log.sellers[at] ?? 0;
      entry.sellers.set(seller, (entry.sellers.get(seller) ?? 0) + 1);
      entry.cents += log.cents[at] ?? 0;
      const hour = Math.floor((log.minutes[at] ?? 0) / 60);
      entry.hours.set(hour, (entry.hours.get(hour) ?? 0) + 1);
    });
    const artists = [...found].map(
      ([key, { window, countries, items, sellers, hours, cents }]): Candidate => ({
        key,
        window,
        baseline: baseline[key] ?? 0,
        past: past[key] ?? 0,
        countries: countries.size,
        checkouts: sales[key] ?? 0,
        items: items.size,
        sellers: sellers.size,
        seller: mostOf(sellers),
        busiestHour: Math.max(...hours.values()),
        cents,
      }),
    );
    return {
      artists,
      totals: { window: inWindow, baseline: sum(totals.subarray(Math.max(0, since), from)) },
    };
  };
}

/** The key of the largest count. */
const mostOf = (counts: ReadonlyMap<number, number>): number =>
  [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [-1, 0])[0];

const nothing = (slices: number): Found => ({
  window: Array<number>(slices).fill(0),
  countries: new Set(),
  items: new Set(),
  sellers: new Map(),
  hours: new Map(),
  cents: 0,
});

/** An artist's first sale of a checkout is what counts; where each day begins; checkouts by day. */
function firstOfCheckouts(log: SalesLog) {
  const first = new Uint8Array(log.length);
  const last = new Uint32Array(log.artistNames.length);
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
  return { first, starts, totals };
}
