/** The client against a real server: one origin for all hosts, pace, redirects, limits, and being refused. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refused, refusalOf, Unavailable } from '../../src/bandcamp/blocked-response.ts';
import { createHttp, type Http } from '../../src/bandcamp/client.ts';
import { BadFeed, fetchFeed } from '../../src/bandcamp/feed.ts';
import { classifyPage } from '../../src/bandcamp/item-page.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { instantFromSeconds, MINUTE, parseInstant, SECOND } from '../../src/core/time/instant.ts';
import { silentLog } from '../../src/log.ts';
import { leapingClock } from '../support/leaping-clock.ts';
import { type Fault, type RawEvent, type Replay, startReplay } from '../support/replay-server.ts';

const START = parseInstant('2026-10-07T12:00:30Z');
const PAGE = 'https://depot.bandcamp.com/album/night-bus';

const sale = (utc_date: number): RawEvent => ({
  event_type: 'sale',
  utc_date,
  items: [
    {
      utc_date,
      item_type: 'a',
      currency: 'EUR',
      amount_paid: 7,
      url: '//depot.bandcamp.com/album/night-bus',
      country_code: 'de',
    },
  ],
});

let clock: Clock;
let replay: Replay;
let http: Http;

beforeEach(async () => {
  clock = leapingClock(START);
  const html = '<!DOCTYPE html><html><body>Grüße</body></html>';
  const seconds = START / SECOND;
  replay = await startReplay({
    feed: { events: [400, 90, 61, 33].map(ago => sale(seconds - ago)), now: () => clock.now() / SECOND },
    pages: [
      { url: PAGE, body: html },
      { url: 'https://depot.bandcamp.com//double', body: html },
      { url: 'https://depot.bandcamp.com/album/known', body: html, headers: { etag: '"one"' } },
      { url: 'https://old.example.com/album/night-bus', status: 301, headers: { location: PAGE }, body: '' },
      {
        url: 'https://old.example.com/relative',
        status: 302,
        headers: { location: '../album/night-bus?x=1' },
        body: '',
      },
      {
        url: 'https://old.example.com/file',
        status: 302,
        headers: { location: 'file:///etc/passwd' },
        body: '',
      },
      { url: 'https://old.example.com/big', body: 'x'.repeat(3_000_001) },
    ],
  });
  const config = readConfig({ UPSTREAM_ORIGIN: replay.origin, CONTACT: 'https://example.com/about ☃' });
  http = createHttp({ config, clock, random: () => 0, log: silentLog });
});

afterEach(async () => {
  await http.close();
  await replay.close();
});

const fault = (kind: Fault['kind'], more: Partial<Fault> = {}) =>
  replay.faults.push({ match: /./, kind, ...more });

describe('a request', () => {
  test('goes to the one origin under its own host, by its honest name', async () => {
    const fetched = await http.get(`${PAGE}#tracks`);
    expect(fetched).toMatchObject({ status: 200, url: PAGE });
    expect(fetched.body).toContain('Grüße');
    expect(replay.requests).toHaveLength(1);
    expect(replay.requests[0]).toMatchObject({ host: 'depot.bandcamp.com', path: '/album/night-bus' });
    expect(replay.requests[0]?.headers['user-agent']).toMatch(
      /^BandcampTracker\/\d+\.\d+\.\d+ \(\+https:\/\/example\.com\/about \?\)$/,
    );
  });

  test('stays at the origin, whatever the path', async () => {
    expect((await http.get('https://depot.bandcamp.com//double')).status).toBe(200);
  });

  test('follows redirects to other hosts and tells where it ended', async () => {
    expect((await http.get('http://old.example.com/album/night-bus')).url).toBe(PAGE);
    expect((await http.get('https://old.example.com/relative')).url).toBe(
      'https://old.example.com/album/night-bus?x=1',
    );
  });

  test('of what is known already is answered by 304', async () => {
    const url = 'https://depot.bandcamp.com/album/known';
    const { headers } = await http.get(url);
    expect(
      await http.get(url, { etag: headers.etag, modified: 'Wed, 07 Oct 2026 12:00:00 GMT' }),
    ).toMatchObject({
      status: 304,
      body: '',
    });
    expect(replay.requests[1]?.headers).toMatchObject({
      'if-none-match': '"one"',
      'if-modified-since': 'Wed, 07 Oct 2026 12:00:00 GMT',
    });
    expect(await http.get(url, { etag: '"other"' })).toMatchObject({
      status: 200,
      body: expect.stringContaining('Grüße'),
    });
  });

  test.each([
    ['redirect-loop', 'too-many-redirects'],
    ['cut-length', 'cut'],
    ['cut-chunked', 'cut'],
    ['cut-gzip', 'cut'],
    ['bomb', 'too-large'],
  ] as const)('%s: unavailable', async (kind, reason) => {
    fault(kind);
    const error = await http.get(PAGE).catch(thrown => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ reason });
  });

  test.each([
    ['https://old.example.com/big', 'too-large'],
    ['https://old.example.com/file', 'bad-address'],
    ['file:///etc/passwd', 'bad-address'],
    ['no address', 'bad-address'],
  ])('%s: unavailable', async (url, reason) => {
    await expect(http.get(url)).rejects.toMatchObject({ name: 'Unavailable', reason });
  });

  test('nobody there: unavailable', async () => {
    await replay.close();
    await expect(http.get(PAGE)).rejects.toMatchObject({ name: 'Unavailable', reason: 'network' });
    replay = await startReplay({});
  });

  test('is stopped by its signal: waiting for an answer, and waiting for its turn', async () => {
    fault('slow');
    const stop = new AbortController();
    const running = http.get(PAGE, { signal: stop.signal });
    const queued = Promise.all([1, 2, 3].map(() => http.get(PAGE, { signal: stop.signal })));
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(running).rejects.toThrow('stopped');
    await expect(queued).rejects.toThrow('stopped');
  });
});

describe('a refusal', () => {
  test.each([
    ['challenge', 200],
    ['forbidden', 403],
    ['too-many-requests', 429],
    ['server-error', 503],
  ] as const)('%s comes back once, then the host is left alone, others are not', async (kind, status) => {
    fault(kind, { times: 1 });
    const fetched = await http.get(PAGE);
    expect(refusalOf(fetched)).toMatchObject({ reason: kind, status });
    expect(classifyPage(fetched)).toMatchObject({ kind: 'refused', reason: kind });
    const error: Refused = await http.get(PAGE).catch(thrown => thrown);
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ reason: kind, status: 0 });
    expect(replay.requests).toHaveLength(1);
    expect((await http.get('https://old.example.com/album/other')).status).toBe(404);
    await clock.sleep((error.retryAfterSeconds as number) * SECOND);
    expect((await http.get(PAGE)).status).toBe(200);
  });

  test('a host that asks who we are does not want us: 401 is a refusal as 403 is', async () => {
    await replay.close();
    replay = await startReplay({ pages: [{ url: PAGE, status: 401, body: 'Authorization required' }] });
    http = createHttp({
      config: readConfig({ UPSTREAM_ORIGIN: replay.origin }),
      clock,
      random: () => 0.5,
      log: silentLog,
    });
    expect(classifyPage(await http.get(PAGE))).toMatchObject({ kind: 'refused', reason: 'forbidden' });
    await expect(http.get(PAGE)).rejects.toMatchObject({ name: 'Refused', reason: 'forbidden', status: 0 });
    // Asked once: to go on asking is what the refusal forbids.
    expect(replay.requests).toHaveLength(1);
  });

  test.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [429, 'too-many-requests'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [504, 'server-error'],
    // Fastly's and Cloudflare's own, beyond the standard.
    [520, 'server-error'],
    [599, 'server-error'],
  ] as const)('is HTTP %i: %s', (status, reason) => {
    expect(refusalOf({ status, headers: {}, body: 'no' })).toEqual({ reason, status });
  });

  // What is gone or moved says something of one page, nothing of whether its host wants to be asked.
  test.each([200, 206, 301, 302, 304, 400, 404, 405, 410, 418, 451])('is not HTTP %i', status => {
    expect(refusalOf({ status, headers: {}, body: 'something else' })).toBeNull();
  });

  test('lasts as long as Retry-After says, at least', async () => {
    fault('too-many-requests', { retryAfterSeconds: 7200, times: 1 });
    await http.get(PAGE);
    const error: Refused = await http.get(PAGE).catch(thrown => thrown);
    expect(error.retryAfterSeconds).toBeGreaterThan(3600);
  });

  test('says until when by a date, too', () => {
    const headers = { date: 'Wed, 07 Oct 2026 12:00:00 GMT', 'retry-after': 'Wed, 07 Oct 2026 12:02:00 GMT' };
    expect(refusalOf({ status: 429, headers, body: '' })).toMatchObject({ retryAfterSeconds: 120 });
  });
});

describe('the feed', () => {
  const minute = START - 30 * SECOND;

  test('is asked for its newest minutes, then from where it ended, then has nothing yet', async () => {
    const first = await fetchFeed(http, null);
    expect(first).toMatchObject({ kind: 'sales', until: minute, from: minute - 2 * MINUTE, rejects: [] });
    expect(first.kind === 'sales' && first.sales).toHaveLength(3);
    const earlier = await fetchFeed(http, minute - 10 * MINUTE);
    expect(earlier.kind === 'sales' && earlier.sales).toHaveLength(4);
    expect(await fetchFeed(http, instantFromSeconds(clock.now() / SECOND + 3600))).toMatchObject({
      kind: 'nothing-yet',
    });
    expect(replay.requests.map(({ path }) => path.replace(/^.*\//, ''))).toEqual([
      'get_initial',
      `get?start_date=${(minute - 10 * MINUTE) / SECOND}`,
      expect.stringMatching(/^get\?start_date=\d{10}$/),
    ]);
  });

  test.each([
    ['challenge', Refused],
    ['forbidden', Refused],
    ['too-many-requests', Refused],
    ['server-error', Refused],
    ['gone', Unavailable],
    ['cut-length', Unavailable],
    ['cut-chunked', Unavailable],
    ['cut-gzip', Unavailable],
    ['half', BadFeed],
    ['wrong-json', BadFeed],
  ] as const)('%s throws what it is', async (kind, type) => {
    fault(kind);
    await expect(fetchFeed(http, null)).rejects.toBeInstanceOf(type);
  });
});
