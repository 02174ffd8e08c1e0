/**
 * Golden pictures: compared by eye's measure, since other versions of a renderer smooth edges differently.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, type ImageData, loadImage } from '@napi-rs/canvas';
import { expect } from 'vitest';
import { rewriteGolden } from './golden.ts';

/** Compares a PNG with the file: few pixels may differ much. `npm run golden` rewrites it. */
export async function expectPicture(file: string, png: Uint8Array): Promise<void> {
  const name = path.basename(file);
  if (rewriteGolden(file, png)) return;
  const [now, before] = [await pixels(png), await pixels(readFileSync(file))];
  expect(`${now.width} × ${now.height}`, name).toBe(`${before.width} × ${before.height}`);
  let differing = 0;
  for (let at = 0; at < now.data.length; at += 4) {
    const by = Math.max(
      ...[0, 1, 2].map(c => Math.abs((now.data[at + c] ?? 0) - (before.data[at + c] ?? 0))),
    );
    if (by > 64) differing++;
  }
  expect(differing / (now.data.length / 4), `${name}: share of pixels that differ`).toBeLessThan(0.002);
}

async function pixels(png: Uint8Array): Promise<ImageData> {
  const image = await loadImage(Buffer.from(png));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}
