/** `npm run demo` as one meets it: never silent, its address never dead, and its commands true elsewhere. */
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT, startNode, watch } from './support/process.ts';

/** Two seconds are promised; the rest is for a machine that runs other tests. */
const LONGEST_SILENCE_MS = 8_000;
const WITHIN_MS = 180_000;

let folder: string;
beforeAll(async () => {
  // A folder whose name a shell would take apart.
  folder = await mkdtemp(join(tmpdir(), "bandcamp-tracker it's "));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('tells how far it is, serves from the start, and prints commands that answer the same', async () => {
  const demo = startNode(
    'src/demo.ts',
    ['--weeks', '6', '--sales-a-day', '500'],
    // What settings say of another database is not the demo's, nor its commands'.
    { DATA_DIR: folder, PORT: '0', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
  );
  try {
    const heard: number[] = [];
    demo.child.stdout?.on('data', () => {
      if (!demo.stdout().includes('is running')) heard.push(performance.now());
    });
    const [, address] = await demo.waitFor(/(http:\S+\/) shows how far it is loaded/);
    const pages: (number | string)[] = [];
    let titles = '';
    for (const end = performance.now() + WITHIN_MS; pages.at(-1) !== 200 && performance.now() < end; ) {
      try {
        const page = await fetch(address as string, { headers: { Accept: 'text/html' } });
        titles += /<title>[^<]*/.exec(await page.text())?.[0];
        pages.push(page.status);
      } catch (error) {
        pages.push(String(error));
      }
      await delay(20);
    }
    expect(new Set(pages)).toEqual(new Set([503, 200]));
    const percents = [...titles.matchAll(/Loading (\d+)%/g)].map(([, percent]) => Number(percent));
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(new Set(percents).size).toBeGreaterThan(3);

    await demo.waitFor(/^Try /m, WITHIN_MS);
    expect(demo.stdout()).toContain(`dashboard  ${address}`);
    const silences = heard.slice(1).map((at, before) => at - (heard[before] ?? at));
    expect(Math.max(...silences)).toBeLessThan(LONGEST_SILENCE_MS);
    const told = demo.stdout().match(/^[^$\n]* \d+% {2}about \d+ (s|min) left$/gm) ?? [];
    expect(told.length).toBeGreaterThan(3);

    const printed = [...demo.stdout().matchAll(/^\$ (.*)\n\n([\s\S]*?)\n\n(?=\$ |From here on)/gm)];
    expect(printed.map(([, command]) => command)).toEqual([
      expect.stringContaining('ask trending genres'),
      expect.stringContaining('ask top artists'),
      expect.stringContaining('ask overview'),
    ]);
    for (const [, command, answer] of printed) expect((await shell(command as string)).trim()).toBe(answer);
  } finally {
    await demo.stop();
  }
}, 300_000);

/** A second terminal, whose settings are the folder's own. */
async function shell(command: string): Promise<string> {
  const { HOME, PATH } = process.env;
  const child = spawn('sh', ['-c', command], {
    cwd: ROOT,
    env: {
      HOME,
      PATH: [dirname(process.execPath), PATH].join(delimiter),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run = watch(child as Parameters<typeof watch>[0], command);
  expect([await run.exited, run.stderr()]).toEqual([0, '']);
  return run.stdout();
}
