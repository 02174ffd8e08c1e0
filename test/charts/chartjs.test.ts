import { describe, expect, test } from 'vitest';
import { chartConfig, chartSize } from '../../src/charts/chartjs.ts';
import type { BarsSpec, ChartSpec } from '../../src/core/chart-spec.ts';
import { UserError } from '../../src/core/errors.ts';
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
} from '../support/charts.ts';
import { expectGolden, goldenJson } from '../support/golden.ts';

const FIVE = GENRES.slice(0, 5);
const LONG = LONG_NAMES[0] as string;
const many = manyNames(50);

const specs: Record<string, ChartSpec> = {
  'bars-one': bars(['city pop']),
  'bars-five': bars(FIVE),
  'bars-long-names': bars([LONG, 'x', '東京スカパラダイスオーケストラと仲間たちの長い長い名前の楽団']),
  'bars-scripts': bars([...Object.values(SCRIPTS), ...MIXED_NAMES]),
  'bars-two-series': bars(FIVE, { seriesCount: 2 }),
  'bars-usd': bars(FIVE, { format: 'usd' }),
  'bars-none': bars([]),
  'lines-one-interval': lines(['city pop'], { interval: true }),
  'lines-five-bands': lines(FIVE, { bands: true }),
  'lines-hours': lines(['ambient', 'jungle'], { hours: true }),
  'lines-one-point': lines(['ambient'], { points: 1 }),
  'lines-none': lines([]),
  'areas-many': areas(many, { points: 7 }),
  'multiples-five': multiples(FIVE, { points: 7, bands: true }),
  'multiples-own-scale': multiples(GENRES.slice(0, 2), { points: 3, ownScale: true }),
  'sparklines-five': sparklines(FIVE, { points: 7 }),
  'slope-five': slope(FIVE),
  'scatter-two-series': scatter(FIVE, 2),
  'map-ten': worldMap(COUNTRIES.slice(0, 10)),
  'map-lift': worldMap(COUNTRIES.slice(0, 10), { lift: true }),
  'map-none': worldMap([]),
};

describe('chartConfig', () => {
  test.each(Object.entries(specs))('%s is as it was', (name, spec) => {
    expectGolden(`charts/${name}.json`, goldenJson({ size: chartSize(spec), config: chartConfig(spec) }));
  });

  test.each(Object.entries(specs))('%s is JSON to the last value', (_, spec) => {
    for (const theme of ['light', 'dark'] as const) {
      const config = chartConfig(spec, theme);
      expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config);
    }
  });

  test('dark differs from light in colours only', () => {
    const withoutColors = (theme: 'light' | 'dark') =>
      JSON.stringify(chartConfig(bars(FIVE), theme)).replace(/#[0-9a-f]{6,8}/g, '#');
    expect(withoutColors('dark')).toBe(withoutColors('light'));
    expect(chartConfig(bars(FIVE), 'dark')).not.toEqual(chartConfig(bars(FIVE), 'light'));
  });

  test('names that occur twice stay two bars, each with its own value', () => {
    const spec: BarsSpec = {
      ...bars([]),
      series: [
        {
          label: 'Sales',
          points: [
            { x: 'Ghost', y: 5 },
            { x: 'Ghost', y: 3 },
          ],
        },
      ],
    };
    const { data } = chartConfig(spec);
    expect(data.labels).toEqual(['Ghost', 'Ghost']);
    expect(data.datasets[2]?.data).toEqual([5, 3]);
  });

  test('one wild interval does not flatten the others', () => {
    const spec: BarsSpec = {
      ...bars([]),
      series: [
        {
          label: 'Lift',
          points: [
            { x: 'a', y: 3, low: 1, high: 4000 },
            { x: 'b', y: 2, low: 1, high: 3 },
          ],
        },
      ],
    };
    expect(chartConfig(spec).options?.scales?.x?.max).toBeLessThan(8);
  });

  test('ratios: solid from 1 to the low end, pale to the high end, a mark at the estimate', () => {
    const spec = bars([]);
    const points = [
      { x: 'a', y: 2.4, low: 1.9, high: 3, called: true as const },
      { x: 'b', y: 1.4, low: 0.9, high: 2 },
    ];
    const { data, options } = chartConfig({ ...spec, series: [{ label: 'Lift', points }] });
    const [mark, pale, solid] = data.datasets as unknown as { data: (number | number[])[] }[];
    expect(solid).toMatchObject({ data: [1.9, null], base: 1, backgroundColor: ['#b83a08', '#566675'] });
    const palePart = {
      data: [
        [1.9, 3],
        [0.9, 2],
      ],
      backgroundColor: ['#f4c1a8', '#cfd7de'],
    };
    expect(pale).toMatchObject(palePart);
    for (const [row, { y }] of points.entries()) {
      const around = mark?.data[row] as number[] | undefined;
      expect(Math.sqrt((around?.[0] ?? 0) * (around?.[1] ?? 0))).toBeCloseTo(y, 2);
    }
    expect(options?.plugins?.valueColumn).toMatchObject({
      head: 'at least',
      texts: ['1.9×', '0.9×'],
      bold: [0],
    });
    expect(options?.scales?.x).toMatchObject({ type: 'logarithmic', ticks: { stops: [1, 1.5, 2, 3] } });
  });

  test('quantities stand on a linear axis from zero, unless one dwarfs the rest', () => {
    const axis = (values: number[]) => {
      const points = values.map((y, at) => ({ x: `${at}`, y }));
      const spec = { ...bars([], { format: 'usd' }), series: [{ label: '', points }] };
      return chartConfig(spec).options?.scales?.x;
    };
    expect(axis([50_000, 40_000, 3_000])).not.toHaveProperty('type');
    expect(axis([950_000, 5_000, 4_000, 3_000])).toMatchObject({
      type: 'logarithmic',
      title: { text: 'US dollars, logarithmic' },
    });
  });

  test('a gap in the data is a gap in the line', () => {
    const spec = lines(['ambient'], { points: 5 });
    const points = spec.series[0]?.points ?? [];
    const { data } = chartConfig({
      ...spec,
      series: [{ label: 'ambient', points: points.filter((_, at) => at !== 2) }],
    });
    expect(data.datasets[0]?.data[2]).toBeNull();
    expect(data.labels).toHaveLength(5);
  });

  test('money is in dollars on the axis', () => {
    expect(chartConfig(bars(['a'], { format: 'usd' })).data.datasets[0]?.data).toEqual([12345.7]);
  });

  test('lines beyond five are grey and named together', () => {
    const { data, options } = chartConfig(lines(many, { points: 3 }));
    expect(data.datasets.filter(({ label }) => label !== '')).toHaveLength(5);
    expect(options?.scales?.unit).toMatchObject({ title: { text: 'sales a day; 45 others in grey' } });
  });

  test('areas beyond five are added up', () => {
    const spec = areas(many, { points: 3 });
    const { datasets } = chartConfig(spec).data;
    const at = (index: number) =>
      spec.series.map(({ points }) => points[index]?.y ?? 0).reduce((a, b) => a + b);
    expect(datasets.map(({ label }) => label)).toEqual([...many.slice(0, 4), '46 others']);
    const sums = [0, 1, 2].map(index => datasets.reduce((sum, { data }) => sum + Number(data[index]), 0));
    expect(sums).toEqual([at(0), at(1), at(2)]);
  });

  test('small multiples share their scale unless each has its own', () => {
    const tops = (spec: ChartSpec) =>
      new Set((chartConfig(spec).options?.plugins?.panels?.list ?? []).map(({ top }) => top));
    expect(tops(multiples(GENRES)).size).toBe(1);
    expect(tops(multiples(GENRES, { ownScale: true })).size).toBeGreaterThan(3);
  });

  test('countries are named by code, and shaded by class', () => {
    const { data, options } = chartConfig(worldMap(COUNTRIES));
    expect(data.labels).toEqual(COUNTRIES);
    const colors = data.datasets[0]?.backgroundColor as string[];
    expect(new Set(colors).size).toBe(5);
    expect(options?.plugins?.world?.keys?.map(({ label }) => label)).toEqual([
      'less than 100',
      '100 – 499',
      '500 – 1,999',
      '2,000 – 9,999',
      '10,000 or more',
      'none',
    ]);
  });

  test('a line over something that is no time is refused', () => {
    const spec = { ...lines([]), series: [{ label: 'a', points: [{ x: 'Tuesday', y: 1 }] }] };
    expect(() => chartConfig(spec)).toThrow(UserError);
  });
});

describe('chartSize', () => {
  test('fifty bars are as thick as five', () => {
    const rows = (count: number) => chartSize(bars(many.slice(0, count))).height;
    expect(rows(50) - rows(5)).toBe(45 * 28);
    expect(rows(1)).toBeLessThan(220);
  });

  test('fifty sparklines are as high as five', () => {
    const rows = (count: number) => chartSize(sparklines(many.slice(0, count))).height;
    expect(rows(50) - rows(5)).toBe(45 * 34);
  });

  test('what is asked for is given', () => {
    expect(chartSize(bars(FIVE), { width: 400, height: 300 })).toEqual({ width: 400, height: 300 });
  });
});
