/** The line fits the terminal, whatever is in it. */
import { expect, test, vi } from 'vitest';
import { progressBar, progressLine, shareLine, timeLeft, withProgress } from '../../src/present/progress.ts';

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

test('writes lines slowly where there is no terminal, and nothing for what is short', async () => {
  vi.useFakeTimers();
  try {
    const written: string[] = [];
    const file = { write: (text: string) => written.push(text) };
    const run = withProgress(file, 'Recounting', async ({ at }) => {
      for (let second = 0; second < 60; second += 1) {
        at(second / 60, `day ${second}`);
        await vi.advanceTimersByTimeAsync(1_000);
      }
      return 'done';
    });
    expect(await run).toBe('done');
    expect(written).toHaveLength(5);
    expect(written[1]).toBe('Recounting day 20  ████████░░░░░░░░░░░░░░░░  33%  about 40 s left\n');
    written.length = 0;
    await withProgress(file, 'Recounting', ({ at }) => at(0.5));
    expect(written).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('is gone from a terminal when a job ends, also when it fails', async () => {
  const written: string[] = [];
  const terminal = { isTTY: true, columns: 40, write: (text: string) => written.push(text) };
  const job = withProgress(terminal, 'Rebuilding', ({ at }) => {
    at(0.5);
    throw new Error('away');
  });
  await expect(job).rejects.toThrow('away');
  expect(written).toEqual([expect.stringMatching(/^\rRebuilding {2}█+░+ {2}50%/), '\r\x1b[K']);
});

test('keeps percent and time in a narrow window, at the bar’s expense', () => {
  const line = shareLine('Loading 10 weeks of simulated sales', { share: 0.43, leftMs: 30_000 }, 64);
  expect(line).toMatch(/^Loading 10 weeks of simulated sales {2}█+░* {2}43% {2}about 30 s left$/);
  expect(line.length).toBeLessThan(64);
});

test('says how long it still takes as exactly as a guess is good for', () => {
  expect([300, 7_200, 42_000, 90_000, 91_000, 600_000].map(timeLeft)).toEqual([
    'about 1 s left',
    'about 8 s left',
    'about 45 s left',
    'about 90 s left',
    'about 2 min left',
    'about 10 min left',
  ]);
});
