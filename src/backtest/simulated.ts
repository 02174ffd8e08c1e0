/** The backtest over simulated worlds: every method on every day of worlds whose truth is known. */
import { type Instant, parseInstant } from '../core/time/instant.ts';
import { countTags } from './day-counts.ts';
import { judgeMethod, type Tally } from './judge.ts';
import { type ArtistTally, judgeArtists, SOON_DAYS } from './judge-artists.ts';
import { METHODS, WINDOW_DAYS } from './methods.ts';
import { truthOfArtists, truthOfGenres } from './truth.ts';
import { logOfWorld } from './world.ts';

export interface SimulatedBacktest {
  genres: Record<string, Tally>;
  artists: Record<string, ArtistTally>;
}

/** Three seasons of truth, with the window and the baseline before; a Bandcamp Friday is in each. */
const DAYS = { before: 42, truth: 84 };
/** A twentieth of a year's sales is what the real ones are. */
const ARTISTS_A_SALE = 365 / 20;
/** On the first days hardly anything has begun. */
const FIRST_ORIGIN = 3;
const START: Instant = parseInstant('2026-07-01');
/** Shares of the time that making a world takes, and judging its genres; the rest goes to its artists. */
const MAKING = 0.6;
const JUDGING = 0.3;

/** One world. At 40,000 sales a day a minute and a half and 1.3 GB, at 8,000 a quarter of a minute. */
export function backtestWorld(
  seed: number,
  salesADay: number,
  onShare: (share: number) => void = () => {},
): SimulatedBacktest {
  const size = Math.round(salesADay * ARTISTS_A_SALE);
  const { log, truth } = logOfWorld(
    { seed, salesADay, artists: size, start: START, days: DAYS.truth },
    DAYS.before,
    share => onShare(MAKING * share),
  );
  const origins = Array.from(
    { length: DAYS.truth - FIRST_ORIGIN + 1 },
    (_, at) => DAYS.before + FIRST_ORIGIN + at,
  );
  const counts = countTags(log);
  const ofGenres = truthOfGenres(truth, log, DAYS.before);
  const genres = METHODS.map((method, at) => {
    onShare(MAKING + (JUDGING * at) / METHODS.length);
    return [method.name, judgeMethod(method, counts, ofGenres, origins, WINDOW_DAYS)];
  });
  onShare(MAKING + JUDGING);
  return {
    genres: Object.fromEntries(genres),
    artists: judgeArtists(log, truthOfArtists(truth, log, SOON_DAYS), origins),
  };
}

type Numbers = { [key: string]: number | Numbers };

/** Results of several worlds as one: every tally is a sum. */
export const addBacktests = (results: readonly SimulatedBacktest[]): SimulatedBacktest =>
  (results as unknown as Numbers[]).reduce(addNumbers) as unknown as SimulatedBacktest;

function addNumbers(a: Numbers, b: Numbers): Numbers {
  const sums = Object.entries(a).map(([key, value]) => {
    const other = b[key];
    if (typeof value === 'object' && typeof other === 'object') return [key, addNumbers(value, other)];
    return [key, Number(value) + Number(other)];
  });
  return Object.fromEntries(sums);
}
