/**
 * How long each kind of chart takes to draw here, and what memory that needs: warm, in one process, one after
 * the other.
 */
import { renderChart } from '../src/charts/drawing/render.ts';
import type { ChartSpec, ImageFormat } from '../src/core/chart-spec.ts';
import {
  areas,
  bars,
  COUNTRIES,
  GENRES,
  lines,
  manyNames,
  multiples,
  scatter,
  slope,
  sparklines,
  worldMap,
} from '../test/support/charts.ts';

const KINDS: Record<string, ChartSpec> = {
  'bars of 12': bars(GENRES),
  'bars of 50': bars(manyNames(50)),
  'lines, 5 over 30 days': lines(GENRES.slice(0, 5), { bands: true }),
  'areas, 6 over 30 days': areas(GENRES.slice(0, 6)),
  'small multiples, 12': multiples(GENRES, { bands: true }),
  'sparklines, 12': sparklines(GENRES),
  'slope of 12': slope(GENRES),
  'scatter of 50': scatter(manyNames(50)),
  'map of 50 countries': worldMap(COUNTRIES),
};
const WARM_UP = 3;

/**
 * `runs` PNGs (two pixels for each CSS pixel) of each kind, then PDFs and SVGs: median and slowest, bytes,
 * and the process' peak so far.
 */
export async function chartsBench([runs = '20']: string[]): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [name, spec] of Object.entries(KINDS)) {
    const png = await measure(spec, 'png', Number(runs));
    const pdf = await measure(spec, 'pdf', Number(runs));
    const svg = await measure(spec, 'svg', Number(runs));
    rows.push([
      name,
      ...[png.median, png.slowest, pdf.median, svg.median].map(ms => ms.toFixed(1)),
      ...[png.bytes, pdf.bytes].map(bytes => (bytes / 1024).toFixed(0)),
      (png.grown / 1024 ** 2).toFixed(1),
      (process.resourceUsage().maxRSS / 1024).toFixed(0),
    ]);
  }
  return [
    ['charts', 'PNG ms', 'slowest', 'PDF ms', 'SVG ms', 'PNG KB', 'PDF KB', 'MB each', 'peak MB'],
    ...rows,
  ];
}

interface Measured {
  /** Milliseconds of processor time: drawing is one thread's work, and others may have the other cores. */
  median: number;
  slowest: number;
  bytes: number;
  /** Bytes by which the process grew from one picture to the next, at most. */
  grown: number;
}

async function measure(spec: ChartSpec, format: ImageFormat, runs: number): Promise<Measured> {
  for (let run = 0; run < WARM_UP; run++) await renderChart(spec, { format });
  const times: number[] = [];
  let [bytes, grown] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const before = process.memoryUsage.rss();
    const began = process.cpuUsage();
    bytes = (await renderChart(spec, { format })).length;
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
    grown = Math.max(grown, process.memoryUsage.rss() - before);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(runs / 2)] ?? 0, slowest: sorted.at(-1) ?? 0, bytes, grown };
}
