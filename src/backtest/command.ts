/**
 * `cli backtest`: runs the backtest over simulated worlds or over this database, and tells it as text and
 * chart.
 */

import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ChartSpec } from '../core/chart-spec.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatCount } from '../core/numbers.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY } from '../core/time/instant.ts';
import type { HasDb } from '../db/connect.ts';
import { readSalesLog } from '../db/read/sales-log.ts';
import { table } from '../present/text.ts';
import { sum } from '../stats/expected.ts';
import { backtestCounts } from './by-future.ts';
import { countedSales } from './caps.ts';
import { countTags } from './day-counts.ts';
import { reportCountries, reportGenres, reportHistories, reportOnset } from './report.ts';
import { reportArtistHistories, reportArtists, reportAttacks } from './report-artists.ts';
import { addBacktests, type SimulatedBacktest } from './simulated.ts';
import type { WorkerMessage } from './worker.ts';

export interface BacktestText {
  text: string;
  chart: ChartSpec;
}

/** Told how much is done, from 0 to 1. */
type OnShare = (share: number) => void;

const MOST_SEEDS = 100;
/** Megabytes of objects that a world may have; one of 40,000 sales a day takes 1.3 GB in all. */
const HEAP_MB = 2000;
const MOST_PROCESSES = 4;
/** Characters of what a process says that are kept. */
const LAST_WORDS = 2_000;
const MEMORY_HINT = 'It takes 1.3 GB at 40,000 sales a day; use fewer --sales-a-day, or one seed at a time.';
/** How V8 ends a process whose heap is full, and the kernel one where memory is. */
const OUT_OF_MEMORY = ['SIGABRT', 'SIGKILL'];

export interface SeedsOptions {
  onShare?: OnShare;
  /** Megabytes of each world's process. */
  heapMb?: number;
  /** Whether trends are as hard to tell as in life; so unless said otherwise. */
  hardships?: boolean;
}

/**
 * @throws UserError for what are no numbers of sales or seeds
 */
export async function backtestSeeds(
  salesADay: string,
  seeds: string,
  { onShare = () => {}, heapMb = HEAP_MB, hardships = true }: SeedsOptions = {},
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
    (seed, tell, signal) => backtestSeed(seed, sales, { onShare: tell, heapMb, hardships, signal }),
    onShare,
  );
  const worlds = countOf(many, hardships ? 'hard world' : 'plain world');
  const what = `${formatCount(sales)} sales a day, ${worlds} (seeds ${seeds})`;
  const genres = reportGenres(results.genre, what, results.all);
  const pick = <T>(of: Record<string, T>) =>
    Object.fromEntries(Object.keys(results.histories).flatMap(name => (of[name] ? [[name, of[name]]] : [])));
  const below = [
    reportHistories(results.histories, results.genre),
    reportOnset(pick(results.genre)),
    reportCountries(results.countries),
    reportArtists(results.artists),
    reportArtistHistories(results.artistHistories),
    reportAttacks(pick(results.all), results.artists),
  ];
  const parts = [genres.title, genres.headline, table(genres), ...genres.notes];
  for (const one of below) parts.push(one.title, table(one), ...one.notes);
  return { text: `${parts.join('\n\n')}\n`, chart: genres.chart };
}

/**
 * Each seed in a process of its own, as many at a time as there are processors; the order of their sum is the
 * seeds'.
 */
async function runSeeds(
  seeds: readonly number[],
  backtest: (seed: number, onShare: OnShare, signal: AbortSignal) => Promise<SimulatedBacktest>,
  onShare: OnShare,
): Promise<SimulatedBacktest> {
  const results: SimulatedBacktest[] = [];
  const shares = seeds.map(() => 0);
  const failing = new AbortController();
  const waiting = seeds.entries();
  const work = async () => {
    for (const [at, seed] of waiting) {
      const tell = (share: number) => {
        shares[at] = share;
        onShare(sum(shares) / seeds.length);
      };
      results[at] = await backtest(seed, tell, failing.signal);
      tell(1);
    }
  };
  const processes = Math.min(seeds.length, availableParallelism(), MOST_PROCESSES);
  try {
    await Promise.all(Array.from({ length: processes }, work));
  } catch (error) {
    // The others would be waited for.
    failing.abort();
    throw error;
  }
  return addBacktests(results);
}

/**
 * No thread: its heap would have the limit of the command line, which is small, whatever is asked for it.
 * @throws UserError where memory does not suffice
 */
function backtestSeed(
  seed: number,
  salesADay: number,
  { onShare, heapMb, hardships, signal }: Required<SeedsOptions> & { signal: AbortSignal },
): Promise<SimulatedBacktest> {
  const worker = fork(
    fileURLToPath(new URL('./worker.ts', import.meta.url)),
    [`${seed}`, `${salesADay}`, hardships ? 'hard' : 'plain'],
    {
      execArgv: [`--max-old-space-size=${heapMb}`],
      serialization: 'advanced',
      signal,
      // V8's own words, where its heap is full, are for nobody.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  let said = '';
  worker.stderr?.on('data', chunk => {
    said = `${said}${chunk}`.slice(-LAST_WORDS);
  });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if ('result' in message) resolve(message.result);
      else onShare(message.share);
    });
    worker.once('error', reject);
    worker.once('close', (code, signal) =>
      reject(
        OUT_OF_MEMORY.includes(signal ?? '') || /heap out of memory/.test(said)
          ? new UserError(`The world of seed ${seed} does not fit into memory.`, MEMORY_HINT)
          : new Error(`the backtest of seed ${seed} ended with ${code ?? signal}${said && `: ${said}`}`),
      ),
    );
  });
}

/** @throws UserError where this database holds too few days */
export async function backtestDatabase({ db }: HasDb, onShare: OnShare = () => {}): Promise<BacktestText> {
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
    backtestCounts(cap => countTags(log, countedSales(log, cap)), new Set(fridays), onShare),
    `${countOf(log.days, 'day')} of this database`,
  );
  const parts = [genres.title, genres.headline, table(genres), ...genres.notes];
  return { text: `${parts.join('\n\n')}\n`, chart: genres.chart };
}
