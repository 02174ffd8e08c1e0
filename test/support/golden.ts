/**
 * Golden files: what a stage gave when it was last looked at. `UPDATE_GOLDEN=1` rewrites them; the diff is
 * read before it is committed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const FOLDER = path.join(import.meta.dirname, '..', 'golden');

/** Compares a text with `test/golden/<name>`; a file that is not there yet fails, too. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(FOLDER, name);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** JSON as goldens hold it: indented, with a line end, lists of numbers on one line. */
export const goldenJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/\[[\s\d.,null-]+\]/g, list => list.replace(/\s+/g, ' '))}\n`;
