/** Golden files: what a stage made is compared with what somebody read and committed. `UPDATE_GOLDEN=1` rewrites them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const FOLDER = new URL('../golden/', import.meta.url);

/** Expects the text to be that of `test/golden/<path>`; a missing file fails. */
export function expectGolden(path: string, text: string): void {
  const file = fileURLToPath(new URL(path, FOLDER));
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, whole);
  }
  expect(whole).toBe(readFileSync(file, 'utf8'));
}
