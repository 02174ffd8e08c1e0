/** Worlds are judged in processes with heaps of their own, whatever the command's own limit is. */
import { expect, test } from 'vitest';
import { backtestSeeds } from '../../src/backtest/command.ts';
import { startNode } from '../support/process.ts';

test('a world that does not fit into the command’s own heap is judged all the same', async () => {
  const args = ['backtest', '--sales-a-day', '1500', '--seeds', '5'];
  const cli = startNode('src/cli.ts', args, {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    NODE_OPTIONS: '--max-old-space-size=48',
  });
  expect([await cli.exited, cli.stderr().replace(/^Backtest .* \d+%.*\n/gm, '')]).toEqual([0, '']);
  expect(cli.stdout()).toContain('1 hard world (seeds 5)');
}, 600_000);

test('how much is done never falls, over two worlds', async () => {
  const shares: number[] = [];
  await backtestSeeds('500', '5-6', { onShare: share => shares.push(share), hardships: false });
  expect(new Set(shares).size).toBeGreaterThan(20);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
}, 600_000);

test('one that fits nowhere says so', async () => {
  await expect(backtestSeeds('3000', '5', { heapMb: 16 })).rejects.toMatchObject({
    message: 'The world of seed 5 does not fit into memory.',
    hint: expect.stringContaining('--sales-a-day'),
  });
}, 600_000);
