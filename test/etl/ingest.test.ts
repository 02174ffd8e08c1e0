/**
 * The feed through outages, caps, look-back and refusals, from real local servers: nothing lost that could be
 * had, gaps exact.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp, type Http } from '../../src/bandcamp/client.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { DAY, floorTo, HOUR, type Instant, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { coverageOf, feedCursor } from '../../src/db/coverage.ts';
import { gapsWithin, missedStretches } from '../../src/db/feed-gaps.ts';
import { feedState } from '../../src/db/feed-reading.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { nextStart } from '../../src/etl/catch-up.ts';
import { createFeedAlarm, feedBackoff, ingest, ingestOnTick } from '../../src/etl/ingest.ts';
import { type FeedDeps, provenWindow } from '../../src/etl/read-feed.ts';
import { createLog } from '../../src/log.ts';
import { startDemoServer } from '../../src/simulation/server.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { testDatabase } from '../support/database.ts';
import { leapingClock } from '../support/leaping-clock.ts';
import { startReplay } from '../support/replay-server.ts';
import { NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const world = createWorld({ seed: 7, salesADay: 4_000, artists: 2_000, start: NOON - DAY, days: 2 });

let clock: Clock;
let http: Http;
let deps: FeedDeps;
let lines: { event: string; [field: string]: unknown }[];
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  await db`truncate window_read, feed_gap, feed_reading, sale, job`;
  clock = leapingClock(NOON);
  lines = [];
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function openDeps(origin: string): void {
  const log = createLog('info', line => lines.push(JSON.parse(line)));
  const config = readConfig({ UPSTREAM_ORIGIN: origin });
  http = createHttp({ config, clock, random: () => 0.5, log });
  closing.push(() => http.close());
  deps = { db, clock, random: () => 0.5, http, log };
}

async function openDemo(lookBackSeconds = 12 * 3600) {
  const server = await startDemoServer({ world, clock, lookBackSeconds });
  closing.push(server.close);
  openDeps(server.origin);
  return server;
}

/**
 * A feed that answers as it is told, by the `start_date` in seconds, null for `get_initial`; undefined is no
 * answer.
 */
async function openFeed(
  answer: (start: number | null) => Buffer | object | undefined,
): Promise<(number | null)[]> {
  const asked: (number | null)[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/robots.txt') return response.writeHead(404).end();
    const start = /start_date=(\d+)/.exec(request.url ?? '')?.[1];
    asked.push(start === undefined ? null : Number(start));
    const found = answer(start === undefined ? null : Number(start));
    if (found === undefined) return response.destroy();
    if (Buffer.isBuffer(found)) return response.writeHead(200, { 'content-encoding': 'gzip' }).end(found);
    return response.writeHead(200).end(JSON.stringify(start === undefined ? { feed_data: found } : found));
  };
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  closing.push(() => new Promise(resolve => server.close(resolve)));
  closing.push(async () => server.closeAllConnections());
  openDeps(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return asked;
}

/** What a feed without sales answers. */
function emptyWindow(start: number | null) {
  const end = floorTo(clock.now(), MINUTE) / SECOND;
  return { start_date: start ?? end - 120, end_date: end, events: [], server_time: clock.now() / SECOND };
}

const readWindow = (from: Instant, until: Instant) => db`
  insert into window_read (from_at, until_at, source, read_at)
  values (${from}, ${until}, 'feed', ${until})`;
const readFrom = async () => lines.filter(({ event }) => event === 'feed-read').map(({ from }) => from);
const iso = (at: Instant) => new Date(at / 1000).toISOString().replace('.000', '');
const salesBetween = async (from: Instant, until: Instant) =>
  Number((await db`select count(*) as n from sale where at >= ${from} and at < ${until}`)[0]?.n);
const soldBetween = (from: Instant, until: Instant) =>
  [...world.events(from - MINUTE, until + MINUTE)]
    .flatMap(({ items }) => items)
    .filter(({ utc_date }) => Math.round(utc_date * SECOND) >= from && Math.round(utc_date * SECOND) < until)
    .length;

describe('after an outage', () => {
  test('of up to an hour one answer from the cursor has it all', async () => {
    await openDemo();
    await readWindow(NOON - HOUR, NOON - 40 * MINUTE);
    expect(await ingest(deps)).toMatchObject({ windows: 1, until: NOON });
    expect(await coverageOf(db, [{ from: NOON - HOUR, until: NOON }])).toBe(1);
  });

  test('of hours the newest minutes come first, then all that was missed', async () => {
    const server = await openDemo();
    await readWindow(NOON - 6 * HOUR, NOON - 5 * HOUR);
    await ingest(deps);
    expect((await readFrom()).slice(0, 3)).toEqual(
      [NOON - 2 * MINUTE, NOON - HOUR, NOON - 2 * HOUR].map(iso),
    );
    expect(server.requests().feed).toBe(5);
    expect(await missedStretches(db)).toEqual([]);
    const window = { from: NOON - 5 * HOUR, until: NOON };
    expect([await coverageOf(db, [window]), await gapsWithin(db, window)]).toEqual([1, []]);
    // The last seconds are served late.
    const sold = soldBetween(NOON - 5 * HOUR, NOON - 10 * SECOND);
    expect(sold).toBeGreaterThan(500);
    expect(await salesBetween(NOON - 5 * HOUR, NOON - 10 * SECOND)).toBe(sold);
    await clock.sleep(MINUTE);
    await ingest(deps);
    expect(server.requests().feed).toBe(6);
  });

  test('longer than the look-back the rest is a gap with its bounds, which an import fills', async () => {
    const server = await openDemo(2 * 3600);
    await readWindow(NOON - 9 * HOUR, NOON - 8 * HOUR);
    await ingest(deps);
    const whole = { from: NOON - 9 * HOUR, until: NOON + DAY };
    const end = NOON - 2 * HOUR;
    const gap = (await gapsWithin(db, whole))[0];
    expect(await gapsWithin(db, whole)).toEqual([{ from: NOON - 8 * HOUR, until: end, reason: 'look-back' }]);
    expect(lines.filter(({ event }) => event === 'feed-gap')).toMatchObject([
      { from: iso(NOON - 8 * HOUR), reason: 'look-back' },
    ]);
    expect(await coverageOf(db, [{ from: NOON - 9 * HOUR, until: NOON }])).toBeCloseTo(3 / 9, 6);
    const { feed } = server.requests();
    await clock.sleep(MINUTE);
    await ingest(deps);
    expect(server.requests().feed).toBe(feed + 1);

    const imported = { from: NOON - 8 * HOUR, until: NOON - 4 * HOUR };
    await storeLoad(db, 'import', { sales: [], rejects: [], windows: [imported] }, clock.now());
    expect(await gapsWithin(db, whole)).toEqual([{ ...gap, from: NOON - 4 * HOUR }]);
    expect(await gapsWithin(db, imported)).toEqual([]);
  });

  test('history that was imported up to some hours ago is gone on from', async () => {
    await openDemo();
    await storeLoad(
      db,
      'import',
      { sales: [], rejects: [], windows: [{ from: NOON - DAY, until: NOON - 3 * HOUR }] },
      NOON,
    );
    await ingest(deps);
    expect(await coverageOf(db, [{ from: NOON - DAY, until: NOON }])).toBe(1);
  });

  test('an answer of many megabytes is read', async () => {
    const now = NOON / SECOND;
    const events = Array.from({ length: 6_000 }, (_, n) => {
      const utc_date = now - 6 * 3600 + n * 3.5;
      const item = {
        utc_date: utc_date + 0.1,
        artist_name: 'Ann',
        item_type: 'a',
        item_description: 'x'.repeat(900),
        slug_type: 'a',
        currency: 'USD',
        amount_paid: 7,
        item_price: 7,
        amount_paid_usd: 7,
        country: 'Japan',
        country_code: 'jp',
        url: `//a.bandcamp.com/album/${n % 50}`,
      };
      return { event_type: 'sale', utc_date, items: [item] };
    });
    const replay = await startReplay({ feed: { events, now: () => clock.now() / SECOND } });
    closing.push(replay.close);
    openDeps(replay.origin);
    await readWindow(NOON - 7 * HOUR, NOON - 6 * HOUR);
    expect(JSON.stringify(events).length).toBeGreaterThan(6_000_000);
    expect(await ingest(deps)).toMatchObject({ stored: 6_000, rejected: 0, until: NOON });
  });
});

describe('an answer', () => {
  const gaps = () => gapsWithin(db, { from: NOON - DAY, until: NOON + DAY });

  test('that is shorter than asked, once, gives nothing up', async () => {
    let short = true;
    await openFeed(start => {
      if (start !== null && short) {
        short = false;
        return emptyWindow(null);
      }
      return emptyWindow(start);
    });
    await readWindow(NOON - 4 * HOUR, NOON - 3 * HOUR);
    await ingest(deps);
    expect([await gaps(), await missedStretches(db)]).toEqual([[], []]);
  });

  test('that is too large is asked for from nearer, and given up after hours of trying', async () => {
    const tooLarge = gzipSync(Buffer.alloc(33_000_000, ' '));
    const limit = NOON - 3 * HOUR;
    const asked = await openFeed(start =>
      start !== null && start < limit / SECOND ? tooLarge : emptyWindow(start),
    );
    await readWindow(NOON - 7 * HOUR, NOON - 6 * HOUR);
    await ingest(deps);
    const [stretch] = await missedStretches(db);
    expect(stretch?.until).toBeGreaterThanOrEqual(limit);
    expect(stretch?.until).toBeLessThan(limit + 10 * MINUTE);
    expect(await gaps()).toEqual([]);
    const before = asked.length;
    await clock.sleep(MINUTE);
    await ingest(deps);
    expect(asked.length).toBe(before + 1);
    for (let round = 0; round < 5; round += 1) {
      await clock.sleep(50 * MINUTE);
      await ingest(deps);
    }
    expect(await gaps()).toEqual([{ from: NOON - 6 * HOUR, until: stretch?.until, reason: 'too-large' }]);
    expect(await missedStretches(db)).toEqual([]);
  });

  test('to the cursor that is too large leaves the newest minutes to be read', async () => {
    const tooLarge = gzipSync(Buffer.alloc(33_000_000, ' '));
    let times = 1;
    await openFeed(start => (start !== null && times-- > 0 ? tooLarge : emptyWindow(start)));
    await readWindow(NOON - HOUR, NOON - 30 * MINUTE);
    expect(await ingest(deps)).toMatchObject({ until: NOON });
    expect([await gaps(), await missedStretches(db)]).toEqual([[], []]);
  });

  test('of the future is refused', async () => {
    await openFeed(() => ({
      ...emptyWindow(null),
      end_date: (NOON + DAY) / SECOND,
      server_time: (NOON + DAY) / SECOND,
    }));
    await expect(ingest(deps)).rejects.toThrow(/future/);
    expect(await feedCursor(db)).toBeNull();
  });

  test('of many sales counts for the time that they vouch for', () => {
    const window = { from: NOON, until: NOON + 6 * HOUR };
    const sales = (from: Instant, until: Instant, count = 1000) =>
      Array.from({ length: count }, (_, n) => ({ at: from + Math.floor((n * (until - from)) / count) }));
    const { from, until } = window;
    expect(provenWindow({ ...window, sales: sales(from, until) })).toEqual(window);
    expect(provenWindow({ ...window, sales: sales(from + HOUR + 7, until) })).toEqual({
      from: from + HOUR,
      until,
    });
    const end = NOON + 2 * HOUR;
    expect(provenWindow({ ...window, sales: sales(from, end + 1) }).until).toBe(floorTo(end - 1, MINUTE));
    expect(provenWindow({ ...window, sales: sales(from + HOUR, end, 400) })).toEqual(window);
    expect(provenWindow({ ...window, sales: sales(from - HOUR, from) })).toEqual(window);
  });
});

test('each step back is twice as far, and nearer than where it failed', () => {
  const stretch = (from: number, until: number) => ({ from: NOON - from * HOUR, until: NOON - until * HOUR });
  expect(nextStart(stretch(5, 1 / 30), NOON, -Infinity)).toBe(NOON - HOUR);
  expect(nextStart(stretch(5, 2), NOON, -Infinity)).toBe(NOON - 4 * HOUR);
  expect(nextStart(stretch(5, 4), NOON, -Infinity)).toBe(NOON - 5 * HOUR);
  expect(nextStart(stretch(5, 2), NOON, NOON - 4 * HOUR)).toBe(NOON - 3 * HOUR);
  expect(nextStart(stretch(5, 4), NOON, NOON - 3 * HOUR)).toBe(NOON - 4 * HOUR - 10 * MINUTE);
});

describe('ticks', () => {
  test('two replicas ask once', async () => {
    const server = await openDemo();
    const ticks = await Promise.all([ingestOnTick(deps), ingestOnTick(deps)]);
    expect(ticks.filter(Boolean)).toHaveLength(1);
    expect(server.requests().feed).toBe(1);
  });

  test('a failing feed is left alone ever longer, the alarm is raised once, success resets all', async () => {
    let up = true;
    const asked = await openFeed(start => (up ? emptyWindow(start) : undefined));
    await ingestOnTick(deps);
    expect(await feedState(db, clock.now())).toMatchObject({
      until: NOON,
      failures: 0,
      lastError: null,
      nextAt: null,
      stalled: false,
    });
    up = false;
    const before = asked.length;
    const tellFeed = createFeedAlarm(deps);
    for (let minute = 0; minute < 60; minute += 1) {
      await clock.sleep(MINUTE);
      await ingestOnTick(deps).catch(() => {});
      await tellFeed(db);
    }
    expect(asked.length - before).toBeLessThan(12);
    const state = await feedState(db, clock.now());
    expect(state).toMatchObject({ until: NOON, stalled: true, lastError: expect.stringContaining('cut') });
    expect(state.failures).toBe(asked.length - before);
    expect(state.behindMicros).toBeGreaterThan(59 * MINUTE);
    const alarms = () =>
      lines.filter(({ event }) => /^feed-(stalled|recovered)$/.test(event)).map(({ event }) => event);
    expect(alarms()).toEqual(['feed-stalled']);
    up = true;
    await clock.sleep(15 * MINUTE);
    await ingestOnTick(deps);
    await tellFeed(db);
    expect(alarms()).toEqual(['feed-stalled', 'feed-recovered']);
    // One that starts late catches up first, and says so where it does not.
    await clock.sleep(20 * MINUTE);
    const tellLate = createFeedAlarm(deps);
    await tellLate(db);
    expect(alarms()).toHaveLength(2);
    await clock.sleep(2 * MINUTE);
    await tellLate(db);
    expect(alarms().slice(2)).toEqual(['feed-stalled']);
    await ingestOnTick(deps);
    const now = await feedState(db, clock.now());
    expect(now).toMatchObject({ failures: 0, lastError: null, nextAt: null, stalled: false });
    expect(await coverageOf(db, [{ from: NOON - 2 * MINUTE, until: now.until ?? 0 }])).toBe(1);
  });

  test('a feed that never answered is behind since it was first asked', async () => {
    await openFeed(() => undefined);
    expect(await feedState(db, clock.now())).toMatchObject({ until: null, behindMicros: 0, stalled: false });
    await ingestOnTick(deps).catch(() => {});
    expect(await feedState(db, clock.now() + 11 * MINUTE)).toMatchObject({
      until: null,
      stalled: true,
      failures: 1,
    });
  });

  test('a stop is no failure', async () => {
    await openFeed(emptyWindow);
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(ingestOnTick(deps, stop)).rejects.toThrow('stopped');
    expect(await feedState(db, clock.now())).toMatchObject({ failures: 0, nextAt: null });
  });

  test('the back-off doubles within bounds, with jitter', () => {
    const none = () => 0;
    const error = new Error('x');
    expect([1, 2, 3, 9].map(failures => feedBackoff('live', failures, error, none) / SECOND)).toEqual([
      30, 60, 120, 600,
    ]);
    expect(feedBackoff('missed', 9, error, () => 0.5)).toBe(1.25 * HOUR);
  });
});
