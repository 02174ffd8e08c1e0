import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import QuickChartModule from 'quickchart-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartConfig, chartSize } from '../../src/charts/chartjs.ts';
import { renderChart, renderConfig } from '../../src/charts/drawing/render.ts';
import { chartUrl, fetchChart } from '../../src/charts/quickchart.ts';
import { NotNow } from '../../src/core/errors.ts';
import { createLog, silentLog } from '../../src/log.ts';
import { chartRoutes } from '../../src/web/charts.ts';
import {
  areas,
  bars,
  COUNTRIES,
  lines,
  MIXED_NAMES,
  manyNames,
  multiples,
  SCRIPTS,
  scatter,
  slope,
  sparklines,
  worldMap,
} from '../support/charts.ts';

type Client = typeof QuickChartModule.default.prototype;
const QuickChart = QuickChartModule as unknown as new () => Client;

const config = { type: 'bar', data: { labels: ['a', 'b'], datasets: [{ label: 'Sales', data: [1, 2] }] } };
const log: string[] = [];
let server: ServerType;
let origin: string;

beforeAll(async () => {
  const app = chartRoutes({ renderConfig, log: createLog('error', line => log.push(line)) });
  await new Promise<void>(resolve => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve());
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise(resolve => server.close(resolve)));

const get = (params: Record<string, string>) => fetch(`${origin}/chart?${new URLSearchParams(params)}`);
const post = (body: unknown) =>
  fetch(`${origin}/chart`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const sizeOf = async (response: Response) => {
  const { width, height } = await loadImage(await bytesOf(response));
  return [width, height];
};

describe('quickchart-js, unchanged', () => {
  const client = () =>
    new QuickChart()
      .setScheme('http')
      .setHost(origin.slice('http://'.length))
      .setConfig(JSON.stringify(config))
      .setWidth(320)
      .setHeight(200);

  test('getUrl', async () => {
    const response = await fetch(client().setDevicePixelRatio(1.5).getUrl());
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await sizeOf(response)).toEqual([480, 300]);
  });

  test('toBinary', async () => {
    const { width, height } = await loadImage(await client().toBinary());
    expect([width, height]).toEqual([320, 200]);
  });

  test('toBinary, refused: the error says why', async () => {
    const given = client().setConfig('{"type": "sankey"}').toBinary();
    await expect(given).rejects.toThrow(/400\n"type" is "sankey"\. Use bar, line/);
  });

  test('an object, which it sends in JavaScript’s notation, is drawn like its JSON', async () => {
    const given = client().setConfig(config as never);
    const byUrl = await bytesOf(await fetch(given.setDevicePixelRatio(1.5).getUrl()));
    expect(Buffer.from(await given.toBinary()).equals(byUrl)).toBe(true);
    expect((await bytesOf(await fetch(client().setDevicePixelRatio(1.5).getUrl()))).equals(byUrl)).toBe(true);
  });

  test('a function in an object is refused: nothing is evaluated', async () => {
    const ticks = { callback: (value: number) => `${value} sales` };
    const given = client().setConfig({ ...config, options: { scales: { y: { ticks } } } } as never);
    const response = await fetch(given.getUrl());
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: expect.stringContaining('The chart is not valid JSON'),
        hint: expect.stringContaining('not evaluated'),
      },
    ]);
  });
});

describe('our own addresses and pictures', () => {
  const spec = bars([...Object.values(SCRIPTS), ...MIXED_NAMES]);

  test('chartUrl leads to the same picture as renderChart', async () => {
    const url = chartUrl({ publicUrl: origin, quickchartUrl: undefined }, spec, { theme: 'dark' }) as string;
    expect((await bytesOf(await fetch(url))).equals(await renderChart(spec, { theme: 'dark' }))).toBe(true);
  });

  const fifty = manyNames(50);
  test.each([
    lines(fifty),
    areas(fifty),
    multiples(fifty, { bands: true }),
    sparklines(fifty),
    slope(fifty),
    scatter(fifty),
    worldMap(COUNTRIES),
  ])('$kind of fifty is within the bounds', async each => {
    const png = await bytesOf(
      await post({
        chart: chartConfig(each),
        backgroundColor: '#ffffff',
        ...chartSize(each),
        devicePixelRatio: 2,
      }),
    );
    expect(png.equals(await renderChart(each))).toBe(true);
  });

  test('fetchChart gives it, too', async () => {
    expect(Buffer.from(await fetchChart(origin, spec)).equals(await renderChart(spec))).toBe(true);
  });
});

describe('GET and POST', () => {
  const chart = JSON.stringify(config);

  test.each<Record<string, string>>([
    { c: chart, w: '300', h: '150', bkg: 'white', f: 'png', v: '4' },
    { chart, width: '300', height: '150', backgroundColor: 'white', format: 'png', version: '2.9.4' },
    { c: Buffer.from(chart).toString('base64'), encoding: 'base64', w: '300', h: '150', bkg: '#fff' },
    { c: chart, encoding: 'url', w: '300px', h: '150', bkg: 'rgb(255, 255, 255)' },
  ])('short and long names: %#', async params => {
    const byGet = await bytesOf(await get(params));
    expect(byGet.equals(await renderConfig(config, { width: 300, height: 150, background: '#ffffff' }))).toBe(
      true,
    );
    expect((await bytesOf(await post(params))).equals(byGet)).toBe(true);
  });

  test('a POST may hold the chart as an object, and numbers', async () => {
    const response = await post({ chart: config, width: 300, height: 150, devicePixelRatio: 1 });
    expect(response.status).toBe(200);
    expect(await sizeOf(response)).toEqual([300, 150]);
  });

  test.each([
    ['png', 'image/png', '\x89PNG'],
    ['jpg', 'image/jpeg', '\xff\xd8\xff'],
    ['webp', 'image/webp', 'RIFF'],
    ['pdf', 'application/pdf', '%PDF'],
    ['svg', 'image/svg+xml', '<?xml'],
  ])('%s', async (f, type, start) => {
    const response = await get({ c: chart, f });
    expect(response.headers.get('content-type')).toBe(type);
    expect((await bytesOf(response)).toString('latin1').startsWith(start)).toBe(true);
  });

  test('a JPEG has no transparency: it is white', async () => {
    const context = createCanvas(1, 1).getContext('2d');
    context.drawImage(await loadImage(await bytesOf(await get({ c: chart, f: 'jpg' }))), 0, 0);
    expect([...context.getImageData(0, 0, 1, 1).data]).toEqual([255, 255, 255, 255]);
  });

  test('addresses are cached, posts and errors are not', async () => {
    expect((await get({ c: chart })).headers.get('cache-control')).toBe('public, max-age=86400');
    expect((await post({ chart: config })).headers.get('cache-control')).toBe('no-store');
    expect((await get({})).headers.get('cache-control')).toBe('no-store');
  });
});

describe('HEAD', () => {
  const app = chartRoutes({ renderConfig: () => Promise.reject(new Error('drawn')), log: silentLog });
  const head = (params: Record<string, string>) =>
    app.request(`/chart?${new URLSearchParams(params)}`, { method: 'HEAD' });

  test.each([JSON.stringify(config), "{type:'bar',data:{datasets:[]}}"])('draws nothing of %s', async c => {
    const response = await head({ c, f: 'svg' });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'image/svg+xml', 'public, max-age=86400']);
    expect(await response.text()).toBe('');
  });

  test('refuses what GET would', async () => {
    for (const wrong of ['{"type":"sankey"}', '{type:bar()}'])
      expect((await head({ c: wrong })).status).toBe(400);
    expect((await head({ c: JSON.stringify(config), w: '999999' })).status).toBe(400);
  });
});

test('a busy service says when to come again, and does not blame the chart', async () => {
  const app = chartRoutes({ renderConfig: () => Promise.reject(new NotNow('busy', 10)), log: silentLog });
  const response = await app.request(`/chart?c=${encodeURIComponent(JSON.stringify(config))}`);
  expect([
    response.status,
    response.headers.get('retry-after'),
    response.headers.get('x-quickchart-error'),
  ]).toEqual([503, '10', 'The service is busy. Try again in 10 seconds.']);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

describe('refused', () => {
  const chart = JSON.stringify(config);
  test.each<[string, () => Promise<Response>, number, RegExp]>([
    ['no chart', () => get({}), 400, /chart is missing/],
    ['an empty body', () => post(''), 400, /not valid JSON/],
    ['a body that is no object', () => post('3'), 400, /not an object/],
    ['JavaScript', () => get({ c: "{type:'bar',data:load()}" }), 400, /not valid JSON.*not evaluated/],
    [
      'shapes of its own',
      () => get({ c: '{type:"choropleth",data:{labels:["Atlantis"],datasets:[]}}' }),
      400,
      /ISO 3166/,
    ],
    ['an unknown format', () => get({ c: chart, f: 'gif' }), 400, /png, jpg/],
    ['a size that is no number', () => get({ c: chart, w: 'wide' }), 400, /width/],
    ['a size beyond bounds', () => get({ c: chart, w: '999999' }), 400, /4000/],
    ['a colour that is none', () => get({ c: chart, bkg: 'url(http://127.0.0.1/)' }), 400, /colour/],
    ['an unknown encoding', () => get({ c: chart, encoding: 'rot13' }), 400, /base64/],
    ['no base64', () => get({ c: '%%%', encoding: 'base64' }), 400, /base64/],
    ['a body beyond bounds', () => post({ chart: ' '.repeat(300_000) }), 413, /256 KB/],
  ])('%s', async (_, ask, status, words) => {
    const response = await ask();
    expect(response.status).toBe(status);
    const body = (await response.json()) as { error: string; hint: string };
    expect(`${body.error} ${body.hint}`).toMatch(words);
  });

  test('a fault of ours is logged, and shown as an id only', async () => {
    const app = chartRoutes({
      renderConfig: () => Promise.reject(new Error('secret detail')),
      log: createLog('error', line => log.push(line)),
    });
    const response = await app.request(`/chart?c=${encodeURIComponent(chart)}`);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret');
    const { id } = JSON.parse(log.at(-1) ?? '') as { id: string };
    expect(text).toContain(id);
    expect(log.at(-1)).toContain('secret detail');
  });
});

test('what chartSize says is what the address asks for', () => {
  const spec = bars(['a']);
  const url = new URL(chartUrl({ publicUrl: 'https://t.example', quickchartUrl: undefined }, spec) as string);
  expect({ width: Number(url.searchParams.get('w')), height: Number(url.searchParams.get('h')) }).toEqual(
    chartSize(spec),
  );
  expect(chartConfig(spec).type).toBe('bar');
});
