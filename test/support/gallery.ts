/**
 * Every kind of chart × every hard case × light and dark, and the reports, to be looked at: `npm run
 * gallery`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderChart } from '../../src/charts/drawing/render.ts';
import { wantsHelp } from '../../src/core/arguments.ts';
import { describeChart } from '../../src/core/chart-alt.ts';
import type { ChartSize, ChartSpec } from '../../src/core/chart-spec.ts';
import { renderReport } from '../../src/report/render.ts';
import type { Report } from '../../src/report/report.ts';
import {
  areas,
  bars,
  COUNTRIES,
  GENRES,
  LONG_NAMES,
  lines,
  MIXED_NAMES,
  manyNames,
  multiples,
  SCRIPTS,
  scatter,
  slope,
  sparklines,
  worldMap,
} from './charts.ts';
import { editionReport, SIZES, scriptsEdition } from './editions.ts';
import { emptyDay, hostileDay, poorDay, richDay, scriptsDay } from './reports.ts';
import { richWeek } from './week-report.ts';

const scripts = [...Object.values(SCRIPTS), ...MIXED_NAMES];

/** What every kind is drawn with. */
const CASES: Record<string, readonly string[]> = {
  '1': ['city pop'],
  '5': GENRES.slice(0, 5),
  '50': manyNames(50),
  long: LONG_NAMES,
  scripts,
  none: [],
};

const KINDS: Record<string, (names: readonly string[]) => ChartSpec> = {
  bars: names => bars(names),
  lines: names => lines(names, { bands: true }),
  areas: names => areas(names, { bands: true }),
  multiples: names => multiples(names, { bands: true }),
  sparklines: names => sparklines(names),
  slope: names => slope(names),
  scatter: names => scatter(names),
  // A map has no names of its own: countries instead.
  map: names => worldMap(COUNTRIES.slice(0, names.length)),
};

/** As a list in a chat is, with a name in each of several scripts, and one far ahead. */
const CALLED: readonly [string, number, number, number, boolean][] = [
  ['UK garage', 2.4, 1.9, 3, true],
  ['city pop', 2.1, 1.6, 2.7, true],
  ['dungeon synth', 1.7, 1.4, 2.1, true],
  ['amapiano', 1.7, 1.3, 2.3, true],
  ['slowcore', 1.6, 1.2, 2.1, false],
  ['field recordings', 1.4, 1.1, 1.7, false],
  ['gqom', 1.9, 1, 3.3, false],
  ['post-punk', 1.1, 1, 1.2, false],
  ['jungle', 1.1, 0.9, 1.3, false],
  ['highlife', 1.3, 0.8, 2.1, false],
];
const AHEAD: readonly [string, number, number, number, boolean][] = [
  ['雪森カヲル', 60, 41, 82, true],
  ['Tamsin Orrery', 22, 14, 33, true],
  ['مرايا الملح', 21, 11, 38, true],
  ['Тихий Пеленг', 11, 7.8, 16, true],
  ['Solveig Aaltonen-Bergström and the Northern Lights', 11, 6.1, 19, true],
  ['Nhà Kính Mưa', 9.2, 5.4, 15, true],
  ['Bright Ferrous', 6.5, 4.2, 10, true],
  ['Kofi Sun Archive', 9, 3.9, 18, true],
];

const lifts = (rows: typeof CALLED): ChartSpec => ({
  ...bars([]),
  caption: 'Solid: at least this much. Pale: the likely range. Mark: best estimate. Dashed: as expected.',
  series: [
    {
      label: 'Lift',
      points: rows.map(([x, y, low, high, called]) => ({ x, y, low, high, ...(called && { called }) })),
    },
  ],
});

const dwarfed = (): ChartSpec => ({
  ...bars([], { format: 'usd' }),
  series: [
    {
      label: 'revenue',
      points: [2_481_200, 41_000, 30_500, 12_000, 9_900].map((y, at) => ({
        x: ['午前零時の灯台', 'Станция (cassette)', 'غبار أزرق', 'Tide Tables for Nobody', 'Reeds'][at] ?? '',
        y,
      })),
    },
  ],
});

/** What only one kind has. */
const MORE: Record<string, [ChartSpec, ChartSize?]> = {
  'lift-10': [lifts(CALLED)],
  'lift-ahead': [lifts(AHEAD)],
  'chat-lift': [lifts(CALLED), { surface: 'chat' }],
  'chat-lift-1': [lifts(CALLED.slice(0, 1)), { surface: 'chat' }],
  'chat-lift-ahead': [lifts(AHEAD), { surface: 'chat' }],
  'chat-scripts': [bars(scripts), { surface: 'chat' }],
  'chat-long': [bars(LONG_NAMES), { surface: 'chat' }],
  'chat-usd': [
    bars([...GENRES.slice(0, 3), ...scripts.slice(6, 12)], { format: 'usd' }),
    { surface: 'chat' },
  ],
  'chat-dwarfed': [dwarfed(), { surface: 'chat' }],
  'chat-lines': [lines(GENRES.slice(0, 5), { bands: true }), { surface: 'chat' }],
  'chat-line': [lines(['city pop'], { interval: true, bands: true }), { surface: 'chat' }],
  'chat-areas': [areas(GENRES.slice(0, 5)), { surface: 'chat' }],
  'chat-multiples': [multiples(GENRES, { bands: true, ownScale: true }), { surface: 'chat' }],
  'chat-sparklines': [sparklines(GENRES), { surface: 'chat' }],
  'chat-slope': [slope(GENRES), { surface: 'chat' }],
  'chat-scatter': [scatter(GENRES), { surface: 'chat' }],
  'chat-map': [worldMap(COUNTRIES), { surface: 'chat' }],
  'chat-map-lift': [worldMap(COUNTRIES.slice(0, 30), { lift: true }), { surface: 'chat' }],
  'bars-dwarfed': [dwarfed()],
  'bars-12': [bars(GENRES)],
  'bars-two-series': [bars(GENRES.slice(0, 6), { seriesCount: 2 })],
  'bars-usd': [bars(GENRES.slice(0, 7), { format: 'usd' })],
  'bars-small': [bars(GENRES), { width: 400, height: 260 }],
  'lines-1-interval': [lines(['city pop'], { interval: true })],
  'lines-hours': [lines(['ambient', 'jungle'], { hours: true })],
  'lines-usual': [withUsual()],
  'lines-one-point': [lines(['ambient'], { points: 1 })],
  'lines-phone': [lines(GENRES.slice(0, 3), { bands: true }), { width: 400 }],
  'multiples-12': [multiples(GENRES, { bands: true, ownScale: true })],
  'multiples-phone': [multiples(GENRES.slice(0, 5)), { width: 400 }],
  'multiples-one-point': [multiples(GENRES.slice(0, 3), { points: 1 })],
  'sparklines-bare': [{ ...sparklines(['city pop']), title: '', unit: '', caption: '' }, { width: 240 }],
  'slope-12': [slope(GENRES)],
  'slope-5-times': [slope(GENRES, ['9 Sep', '16 Sep', '23 Sep', '30 Sep', '7 Oct'])],
  'slope-phone': [slope(GENRES.slice(0, 8)), { width: 400 }],
  'scatter-two-series': [scatter(GENRES, 2)],
  'scatter-phone': [scatter(GENRES), { width: 400 }],
  'map-lift': [worldMap(COUNTRIES.slice(0, 30), { lift: true })],
  'map-phone': [worldMap(COUNTRIES), { width: 400 }],
};

function withUsual(): ChartSpec {
  const spec = lines(['now', 'usual'], { hours: true, bands: true });
  return {
    ...spec,
    series: spec.series.map((each, at) => (at === 1 ? { ...each, muted: true as const } : each)),
  };
}

/** Each picture's name, and what is drawn. */
export const galleryCharts: readonly { name: string; spec: ChartSpec; size: ChartSize }[] = [
  ...Object.entries(KINDS).flatMap(([kind, make]) =>
    Object.entries(CASES).map(([name, names]) => ({ name: `${kind}-${name}`, spec: make(names), size: {} })),
  ),
  ...Object.entries(MORE).map(([name, [spec, size = {}]]) => ({ name, spec, size })),
].flatMap(({ name, spec, size }) =>
  (['light', 'dark'] as const).map(theme => ({ name: `${name}-${theme}`, spec, size: { ...size, theme } })),
);

const REPORTS: Record<string, Report> = {
  'rich-day': richDay,
  'poor-day': poorDay,
  'empty-day': emptyDay,
  'scripts-day': scriptsDay,
  'hostile-day': hostileDay,
  'rich-week': richWeek,
  'rich-edition': editionReport(SIZES.rich),
  'poor-edition': editionReport(SIZES.poor),
  'empty-edition': editionReport(SIZES.empty),
  'half-edition': editionReport(SIZES.half),
  'scripts-edition': scriptsEdition(),
};

/**
 * Writes all pictures, the reports and a page that shows them into a folder; returns the names of the
 * pictures.
 */
export async function drawGallery(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, content: Uint8Array | string) =>
    writeFileSync(path.join(folder, file), content);
  for (const { name, spec, size } of galleryCharts) write(`${name}.png`, await renderChart(spec, size));
  for (const [name, report] of Object.entries(REPORTS))
    write(`report-${name}.pdf`, await renderReport(report));
  write('report-rich-day-letter.pdf', await renderReport(richDay, { paper: 'letter' }));
  const names = galleryCharts.map(({ name }) => name);
  const figures = galleryCharts.map(({ name, spec }) => {
    const alt = describeChart(spec, 'genres').replace(
      /[&<>"]/g,
      character => `&#${character.charCodeAt(0)};`,
    );
    const image = `<img src="${name}.png" alt="${alt}" loading="lazy">`;
    return `<figure>${image}<figcaption>${name}: ${alt}</figcaption></figure>`;
  });
  write(
    'index.html',
    '<!doctype html><meta charset="utf-8"><title>Gallery</title>' +
      '<style>body{columns:3;font:12px sans-serif}img{width:100%}</style>' +
      `${figures.join('\n')}\n`,
  );
  return names;
}

if (import.meta.main && wantsHelp(process.argv.slice(2))) {
  process.stdout.write(
    'Usage: npm run gallery [-- FOLDER]\n\n  Draws every kind of chart and the reports; ' +
      'test/artefacts/gallery unless given.\n',
  );
} else if (import.meta.main) {
  const folder = process.argv[2] ?? 'test/artefacts/gallery';
  const names = await drawGallery(folder);
  process.stdout.write(
    `${names.length} pictures and ${Object.keys(REPORTS).length + 1} reports in ${folder}\n`,
  );
}
