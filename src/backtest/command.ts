/**
 * `cli backtest`: runs the backtest over simulated worlds or over this database, and tells it as text and
 * chart.
 */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ChartSpec } from '../core/chart-spec.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatCount } from '../core/numbers.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { readSalesLog } from '../db/read/sales-log.ts';
import { table } from '../present/text.ts';
import { countTags } from './day-counts.ts';
import { backtestCounts } from './judge.ts';
import { reportArtists, reportGenres } from './report.ts';
import { addBacktests, type SimulatedBacktest } from './simulated.ts';

export interface BacktestText {
  text: string;
  chart: ChartSpec;
}

const MOST_SEEDS = 100;
/** A world of 40,000 sales a day takes 1.3 GB, of which this much at most is objects. */
const HEAP_MB = 2000;
const MOST_THREADS = 4;

/** @throws UserError for what are no numbers of sales or seeds */
export async function backtestSeeds(
  salesADay: string,
  seeds: string,
  onSeed: (seed: number) => void,
): Promise<BacktestText> {
  const sales = Number(salesADay);
  const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(seeds) ?? [];
  const many = Number(last) - Number(first) + 1;
  if (!(Number.isInteger(sales) && sales >= 500 && sales <= 100_000))
    throw new UserError(`--sales-a-day is "${salesADay}".`, 'Use a number from 500 to 100000.');
  if (!(many >= 1 && many <= MOST_SEEDS))
    throw new UserError(
      `--seeds is "${seeds}".`,
      `Use one number, or a range of at most ${MOST_SEEDS} such as 101-108.`,
    );
  const results = await runSeeds(
    Array.from({ length: many }, (_, n) => Number(first) + n),
    sales,
    onSeed,
  );
  const genres = reportGenres(
    results.genres,
    `${formatCount(sales)} sales a day, ${countOf(many, 'simulated world')} (seeds ${seeds})`,
  );
  const artists = reportArtists(results.artists);
  const parts = [
    genres.title,
    genres.headline,
    table(genres),
    ...genres.notes,
    'Emerging artists',
    table(artists),
    ...artists.notes,
  ];
  return { text: `${parts.join('\n\n')}\n`, chart: genres.chart };
}

/**
 * Each seed on a thread of its own, as many at a time as there are processors; the order of their sum is the
 * seeds'.
 */
async function runSeeds(
  seeds: readonly number[],
  salesADay: number,
  onSeed: (seed: number) => void,
): Promise<SimulatedBacktest> {
  const results: SimulatedBacktest[] = [];
  const waiting = seeds.entries();
  const work = async () => {
    for (const [at, seed] of waiting) {
      onSeed(seed);
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { seed, salesADay },
        // The command's own heap is kept small.
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      [results[at]] = (await once(worker, 'message')) as [SimulatedBacktest];
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(seeds.length, availableParallelism(), MOST_THREADS) }, work),
  );
  return addBacktests(results);
}

/** @throws UserError where this database holds too few days */
export async function backtestDatabase({ db }: HasDb): Promise<BacktestText> {
  const log = await readSalesLog(db);
  if (!log)
    throw new UserError(
      'This database has no whole day of sales.',
      'Import a history, or run the service for weeks.',
    );
  const fridays = Array.from({ length: log.days }, (_, day) => day).filter(day =>
    isBandcampFriday(log.from + day * DAY + DAY / 2),
  );
  const genres = reportGenres(
    backtestCounts(countTags(log), new Set(fridays)),
    `${countOf(log.days, 'day')} of this database`,
  );
  const parts = [genres.title, genres.headline, table(genres), ...genres.notes];
  return { text: `${parts.join('\n\n')}\n`, chart: genres.chart };
}
