/**
 * The simulated Bandcamp over HTTP: the feed's protocol, pages behind redirects, and every fault, met by the
 * real client.
 */
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refused, refusalOf, Unavailable } from '../../src/bandcamp/blocked-response.ts';
import { createHttp, type Http } from '../../src/bandcamp/client.ts';
import { BadFeed, fetchFeed } from '../../src/bandcamp/feed.ts';
import { classifyPage } from '../../src/bandcamp/item-page.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import {
  floorTo,
  HOUR,
  type Instant,
  instantFromSeconds,
  MINUTE,
  parseInstant,
  SECOND,
} from '../../src/core/time/instant.ts';
import { silentLog } from '../../src/log.ts';
import type { FaultKind, FaultPlan } from '../../src/simulation/faults.ts';
import { ADMIN_HOST, type DemoServer, startDemoServer } from '../../src/simulation/server.ts';
import { createWorld, type FeedResponse, type RawEvent } from '../../src/simulation/world.ts';
import { leapingClock } from '../support/leaping-clock.ts';

const NOW = parseInstant('2026-07-02T18:07:41Z');
const world = createWorld({
  seed: 7,
  salesADay: 8000,
  artists: 3000,
  start: parseInstant('2026-07-01'),
  days: 30,
});

let clock: Clock;
let server: DemoServer;
let http: Http;

beforeEach(async () => {
  clock = leapingClock(NOW);
  server = await startDemoServer({ world, clock, lookBackSeconds: 3600 });
  const config = readConfig({ UPSTREAM_ORIGIN: server.origin });
  http = createHttp({ config, clock, random: () => 0, log: silentLog });
});
afterEach(async () => {
  await http.close();
  await server.close();
});

async function ask(host: string, path: string, options: { method?: 'POST'; body?: string } = {}) {
  const { statusCode, headers, body } = await request(server.origin + path, {
    ...options,
    headers: { host },
  });
  return { status: statusCode, headers, body: await body.text() };
}

const feed = async (query: string): Promise<FeedResponse> =>
  JSON.parse((await ask('bandcamp.com', `/api/salesfeed/1/${query}`)).body);
const sorted = (events: RawEvent[]) => events.toSorted((a, b) => a.utc_date - b.utc_date);
const now = NOW / SECOND;
const minute = floorTo(NOW, MINUTE) / SECOND;

describe('the feed', () => {
  test('get_initial: the last two whole minutes, in a wrapper', async () => {
    const { feed_data } = JSON.parse((await ask('bandcamp.com', '/api/salesfeed/1/get_initial')).body);
    expect(feed_data).toMatchObject({
      start_date: minute - 120,
      end_date: minute,
      data_delay_sec: 120,
      server_time: now,
    });
    expect(feed_data.events.length).toBeGreaterThan(0);
  });

  test('get: from any second to the last whole minute', async () => {
    const { start_date, end_date, events, server_time } = await feed(`get?start_date=${minute - 487}`);
    expect([start_date, end_date, server_time]).toEqual([minute - 487, minute, now]);
    expect(sorted(events).filter(({ utc_date }) => utc_date > minute - 480 && utc_date < minute - 6)).toEqual(
      [...world.events((minute - 480) * SECOND, (minute - 6) * SECOND)],
    );
  });

  test('a window that is not published yet has only the time', async () => {
    expect(await feed(`get?start_date=${minute}`)).toEqual({ server_time: now });
    expect(await feed(`get?start_date=${minute + 3600}`)).toEqual({ server_time: now });
  });

  test.each([`${minute}000`, 'soon', '', '-5'])(
    'start_date=%s is no time: the default window',
    async text => {
      expect(await feed(`get?start_date=${text}`)).toMatchObject({
        start_date: minute - 120,
        end_date: minute,
      });
    },
  );

  test('reaches back as far as it does', async () => {
    expect(await feed(`get?start_date=${minute - 90_000}`)).toMatchObject({
      start_date: minute - 3600,
      end_date: minute,
    });
    expect(await feed('get?start_date=0')).toMatchObject({ start_date: minute - 3600 });
  });

  test('repeats the seconds before a window', async () => {
    const starts = Array.from({ length: 30 }, (_, at) => minute - 600 + 10 * at);
    const early: number[] = [];
    for (const start of starts)
      for (const { utc_date } of (await feed(`get?start_date=${start}`)).events)
        if (utc_date < start) early.push(start - utc_date);
    expect(early.length).toBeGreaterThan(0);
    expect(Math.max(...early)).toBeLessThan(8);
  });

  test('followed from end to start has each sale of two hours', async () => {
    let until: Instant | null = null;
    const seen = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const batch = await fetchFeed(http, until);
      if (batch.kind === 'sales') {
        until = batch.until;
        for (const { at, page } of batch.sales) seen.add(`${at} ${page}`);
      }
      await clock.sleep((1 + (round % 5)) * MINUTE + 7 * SECOND);
    }
    const from = NOW;
    if (until === null) throw new Error('nothing was published');
    const events = [...world.events(from, until - 6 * SECOND)];
    expect(until - from).toBeGreaterThan(HOUR);
    for (const item of events.flatMap(({ items }) => items)) {
      const page = item.url.replace(/^(?:http:)?\/\//, 'https://');
      expect(seen).toContain(`${instantFromSeconds(item.utc_date)} ${page}`);
    }
  });
});

describe('pages', () => {
  test('by virtual hosts, through redirects, and none', async () => {
    const facts = [...world.pageFacts(NOW - HOUR, NOW)];
    const moved = facts.find(
      ({ url }) => world.page(url, NOW)?.kind === 'redirect' && /\/(album|track)\//.test(url),
    );
    const plain = facts.find(({ url }) => world.page(url, NOW)?.kind === 'page' && url.includes('/album/'));
    for (const known of [plain, moved]) {
      if (!known) throw new Error('none was sold');
      const read = classifyPage(await http.get(known.url), known.url);
      expect(read).toMatchObject({
        kind: 'page',
        facts: { title: known.title, tags: known.tags, place: known.location },
      });
    }
    expect(classifyPage(await http.get('https://nobody.bandcamp.com/album/x'))).toEqual({ kind: 'gone' });
    expect(server.requests().strangers).toEqual([]);
  });

  test('robots.txt on each host', async () => {
    expect((await ask('bandcamp.com', '/robots.txt')).body).toMatch(/^User-agent: \*\nDisallow: \/cart/);
    expect((await ask('music.x.example', '/robots.txt')).status).toBe(200);
  });
});

describe('faults', () => {
  const plan = (kinds: FaultKind[], more: Partial<FaultPlan> = {}) => server.setFaults([{ kinds, ...more }]);

  test.each([
    ['forbidden', 'forbidden'],
    ['too-many-requests', 'too-many-requests'],
    ['challenge', 'challenge'],
    ['server-error', 'server-error'],
  ] as const)('%s is a refusal, of feed and pages', async (kind, reason) => {
    plan([kind], { retryAfterSeconds: 17 });
    await expect(fetchFeed(http, null)).rejects.toThrow(Refused);
    const page = await http.get('https://nobody.bandcamp.com/album/x');
    expect(refusalOf(page)).toMatchObject({
      reason,
      ...(kind === 'too-many-requests' && { retryAfterSeconds: 17 }),
    });
  });

  test.each(['cut', 'huge', 'gzip-bomb'] as const)('%s is no answer', async kind => {
    plan([kind]);
    await expect(fetchFeed(http, null)).rejects.toThrow(Unavailable);
  });

  test.each(['cut-json', 'wrong-types'] as const)('%s is no feed', async kind => {
    plan([kind]);
    await expect(fetchFeed(http, null)).rejects.toThrow(BadFeed);
  });

  test('a time-out lasts until the client gives up', async () => {
    plan(['time-out']);
    const stop = new AbortController();
    const asked = expect(
      http.get('https://bandcamp.com/api/salesfeed/1/get_initial', { signal: stop.signal }),
    ).rejects.toThrow();
    while (server.requests().feed === 0) await new Promise(resolve => setTimeout(resolve, 5));
    stop.abort(new Error('given up'));
    await asked;
  });

  test('a slow body is whole in the end', async () => {
    plan(['slow'], { slowSeconds: 0.1 });
    expect((await fetchFeed(http, null)).kind).toBe('sales');
  });

  test('bad items stand among true ones, which are not lost', async () => {
    const good = await fetchFeed(http, null);
    plan(['bad-items'], { on: 'feed' });
    const mixed = await fetchFeed(http, null);
    if (good.kind !== 'sales' || mixed.kind !== 'sales') throw new Error('nothing yet');
    expect(mixed.sales).toHaveLength(good.sales.length);
    expect(mixed.rejects).toHaveLength(4);
  });

  test('redirects to private addresses are noticed', async () => {
    plan(['private-redirect'], { times: 1 });
    await http.get('https://nobody.bandcamp.com/album/x').catch(() => {});
    expect(server.requests().faults).toEqual({ 'private-redirect': 1 });
  });

  test('come by seed and rate, the same again, and stop', async () => {
    const run = async () => {
      server.setFaults([{ kinds: ['server-error', 'forbidden'], rate: 0.4, seed: 5, times: 6 }]);
      const statuses: number[] = [];
      for (let n = 0; n < 40; n += 1)
        statuses.push((await ask('bandcamp.com', '/api/salesfeed/1/get_initial')).status);
      return statuses;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(first.filter(status => status !== 200)).toHaveLength(6);
    expect(new Set(first)).toEqual(new Set([200, 403, 503]));
  });

  test('are set by a call of their own', async () => {
    const post = (body: unknown) =>
      ask(ADMIN_HOST, '/__demo/faults', { method: 'POST', body: JSON.stringify(body) });
    expect((await post([{ kinds: ['forbidden'], on: 'pages' }])).status).toBe(200);
    expect((await ask('x.bandcamp.com', '/')).status).toBe(403);
    expect((await ask('bandcamp.com', '/api/salesfeed/1/get_initial')).status).toBe(200);
    expect((await post([{ kinds: ['nonsense'] }])).status).toBe(400);
    expect((await post([])).status).toBe(200);
    expect((await ask('x.bandcamp.com', '/')).status).toBe(404);
    expect(JSON.parse((await ask(ADMIN_HOST, '/__demo/requests')).body)).toMatchObject({ feed: 1, pages: 2 });
  });
});
