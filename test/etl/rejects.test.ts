/**
 * Refused records that a later parser can read: stored as if they had never been refused; the rest stays,
 * with today's reason.
 */
import { beforeEach, expect, test } from 'vitest';
import { parseFeed } from '../../src/bandcamp/feed.ts';
import type { FeedReject } from '../../src/core/sale.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { SECOND } from '../../src/core/time/instant.ts';
import { rejectCounts } from '../../src/db/reject-counts.ts';
import { type Load, storeLoad } from '../../src/db/write/feed.ts';
import { importSources } from '../../src/etl/import.ts';
import { retryRejects } from '../../src/etl/rejects.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { contentOf, salesIn, sourceOf } from '../support/import.ts';
import { startNode } from '../support/process.ts';
import { NOON } from '../support/sales.ts';

const { db, url } = await testDatabase();
const clock = simulatedClock(NOON, 1);
const start = NOON / SECOND - 100;

const item = (n: number, changes: Record<string, unknown> = {}) => ({
  utc_date: start + n + 0.1,
  artist_name: `Ayo ${n}`,
  item_type: 'a',
  item_description: 'Night Bus',
  slug_type: 'a',
  currency: 'GBP',
  amount_paid: 9,
  item_price: 9,
  amount_paid_usd: 11,
  country: 'Germany',
  country_code: 'de',
  art_id: 7,
  url: `//depot.bandcamp.com/album/night-bus-${n}`,
  art_url: null,
  album_title: null,
  ...changes,
});
const event = (n: number, items: unknown[], type = 'sale') => ({
  event_type: type,
  utc_date: start + n,
  items,
});
const answer = (events: unknown[]) =>
  JSON.stringify({ start_date: start, end_date: start + 60, events, server_time: start + 71 });

function batchOf(body: string): Load {
  const batch = parseFeed(body);
  if (batch.kind !== 'sales') throw new Error(batch.kind);
  return { ...batch, windows: [batch] };
}

/** As a parser would have stored it that did not yet know what `known` is. */
const refusedBefore = (rejects: readonly FeedReject[], unknown: string, known: string): FeedReject[] =>
  rejects.map(reject => ({ ...reject, raw: reject.raw.replaceAll(unknown, known) }));

const storeRejects = (source: 'feed' | 'import', rejects: FeedReject[]) =>
  storeLoad(db, source, { sales: [], rejects, windows: [] }, clock.now());

beforeEach(() => emptyData(db));

test('what is a sale now has its checkout, and is stored as if it had never been refused', async () => {
  const events = (currency: string) => [
    event(1, [item(1), item(2, { currency })]),
    event(3, [item(3, { currency })]),
  ];
  const before = batchOf(answer(events('£')));
  await storeLoad(db, 'feed', before, clock.now());
  await storeRejects('feed', refusedBefore(before.rejects, '£', 'GBP'));
  await db`delete from reject where raw like '%£%'`;

  expect(await retryRejects({ db, clock })).toEqual({
    tried: 2,
    mended: 2,
    stored: 2,
    repeated: 0,
    pages: 0,
    left: [],
  });
  const mended = await salesIn(db);
  await emptyData(db);
  await storeLoad(db, 'feed', batchOf(answer(events('GBP'))), clock.now());
  expect(mended).toEqual(await salesIn(db));
  expect(mended.map(({ checkout }) => (checkout as number) / SECOND - start)).toEqual([1, 1, 3]);
});

test('what is stored by now is only removed', async () => {
  const good = batchOf(answer([event(1, [item(1)])]));
  await storeLoad(db, 'feed', good, clock.now());
  const { rejects } = batchOf(answer([event(1, [item(1, { currency: '£' })])]));
  await storeRejects('feed', refusedBefore(rejects, '£', 'GBP'));
  expect(await retryRejects({ db, clock })).toMatchObject({
    tried: 1,
    mended: 1,
    stored: 0,
    repeated: 1,
    left: [],
  });
});

test('an event that has become readable leaves what is still wrong in it, item by item', async () => {
  const { rejects } = batchOf(answer([event(1, [item(1), item(2, { url: 'nowhere' }), item(3)], 'gift')]));
  await storeRejects('feed', refusedBefore(rejects, '"gift"', '"sale"'));
  const retried = await retryRejects({ db, clock });
  expect(retried).toMatchObject({
    tried: 1,
    mended: 0,
    stored: 2,
    left: [{ code: 'bad-address', count: 1 }],
  });
  expect((await salesIn(db)).map(({ checkout }) => checkout)).toEqual([
    (start + 1) * SECOND,
    (start + 1) * SECOND,
  ]);
});

test('what is still refused keeps its place with today’s reason; a second run changes nothing', async () => {
  const { rejects } = batchOf(answer([event(1, [item(1, { currency: '' })]), 7, event(2, [], 'refund')]));
  const [first] = rejects;
  await storeRejects('feed', [{ reason: 'bad-item: of old', raw: first?.raw ?? '' }, ...rejects.slice(1)]);
  const { left, ...retried } = await retryRejects({ db, clock });
  expect(retried).toEqual({ tried: 3, mended: 0, stored: 0, repeated: 0, pages: 0 });
  expect(left).toEqual([
    { code: 'bad-event', count: 2 },
    { code: 'bad-item', count: 1 },
  ]);
  expect(
    (await db`select reason from reject where reason like 'bad-item%'`).map(({ reason }) => reason),
  ).toEqual([first?.reason]);
  const content = await contentOf(db);
  await retryRejects({ db, clock });
  expect(await contentOf(db)).toBe(content);
});

test('a day stays absurd: an item is measured by its own window, not by today’s', async () => {
  const { rejects } = batchOf(answer([event(1, [item(1, { utc_date: start - 400 * 86_400 })])]));
  await storeRejects('feed', [...rejects]);
  expect(await retryRejects({ db, clock })).toMatchObject({
    tried: 1,
    stored: 0,
    left: [{ code: 'absurd-date' }],
  });
});

test('of imported files items and pages are read again; cut and foreign lines stay', async () => {
  const lines = [
    item(1, { currency: '£' }),
    { url: 'https://depot.bandcamp.com/album/night-bus', tags: { techno: 1 }, title: '£' },
    item(2, { artist_name: 'x'.repeat(30_000) }),
    { neither: 'nor' },
  ];
  const first = item(0);
  await importSources({ db, clock }, [
    sourceOf([first, ...lines].map(line => JSON.stringify(line)).join('\n')),
  ]);
  expect(await rejectCounts(db)).toEqual([
    { code: 'bad-item', count: 2 },
    { code: 'bad-line', count: 1 },
    { code: 'bad-page', count: 1 },
  ]);
  await db`update reject set raw = replace(replace(raw, '£', 'GBP'), '{"techno":1}', '["techno"]')`;
  const { left, ...retried } = await retryRejects({ db, clock });
  expect(retried).toEqual({ tried: 4, mended: 2, stored: 1, repeated: 0, pages: 1 });
  expect(left).toEqual([
    { code: 'bad-item', count: 1 },
    { code: 'bad-line', count: 1 },
  ]);
  expect((await db`select state, title from page where url like '%night-bus'`)[0]).toEqual({
    state: 'read',
    title: 'GBP',
  });
});

test('many are read in batches', async () => {
  const { rejects } = batchOf(
    answer(
      Array.from({ length: 1200 }, (_, n) => event(n % 60, [item(n % 60, { art_id: n, currency: '£' })])),
    ),
  );
  const some = refusedBefore(rejects.slice(0, 700), '£', 'GBP');
  await storeRejects('feed', [...some, ...rejects.slice(700)]);
  const { left, ...retried } = await retryRejects({ db, clock });
  expect(retried).toEqual({ tried: 1200, mended: 700, stored: 60, repeated: 640, pages: 0 });
  expect(left).toEqual([{ code: 'bad-item', count: 500 }]);
});

test('the command says what became of them, and asks nobody', async () => {
  const { rejects } = batchOf(answer([event(1, [item(1, { currency: '£' })]), 7]));
  await storeRejects('feed', refusedBefore(rejects, '£', 'GBP'));
  const run = startNode('src/cli.ts', ['ingest', '--rejects'], {
    DATABASE_URL: url,
    UPSTREAM_ORIGIN: 'http://127.0.0.1:9',
    LOG_LEVEL: 'silent',
  });
  expect({ code: await run.exited, stderr: run.stderr() }).toEqual({ code: 0, stderr: '' });
  expect(run.stdout()).toBe(
    '2 rejects read again, 1 mended: 1 sale stored, 0 repeated, 0 pages; 1 left (bad-event 1).\n',
  );
});
