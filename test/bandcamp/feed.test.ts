/** The feed's answers: what becomes a sale, what a reject, and what is no feed at all. */
import { describe, expect, test } from 'vitest';
import { BadFeed, feedUrl, parseFeed } from '../../src/bandcamp/feed.ts';
import { normalisePage } from '../../src/core/address.ts';
import type { FeedBatch } from '../../src/core/sale.ts';
import { recordings } from '../support/recordings.ts';

const item = (changes: Record<string, unknown> = {}) => ({
  utc_date: 1_700_000_010.517532,
  artist_name: 'Ayo Bell',
  item_type: 'a',
  item_description: 'Night Bus',
  album_title: null,
  slug_type: 'a',
  track_album_slug_text: null,
  currency: 'GBP',
  amount_paid: 9.98999977111816,
  item_price: 9.98999977111816,
  amount_paid_usd: 12.5,
  country: 'Germany',
  art_id: 206_405_257,
  releases: null,
  package_image_id: null,
  url: '//depot.bandcamp.com/album/night-bus',
  country_code: 'de',
  amount_paid_fmt: '£9.99',
  art_url: 'https://f4.bcbits.com/img/a0206405257_7.jpg',
  ...changes,
});

const event = (...items: unknown[]) => ({ event_type: 'sale', utc_date: 1_700_000_010.417532, items });

const body = (events: unknown[], changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    start_date: 1_700_000_000,
    end_date: 1_700_000_100,
    data_delay_sec: 120,
    events,
    server_time: 1_700_000_109,
    ...changes,
  });

function parse(text: string): Extract<FeedBatch, { kind: 'sales' }> {
  const batch = parseFeed(text);
  if (batch.kind !== 'sales') throw new Error(batch.kind);
  return batch;
}

const saleOf = (changes: Record<string, unknown>) => {
  const { sales, rejects } = parse(body([event(item(changes))]));
  expect(rejects).toEqual([]);
  return sales[0];
};

const reasonOf = (changes: Record<string, unknown>) => {
  const { sales, rejects } = parse(body([event(item(changes))]));
  expect(sales).toEqual([]);
  expect(rejects).toHaveLength(1);
  return rejects[0]?.reason;
};

describe('a sale', () => {
  test('has every field of the item, in whole units', () => {
    expect(saleOf({})).toEqual({
      at: 1_700_000_010_517_532,
      checkoutAt: 1_700_000_010_417_532,
      page: 'https://depot.bandcamp.com/album/night-bus',
      seller: 'depot.bandcamp.com',
      itemType: 'a',
      slugType: 'a',
      packageImageId: null,
      artId: 206_405_257,
      title: 'Night Bus',
      albumTitle: null,
      artist: 'Ayo Bell',
      units: 1,
      amountMinor: 999,
      currency: 'GBP',
      itemPriceMinor: 999,
      amountUsdCents: 1250,
      countryCode: 'de',
      countryName: 'Germany',
      artUrl: 'https://f4.bcbits.com/img/a0206405257_7.jpg',
      releases: null,
    });
  });

  test.each([
    ['folded tracks', { addl_count: 4 }, { units: 5 }],
    ['yen have no decimals', { currency: 'JPY', amount_paid: 1500 }, { amountMinor: 1500 }],
    [
      'an unknown currency has two',
      { currency: 'xts', amount_paid: 1.5 },
      { amountMinor: 150, currency: 'XTS' },
    ],
    ['name your price', { item_price: 0 }, { itemPriceMinor: 0 }],
    ['empty names', { artist_name: '', item_description: null }, { artist: '', title: '' }],
    ['PayPal’s China', { country_code: 'c2', country: 'C2' }, { countryCode: 'cn', countryName: 'C2' }],
    ['a code in capitals', { country_code: 'GB' }, { countryCode: 'gb' }],
    ['a country without code', { country_code: '', country: 'Republic of Korea' }, { countryCode: 'kr' }],
    ['a country nobody knows', { country_code: 'zz', country: 'Elsewhere' }, { countryCode: null }],
    ['no country', { country_code: null, country: null }, { countryCode: null, countryName: null }],
    ['what Postgres cannot hold', { artist_name: 'a\0b\ud800c' }, { artist: 'a\ufffdb\ufffdc' }],
    ['all else as spelt', { artist_name: ' Ｎyokee\u0308 \u200b ' }, { artist: ' Ｎyokee\u0308 \u200b ' }],
    [
      'a custom domain',
      { url: 'http://Music.Example.com/track/x?a=b' },
      { page: 'https://music.example.com/track/x' },
    ],
    [
      'a discography',
      { item_type: 'b', slug_type: null, url: '//x.bandcamp.com', releases: 12 },
      { page: 'https://x.bandcamp.com', seller: 'x.bandcamp.com', slugType: null, releases: 12 },
    ],
    ['a slug type that nobody foresaw', { slug_type: 's' }, { slugType: null, title: 'Night Bus' }],
    ['an id that is stored nowhere', { art_id: '7', releases: -1 }, { artId: null, releases: null }],
    ['a new field', { gift_wrap: true }, { title: 'Night Bus' }],
  ])('%s', (_, changes, wanted) => {
    expect(saleOf(changes)).toMatchObject(wanted);
  });
});

describe('a reject', () => {
  test.each([
    ['an unknown type', { item_type: 'x' }, 'bad-item: item_type'],
    ['no instant', { utc_date: 'soon' }, 'bad-item: utc_date'],
    ['milliseconds', { utc_date: 1_700_000_010_517 }, 'bad-item: utc_date'],
    ['an instant of another year', { utc_date: 1_600_000_000 }, 'absurd-date'],
    ['a negative amount', { amount_paid: -1 }, 'bad-item: amount_paid'],
    ['an amount as text', { amount_paid: '9.99' }, 'bad-item: amount_paid'],
    ['an amount beyond the integers', { amount_paid: 1e15 }, 'bad-amount'],
    ['no currency', { currency: '' }, 'bad-item: currency'],
    ['an address of no web host', { url: '//localhost/album/x' }, 'bad-address'],
    ['a script', { url: 'javascript:alert(1)' }, 'bad-address'],
    ['half a unit', { addl_count: 0.5 }, 'bad-item: addl_count'],
    ['an id beyond the integers', { package_image_id: 1e20 }, 'bad-item: package_image_id'],
    ['a name without end', { artist_name: 'a'.repeat(1_000_000) }, 'bad-item: artist_name'],
  ])('%s', (_, changes, reason) => {
    expect(reasonOf(changes)).toMatch(new RegExp(`^${reason}`));
  });

  test('1e999 is no number', () => {
    const text = body([event(item({ amount_paid: 77 }))]).replace(':77,', ':1e999,');
    expect(parse(text).rejects[0]?.reason).toMatch(/^bad-item: amount_paid/);
  });

  test('keeps the record, at most 20,000 characters of it', () => {
    const { rejects } = parse(body([event(item({ item_type: 'x', artist_name: 'a\0\ud800' }), 5, null, [])]));
    expect(rejects).toHaveLength(4);
    expect(JSON.parse(rejects[0]?.raw as string).events[0].items[0]).toMatchObject({
      artist_name: 'a\0\ud800',
    });
    expect(rejects.map(({ raw }) => raw).join('')).not.toMatch(/[\0\ud800]/);
    expect(parse(body([{ event_type: 'sale', x: 'y'.repeat(50_000) }])).rejects[0]?.raw).toHaveLength(20_000);
  });

  test('is kept as an answer that is refused alike, and once mended has its checkout and its days', () => {
    const batch = parse(
      body([event(item(), item({ currency: '£' })), { ...event(item()), event_type: 'refund' }, event(), 7]),
    );
    expect(batch.rejects).toHaveLength(4);
    for (const reject of batch.rejects) {
      const again = parse(reject.raw);
      expect(again).toMatchObject({ sales: [], rejects: [reject] });
    }
    const valid = batch.rejects[0]?.raw.replace('£', 'GBP') ?? '';
    const mended = parse(valid);
    expect(mended).toMatchObject({ sales: [batch.sales[0]], rejects: [] });
    expect(parse(valid.replace('1700000010.517532', '1600000000')).rejects[0]?.reason).toMatch(
      /^absurd-date/,
    );
  });

  test('of two windows of a day is one', () => {
    const bad = event(item({ currency: '' }));
    const [one, next] = [
      body([bad]),
      body([bad], { start_date: 1_700_000_060, end_date: 1_700_000_160 }),
    ].map(parse);
    expect(next?.rejects).toEqual(one?.rejects);
  });

  test('a record that nests without end is one too', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(parse(body([event(item()), 'deep']).replace('"deep"', deep)).rejects).toHaveLength(1);
  });

  test('one bad item spoils neither its checkout nor the next', () => {
    const batch = parse(
      body([event(item(), item({ item_type: 'x' })), 7, event(item({ utc_date: 1_700_000_020 }))]),
    );
    expect(batch.sales).toHaveLength(2);
    expect(batch.rejects.map(({ reason }) => reason.split(':')[0])).toEqual(['bad-item', 'bad-event']);
  });

  test('an event that is no sale is one reject with all its items', () => {
    const { rejects } = parse(body([{ ...event(item(), item()), event_type: 'refund' }, event()]));
    expect(rejects.map(({ reason }) => reason.split(': ')[0])).toEqual(['unknown-event-type', 'bad-event']);
  });
});

describe('a response', () => {
  test('in its wrapper, and without', () => {
    const inner = body([event(item())]);
    expect(parseFeed(`{"feed_data":${inner}}`)).toEqual(parseFeed(inner));
    expect(parse(inner)).toMatchObject({
      from: 1_700_000_000_000_000,
      until: 1_700_000_100_000_000,
      serverTime: 1_700_000_109_000_000,
    });
  });

  test('with only its time says that nothing is published yet', () => {
    expect(parseFeed('{"server_time": 1700000109}')).toEqual({
      kind: 'nothing-yet',
      serverTime: 1_700_000_109_000_000,
    });
  });

  test.each([
    '',
    '{"feed',
    '<!DOCTYPE html><title>Client Challenge</title>',
    'null',
    '[]',
    '7',
    '{}',
    '{"error":true,"error_message":"bad version"}',
    '{"feed_data":null}',
    body([], { events: 'none' }),
    body([], { end_date: 1_600_000_000 }),
    body([], { start_date: 1_700_000_000_000 }),
    '{"server_time":1700000109,"events":{}}',
  ])('that is none: %s', text => {
    expect(() => parseFeed(text)).toThrow(BadFeed);
  });

  test('is asked for by whole seconds', () => {
    expect(feedUrl()).toBe('https://bandcamp.com/api/salesfeed/1/get_initial');
    expect(feedUrl(1_700_000_100)).toBe('https://bandcamp.com/api/salesfeed/1/get?start_date=1700000100');
  });
});

test.each([
  ['//X.bandcamp.com/album/Y-z/?from=a#b', 'https://x.bandcamp.com/album/Y-z'],
  ['http://müsic.de:80/album/a//', 'https://xn--msic-0ra.de/album/a'],
  ['https://a.b./c', 'https://a.b/c'],
  ['//a.b:8443/c', 'https://a.b:8443/c'],
  ['//a.b', 'https://a.b'],
  ['//a.bandcamp.com/', 'https://a.bandcamp.com'],
  ['//a.bandcamp.com/album/%C3%9F/.', 'https://a.bandcamp.com/album/%C3%9F'],
  ['//a.bandcamp.com/album/%e2%98%86', 'https://a.bandcamp.com/album/%E2%98%86'],
  ['//a.bandcamp.com/album/☆', 'https://a.bandcamp.com/album/%E2%98%86'],
  ['//a.bandcamp.com/album/%61%2db', 'https://a.bandcamp.com/album/a-b'],
  ['//a.bandcamp.com//album//x', 'https://a.bandcamp.com/album/x'],
  ['HTTPS://A.BANDCAMP.COM/album/x', 'https://a.bandcamp.com/album/x'],
  ['//a-.bandcamp.com/merch/a_B-9', 'https://a-.bandcamp.com/merch/a_B-9'],
])('the page of %s', (address, page) => {
  expect(normalisePage(address)?.page).toBe(page);
  expect(normalisePage(page)?.page).toBe(page);
});

test.each([
  '',
  '/album/x',
  'x.bandcamp.com',
  'ftp://a.b/c',
  '//localhost/c',
  '//u:p@a.b/c',
  '//a..b/c',
  `//a.b/${'c'.repeat(1000)}`,
])('no page: %s', address => expect(normalisePage(address)).toBeNull());

describe.each(recordings)('$name', ({ feed, feedAhead, events }) => {
  test('all sales of five minutes of September 2020', () => {
    const items = events.flatMap(({ items }) => items);
    const { sales, rejects } = parse(feed);
    expect(rejects).toEqual([]);
    expect(sales).toHaveLength(items.length);
    expect(new Set(sales.map(({ at, page }) => `${at} ${page}`)).size).toBe(items.length);
    expect(new Set(sales.map(({ checkoutAt }) => checkoutAt)).size).toBe(events.length);
    expect(sales.filter(({ itemType }) => itemType === 'b')).toHaveLength(1);
    expect(sales.filter(({ units }) => units > 1)).toHaveLength(2);
    expect(sales.every(({ countryCode }) => countryCode)).toBe(true);
  });

  test('an edited one of June 2025, its sale 15 hours ahead', () => {
    expect(parse(feedAhead).sales).toHaveLength(1);
  });
});
