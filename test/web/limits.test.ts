/**
 * Limits per client over real connections: what is counted, what costs nothing, and what the refused are
 * told.
 */
import { type ServerType, serve } from '@hono/node-server';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { silentLog } from '../../src/log.ts';
import { createAnswers } from '../../src/questions/lib/answer-cache.ts';
import { createApp } from '../../src/web/app.ts';
import { createLimits } from '../../src/web/limits.ts';
import { reportRoutes } from '../../src/web/reports.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

const CHART = `/chart?c=${encodeURIComponent('{"type":"bar","data":{"datasets":[]}}')}`;
const BYTES = new TextEncoder().encode('drawn');
let server: ServerType | undefined;
afterEach(() => server?.close());

/** The service with these settings; asks an address as the client that the proxies name. */
async function start(env: Record<string, string>, draws = async () => BYTES) {
  const config = readConfig(env);
  const deps = {
    config,
    db,
    clock: simulatedClock(WORLD_END, 1),
    log: silentLog,
    answers: createAnswers(),
    renderChart: draws,
    renderConfig: draws,
    renderReport: draws,
    limits: createLimits(config),
  };
  const app = createApp(deps, [reportRoutes(deps)]);
  const port = await new Promise<number>(resolve => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, address => resolve(address.port));
  });
  return async (path: string, forwarded?: string, init: RequestInit = {}) => {
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
    await response.arrayBuffer();
    return response;
  };
}

const statuses = async (asked: Promise<Response>[]) => (await Promise.all(asked)).map(({ status }) => status);

test('charts: GET and POST together, HEAD costs nothing, and 429 says when to come again', async () => {
  const ask = await start({ LIMIT_CHARTS: '3' });
  expect(await statuses(Array.from({ length: 5 }, () => ask(CHART, undefined, { method: 'HEAD' })))).toEqual(
    Array(5).fill(200),
  );
  const body = '{"chart":{"type":"bar","data":{"datasets":[]}}}';
  const post = () => ask('/chart', undefined, { method: 'POST', body });
  expect(await statuses([ask(CHART), post(), ask('/q/trending-genres/chart.png')])).toEqual([200, 200, 200]);
  for (const refused of [await ask(CHART), await post(), await ask('/q/trending-genres/chart.png')]) {
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  }
  expect((await ask(CHART)).headers.get('x-quickchart-error')).toMatch(
    /^Too many requests from your address. Try/,
  );
  // The limits are apart.
  expect((await ask('/report/2026-10-06.pdf')).status).toBe(200);
});

test('questions: only what is counted anew costs', async () => {
  const ask = await start({ LIMIT_QUESTIONS: '2' });
  expect((await ask('/api/ask/top?window=24h')).status).toBe(200);
  expect(await statuses(Array.from({ length: 5 }, () => ask('/api/ask/top?window=24h')))).toEqual(
    Array(5).fill(200),
  );
  expect((await ask('/q/top?window=3d')).status).toBe(200);
  const refused = await ask('/api/ask/top?window=2d');
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await ask('/q/status')).status).toBe(429);
  expect(await statuses([ask('/api/ask/top?window=24h'), ask('/q/top?window=3d'), ask('/healthz')])).toEqual([
    200, 200, 200,
  ]);
});

test('reports: only what is made anew costs', async () => {
  const ask = await start({ LIMIT_REPORTS: '1' });
  expect((await ask('/report/2026-10-06.pdf')).status).toBe(200);
  expect((await ask('/report/2026-10-06.pdf')).status).toBe(200);
  expect((await ask('/report/2026-10-05.pdf')).status).toBe(429);
  expect((await ask('/report/2026-10-05.pdf', undefined, { method: 'HEAD' })).status).toBe(200);
  expect((await ask('/report/latest.pdf')).status).toBe(200);
});

test('0 is no limit', async () => {
  const ask = await start({ LIMIT_CHARTS: '0' });
  expect(await statuses(Array.from({ length: 300 }, () => ask(CHART)))).toEqual(Array(300).fill(200));
});

test('many charts of one client are not before the first of another', async () => {
  const drawing: (() => void)[] = [];
  const ask = await start({ TRUSTED_PROXIES: '1' }, async () => {
    await new Promise<void>(resolve => drawing.push(resolve));
    return BYTES;
  });
  const greedy = Array.from({ length: 10 }, () => ask(CHART, '192.0.2.1'));
  await vi.waitFor(() => expect(drawing).toHaveLength(2));
  const other = ask(CHART, '192.0.2.2');
  await vi.waitFor(() => expect(drawing).toHaveLength(3));
  drawing[2]?.();
  expect((await other).status).toBe(200);
  const endAll = setInterval(() => drawing.forEach(end => void end()), 5);
  expect(await statuses(greedy)).toEqual(Array(10).fill(200));
  clearInterval(endAll);
});

test('nobody escapes by a header of his own, and proxies that are trusted tell who asks', async () => {
  const straight = await start({ LIMIT_CHARTS: '1' });
  expect((await straight(CHART, '192.0.2.1')).status).toBe(200);
  expect((await straight(CHART, '192.0.2.2')).status).toBe(429);
  server?.close();
  const behind = await start({ LIMIT_CHARTS: '1', TRUSTED_PROXIES: '1' });
  expect((await behind(CHART, '192.0.2.1')).status).toBe(200);
  expect((await behind(CHART, '192.0.2.2')).status).toBe(200);
  expect((await behind(CHART, '203.0.113.99, 192.0.2.1')).status).toBe(429);
  // A network of IPv6 is one client.
  expect((await behind(CHART, '2001:db8:1:2::1')).status).toBe(200);
  expect((await behind(CHART, '2001:db8:1:2:ffff::2')).status).toBe(429);
});
