/** One picture of each kind of chart beside the one that somebody looked at. */
import path from 'node:path';
import { describe, test } from 'vitest';
import { renderChart } from '../../src/charts/drawing/render.ts';
import { galleryCharts } from '../support/gallery.ts';
import { expectPicture } from '../support/pictures.ts';

const GOLDEN = path.resolve(import.meta.dirname, '../golden/charts');

const SHOWN = [
  'bars-5-light',
  'lift-10-light',
  'chat-lift-light',
  'chat-lift-ahead-dark',
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
