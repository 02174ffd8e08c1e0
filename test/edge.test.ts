/**
 * The Worker in workerd answers with the service's own text from the same database, and can do no more than
 * read.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../src/config.ts';
import { simulatedClock } from '../src/core/time/clock.ts';
import { connect } from '../src/db/connect.ts';
import edge from '../src/edge.ts';
import { silentLog } from '../src/log.ts';
import { createApp } from '../src/web/app.ts';
import { testDatabase } from './support/database.ts';
import { readerUrl } from './support/reader.ts';
import { type RunningWorker, startWorker } from './support/worker.ts';
import { seedWorld, WORLD_END } from './support/world.ts';

const QUICKCHART = 'https://quickchart.example';
const CHARTS = { QUICKCHART_URL: QUICKCHART, LOG_LEVEL: 'warn' };

const { db, url } = await testDatabase();
const reader = await readerUrl(db, url);
const noChart = () => Promise.reject(new Error('no chart is drawn here'));
const deps = {
  config: readConfig({}),
  db,
  clock: simulatedClock(WORLD_END, 1),
  log: silentLog,
  renderChart: noChart,
  renderConfig: noChart,
};
const service = createApp(deps);

let worker: RunningWorker;
beforeAll(async () => {
  await seedWorld(db);
  worker = await startWorker(reader, CHARTS);
}, 90_000);
afterAll(() => worker?.stop());

/** Status, body and type of both, for one address. */
async function both(path: string, accept = '*/*') {
  const read = async (answer: Response | Promise<Response>) => {
    const response = await answer;
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  const headers = { Accept: accept };
  return {
    edge: await read(fetch(`${worker.origin}${path}`, { headers, redirect: 'manual' })),
    own: await read(service.request(path, { headers })),
  };
}

describe('the Worker answers as the service does', () => {
  test.each([
    '/api/ask/trending-genres',
    '/api/ask/trending-genres?window=30d',
    '/api/ask/trending-genres?country=de&limit=3',
    '/api/ask/trending-genres?level=style&until=2026-10-06T07:30Z&zone=Asia/Kathmandu',
    '/api/ask/trending-genres?window=3d&format=csv',
    '/api/questions',
  ])('%s', async path => {
    const { edge, own } = await both(path);
    expect(edge).toEqual(own);
    expect(edge.status).toBe(200);
    expect(edge.text).toMatch(path.endsWith('questions') ? /trending-genres/ : /jungle|ลูกทุ่งอีสาน|ambient/);
  });

  test.each(['/', '/q/trending-genres?country=jp'])('the page %s', async path => {
    const { edge, own } = await both(path, 'text/html');
    // Of the feed each says how it stands by its own clock.
    const { text } = edge;
    expect({ ...edge, text: text.replace(/<aside class="banner".*?<\/aside>\n?/s, '') }).toEqual(own);
    expect(text).toContain('<table>');
  });

  test.each([
    ['/api/ask/weather', 404],
    ['/api/ask/trending-genres?window=soon', 400],
    ['/nowhere', 404],
  ])('the refusal of %s', async (path, status) => {
    const { edge, own } = await both(path);
    expect(edge).toEqual(own);
    expect(edge.status).toBe(status);
  });

  test('twenty requests at once', async () => {
    const path = '/api/ask/trending-genres?limit=5';
    const answers = await Promise.all(Array.from({ length: 20 }, () => both(path)));
    for (const { edge, own } of answers) expect(edge).toEqual(own);
  });
});

test('a pool that forgets the zone of its sessions changes no answer', async () => {
  const elsewhere = connect(`${reader}?TimeZone=Asia/Kathmandu`, { max: 1 });
  expect(await elsewhere`show timezone`).toEqual([{ TimeZone: 'Asia/Kathmandu' }]);
  for (const path of ['/api/ask/trending-genres?country=de', '/readyz']) {
    const answer = await createApp({ ...deps, db: elsewhere }).request(path);
    expect(await answer.text()).toBe(await (await service.request(path)).text());
  }
  await elsewhere.end();
});

describe('charts', () => {
  test('are drawn by the QuickChart server, in the size and the theme that the page asked for', async () => {
    const page = await fetch(`${worker.origin}/q/genre?genre=jungle&show=history`);
    expect(page.headers.get('content-security-policy')).toContain(`img-src 'self' data: ${QUICKCHART};`);
    const [, path = ''] = /<img class="chart" src="([^"]+)"/.exec(await page.text()) ?? [];
    const answer = await fetch(`${worker.origin}${path.replaceAll('&amp;', '&')}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    const address = new URL(answer.headers.get('location') ?? '');
    expect(`${address.origin}${address.pathname}`).toBe(`${QUICKCHART}/chart`);
    expect(address.searchParams.get('w')).toBe('800');
    const chart = Buffer.from(address.searchParams.get('c') ?? '', 'base64').toString();
    expect(JSON.parse(chart)).toMatchObject({
      type: 'line',
      data: { datasets: expect.arrayContaining([expect.objectContaining({ label: 'now' })]) },
    });
  });

  test.each(['/chart?c={}', '/report/2026-10-06.pdf'])('%s is said to be the service’s', async path => {
    const answer = await fetch(`${worker.origin}${path}`);
    expect([answer.status, await answer.json()]).toEqual([
      501,
      expect.objectContaining({ hint: expect.any(String) }),
    ]);
  });
});

test('is ready when its database is, and logged nothing', async () => {
  expect(await (await fetch(`${worker.origin}/readyz`)).json()).toMatchObject({ status: 'ready' });
  expect(worker.output()).not.toMatch(/WARN|"level":"(warn|error)"/i);
});

test.each([
  [
    { HYPERDRIVE: { connectionString: 'postgres://127.0.0.1:9/x' }, LOG_LEVEL: 'loud' },
    /^LOG_LEVEL: use one of/,
  ],
  [{}, /^Bind a Hyperdrive as HYPERDRIVE/],
])('deployed with %j says what would be right', async (env, hint) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const answer = await edge.fetch(new Request('https://edge.example/'), env, { waitUntil: () => {} });
  expect([answer.status, await answer.json()]).toEqual([
    500,
    expect.objectContaining({ hint: expect.stringMatching(hint) }),
  ]);
  expect(log.mock.lastCall?.[0]).toContain('"event":"wrong-settings"');
  log.mockRestore();
});
