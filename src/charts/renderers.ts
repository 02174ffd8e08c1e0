/** How charts become pictures, whoever draws them. */
import type { ChartSize, ChartSpec, ConfigImage } from '../core/chart-spec.ts';

export interface ChartRenderers {
  /** Draws a ChartSpec in this process, or fetches it from `QUICKCHART_URL`. */
  renderChart: (spec: ChartSpec, size?: ChartSize) => Promise<Uint8Array>;
  /** Draws a JSON Chart.js configuration (QuickChart's `c`). @throws UserError for what is no JSON chart. */
  renderConfig: (config: unknown, size?: ConfigImage) => Promise<Uint8Array>;
}
