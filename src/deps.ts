/** What is built once by an entry and handed down; functions take the part they use, as `Pick<Deps, 'db' | 'clock'>`. */
import type { Http } from './bandcamp/client.ts';
import type { Config } from './config.ts';
import type { ChartSpec } from './core/chart-spec.ts';
import type { Clock } from './core/clock.ts';
import type { Sql } from './db/connect.ts';
import type { Log } from './log.ts';

export type ImageFormat = 'png' | 'svg' | 'pdf';
export type ThemeName = 'light' | 'dark';

export interface ChartSize {
  /** CSS pixels. */
  width?: number;
  height?: number;
  /** Device pixels for each CSS pixel, 2 by default. */
  scale?: number;
  format?: ImageFormat;
  theme?: ThemeName;
}

export interface ConfigImage extends ChartSize {
  background?: string;
}

export interface Deps {
  config: Config;
  db: Sql;
  clock: Clock;
  /** Uniform in [0, 1), for jitter. */
  random: () => number;
  http: Http;
  log: Log;
  /** Draws a ChartSpec in this process, or fetches it from `QUICKCHART_URL`. */
  renderChart: (spec: ChartSpec, size?: ChartSize) => Promise<Uint8Array>;
  /** Draws a JSON Chart.js configuration (QuickChart's `c`). @throws UserError for what is no JSON chart. */
  renderConfig: (config: unknown, size?: ConfigImage) => Promise<Uint8Array>;
}
