/**
 * Which artists with little past sell much more than that, on several days, to many: emerging ones, with
 * since when and how fast.
 */
import { BASELINE_WEEKS } from '../core/time/window.ts';
import { expectationOf, type Slices, sum, type Totals } from './expected.ts';
import { type Lift, liftOf, lowestLift, type Prior } from './lift.ts';

/** As strong as one expected sale: little is known of newcomers. */
const EMERGENCE_PRIOR: Prior = [{ weight: 1, shape: 1, rate: 1 }];

/**
 * How much past is little: sales known from before the window. The first stratum that an artist fits is its
 * own.
 */
export const STRATA = [
  { name: 'newcomer', mostSales: 0 },
  { name: 'little known', mostSales: 10 },
  { name: 'small', mostSales: 60 },
] as const;
type Stratum = (typeof STRATA)[number]['name'];

/** What an artist sells in a window all the same: four weeks without a sale are no proof of none. */
const UNSEEN = 0.3;
/** Of all sales, those of the window for each of the weeks before. */
const ORDINARY = 1 / BASELINE_WEEKS;

/** Breadth: not one fan club, one release day, one buyer. */
export const LEAST = { days: 3, countries: 3, checkouts: 6 };
/** The same of who has little past, as an early sign of emerging. */
export const EARLY = { days: 3, countries: 4, checkouts: 8 };
/**
 * What an early sign needs to be called: buyers enough that nobody makes them up cheaply. Who buys their own
 * record pays a dollar at least for each; a newcomer's records sell for some eight.
 */
export const CALLED = {
  days: 4,
  /** Of who sold before: a new record sells all at once, who rises sells nearly every day. */
  daysOfKnown: 6,
  countries: 5,
  checkouts: 20,
  mostInHour: 0.3,
  paidUsdCents: 60_00,
  /** Artists of one seller: more at once are a label's campaign. */
  ofSeller: 2,
};
/**
 * Lower bounds of the lift that is left without the best day, for an early sign; and without the two best
 * days in a row, since a day of the buyers is two of the calendar, for a call.
 */
const LEAST_LASTING = { early: 3, called: 4 };
/** A rush of a day and its night. */
const RUSH_DAYS = 2;
/** Who sold less than this part on the last three days of what the three before sold gives the place up. */
const LEAST_LATE = 0.9;
const LATE_DAYS = 3;

export interface ArtistSales<K> extends Slices {
  key: K;
  /**
   * Distinct checkouts of each slice (about a day) of the window, the oldest first; sales where checkouts are
   * unknown. Three or more.
   */
  window: ArrayLike<number>;
  /** Sales before the window, ever. */
  past: number;
  countries: number;
  checkouts: number;
  items: number;
  sellers: number;
}

/** Stands for what has not been looked at yet: as broad as can be, without any past. */
export const AS_IF_BROAD = { countries: Infinity, items: Infinity, sellers: Infinity, past: 0 };

export interface Emergence<K> extends ArtistSales<K>, Lift {
  stratum: Stratum;
  expected: number;
  /** Whether enough is left of it without the two best days in a row to be called. */
  lasts: boolean;
  /** Days of the window with sales. */
  days: number;
}

/**
 * Measures one artist; null for one with more than little past, or whose sales are not broad, do not last, or
 * fade.
 * @param totals what all artists sold, counted alike
 */
export function emergenceOf<K>(artist: ArtistSales<K>, totals: Totals): Emergence<K> | null {
  const stratum = STRATA.find(({ mostSales }) => artist.past <= mostSales);
  if (!stratum || !isBroad(artist, EARLY) || totals.baseline <= 0 || fades(artist, totals)) return null;
  const { observed } = expectationOf(artist, totals);
  const times = sum(totals.window) / totals.baseline;
  // The less was before, the less is known of it: more is expected, and its own chance is in the interval.
  const thin = Math.max(0, times - ORDINARY);
  const expected = artist.baseline * times + UNSEEN * (1 + thin / ORDINARY);
  const variance = 1 + thin;
  const isLeft = (rushDays: number, least: number): boolean => {
    const { sold, part } = lastingPart(artist.window, totals.lengths, rushDays);
    const low = lowestLift(sold / variance, (expected * part) / variance, EMERGENCE_PRIOR);
    return low >= least / (1 + thin);
  };
  if (!isLeft(1, LEAST_LASTING.early)) return null;
  const days = daysOf(artist.window);
  return {
    ...artist,
    ...liftOf(observed / variance, expected / variance, EMERGENCE_PRIOR),
    stratum: stratum.name,
    expected,
    lasts: isLeft(RUSH_DAYS, LEAST_LASTING.called),
    days,
  };
}

/** Emerging artists by the lower bound of their lift, which lists and pictures show. */
export const rankEmerging = <K>(artists: readonly ArtistSales<K>[], totals: Totals): Emergence<K>[] =>
  artists
    .map(artist => emergenceOf(artist, totals))
    .filter(found => found !== null)
    .sort((a, b) => b.low - a.low);

/** What tells many buyers from few who buy much at once, or for next to nothing. */
export interface Evidence {
  /** Sales of the window, and those of its busiest hour. */
  sold: number;
  inBusiestHour: number;
  /** What was paid for them. */
  paidUsdCents: number;
  /** Who sold most of them. */
  seller: string | number;
}

/**
 * Who emerges, those first who are called and told unasked; the others are early signs. Of one seller a few
 * alone are called, and what else it has stands behind them, or last where a few of its stand above.
 * @param ranked the surest first
 */
export function callEmerging<A extends Emergence<unknown>>(
  ranked: readonly A[],
  evidenceOf: (artist: A) => Evidence | undefined,
): (A & { called: boolean })[] {
  const ofSeller = new Map<string | number, { seen: number; called: number }>();
  const places = ranked.map(artist => {
    const evidence = evidenceOf(artist);
    if (!evidence) return { artist: { ...artist, called: false }, place: 1 };
    const its = ofSeller.get(evidence.seller) ?? { seen: 0, called: 0 };
    ofSeller.set(evidence.seller, its);
    const called = its.called < CALLED.ofSeller && isCalled(artist, evidence);
    const place = called ? 0 : its.seen < CALLED.ofSeller ? 1 : 2;
    its.seen += 1;
    its.called += Number(called);
    return { artist: { ...artist, called }, place };
  });
  return places.sort((a, b) => a.place - b.place).map(({ artist }) => artist);
}

/** Whether one is, by itself. */
export const isCalled = (
  { countries, checkouts, days, lasts, past }: Emergence<unknown>,
  { sold, inBusiestHour, paidUsdCents }: Evidence,
): boolean =>
  lasts &&
  days >= (past > 0 ? CALLED.daysOfKnown : CALLED.days) &&
  countries >= CALLED.countries &&
  checkouts >= CALLED.checkouts &&
  inBusiestHour <= CALLED.mostInHour * sold &&
  paidUsdCents >= CALLED.paidUsdCents;

const daysOf = (window: ArrayLike<number>): number => Array.from(window).filter(count => count > 0).length;

/** Whether several buyers of several countries bought on several days. */
export const isBroad = ({ window, countries, checkouts }: ArtistSales<unknown>, least = LEAST): boolean =>
  daysOf(window) >= least.days && countries >= least.countries && checkouts >= least.checkouts;

/**
 * In sales a day, and in their share of what all sell: neither a gap, a part of a day or a Bandcamp Friday is
 * a fading, nor a weekend on which others sell more.
 */
function fades({ window }: ArtistSales<unknown>, totals: Totals): boolean {
  const until = window.length;
  if (until < 2 * LATE_DAYS) return false;
  const within = (counts: ArrayLike<number>, daysAgo: number) =>
    sum(Array.from(counts).slice(until - daysAgo - LATE_DAYS, until - daysAgo));
  const [late, early] = [within(window, 0), within(window, LATE_DAYS)];
  const isLess = (of: ArrayLike<number>) => late * within(of, LATE_DAYS) < LEAST_LATE * early * within(of, 0);
  return isLess(totals.lengths ?? Array(until).fill(1)) && isLess(totals.window);
}

/**
 * What was sold without the best days in a row, and which part of the window that is.
 * @param lengths of the slices; all alike where nothing is said
 * @throws RangeError where these days are all there is
 */
export function lastingPart(
  window: ArrayLike<number>,
  lengths?: ArrayLike<number>,
  rushDays = RUSH_DAYS,
): { sold: number; part: number } {
  if (window.length <= rushDays) throw new RangeError(`${window.length} days hold nothing beside a rush`);
  const within = (counts: ArrayLike<number>, from: number) =>
    sum(Array.from({ length: rushDays }, (_, at) => counts[from + at] ?? 0));
  let [rush, best] = [-1, 0];
  for (let at = 0; at + rushDays <= window.length; at += 1) {
    const sold = within(window, at);
    if (sold > rush) [rush, best] = [sold, at];
  }
  const part = lengths ? within(lengths, best) / sum(lengths) : rushDays / window.length;
  return { sold: sum(window) - rush, part: 1 - part };
}

export interface Rise {
  /** Index of the first day that belongs to the rise. */
  since: number;
  /** Sales a day before, and on the last days. */
  before: number;
  now: number;
}

/** Days that say how much an artist sells now. */
const NOW_DAYS = 3;

/**
 * Since when more is sold: where daily counts split into two Poisson rates, the later one higher, most likely
 * (Hinkley 1970, "Inference about the Change-Point in a Sequence of Random Variables", Biometrika 57). Null
 * where no split is better than none.
 * @param days sales of each day, the oldest first, the baseline's too
 */
export function riseOf(days: ArrayLike<number>): Rise | null {
  const all = sum(days);
  let before = 0;
  let best = { gain: 0, since: 0, before: 0 };
  for (let at = 1; at < days.length; at += 1) {
    before += days[at - 1] ?? 0;
    const [early, late, usual] = [before / at, (all - before) / (days.length - at), all / days.length];
    if (late <= early) continue;
    const gain = logTimes(before, early / usual) + logTimes(all - before, late / usual);
    if (gain > best.gain) best = { gain, since: at, before: early };
  }
  if (best.gain === 0) return null;
  const last = Math.min(NOW_DAYS, days.length - best.since);
  let now = 0;
  for (let at = days.length - last; at < days.length; at += 1) now += (days[at] ?? 0) / last;
  return { since: best.since, before: best.before, now };
}

const logTimes = (count: number, ratio: number): number => (count > 0 ? count * Math.log(ratio) : 0);
