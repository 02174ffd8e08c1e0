/** The backtest over simulated worlds: every method on every day of worlds whose truth is known. */
import { genres } from '../core/tags/genres.ts';
import { type Instant, parseInstant } from '../core/time/instant.ts';
import type { SalesLog } from '../stats/sales-log.ts';
import { type Cap, countedSales, OUR_CAP } from './caps.ts';
import { countTags, type DayCounts } from './day-counts.ts';
import { judgeKinds, judgeMethod, type Tally } from './judge.ts';
import { type ArtistTally, judgeArtists, SOON_DAYS } from './judge-artists.ts';
import { ARTIST_METHODS } from './methods/artists.ts';
import { HISTORIES, WINDOW_DAYS } from './methods/method.ts';
import { METHODS } from './methods.ts';
import { truthOfArtists, truthOfGenres } from './truth.ts';
import { type LoggedWorld, logOfWorld } from './world.ts';

type ByMethod<T> = Record<string, T>;
/** By days that were read. */
type ByHistory<T> = Record<string, T>;

/** Results by method; they add up over worlds. */
export interface SimulatedBacktest {
  /** Among genres of Bandcamp's list alone, and among genres and styles. */
  genre: ByMethod<Tally>;
  all: ByMethod<Tally>;
  /** Of methods that are judged thoroughly: genres of the list by days read, and all levels by country. */
  histories: ByMethod<ByHistory<Tally>>;
  countries: ByMethod<Tally>;
  artists: ByMethod<ArtistTally>;
  artistHistories: ByMethod<ByHistory<ArtistTally>>;
}

/** Three seasons of truth, with the window and the baseline before; a Bandcamp Friday is in each. */
const DAYS = { before: 42, truth: 84 };
/** A twentieth of a year's sales is what the real ones are. */
const ARTISTS_A_SALE = 365 / 20;
/** On the first days hardly anything has begun. */
const FIRST_ORIGIN = 3;
const START: Instant = parseInstant('2026-07-01');
/** Shares of the time that making a world takes, and judging its genres; the rest goes to its artists. */
const MAKING = 0.4;
const JUDGING = 0.5;

const thorough = METHODS.filter(({ thoroughly }) => thoroughly);

/**
 * One world, a hard one unless said otherwise. At 40,000 sales a day minutes and 1.3 GB, at 8,000 one or two
 * minutes.
 */
export function backtestWorld(
  seed: number,
  salesADay: number,
  { onShare = () => {}, hardships = true }: { onShare?: (share: number) => void; hardships?: boolean } = {},
): SimulatedBacktest {
  const size = Math.round(salesADay * ARTISTS_A_SALE);
  const world = logOfWorld(
    { seed, salesADay, artists: size, start: START, days: DAYS.truth, hardships },
    DAYS.before,
    share => onShare(MAKING * share),
  );
  const origins = Array.from(
    { length: DAYS.truth - FIRST_ORIGIN + 1 },
    (_, at) => DAYS.before + FIRST_ORIGIN + at,
  );
  const steps = METHODS.length + 2 * thorough.length;
  let done = 0;
  const step = () => {
    done += 1;
    onShare(MAKING + (JUDGING * done) / steps);
  };
  return { ...backtestGenres(world, origins, step), ...backtestArtists(world, origins) };
}

/** Of each cap the marks and the counts, made once. */
function createCounts(log: SalesLog) {
  const made = new Map<string, { marks: Uint8Array; counts: DayCounts }>();
  return (cap: Cap = OUR_CAP) => {
    const key = JSON.stringify(cap);
    const known = made.get(key);
    if (known) return known;
    const marks = countedSales(log, cap);
    const found = { marks, counts: countTags(log, marks) };
    made.set(key, found);
    return found;
  };
}

function backtestGenres(world: LoggedWorld, origins: readonly number[], step: () => void) {
  const { log } = world;
  const truth = truthOfGenres(world);
  const of = createCounts(log);
  const isGenre = log.tagNames.map(name => genres.has(name));
  const kinds = { genre: (subject: number) => isGenre[subject] ?? false, all: () => true };
  const results: Pick<SimulatedBacktest, 'genre' | 'all' | 'histories' | 'countries'> = {
    genre: {},
    all: {},
    histories: {},
    countries: {},
  };
  for (const method of METHODS) {
    const judging = { counts: of(method.cap).counts, truth, origins, window: WINDOW_DAYS };
    const judged = judgeKinds(method, judging, kinds);
    results.genre[method.name] = judged.genre;
    results.all[method.name] = judged.all;
    step();
    if (!method.thoroughly) continue;
    const young = HISTORIES.map(history => [
      history,
      judgeKinds(method, { ...judging, history }, kinds).genre,
    ]);
    results.histories[method.name] = Object.fromEntries(young);
    step();
  }
  const countries = countriesOf(world).map(
    ([code, country]) => ({ country, truth: truthOfGenres(world, code) }) as const,
  );
  for (const method of thorough) {
    const { marks } = of(method.cap);
    const tallies = countries.map(({ country, truth }) =>
      judgeMethod(method, {
        counts: countTags(log, marks, country),
        truth,
        origins,
        window: WINDOW_DAYS,
      }),
    );
    const [first, ...others] = tallies;
    if (first) results.countries[method.name] = others.reduce(addResults, first);
    step();
  }
  return results;
}

/** Countries in which alone something grows: codes, and their numbers in the log. */
function countriesOf({ log, truth }: LoggedWorld): [code: string, country: number][] {
  const codes = truth
    .filter(({ kind }) => kind === 'growing-genre')
    .flatMap(({ parameters: { country } }) => (typeof country === 'string' ? [country] : []));
  return [...new Set(codes)].sort().map(code => [code, log.countryCodes.indexOf(code)]);
}

function backtestArtists(world: LoggedWorld, origins: readonly number[]) {
  const { log } = world;
  const truth = truthOfArtists(world, SOON_DAYS);
  const artistHistories: SimulatedBacktest['artistHistories'] = {};
  const young = ARTIST_METHODS.filter(({ thoroughly }) => thoroughly);
  for (const days of HISTORIES) {
    const judged = judgeArtists(log, truth, origins, young, days);
    for (const [name, tally] of Object.entries(judged)) {
      artistHistories[name] ??= {};
      artistHistories[name][days] = tally;
    }
  }
  return { artists: judgeArtists(log, truth, origins, ARTIST_METHODS), artistHistories };
}

type Numbers = { [key: string]: number | Numbers };

/** Two results as one: every tally is a sum. */
const addResults = <T>(a: T, b: T): T => addNumbers(a as Numbers, b as Numbers) as T;

/** Results of several worlds as one. */
export const addBacktests = (results: readonly SimulatedBacktest[]): SimulatedBacktest =>
  results.reduce(addResults);

/** What one lacks is the other's alone. */
function addNumbers(a: Numbers, b: Numbers): Numbers {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const sums = [...keys].map(key => {
    const [one, other] = [a[key], b[key]];
    if (one === undefined || other === undefined) return [key, one ?? other];
    if (typeof one === 'object' && typeof other === 'object') return [key, addNumbers(one, other)];
    return [key, Number(one) + Number(other)];
  });
  return Object.fromEntries(sums);
}
