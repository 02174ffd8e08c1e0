/**
 * Runs in the browser: draws each chart's picture again as a live one, whose points tell their values.
 * Without it the pictures stay.
 */
import type { Chart, ChartConfiguration, ChartDataset, TooltipItem } from 'chart.js';
import { formatValue } from '../charts/config.ts';
import { drawable } from '../charts/drawable.ts';
import type { InteractiveChart } from '../charts/interactive.ts';
import { ROTATION, type World } from '../charts/world-config.ts';

/** What the two scripts leave; both are UMD. */
interface Globals {
  Chart: typeof Chart;
  ChartGeo: { geoEqualEarth(): { rotate(angles: [number, number]): unknown } };
}
const globals = globalThis as unknown as Globals;

const CHART = '/assets/chart.js';
const GEO = '/assets/chart-geo.js';

const drawn = new Map<HTMLImageElement, Chart>();

async function draw(image: HTMLImageElement): Promise<void> {
  const address = new URL(image.currentSrc || image.src);
  address.pathname = address.pathname.replace(/\.png$/, '.json');
  address.searchParams.set(
    'width',
    `${Math.max(300, Math.round(image.parentElement?.getBoundingClientRect().width || 800))}`,
  );
  const response = await fetch(address);
  if (!response.ok) return;
  const given = (await response.json()) as InteractiveChart;
  await import(CHART);
  // Titles and ticks take their family from here only.
  globals.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', given.alt);
  const holder = document.createElement('div');
  holder.className = 'chart live';
  holder.style.height = `${given.height}px`;
  holder.append(canvas);
  const config = live(given, await worldOf(given));
  const picture = image.closest('picture') ?? image;
  clear(image);
  picture.before(holder);
  picture.setAttribute('hidden', '');
  drawn.set(image, new globals.Chart(canvas, config));
}

function clear(image: HTMLImageElement): void {
  const chart = drawn.get(image);
  if (!chart) return;
  const holder = chart.canvas.parentElement;
  chart.destroy();
  holder?.remove();
  drawn.delete(image);
}

async function worldOf({ kind }: InteractiveChart): Promise<World | undefined> {
  if (kind !== 'map') return undefined;
  const [shapes] = await Promise.all([
    fetch('/assets/world.json').then(response => response.json()),
    import(GEO),
  ]);
  return { shapes, projection: globals.ChartGeo.geoEqualEarth().rotate(ROTATION) };
}

function live(given: InteractiveChart, world: World | undefined): ChartConfiguration {
  const { kind, titles } = given;
  const named = new Map(
    (given.config.data.labels ?? []).map((label, index) => [label, titles[index] ?? label]),
  );
  const config = drawable(given.config as ChartConfiguration, world);
  const labels: unknown[] = config.data.labels ?? [];
  const titleOf = (index: number): string =>
    (kind === 'map' ? named.get(`${labels[index]}`) : titles[index]) ?? '';
  const along = kind === 'lines' || kind === 'areas';
  return {
    ...config,
    options: {
      ...config.options,
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: along
        ? { mode: 'index', intersect: false }
        : kind === 'bars'
          ? { mode: 'index', axis: 'y', intersect: false }
          : { mode: 'nearest', intersect: kind === 'map' || kind === 'scatter' },
      plugins: {
        ...config.options?.plugins,
        tooltip: {
          filter: ({ dataset, raw }) =>
            dataset.label !== '' && !(kind === 'map' && (raw as { value: number }).value === 0),
          callbacks: {
            title: ([item]) => (item ? (kind === 'scatter' ? nameOf(item) : titleOf(item.dataIndex)) : ''),
            label: item => textOf(item, given),
          },
        },
      },
    },
  };
}

/** Of a point in a scatter plot. */
const nameOf = ({ chart, datasetIndex, dataIndex }: TooltipItem<'line'>): string => {
  const before = chart.data.datasets.slice(0, datasetIndex).filter(({ label }) => label !== '').length;
  return chart.options.plugins?.pointLabels?.names?.[before]?.[dataIndex] ?? '';
};

function textOf(
  { chart, dataset, datasetIndex, dataIndex, raw }: TooltipItem<'line'>,
  { kind, format }: InteractiveChart,
): string {
  if (kind === 'scatter') {
    const { x, y } = raw as { x: number; y: number };
    return `${formatValue(y, format.y)} at ${formatValue(x, format.x ?? 'count')}`;
  }
  const number =
    kind === 'map' ? (raw as { value: number }).value : middleOf(raw as number | [number, number]);
  const [next, after] = [1, 2].map(step => chart.data.datasets[datasetIndex + step]);
  const interval = intervalAt(dataIndex, next, after);
  const text = formatValue(number, format.y);
  const usual =
    kind === 'multiples' && next?.label === ''
      ? `, usual ${formatValue(next.data[dataIndex] as number, format.y)}`
      : '';
  const within = interval ? ` (${interval.map(each => formatValue(each, format.y)).join(' to ')})` : '';
  return `${dataset.label}: ${kind === 'slope' ? `rank ${text}` : text}${within}${usual}`;
}

/** A mark around an estimate on a logarithmic axis is as wide on both sides. */
const middleOf = (raw: number | [number, number]): number =>
  Array.isArray(raw) ? Math.sqrt(raw[0] * raw[1]) : raw;

/**
 * Ranges stand in the unnamed dataset behind their estimates, the edges of a ribbon in the two behind their
 * line.
 */
function intervalAt(index: number, next?: ChartDataset, after?: ChartDataset): [number, number] | undefined {
  if (next?.label !== '') return undefined;
  const value: unknown = next.data[index];
  if (Array.isArray(value)) return value as [number, number];
  const high: unknown = after?.label === '' ? after.data[index] : undefined;
  return typeof value === 'number' && typeof high === 'number' ? [value, high] : undefined;
}

const drawAll = (): void => {
  for (const image of document.querySelectorAll<HTMLImageElement>('img.chart'))
    void draw(image).catch(() => clear(image));
};

drawAll();
// Another theme or another width has another picture, and so another chart.
for (const query of ['(prefers-color-scheme: dark)', '(max-width: 35rem)']) {
  matchMedia(query).addEventListener('change', () => {
    for (const image of [...drawn.keys()]) (image.closest('picture') ?? image).removeAttribute('hidden');
    setTimeout(drawAll, 100);
  });
}
