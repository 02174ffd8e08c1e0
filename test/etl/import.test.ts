/** Every kind of file is known by its content, and stored once, however it comes. */
import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/bandcamp/feed.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { coverageOf, feedCursor } from '../../src/db/coverage.ts';
import { readDataVersion } from '../../src/db/data-version.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { importSources } from '../../src/etl/import.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { CSV_COLUMNS, csvLines, feedLines, HISTORY_FROM, rawItems } from '../support/history.ts';
import { contentOf, salesIn, sourceOf } from '../support/import.ts';
import { recordings } from '../support/recordings.ts';
import { NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const clock = simulatedClock(NOON, 1);
const load = (...contents: (string | Uint8Array)[]) =>
  importSources(
    { db, clock },
    contents.map(content => sourceOf(content)),
  );

/** Three hours. */
const OPTIONS = { sales: 300, from: HISTORY_FROM, salesADay: 2400 };
const items = [...rawItems(OPTIONS)];
/** Of half an hour each. */
const responses = [...feedLines(OPTIONS, 30)];
const csv = [...csvLines(items)].join('');
const ndjson = items.map(item => JSON.stringify(item)).join('\n');

/** What the live feed makes of the same answers: the measure for all that is imported. */
const live = async () => {
  for (const body of responses) {
    const batch = parseFeed(body);
    if (batch.kind === 'sales') await storeBatch(db, batch, clock.now());
  }
  return salesIn(db);
};
let expected: Awaited<ReturnType<typeof live>>;
const clear = () => emptyData(db);

beforeAll(async () => {
  expected = await live();
});
beforeEach(() => clear());

describe('by its content', () => {
  test.each([
    ['lines of responses', () => responses.join('')],
    ['lines of responses with empty ones between, and CRLF', () => `\r\n${responses.join('\r\n\r\n')}`],
    [
      'lines of responses of get_initial',
      () => responses.map(body => `{"feed_data":${body.trim()}}\n`).join(''),
    ],
    ['lines, packed', () => gzipSync(responses.join(''))],
    ['lines behind a byte order mark', () => `\uFEFF${responses.join('')}`],
  ])('%s are the sales of the feed', async (_, content) => {
    const imported = await load(content());
    expect(imported).toMatchObject({ stored: 300, repeated: 0, pages: 0, rejected: new Map() });
    expect(await salesIn(db)).toEqual(expected);
    expect(await coverageOf(db, [{ from: HISTORY_FROM, until: HISTORY_FROM + 3 * 60 * MINUTE }])).toBe(1);
    expect(await feedCursor(db)).toBeNull();
  });

  test.each([
    ['one response', (body: string) => body],
    ['one response over many lines', (body: string) => JSON.stringify(JSON.parse(body), null, 2)],
    [
      'one response with an event a line',
      (body: string) => body.replaceAll('{"event_type"', '\n{"event_type"'),
    ],
    [
      'one response with an item a line',
      (body: string) => body.replaceAll('"items":[', '"items":[\n').replaceAll(']}', '\n]}'),
    ],
  ])('%s is one', async (_, shape) => {
    const [body = ''] = responses;
    expect((await load(shape(body))).stored).toBe(JSON.parse(body).events.length);
    expect(await db`select from_at, until_at, source from window_read`).toEqual([
      { from_at: HISTORY_FROM, until_at: HISTORY_FROM + 30 * MINUTE, source: 'import' },
    ]);
  });

  test.each([
    ['lines of items', () => ndjson],
    ['the public CSV', () => csv],
    ['the public CSV, packed', () => gzipSync(csv)],
    ['its columns in another order', () => [...csvLines(items, CSV_COLUMNS.toReversed())].join('')],
    [
      'its columns without what nobody needs',
      () =>
        [
          ...csvLines(
            items,
            CSV_COLUMNS.filter(name => name !== '_id'),
          ),
        ].join(''),
    ],
    ['behind a byte order mark', () => `\uFEFF${csv}`],
  ])('%s are sales without checkouts', async (_, content) => {
    expect(await load(content())).toMatchObject({ stored: 300, repeated: 0, rejected: new Map() });
    expect(await salesIn(db)).toEqual(expected.map(sale => ({ ...sale, checkout: null })));
  });

  test('an answer before anything is published is nothing', async () => {
    expect(await load('{"server_time": 1599688800}')).toMatchObject({ stored: 0, rejected: new Map() });
  });

  test('files of every kind go one after another', async () => {
    const [first = '', ...others] = responses;
    const page = JSON.stringify({ url: 'https://x.bandcamp.com/album/y', tags: ['jazz'] });
    expect(await load(others.join(''), csv, `${page}\n${first}`)).toMatchObject({
      stored: 300,
      repeated: 300,
      pages: 1,
    });
  });

  test.each([
    ['text', 'Dear diary,\ntoday I sold a record.\n'],
    ['nothing', ''],
    ['other JSON', '{"name": "bandcamp-tracker"}'],
    ['a JSON list', '[1, 2, 3]'],
    ['another CSV', 'a,b\n1,2\n'],
    ['bytes', new Uint8Array([1, 2, 0, 10, 0x7f])],
    ['a zip', 'PK\x03\x04sales.csv'],
    ['a document that is cut', `${JSON.stringify(JSON.parse(responses[0] ?? ''), null, 1).slice(0, 5000)}`],
  ])('%s is none of these', async (_, content) => {
    await expect(load(content)).rejects.toThrow(/^a file is not in a format that can be imported\.$/);
  });
});

test.each(recordings)('the feed of $name is stored once, plain and gzipped', async ({ feed, events }) => {
  const { length } = events.flatMap(({ items }) => items);
  expect(await load(feed)).toMatchObject({ stored: length, repeated: 0, rejected: new Map() });
  expect(await load(gzipSync(feed))).toMatchObject({ stored: 0, repeated: length });
});

describe('the same again', () => {
  test.each([
    ['responses', responses.join('')],
    ['items', ndjson],
    ['the CSV', csv],
  ])('%s change nothing', async (_, content) => {
    await load(content);
    const before = await contentOf(db);
    expect(await load(content, content)).toMatchObject({ stored: 0, repeated: 600 });
    expect(await contentOf(db)).toBe(before);
  });

  test('history over live data changes nothing', async () => {
    await live();
    const before = await contentOf(db);
    expect(await load(responses.join(''))).toMatchObject({ stored: 0, repeated: 300 });
    expect(await contentOf(db)).toBe(before);
    expect(await load(csv)).toMatchObject({ stored: 0, repeated: 300 });
    // All but that the sales themselves say for what time they speak.
    await db`delete from window_read where source = 'import'`;
    const [[{ version }]] = JSON.parse(before) as [[{ version: number }]];
    await db`update data_version set version = ${version}`;
    expect(await contentOf(db)).toBe(before);
  });

  test('live data over history supply the checkouts and move the cursor', async () => {
    await load(csv, responses.slice(0, 3).join(''));
    const { version } = await readDataVersion(db);
    expect(await live()).toEqual(expected);
    expect(expected.filter(sale => sale.checkout !== null)).toHaveLength(300);
    expect((await readDataVersion(db)).version).toBeGreaterThan(version);
    expect(await feedCursor(db)).toBe(HISTORY_FROM + 3 * 60 * MINUTE);
    const read = await db`select source from window_read where until_at - from_at = '30 minutes' group by 1`;
    expect(read).toEqual([{ source: 'feed' }]);
  });

  test('two who import at once store it once', async () => {
    const both = await Promise.all([load(csv), load(ndjson), load(responses.join(''))]);
    expect(both.reduce((sum, { stored }) => sum + stored, 0)).toBe(300);
    expect(await db`select count(*) as n, sum(units) as units from sale`).toMatchObject([{ n: 300 }]);
    expect(await db`select sum(sales)::bigint as n from artist_day`).toEqual([{ n: 300 }]);
  });
});

describe('coverage', () => {
  test('sales speak for the stretches in which they leave no gap of ten minutes', async () => {
    const early = items.slice(0, 50);
    const late = items.slice(-50).toReversed();
    await load([...csvLines([...late, ...early])].join(''));
    const read = await db`select from_at, until_at, source from window_read order by 1`;
    const minute = (item: (typeof items)[number] | undefined) =>
      Math.floor(Number(item?.utc_date) / 60) * 60 * SECOND;
    expect(read).toEqual([
      { from_at: minute(early[0]), until_at: minute(early.at(-1)) + MINUTE, source: 'import' },
      { from_at: minute(late.at(-1)), until_at: minute(late[0]) + MINUTE, source: 'import' },
    ]);
  });
});

describe('what cannot be read', () => {
  test('is counted by its reason and stored once, and the rest is stored', async () => {
    const broken = [
      '{"utc_date":1599688803.5,"item_type":"a","art',
      ...ndjson.split('\n').slice(0, 10),
      'Dear diary',
      '{"name":"other"}',
      JSON.stringify({ ...items[0], amount_paid: -1 }),
      JSON.stringify({ ...items[0], utc_date: 1_599_688_800_000 }),
      JSON.stringify({ ...items[0], url: 'nowhere', item_description: 'NUL \0 and half a \ud83c' }),
      '{"url":"//x.bandcamp.com/album/y","tags":{"jazz":1}}',
      '{"end_date":1,"events":[]}',
      'a NUL \0',
    ].join('\n');
    const rejected = new Map([
      ['bad-line', 4],
      ['bad-item', 2],
      ['bad-address', 1],
      ['bad-page', 1],
      ['bad-answer', 1],
    ]);
    expect(await load(broken)).toMatchObject({ stored: 10, rejected });
    expect(await load(broken)).toMatchObject({ stored: 0, rejected });
    const stored = await db`select source, reason, raw from reject order by id`;
    expect(stored).toHaveLength(9);
    expect(stored).toContainEqual({
      source: 'import',
      reason: 'bad-line: neither an answer of the feed, nor an item, nor a page',
      raw: 'Dear diary',
    });
  });

  test('of the CSV costs its row and no other', async () => {
    const header = `${['', ...CSV_COLUMNS].join(',')}\n`;
    const [, ...rows] = [...csvLines(items.slice(0, 6))];
    const content = [
      header,
      rows[0],
      '1,too,few\n',
      rows[1]
        ?.replace(',USD,', ',dollars,')
        .replace(',GBP,', ',dollars,')
        .replace(',EUR,', ',dollars,')
        .replace(',JPY,', ',dollars,'),
      '\n',
      rows[2]?.replace(/Artist (\d+)/, 'The "Artist" $1'),
      rows[3]?.replace(/Artist (\d+)/, '"A ""B"", C\nD"'),
      rows[4],
      rows[5]?.slice(0, -30),
    ].join('');
    const rejected = new Map([
      ['bad-row', 2],
      ['bad-item', 1],
    ]);
    expect(await load(content)).toMatchObject({ stored: 4, rejected });
    const names = (await db`select name from artist`).map(row => row.name);
    expect(names).toContainEqual(expect.stringMatching(/^The "Artist" \d/));
    expect(names).toContain('A "B", C\nD');
  });

  test('to its end leaves what came before', async () => {
    const packed = gzipSync(csv);
    await expect(load(packed.subarray(0, packed.length / 2))).rejects.toThrow(
      /^a file cannot be read: unexpected end of file\.$/,
    );
    const [row] = await db<{ n: number }[]>`select count(*) as n from sale`;
    expect(row?.n).toBeGreaterThan(50);
    expect(await db`select from window_read`).toEqual([]);
    await expect(load(`${csv}9,"never closed`)).rejects.toThrow(/^a file cannot be read: Quote Not Closed/);
    expect(await db`select count(*) as n from sale`).toEqual([{ n: 300 }]);
  });
});

describe('what is still to come', () => {
  const tomorrow = (NOON + DAY) / SECOND;

  test.each([
    ['an item', JSON.stringify({ ...items[0], utc_date: 4e9 })],
    ['an item of tomorrow', JSON.stringify({ ...items[0], utc_date: tomorrow })],
    ['a row', [...csvLines([{ ...items[0], utc_date: tomorrow } as (typeof items)[number]])].join('')],
  ])('%s is refused, and nothing is counted by it', async (_, content) => {
    await load(ndjson);
    const before = await db`select * from window_read`;
    const imported = await load(content);
    expect(imported).toMatchObject({ stored: 0, rejected: new Map([['absurd-date', 1]]) });
    expect(await db`select * from window_read`).toEqual(before);
  });

  test('an answer is refused with its window', async () => {
    const late = { start_date: tomorrow, end_date: tomorrow + 60, server_time: tomorrow + 71, events: [] };
    expect(await load(JSON.stringify(late))).toMatchObject({ rejected: new Map([['bad-answer', 1]]) });
    expect(await db`select reason from reject`).toEqual([{ reason: expect.stringContaining('absurd-date') }]);
    expect(await db`select from window_read`).toEqual([]);
  });

  test('a sale within an answer of the past is refused alone', async () => {
    const at = NOON / SECOND;
    const event = (utc_date: number) => ({
      event_type: 'sale',
      utc_date,
      items: [{ ...items[0], utc_date }],
    });
    const answer = { start_date: at - 60, end_date: at, events: [event(at - 30.5), event(at + 7200)] };
    expect(await load(JSON.stringify(answer))).toMatchObject({
      stored: 1,
      rejected: new Map([['absurd-date', 1]]),
    });
  });
});

describe('a file of another encoding', () => {
  const named = (name: string) => [...csvLines(items.slice(0, 3))].join('').replace(/Artist \d+/, name);

  test.each([
    ['windows-1252', Buffer.from(named('Sigur Rós'), 'latin1')],
    ['UTF-16', Buffer.from(named('Sigur Rós'), 'utf16le')],
    ['lines in windows-1252', Buffer.from(ndjson.replace(/Artist \d+/, 'Sigur Rós'), 'latin1')],
  ])('%s is refused, and nobody gets another name', async (_, content) => {
    await expect(load(content)).rejects.toThrow(
      /^a file is (not UTF-8 text|not in a format that can be imported)\.$/,
    );
    expect(await db`select from artist where name like '%\ufffd%'`).toEqual([]);
  });

  test('UTF-8 is read, wherever it is cut into chunks', async () => {
    await load(named('Сигур Рос ☃ 東京'));
    expect(await db`select from artist where name = 'Сигур Рос ☃ 東京'`).toHaveLength(1);
  });
});

test('styles are judged as of the newest sale, however old it is', async () => {
  const pages = [...new Set(items.map(({ url }) => url))];
  const facts = pages.map(url => JSON.stringify({ url, tags: ['zeuhl revival'] })).join('\n');
  await load(facts, csv);
  expect(clock.now() - HISTORY_FROM).toBeGreaterThan(1000 * DAY);
  expect(await db`select kind from tag where key = 'zeuhlrevival'`).toEqual([{ kind: 'style' }]);
});
