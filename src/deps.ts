/**
 * Builds what an entry hands down, and disposes of it; functions take the part they use, as `HasDb &
 * Pick<Ambient, 'clock'>`.
 */
import type { Ambient } from './ambient.ts';
import { createHttp, type HasHttp } from './bandcamp/client.ts';
import { fetchChart } from './charts/quickchart.ts';
import type { ChartRenderers } from './charts/renderers.ts';
import type { Config } from './config.ts';
import { createSyncedClock, parseClock } from './core/time/clock.ts';
import { MINUTE, SECOND } from './core/time/instant.ts';
import { CODE_VERSION } from './db/code-version.ts';
import type { HasDb } from './db/connect.ts';
import { DatabaseSilent } from './db/lost.ts';
import { createPools, type Pools } from './db/pools.ts';
import { type Beat, type Pulse, startPulse } from './db/pulse.ts';
import { schemaReady } from './db/schema-ready.ts';
import { prepareDatabase } from './jobs/prepare-database.ts';
import { createLog, type Log } from './log.ts';
import { createAnswers, type HasAnswers } from './questions/lib/answer-cache.ts';
import type { HasReportRenderer } from './report/report.ts';

export interface Deps extends Ambient, HasDb, HasHttp, HasAnswers, Renderers {}

/** The native renderers, which only the entries that run on Node bring. */
export type Renderers = ChartRenderers & HasReportRenderer;

/** The renderers, but charts of ours by `QUICKCHART_URL` where it is set. */
export const chartsOf = (
  { quickchartUrl }: Pick<Config, 'quickchartUrl'>,
  renderers: Renderers,
): Renderers => ({
  ...renderers,
  ...(quickchartUrl && { renderChart: (spec, size) => fetchChart(quickchartUrl, spec, size) }),
});

export interface OpenDeps {
  /** Its `db` is for one-shot commands; each part of the service opens a pool of its own. */
  deps: Deps;
  pools: Pools;
  /** Where the database is, for people. */
  database: string;
  /** Closes connections; leaves the embedded server, which stops with its last user. */
  dispose(): Promise<void>;
}

/** A command may take long, and so may a migration. */
const COMMAND_STATEMENT_MS = 12 * 3_600_000;
/** A wall clock further off than this is reported. */
const CLOCK_IS_OFF = MINUTE;

/**
 * Who writes migrates at the start; who only reads waits until the schema is there; some need no database.
 */
export type DatabaseUse = 'write' | 'read' | 'none';

export interface OpenOptions {
  use?: DatabaseUse;
  /** How long who reads waits for somebody to begin migrating. */
  patienceMs?: number;
}

/**
 * Connects to the database (embedded below `DATA_DIR` unless `DATABASE_URL` is set), takes the time from it,
 * brings its schema up to date or waits for it, and builds the rest.
 * @throws UserError when the database cannot be used; it says what to do.
 */
export async function openDeps(
  config: Config,
  renderers: Renderers,
  { use = 'write', patienceMs = 0 }: OpenOptions = {},
): Promise<OpenDeps> {
  const log = createLog(config.logLevel);
  const synced = createSyncedClock();
  const clock = config.clock === 'real' ? synced : parseClock(config.clock);
  // Loaded only where it is used: a deployment with a database of its own does not install it.
  const server = config.databaseUrl
    ? undefined
    : await (await import('./db/embedded.ts')).openEmbedded(config.dataDir, log);
  const url = config.databaseUrl ?? server?.url ?? '';
  const pools = createPools(url);
  const db = pools.open({
    name: 'command',
    max: 10,
    longestMs: COMMAND_STATEMENT_MS,
    // An import waits for its input in the middle of a transaction.
    idleInTransactionMs: COMMAND_STATEMENT_MS,
  }).sql;
  const onSilence = () => pools.drop(new DatabaseSilent('the database is silent'));
  const pulse: Pulse | undefined =
    use === 'none' ? undefined : startPulse(url, { log, onBeat: clockWatch(synced.sync, log), onSilence });
  const dispose = async () => {
    await pools.close();
    await pulse?.stop();
    await server?.leave();
  };
  try {
    await pulse?.first;
    if (use === 'write') await prepareDatabase({ db, log });
    if (use === 'read') await schemaReady({ db, log }, patienceMs);
  } catch (error) {
    await dispose();
    throw error;
  }
  // Built once the clock is right: its pacing starts from the present.
  const http = createHttp({ config, clock, random: Math.random, log });
  return {
    deps: {
      config,
      db,
      clock,
      random: Math.random,
      http,
      log,
      answers: createAnswers({ code: CODE_VERSION }),
      ...chartsOf(config, renderers),
    },
    pools,
    database: config.databaseUrl
      ? `PostgreSQL at ${new URL(config.databaseUrl).host}`
      : `embedded PostgreSQL in ${config.dataDir}`,
    async dispose() {
      await http.close();
      await dispose();
    },
  };
}

/**
 * Syncs the clock at each heartbeat, and logs when this machine's wall clock is wrong and when it is right
 * again.
 */
function clockWatch(
  sync: (at: number, askedMs: number, heardMs: number) => number,
  log: Log,
): (beat: Beat) => void {
  let off = false;
  return ({ at, askedMs, heardMs }) => {
    const ahead = sync(at, askedMs, heardMs);
    if (Math.abs(ahead) > CLOCK_IS_OFF === off) return;
    off = !off;
    const seconds = Math.round(ahead / SECOND);
    if (off) log.warn('wall-clock-off', { seconds, hint: "The service goes by the database's clock." });
    else log.info('wall-clock-right', { seconds });
  };
}
