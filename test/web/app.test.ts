/**
 * The web face: addresses of the contract, errors that say what would be right, and nothing that a name can
 * break.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderChart, renderConfig } from '../../src/charts/drawing/render.ts';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import type { Deps } from '../../src/deps.ts';
import { createLog } from '../../src/log.ts';
import { questions as registry } from '../../src/questions/registry.ts';
import { renderReport } from '../../src/report/render.ts';
import { createApp } from '../../src/web/app.ts';
import { reportRoutes } from '../../src/web/reports.ts';
import { testDatabase } from '../support/database.ts';
import { aSale } from '../support/sales.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
const logged: { event: string; id?: string }[] = [];
const deps = {
  config: readConfig({}),
  db,
  clock: simulatedClock(WORLD_END, 1),
  log: createLog('info', line => logged.push(JSON.parse(line))),
  renderChart,
  renderConfig,
  renderReport,
};
const app = (changes: Partial<Deps> = {}, more: Hono[] = []) =>
  createApp({ ...deps, ...changes, hasReports: true }, [reportRoutes({ ...deps, ...changes }), ...more]);
const get = (path: string, accept = 'text/html') => app().request(path, { headers: { Accept: accept } });

const HOSTILE = '<script>alert(1)</script><!channel> \u202e"\'&';
beforeAll(async () => {
  await seedWorld(db);
  const sale = aSale({
    at: WORLD_END - 1,
    artist: HOSTILE,
    page: 'https://evil.bandcamp.com/album/a',
    countryCode: 'fr',
    countryName: 'France',
  });
  await storeBatch(
    db,
    {
      kind: 'sales',
      from: WORLD_END - 2,
      until: WORLD_END,
      serverTime: WORLD_END,
      sales: [sale],
      rejects: [],
    },
    WORLD_END,
  );
});

describe('pages', () => {
  test.each([
    '/',
    '/q/trending-genres',
    '/q/top?kind=album&country=de',
    '/q/overview',
    '/q/top?country=aq',
    '/q/artist',
  ])('%s is a page', async path => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=UTF-8',
    ]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>$/);
    for (const [, address] of page.matchAll(/(?:href|src|srcset)="(\/[^"]*)"/g)) {
      expect([address, (await get((address as string).replaceAll('&amp;', '&'))).status]).toEqual([
        address,
        200,
      ]);
    }
  });

  test('escape what strangers wrote', async () => {
    const page = await (await get('/q/top?country=fr')).text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
    const echoed = await (await get(`/q/trending-genres?country=${encodeURIComponent(HOSTILE)}`)).text();
    expect(echoed).not.toContain('<script');
  });

  test('say what would be right', async () => {
    const response = await get('/q/trending-genres?window=soon');
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('Use a length such as 24h, 7d or 4w'),
    ]);
    expect((await get('/q/weather')).status).toBe(404);
    expect((await get('/nowhere')).status).toBe(404);
    expect(await (await get('/nowhere')).text()).toContain('href="/report/latest.pdf"');
  });
});

describe('the API', () => {
  test('lead from a name to its own page, with Bandcamp beside it', async () => {
    const album = 'https://g1.bandcamp.com/album/2';
    const board = await (await get('/q/top?kind=album&genre=jungle&until=2026-10-07T12:00Z')).text();
    const own = `/q/item?item=${encodeURIComponent(album)}&amp;until=2026-10-07T12%3A00%3A00Z`;
    expect(board).toContain(`<a href="${own}"><bdi>jungle 2</bdi></a>`);
    expect(board).toContain(`<small><a href="${album}" rel="noopener nofollow">Bandcamp</a></small>`);
    const artist = /href="(\/q\/artist\?[^"]*)"/.exec(board)?.[1]?.replaceAll('&amp;', '&') ?? '';
    for (const path of [own.replaceAll('&amp;', '&'), artist]) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(
        /<p class="listen"><a href="https:[^"]*" rel="noopener nofollow">Listen to/,
      );
    }
    // Genres and countries have a page with us alone.
    const genres = await (await get('/q/trending-genres')).text();
    expect(genres).toContain('<a href="/q/genre?genre=jungle"><bdi>jungle</bdi></a>');
    expect(genres).not.toContain('Bandcamp</a></small>');
  });

  test('lists the questions with their parameters', async () => {
    const { questions } = (await (await get('/api/questions')).json()) as {
      questions: { name: string; parameters: { name: string }[] }[];
    };
    expect(questions.map(({ name }) => name)).toEqual(registry.map(({ name }) => name));
    expect(questions[0]?.parameters.map(({ name }) => name)).toEqual([
      'window',
      'country',
      'from',
      'level',
      'limit',
      'until',
      'zone',
    ]);
  });

  test('answers in JSON and CSV', async () => {
    const json = await get('/api/ask/top?kind=country&by=revenue');
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await json.json()).toMatchObject({
      question: 'top',
      params: { kind: 'country', by: 'revenue', window: '7d' },
      rows: expect.arrayContaining([
        expect.objectContaining({ name: 'de', sales: expect.any(Number), revenueUsd: expect.any(Number) }),
      ]),
    });
  });

  test('answers in CSV, also for Excel, and says what its HEAD would be', async () => {
    const path = '/api/ask/top?kind=country&format=csv';
    const csv = await get(path);
    const body = await csv.text();
    expect(body).toMatch(/^Country,Country code,Sales,Units,Revenue \(USD\)\r\nGermany,de,88,88,856\.00\r\n/);
    const head = await app().request(path, { method: 'HEAD' });
    expect(await head.text()).toBe('');
    for (const { headers } of [csv, head])
      expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
        'text/csv; charset=utf-8; header=present',
        'attachment; filename="top_kind-country_7d_2026-10-07.csv"',
      ]);
    const excel = await get('/api/ask/top?kind=country&format=excel');
    expect(excel.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(Buffer.from(await excel.arrayBuffer())).toEqual(Buffer.from(`\ufeff${body}`));
    const page = await (await get('/q/top?kind=country')).text();
    for (const format of ['csv', 'excel']) expect(page).toContain(`&amp;format=${format}"`);
  });

  test.each([
    ['/api/ask/trending-genres?limit=1e9', 400, /Use a whole number from 1 to 100/],
    ['/api/ask/trending-genres?colour=red', 400, /Available: window, country/],
    ['/api/ask/trending-genres?until=275760-09-13', 400, /ISO 8601/],
    ['/api/ask/nothing', 404, /Available: trending-genres/],
    ['/api/nothing', 404, /\/api\/questions/],
  ])('%s is a %i with a hint', async (path, status, hint) => {
    const response = await get(path, '*/*');
    expect([response.status, await response.json()]).toEqual([
      status,
      { error: expect.any(String), hint: expect.stringMatching(hint) },
    ]);
  });

  test("keeps the status of what Hono's own middleware refuses, and logs no error of ours", async () => {
    const small = new Hono().post('/small', bodyLimit({ maxSize: 10 }), c => c.text('small enough'));
    const before = logged.length;
    const response = await app({}, [small]).request('/small', { method: 'POST', body: 'x'.repeat(100) });
    expect([response.status, logged.length]).toEqual([413, before]);
  });

  test('shows an id and logs the cause where the fault is ours', async () => {
    const broken = await app({
      db: (() => {
        throw new Error('secret');
      }) as never,
    }).request('/api/ask/top');
    const body = await broken.text();
    expect([broken.status, body]).toEqual([500, expect.not.stringContaining('secret')]);
    const id = /\(([0-9a-f]{8})\)/.exec(body)?.[1];
    expect(logged.find(entry => entry.id === id)).toMatchObject({ event: 'request-failed' });
  });
});

describe('pictures and reports', () => {
  test('a chart is a PNG of the asked width, in both themes', async () => {
    for (const theme of ['light', 'dark']) {
      const response = await get(`/q/trending-genres/chart.png?theme=${theme}&width=400`);
      const png = Buffer.from(await response.arrayBuffer());
      expect([response.headers.get('content-type'), png.readUInt32BE(16)]).toEqual(['image/png', 800]);
    }
    expect((await get('/q/trending-genres/chart.png?width=1e9')).status).toBe(400);
    const none = await get('/q/top/chart.png?country=aq', 'application/json');
    expect([none.status, await none.json()]).toEqual([
      400,
      { error: 'This answer has no chart.', hint: 'No sales in Antarctica in this period.' },
    ]);
    const unread = await get('/q/trending-genres/chart.png?until=2020-01-01', 'application/json');
    expect(await unread.json()).toMatchObject({ hint: 'No sales were read in this period.' });
  });

  test('HEAD of a chart counts and draws nothing', async () => {
    const broken = () => Promise.reject(new Error('not to be asked'));
    const db = (() => {
      throw new Error('not to be asked');
    }) as never;
    const head = (path: string) => app({ db, renderChart: broken }).request(path, { method: 'HEAD' });
    const response = await head('/q/trending-genres/chart.png?theme=dark&width=400');
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'image/png', 'public, max-age=30']);
    expect((await head('/q/trending-genres/chart.png?width=1e9')).status).toBe(400);
    expect((await head('/q/weather/chart.png')).status).toBe(404);
  });

  test('a report is a PDF of its day', async () => {
    const response = await get('/report/2026-10-06.pdf?zone=Europe/Berlin');
    const pdf = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-type'), pdf.subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect((await get('/report/latest.pdf')).headers.get('content-disposition')).toContain(
      'bandcamp-2026-10-06.pdf',
    );
    for (const path of [
      '/report/2026-02-30.pdf',
      '/report/x.pdf',
      '/report/2026-10-06.pdf?paper=a0',
      '/report/2026-10-06.pdf?zone=Mars',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 400]);
    }
  });
});

test('is alive without a database, and ready with one', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  expect(await (await get('/readyz')).json()).toEqual({
    status: 'ready',
    readUntil: '2026-10-07T12:00:00.000Z',
  });
  const broken = app({
    db: (async () => {
      throw new Error('gone');
    }) as never,
  });
  expect([(await broken.request('/healthz')).status, (await broken.request('/readyz')).status]).toEqual([
    200, 503,
  ]);
});
