/**
 * Golden files: what a stage gave when it was last looked at. `npm run golden` rewrites them, with a pattern
 * only some; the diff is read before it is committed.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOLDER = path.join(ROOT, 'test/golden');

type Rewritten = 'created' | 'changed' | 'same';

/**
 * Whether a pattern means a file: a part of its path from the repository's root, or, with `*`, `?`, `[` or
 * `{`, a glob of its path from there or from `test/golden`.
 */
export function isMeant(file: string, pattern: string): boolean {
  if (!/[*?[{]/.test(pattern)) return file.includes(pattern);
  return [file, file.replace(/^test\/golden\//, '')].some(name => path.matchesGlob(name, pattern));
}

/**
 * Whether goldens are being rewritten, and so nothing is to be compared. Then the file is written if it
 * differs, and those that the pattern does not mean are left as they are.
 * @param env `UPDATE_GOLDEN` set: rewrite; `GOLDEN_PATTERN`: only these; `GOLDEN_LIST`: a file to which each
 *   that is meant is added, a line with what became of it and its path
 */
export function rewriteGolden(
  file: string,
  content: string | Uint8Array,
  env: Record<string, string | undefined> = process.env,
): boolean {
  if (!env.UPDATE_GOLDEN) return false;
  const name = path.relative(ROOT, file).replaceAll(path.sep, '/');
  if (!isMeant(name, env.GOLDEN_PATTERN ?? '')) return true;
  const rewritten: Rewritten = !existsSync(file)
    ? 'created'
    : readFileSync(file).equals(Buffer.from(content))
      ? 'same'
      : 'changed';
  if (rewritten !== 'same') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  if (env.GOLDEN_LIST) appendFileSync(env.GOLDEN_LIST, `${rewritten} ${name}\n`);
  return true;
}

/** Compares a text with `test/golden/<name>`; a file that is not there yet fails, too. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(FOLDER, name);
  if (!rewriteGolden(file, text)) expect(text).toBe(readFileSync(file, 'utf8'));
}

/** JSON as goldens hold it: indented, with a line end, lists of numbers on one line. */
export const goldenJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/\[[\s\d.,null-]+\]/g, list => list.replace(/\s+/g, ' '))}\n`;
