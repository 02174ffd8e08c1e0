/** While data are loaded the address is honest: nothing is ready, and all are told when to come again. */
import { expect, test } from 'vitest';
import { loadingApp } from '../../src/web/loading.ts';

const app = loadingApp(() => ({ what: 'Loading 10 weeks of simulated sales', share: 0.436, leftMs: 30_000 }));
const get = (path: string, accept = '*/*') => app.request(path, { headers: { Accept: accept } });

test('browsers get a page that comes again by itself', async () => {
  for (const path of ['/', '/q/overview?window=7d']) {
    const page = await get(path, 'text/html,application/xhtml+xml');
    expect([page.status, page.headers.get('Retry-After')]).toEqual([503, '2']);
    const text = await page.text();
    expect(text).toContain('<title>Loading 43% – Bandcamp Tracker</title>');
    expect(text).toContain('<meta http-equiv="refresh" content="2">');
    expect(text).toContain('Loading 10 weeks of simulated sales, about 30 s left.');
    expect(text).not.toContain('<script');
  }
  expect((await get('/style.css')).status).toBe(200);
});

test('programs get 503 with Retry-After, health says alive and not ready', async () => {
  for (const path of ['/api/questions', '/api/ask/overview', '/report/latest.pdf', '/']) {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '30']);
    expect(await answer.json()).toEqual({
      error: 'The service is still loading.',
      hint: 'Loading 10 weeks of simulated sales: 43%, about 30 s left.',
    });
  }
  expect((await get('/api/questions', 'text/html')).headers.get('Content-Type')).toMatch(/json/);
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  const ready = await get('/readyz');
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'not ready', reason: expect.stringContaining('43%') },
  ]);
});

test('no connection is kept, since the address changes hands', async () => {
  for (const path of ['/', '/healthz', '/api/questions'])
    expect((await app.request(path)).headers.get('Connection')).toBe('close');
});
