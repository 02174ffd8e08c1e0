/**
 * The gallery as an artefact: every kind of chart with few and many points, in every script, light and dark.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { chartSize } from '../../src/charts/chartjs.ts';
import { drawGallery, galleryCharts } from '../support/gallery.ts';

const FOLDER = path.resolve(import.meta.dirname, '../artefacts/gallery');

test('every picture is there, of the size that it was said to have', async () => {
  const names = await drawGallery(FOLDER);
  expect(names.length).toBeGreaterThan(100);
  for (const { name, spec, size } of galleryCharts) {
    const { width, height } = await loadImage(readFileSync(path.join(FOLDER, `${name}.png`)));
    const said = chartSize(spec, size);
    expect({ name, width, height }).toEqual({ name, width: said.width * 2, height: said.height * 2 });
  }
}, 120_000);
