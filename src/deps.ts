/** What is built once by an entry and handed down; functions take the part they use, as `Pick<Deps, 'db' | 'clock'>`. */
import { createHttp, type Http } from './bandcamp/client.ts';
import { fetchChart } from './charts/quickchart.ts';
import type { Config } from './config.ts';
import type { ChartSize, ChartSpec, ConfigImage } from './core/chart-spec.ts';
import { type Clock, parseClock } from './core/clock.ts';
import { connect, type Sql } from './db/connect.ts';
import { prepareDatabase } from './db/prepare.ts';
import { createLog, type Log } from './log.ts';
import { type Answers, createAnswers } from './questions/answers.ts';
import type { Paper, Report } from './report/report.ts';

export interface Deps {
  config: Config;
  db: Sql;
  clock: Clock;
  /** Uniform in [0, 1), for jitter. */
  random: () => number;
  http: Http;
  log: Log;
  /** What was answered lately. */
  answers: Answers;
  /** Draws a ChartSpec in this process, or fetches it from `QUICKCHART_URL`. */
  renderChart: (spec: ChartSpec, size?: ChartSize) => Promise<Uint8Array>;
  /** Draws a JSON Chart.js configuration (QuickChart's `c`). @throws UserError for what is no JSON chart. */
  renderConfig: (config: unknown, size?: ConfigImage) => Promise<Uint8Array>;
  /** Makes the PDF of a report. */
  renderReport: (report: Report, options?: { paper?: Paper }) => Promise<Uint8Array>;
}

/** The native renderers, which only the entries that run on Node bring. */
export type Renderers = Pick<Deps, 'renderChart' | 'renderConfig' | 'renderReport'>;

export interface OpenDeps {
  deps: Deps;
  /** Where the database is, for people. */
  database: string;
  /** Closes connections; leaves the embedded server, which stops with its last user. */
  dispose(): Promise<void>;
}

/**
 * Connects to the database (embedded below `DATA_DIR` unless `DATABASE_URL` is set), brings its schema up to date and builds
 * the rest.
 * @throws UserError when the database cannot be used; it says what to do.
 */
export async function openDeps(config: Config, renderers: Renderers): Promise<OpenDeps> {
  const log = createLog(config.logLevel);
  const clock = parseClock(config.clock);
  // Loaded only where it is used: a deployment with a database of its own does not install it.
  const server = config.databaseUrl
    ? undefined
    : await (await import('./db/embedded.ts')).openEmbedded(config.dataDir, log);
  const db = connect(config.databaseUrl ?? server?.url ?? '');
  const http = createHttp({ config, clock, random: Math.random, log });
  const dispose = async () => {
    await http.close();
    await db.end({ timeout: 5 });
    await server?.leave();
  };
  try {
    await prepareDatabase({ db, log });
  } catch (error) {
    await dispose();
    throw error;
  }
  const { quickchartUrl } = config;
  return {
    deps: {
      config,
      db,
      clock,
      random: Math.random,
      http,
      log,
      answers: createAnswers(),
      ...renderers,
      ...(quickchartUrl && { renderChart: (spec, size) => fetchChart(quickchartUrl, spec, size) }),
    },
    database: config.databaseUrl
      ? `PostgreSQL at ${new URL(config.databaseUrl).host}`
      : `PostgreSQL of our own in ${config.dataDir}`,
    dispose,
  };
}
