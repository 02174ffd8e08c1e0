import { describe, expect, test } from 'vitest';
import { chartConfig, chartSize } from '../../src/charts/chartjs.ts';
import type { BarsSpec, ChartSpec } from '../../src/core/chart-spec.ts';
import { UserError } from '../../src/core/errors.ts';
import { bars, lines, MIXED_NAMES, SCRIPTS } from '../support/charts.ts';
import { expectGolden, goldenJson } from '../support/golden.ts';

const GENRES = ['ambient', 'drum & bass', 'city pop', 'psytrance', 'dungeon synth'];
const LONG = 'The Very Long and Winding Name of an Orchestra That Never Could Decide, Live at the Harbour';
const many = Array.from({ length: 50 }, (_, index) => `genre ${index + 1}`);

const specs: Record<string, ChartSpec> = {
  'bars-one': bars(['city pop']),
  'bars-five': bars(GENRES),
  'bars-long-names': bars([LONG, 'x', '東京スカパラダイスオーケストラと仲間たちの長い長い名前の楽団']),
  'bars-scripts': bars([...Object.values(SCRIPTS), ...MIXED_NAMES]),
  'bars-two-series': bars(GENRES, { seriesCount: 2 }),
  'bars-usd': bars(GENRES, { format: 'usd' }),
  'bars-none': bars([]),
  'lines-one-interval': lines(['city pop'], { interval: true }),
  'lines-five-bands': lines(GENRES, { bands: true }),
  'lines-hours': lines(['ambient', 'jungle'], { hours: true }),
  'lines-one-point': lines(['ambient'], { points: 1 }),
  'lines-none': lines([]),
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
      JSON.stringify(chartConfig(bars(GENRES), theme)).replace(/#[0-9a-f]{6,8}/g, '#');
    expect(withoutColors('dark')).toBe(withoutColors('light'));
    expect(chartConfig(bars(GENRES), 'dark')).not.toEqual(chartConfig(bars(GENRES), 'light'));
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
    expect(data.datasets[0]?.data).toEqual([5, 3]);
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

  test('a line over something that is no time is refused', () => {
    const spec = { ...lines([]), series: [{ label: 'a', points: [{ x: 'Tuesday', y: 1 }] }] };
    expect(() => chartConfig(spec)).toThrow(UserError);
  });
});

describe('chartSize', () => {
  test('fifty bars are as thick as five', () => {
    const rows = (count: number) => chartSize(bars(many.slice(0, count))).height;
    expect(rows(50) - rows(5)).toBe(45 * 30);
    expect(rows(1)).toBeLessThan(220);
  });

  test('what is asked for is given', () => {
    expect(chartSize(bars(GENRES), { width: 400, height: 300 })).toEqual({ width: 400, height: 300 });
  });
});
