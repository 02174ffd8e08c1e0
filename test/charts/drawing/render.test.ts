import { createCanvas, loadImage } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { chartConfig, chartSize } from '../../../src/charts/chartjs.ts';
import { renderChart, renderConfig } from '../../../src/charts/drawing/render.ts';
import {
  bars,
  lines,
  MIXED_NAMES,
  multiples,
  SCRIPTS,
  scatter,
  slope,
  worldMap,
} from '../../support/charts.ts';

const GENRES = ['ambient', 'drum & bass', 'city pop'];
const pie = { type: 'pie', data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] } };

async function pixelsOf(png: Uint8Array) {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return {
    width: image.width,
    height: image.height,
    at: (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data],
  };
}

describe('renderChart', () => {
  test('is a PNG of two pixels for each CSS pixel', async () => {
    const spec = bars(GENRES);
    const { width, height } = chartSize(spec);
    expect(await pixelsOf(await renderChart(spec))).toMatchObject({ width: width * 2, height: height * 2 });
    expect(await pixelsOf(await renderChart(spec, { width: 400, height: 240, scale: 1 }))).toMatchObject({
      width: 400,
      height: 240,
    });
  });

  test.each(['png', 'svg', 'pdf'] as const)('%s: equal input, equal bytes', async format => {
    for (const spec of [
      bars([...Object.values(SCRIPTS), ...MIXED_NAMES]),
      lines(GENRES, { bands: true, interval: true }),
      multiples(GENRES, { bands: true }),
      slope(GENRES),
      scatter(GENRES),
      worldMap(['us', 'sg']),
    ]) {
      const first = await renderChart(spec, { format });
      await renderChart(bars(['between']), { format });
      expect(Buffer.from(await renderChart(spec, { format })).equals(first)).toBe(true);
    }
  });

  test('does not write into the spec', async () => {
    const spec = lines(GENRES, { bands: true });
    const before = structuredClone(spec);
    await renderChart(spec);
    expect(spec).toEqual(before);
  });

  test('has the background of its theme', async () => {
    expect((await pixelsOf(await renderChart(bars(GENRES)))).at(1, 1)).toEqual([255, 255, 255, 255]);
    expect((await pixelsOf(await renderChart(bars(GENRES), { theme: 'dark' }))).at(1, 1)).toEqual([
      23, 27, 32, 255,
    ]);
  });

  test('a PDF is one page of that size', async () => {
    const page = (await PDFDocument.load(await renderChart(bars(GENRES), { format: 'pdf' }))).getPage(0);
    expect(page.getSize()).toEqual(chartSize(bars(GENRES)));
  });

  test('an SVG holds paths, since nobody else has our fonts', async () => {
    const svg = new TextDecoder().decode(await renderChart(bars(GENRES), { format: 'svg' }));
    expect(svg).toMatch(/^<\?xml .*\s<svg /);
    expect(svg).not.toContain('<text');
  });

  test('the config it makes draws the same from outside', async () => {
    const spec = bars(GENRES);
    const outside = await renderConfig(JSON.parse(JSON.stringify(chartConfig(spec))), {
      ...chartSize(spec),
      background: '#ffffff',
    });
    expect(Buffer.from(outside).equals(await renderChart(spec))).toBe(true);
  });
});

describe('renderConfig', () => {
  test("has QuickChart's size and no background unless told", async () => {
    const pixels = await pixelsOf(await renderConfig(pie));
    expect(pixels).toMatchObject({ width: 1000, height: 600 });
    expect(pixels.at(1, 1)[3]).toBe(0);
    expect((await pixelsOf(await renderConfig(pie, { background: 'red' }))).at(1, 1)).toEqual([
      255, 0, 0, 255,
    ]);
  });

  test('uses our fonts whatever family is asked for', async () => {
    const titled = (font: object) => ({
      ...pie,
      options: { plugins: { title: { display: true, text: 'Title', font } } },
    });
    const plain = await renderConfig(titled({ size: 20 }));
    expect(Buffer.from(await renderConfig(titled({ size: 20, family: 'DejaVu Serif' }))).equals(plain)).toBe(
      true,
    );
  });

  test('draws each type that it allows', async () => {
    for (const type of ['bar', 'line', 'pie', 'doughnut', 'radar', 'polarArea', 'scatter', 'bubble']) {
      const data = type === 'bubble' || type === 'scatter' ? [{ x: 1, y: 2, r: 9 }] : [1, 2, 3];
      const png = await renderConfig({ type, data: { labels: ['a', 'b', 'c'], datasets: [{ data }] } });
      expect((await loadImage(png)).width).toBe(1000);
    }
  });
});
