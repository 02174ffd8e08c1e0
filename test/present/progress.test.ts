/** The line fits the terminal, whatever is in it. */
import { expect, test } from 'vitest';
import { progressBar, progressLine } from '../../src/present/progress.ts';

const half = { name: 'sales.csv', read: 50, size: 100, sales: 412_000, pages: 0 };

test('shows how much is done, and what came of it', () => {
  expect(progressLine(half, 80)).toBe('sales.csv  ████████████░░░░░░░░░░░░  50%  412,000 sales');
  expect(progressLine({ ...half, read: 200, pages: 7 }, 80)).toContain('100%  412,000 sales, 7 pages');
});

test('has no bar where nobody knows the size', () => {
  expect(progressLine({ ...half, name: 'standard input', size: null }, 80)).toBe(
    'standard input  412,000 sales',
  );
  expect(progressLine({ ...half, size: 0 }, 80)).toBe('sales.csv  412,000 sales');
});

test('cuts a long name at its beginning, and everything in a narrow window', () => {
  const long = progressLine({ ...half, name: `/home/ann/${'x'.repeat(100)}/sales.csv` }, 80);
  expect(long).toMatch(/^….*\/sales\.csv {2}█/);
  expect(long.length).toBeLessThan(80);
  expect(progressLine(half, 20)).toHaveLength(19);
});

test('is drawn on a terminal, over itself, and leaves nothing', () => {
  const written: string[] = [];
  const terminal = { isTTY: true, columns: 40, write: (text: string) => written.push(text) };
  const bar = progressBar(terminal);
  bar.draw(half);
  bar.draw(half);
  bar.clear();
  expect(written).toEqual([`\r${progressLine(half, 40)}\x1b[K`, '\r\x1b[K']);
});

test('is not drawn into a file', () => {
  const bar = progressBar({ write: () => expect.unreachable() });
  bar.draw(half);
  bar.clear();
});
