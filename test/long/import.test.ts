/** A long history needs no more memory than a short one. */
import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { csvLines, feedLines, HISTORY_FROM, rawItems } from '../support/history.ts';
import { startNode } from '../support/process.ts';

/** MB that the process of an import took at its peak. */
async function peakOf(lines: Iterable<string>, sales: number): Promise<number> {
  const { url } = databases.pop() ?? { url: '' };
  const command = startNode('bench/measured.ts', ['src/cli.ts', 'import', '-'], {
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
  });
  const { stdin } = command.child;
  for (const line of lines) {
    if (stdin?.write(line) === false) await new Promise(resolve => stdin.once('drain', resolve));
  }
  stdin?.end();
  expect(await command.exited).toBe(0);
  expect(command.stdout()).toContain(`${sales.toLocaleString('en')} sales stored`);
  return (JSON.parse(command.stderr().trim().split('\n').at(-1) ?? '') as { peakMb: number }).peakMb;
}

const databases = await Promise.all(Array.from({ length: 4 }, () => testDatabase()));
const history = (sales: number) => ({ sales, from: HISTORY_FROM });

test.each([
  ['the CSV', (sales: number) => csvLines(rawItems(history(sales)))],
  ['responses of the feed', (sales: number) => feedLines(history(sales))],
])('%s of 600,000 sales as well as of 200,000', async (_, lines) => {
  const short = await peakOf(lines(200_000), 200_000);
  const long = await peakOf(lines(600_000), 600_000);
  // What a heap without a limit lets lie differs from run to run; 400,000 sales kept would be 400 MB.
  expect(long).toBeLessThan(short + 120);
});
