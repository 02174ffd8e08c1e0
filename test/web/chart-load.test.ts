/**
 * Forty of the largest charts at once, on a process of its own: bounded memory, an answer for each, and a
 * service that is alive.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startNode } from '../support/process.ts';

const server = startNode('test/support/chart-server.ts');
afterAll(() => server.stop('SIGKILL'));

const CHART = '{"type":"bar","data":{"labels":["a","b"],"datasets":[{"data":[1,2]}]}}';
/** Twice what it takes on a quiet machine; in process it was 1,350 to 3,200. */
const MOST_MB = 900;

test.skipIf(process.platform !== 'linux')('40 charts of 4000 × 4000', async () => {
  const [, port] = await server.waitFor(/port (\d+)/);
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}/chart?w=4000&h=4000&devicePixelRatio=1&c=${encodeURIComponent(CHART)}`;
  let isOver = false;
  const charts = Promise.all(
    Array.from({ length: 40 }, async () => {
      const response = await fetch(url);
      const { byteLength } = await response.arrayBuffer();
      return { status: response.status, retryAfter: response.headers.get('retry-after'), byteLength };
    }),
  ).finally(() => {
    isOver = true;
  });
  const waits: number[] = [];
  while (!isOver) {
    const began = performance.now();
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    waits.push(performance.now() - began);
    await delay(50);
  }
  const drawn = (await charts).filter(({ status }) => status === 200);
  const refused = (await charts).filter(({ status }) => status !== 200);
  expect(drawn.length).toBeGreaterThan(0);
  expect(refused).toEqual(refused.map(({ byteLength }) => ({ status: 503, retryAfter: '10', byteLength })));
  expect(refused.length).toBeGreaterThan(0);
  // It is milliseconds; the machine may be slow.
  expect(Math.max(...waits)).toBeLessThan(1_500);
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  expect(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024).toBeLessThan(MOST_MB);
});
