/** Draws charts of every kind and hard case to a folder, to be looked at: `node test/support/gallery.ts OUTDIR`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderChart } from '../../src/charts/render.ts';
import type { ChartSize } from '../../src/core/chart-spec.ts';
import { bars, lines, MIXED_NAMES, SCRIPTS } from './charts.ts';

const LONG = 'The Very Long and Winding Name of an Orchestra That Never Could Decide, Live at the Harbour';

const genres =
  'ambient,drum & bass,city pop,psytrance,dungeon synth,hyperpop,jungle,black metal,dub techno,shoegaze,footwork,vaporwave'.split(
    ',',
  );
const many = Array.from({ length: 50 }, (_, index) => `${genres[index % genres.length]} ${index + 1}`);

const gallery: Record<string, [Parameters<typeof renderChart>[0], ChartSize?]> = {
  'bars-1': [bars(['city pop'])],
  'bars-5': [bars(genres.slice(0, 5))],
  'bars-12-dark': [bars(genres), { theme: 'dark' }],
  'bars-50': [bars(many)],
  'bars-long': [
    bars([LONG, 'short', LONG.toUpperCase(), '東京スカパラダイスオーケストラと仲間たちの長い長い名前の楽団', 'x']),
  ],
  'bars-scripts': [bars([...Object.values(SCRIPTS), ...MIXED_NAMES])],
  'bars-scripts-dark': [bars([...Object.values(SCRIPTS), ...MIXED_NAMES]), { theme: 'dark' }],
  'bars-none': [bars([])],
  'bars-none-dark': [bars([]), { theme: 'dark' }],
  'bars-two-series': [bars(genres.slice(0, 6), { seriesCount: 2 })],
  'bars-plain-usd': [bars(genres.slice(0, 7), { format: 'usd' })],
  'bars-small': [bars(genres), { width: 400, height: 260 }],
  'lines-1': [lines(['city pop'])],
  'lines-1-interval-dark': [lines(['city pop'], { interval: true }), { theme: 'dark' }],
  'lines-5': [lines(genres.slice(0, 5), { bands: true })],
  'lines-5-dark': [lines(genres.slice(0, 5), { bands: true }), { theme: 'dark' }],
  'lines-12-scripts': [lines(Object.values(SCRIPTS).slice(0, 12))],
  'lines-hours': [lines(['ambient', 'jungle'], { hours: true })],
  'lines-one-point': [lines(['ambient'], { points: 1 })],
  'lines-none': [lines([])],
  'lines-50': [lines(many)],
};

const folder = process.argv[2];
if (!folder) throw new Error('Say where to: node test/support/gallery.ts OUTDIR');
mkdirSync(folder, { recursive: true });
for (const [name, [spec, size]] of Object.entries(gallery)) {
  writeFileSync(path.join(folder, `${name}.png`), await renderChart(spec, size));
}
