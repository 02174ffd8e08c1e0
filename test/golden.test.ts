/** Goldens are rewritten one by one: those that a pattern means, and no other. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { isMeant, rewriteGolden } from './support/golden.ts';

const ROOT = path.join(import.meta.dirname, '..');
// Within the repository, since a pattern is of a path from its root.
const folder = mkdtempSync(path.join(import.meta.dirname, 'golden-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [old, list] = [path.join(folder, 'old.json'), path.join(folder, 'list')];
const name = (file: string) => path.relative(ROOT, file);
const listed = () => readFileSync(list, 'utf8');
const all = { UPDATE_GOLDEN: '1', GOLDEN_LIST: list };
beforeEach(() => {
  writeFileSync(old, 'old');
  writeFileSync(list, '');
});

test.each([
  ['', true],
  ['why', true],
  ['questions/why/slack.json', true],
  ['test/golden/questions/why', true],
  ['questions/why/*', true],
  ['questions/*/slack.json', true],
  ['**/slack.json', true],
  ['test/golden/**', true],
  ['*/why/{slack,discord}.json', true],
  ['slack/', false],
  ['discord', false],
  ['*.json', false],
  ['questions/*', false],
])('"%s" means questions/why/slack.json: %s', (pattern, meant) => {
  expect(isMeant('test/golden/questions/why/slack.json', pattern)).toBe(meant);
});

test('without being asked to rewrite, a golden is compared', () => {
  expect(rewriteGolden(old, 'new', { GOLDEN_LIST: list })).toBe(false);
  expect([readFileSync(old, 'utf8'), listed()]).toEqual(['old', '']);
});

test('what differs is rewritten, what is new is made, and both are listed', () => {
  const fresh = path.join(folder, 'deep', 'fresh.png');
  expect(rewriteGolden(old, 'new', all)).toBe(true);
  expect(rewriteGolden(fresh, new Uint8Array([0, 255]), all)).toBe(true);
  expect([readFileSync(old, 'utf8'), readFileSync(fresh).toString('hex')]).toEqual(['new', '00ff']);
  expect(listed()).toBe(`changed ${name(old)}\ncreated ${name(fresh)}\n`);
});

test('what is the same is not written again', () => {
  const { mtimeMs } = statSync(old);
  expect(rewriteGolden(old, 'old', all)).toBe(true);
  expect([statSync(old).mtimeMs, listed()]).toEqual([mtimeMs, `same ${name(old)}\n`]);
});

test('what the pattern does not mean is left alone, and not compared either', () => {
  expect(rewriteGolden(old, 'new', { ...all, GOLDEN_PATTERN: 'young' })).toBe(true);
  expect([readFileSync(old, 'utf8'), listed()]).toEqual(['old', '']);
});
