/**
 * Live charts: what a page's script loads is there, runs as it stands, and draws the question's own chart.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { interactiveChart } from '../../src/charts/interactive.ts';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { silentLog } from '../../src/log.ts';
import { createApp } from '../../src/web/app.ts';
import { CHART_CLIENT, liveChartRoutes } from '../../src/web/live-charts.ts';
import {
  areas,
  bars,
  COUNTRIES,
  GENRES,
  LONG_NAMES,
  multiples,
  scatter,
  worldMap,
} from '../support/charts.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
const noChart = () => Promise.reject(new Error('no chart is drawn here'));
const deps = {
  config: readConfig({}),
  db,
  clock: simulatedClock(WORLD_END, 1),
  log: silentLog,
  renderChart: noChart,
  renderConfig: noChart,
};
const app = createApp({ ...deps, chartClient: CHART_CLIENT }, [liveChartRoutes(deps)]);
beforeAll(() => seedWorld(db), 60_000);

describe('the page’s script', () => {
  const load = async (address: string) => {
    const response = await app.request(address);
    expect([address, response.status, response.headers.get('content-type')]).toEqual([
      address,
      200,
      'text/javascript; charset=utf-8',
    ]);
    return response.text();
  };

  test('and all that it imports are JavaScript that parses, and all that is imported is there', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'client-'));
    try {
      const waiting = [CHART_CLIENT];
      const seen = new Set<string>();
      for (const address of waiting) {
        if (seen.has(address)) continue;
        seen.add(address);
        const code = await load(address);
        const file = path.join(folder, `${seen.size}.mjs`);
        writeFileSync(file, code);
        execFileSync(process.execPath, ['--check', file]);
        for (const [, found = ''] of code.matchAll(/from\s*'([^']+)'/g))
          waiting.push(new URL(found, `http://x${address}`).pathname);
      }
      expect([...seen]).toContain('/assets/src/charts/plugins.ts');
      expect([...seen].filter(address => /questions|\/db\//.test(address))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('finds Chart.js and the maps’ part of it, which leave their globals', async () => {
    expect(await load('/assets/chart.js')).toMatch(/globalThis.*\.Chart=/);
    expect(await load('/assets/chart-geo.js')).toMatch(/globalThis.*\.ChartGeo=/);
    expect(await (await app.request('/assets/world.json')).json()).toContainEqual(
      expect.objectContaining({ code: 'de' }),
    );
  });

  test.each([
    '/assets/src/config.ts',
    '/assets/src/web/../config.ts',
    '/assets/package.json',
    '/assets/constructor',
  ])('nothing else is served: %s', async address => expect((await app.request(address)).status).toBe(404));

  test('is named by pages, and allowed there; without it there is no script', async () => {
    const page = await app.request('/');
    expect(await page.text()).toContain(`<script type="module" src="${CHART_CLIENT}"></script>`);
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'; connect-src 'self'/);
    const plain = await createApp(deps).request('/');
    expect(await plain.text()).not.toContain('<script');
    expect(plain.headers.get('content-security-policy')).not.toContain('script-src');
  });
});

describe('chart.json', () => {
  test('is the chart of the same address’ picture', async () => {
    const answer = await app.request('/q/trending-genres/chart.json?theme=dark&width=640&title=none');
    expect(await answer.json()).toMatchObject({
      kind: 'bars',
      width: 640,
      alt: expect.stringContaining('ลูกทุ่งอีสาน'),
      format: { y: 'ratio' },
      titles: expect.arrayContaining(['ลูกทุ่งอีสาน', 'jungle']),
      config: { type: 'bar', options: { plugins: { title: { display: false } } } },
    });
  });

  test.each([
    ['/q/trending-genres/chart.json?width=9', 400],
    ['/q/weather/chart.json', 404],
  ])('%s is refused', async (address, status) => expect((await app.request(address)).status).toBe(status));
});

describe('titles of points', () => {
  test('are names in full, days, times and countries', () => {
    expect(interactiveChart(bars(LONG_NAMES)).titles).toEqual(LONG_NAMES);
    expect(interactiveChart(areas(GENRES, { points: 2 })).titles).toEqual(['6 Oct 2026', '7 Oct 2026']);
    expect(interactiveChart(areas(GENRES, { points: 2, hours: true })).titles[1]).toBe('7 Oct 2026, 12:00');
    expect(interactiveChart(worldMap(COUNTRIES)).titles[0]).toBe('United States');
  });

  test('stand at the label that they are of', () => {
    const { titles, config } = interactiveChart(multiples(GENRES));
    expect(titles).toHaveLength(config.data.labels?.length ?? 0);
    expect(titles[config.data.labels?.indexOf('14 Sep') ?? -1]).toBe('14 Sep 2026');
  });

  test('of a scatter plot its points have names', () => {
    const { format, config } = interactiveChart(scatter(GENRES));
    expect(format).toEqual({ y: 'ratio', x: 'count' });
    expect(config.options?.plugins?.pointLabels?.names?.[0]).toHaveLength(GENRES.length);
  });
});
