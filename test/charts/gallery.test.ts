/** The gallery as an artefact, and one picture of each kind beside the one that somebody looked at. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { chartSize } from '../../src/charts/chartjs.ts';
import { renderChart } from '../../src/charts/drawing/render.ts';
import { drawGallery, galleryCharts } from '../support/gallery.ts';
import { expectPicture } from '../support/pictures.ts';

const FOLDER = path.resolve(import.meta.dirname, '../artefacts/gallery');
const GOLDEN = path.resolve(import.meta.dirname, '../golden/charts');

test('every picture is there, of the size that it was said to have', async () => {
  const names = await drawGallery(FOLDER);
  expect(names.length).toBeGreaterThan(100);
  for (const { name, spec, size } of galleryCharts) {
    const { width, height } = await loadImage(readFileSync(path.join(FOLDER, `${name}.png`)));
    const said = chartSize(spec, size);
    expect({ name, width, height }).toEqual({ name, width: said.width * 2, height: said.height * 2 });
  }
}, 120_000);

const SHOWN = [
  'bars-5-light',
  'bars-scripts-light',
  'lines-5-light',
  'areas-5-light',
  'multiples-5-light',
  'sparklines-5-light',
  'slope-12-light',
  'scatter-50-light',
  'map-50-light',
  'map-lift-dark',
  'slope-phone-dark',
];

describe('looks as it did when somebody looked at it', () => {
  const shown = galleryCharts.filter(({ name }) => SHOWN.includes(name));
  test.each(shown)('$name', async ({ name, spec, size }) => {
    await expectPicture(path.join(GOLDEN, `${name}.png`), await renderChart(spec, { ...size, scale: 1 }));
  });
});
