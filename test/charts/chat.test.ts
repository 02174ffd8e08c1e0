/** Pictures for chats, measured on their pixels: what a phone shows must be read. */
import { createCanvas, type ImageData, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { chartConfig, chartSize } from '../../src/charts/chartjs.ts';
import { renderChart } from '../../src/charts/drawing/render.ts';
import { THEMES } from '../../src/charts/theme.ts';
import type { ChartSize } from '../../src/core/chart-spec.ts';
import { bars, GENRES, LONG_NAMES, lines, MIXED_NAMES, manyNames, SCRIPTS } from '../support/charts.ts';
import { contrastOf } from '../support/colors.ts';
import { galleryCharts } from '../support/gallery.ts';

const SIDE = 14;
const ROW = 32;
const PHONE = 290;
const scripts = [...Object.values(SCRIPTS), ...MIXED_NAMES];
const chats = galleryCharts.filter(({ size }) => size.surface === 'chat');

async function pixelsOf(png: Uint8Array, width?: number): Promise<ImageData> {
  const image = await loadImage(png);
  const wide = width ?? image.width;
  const high = Math.round((image.height * wide) / image.width);
  const context = createCanvas(wide, high).getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, wide, high);
  return context.getImageData(0, 0, wide, high);
}

function* colorsIn({ data, width }: ImageData, x: number, y: number, right: number, bottom: number) {
  for (let row = Math.floor(y); row < bottom; row++) {
    for (let column = Math.floor(x); column < right; column++) {
      const at = 4 * (row * width + column);
      const hex = [0, 1, 2].map(part => (data[at + part] ?? 0).toString(16).padStart(2, '0'));
      yield { color: `#${hex.join('')}`, alpha: data[at + 3] };
    }
  }
}

/** Of the letters in a rectangle, where nothing else is: of what is furthest from the ground. */
function contrastIn(pixels: ImageData, ground: string, [x, y, right, bottom]: readonly number[]): number {
  const found = new Set<string>();
  const area = colorsIn(pixels, x as number, y as number, right as number, bottom as number);
  for (const { color } of area) found.add(color);
  return Math.max(...[...found].map(color => contrastOf(color, ground)));
}

describe('a picture for a chat', () => {
  test('is 420 wide at two pixels each, and opaque', async () => {
    expect(chartSize(bars(GENRES), { surface: 'chat' }).width).toBe(420);
    for (const theme of ['light', 'dark'] as const) {
      const pixels = await pixelsOf(await renderChart(bars(GENRES), { surface: 'chat', theme }));
      expect(pixels.width).toBe(840);
      for (const { alpha } of colorsIn(pixels, 0, 0, pixels.width, pixels.height)) {
        if (alpha !== 255) expect(alpha).toBe(255);
      }
      const [corner] = colorsIn(pixels, 0, 0, 1, 1);
      expect(corner?.color).toBe(THEMES[theme].paper);
    }
  });

  test('has eight rows at most, and neither title nor source', () => {
    const { data, options } = chartConfig(bars(manyNames(50)), 'light', { surface: 'chat' });
    expect(data.labels).toEqual(manyNames(8));
    expect(options?.plugins?.title?.display).toBe(false);
    expect(options?.plugins?.subtitle?.text).toEqual([]);
    expect(chartSize(bars(manyNames(50)), { surface: 'chat' }).height).toBeLessThan(320);
  });

  test.each(['light', 'dark'] as const)('%s: names, values and ticks have 4.5 to 1', async theme => {
    const size: ChartSize = { surface: 'chat', theme };
    const ground = THEMES[theme].paper;
    const png = await renderChart(bars(GENRES.slice(0, 8)), size);
    const { height } = chartSize(bars(GENRES.slice(0, 8)), size);
    // As it is, and as a phone shows it.
    for (const pixels of [await pixelsOf(png), await pixelsOf(png, PHONE)]) {
      const unit = pixels.width / 420;
      const areas = Array.from({ length: 8 }, (_, row) => {
        const middle = height - 12 - 8 * ROW + (row + 0.5) * ROW;
        return [
          [SIDE, middle - 9, SIDE + 40, middle + 9],
          [420 - SIDE - 30, middle - 9, 420 - SIDE, middle + 9],
        ];
      }).flat();
      areas.push([420 - SIDE - 58, 8, 420 - SIDE, 30]);
      for (const area of areas) {
        const contrast = contrastIn(
          pixels,
          ground,
          area.map(each => each * unit),
        );
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test.each(chats.map(({ name, spec, size }) => ({ name, spec, size })))(
    '$name: nothing is cut at its edges',
    async ({ spec, size }) => {
      const pixels = await pixelsOf(await renderChart(spec, size));
      const { width, height } = pixels;
      const ground = THEMES[size.theme ?? 'light'].paper;
      const edges = [
        [0, 0, 8, height],
        [width - 8, 0, width, height],
        [0, 0, width, 6],
        [0, height - 6, width, height],
      ];
      for (const edge of edges) expect(contrastIn(pixels, ground, edge)).toBe(1);
    },
  );

  test.each([...scripts, ...LONG_NAMES])('%s beside a value of five digits: neither is cut', async name => {
    const spec = bars([name]);
    const [series] = spec.series;
    const points = [{ x: name, y: 2100, low: 1234, high: 4000, called: true as const }];
    const wide = { ...spec, series: [{ label: series?.label ?? '', points }] };
    const pixels = await pixelsOf(await renderChart(wide, { surface: 'chat' }));
    const { width, height } = pixels;
    // Between name and bar, and right of the value.
    expect(contrastIn(pixels, '#ffffff', [width - 2 * SIDE + 2, 0, width, height])).toBe(1);
    expect(contrastIn(pixels, '#ffffff', [0, 0, 2 * SIDE - 6, height])).toBe(1);
    const { plugins } = chartConfig(wide, 'light', { surface: 'chat' }).options ?? {};
    expect(plugins?.valueColumn?.texts).toEqual(['1,234×']);
  });
});

test('days stand apart, also beside long names', () => {
  const daysOf = (names: readonly string[]) =>
    chartConfig(lines(names), 'light', { surface: 'chat' }).data.labels?.filter(label => label !== '') ?? [];
  expect(daysOf(GENRES.slice(0, 5)).length).toBeGreaterThan(1);
  expect(daysOf(GENRES.slice(0, 5)).length).toBeLessThanOrEqual(3);
  expect(daysOf(['sales'])).toHaveLength(4);
});
