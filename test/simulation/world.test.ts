/**
 * The simulated sales: the same from the same seed, however they are asked for, and readable to the last one.
 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/bandcamp/feed.ts';
import type { FeedSale } from '../../src/core/sale.ts';
import { DAY, HOUR, type Instant, MINUTE, parseInstant, SECOND } from '../../src/core/time/instant.ts';
import { createWorld, type RawEvent, type World } from '../../src/simulation/world.ts';
import { expectGolden } from '../support/golden.ts';

const START = parseInstant('2026-07-01');
const options = { seed: 7, salesADay: 4000, artists: 3000, start: START, days: 60 };
const world = createWorld(options);

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const seconds = (at: Instant) => at / SECOND;

/** The feed in windows of these many seconds, one after the other. */
function* windows(of: World, from: Instant, until: Instant, lengths: number[]) {
  let turn = 0;
  for (let at = seconds(from); at < seconds(until); turn += 1) {
    const end = Math.min(at + (lengths[turn % lengths.length] ?? 60), seconds(until));
    yield of.feedResponse(at, end, end + 9);
    at = end;
  }
}

const sorted = (events: Iterable<RawEvent>) => [...events].sort((a, b) => a.utc_date - b.utc_date);

describe('same seed, same bytes', () => {
  test('pinned: an hour of the feed, on an ordinary day and on a Bandcamp Friday', () => {
    const hours = ['2026-07-02T18:00:00Z', '2026-07-03T18:00:00Z'].map(text => {
      const from = parseInstant(text);
      const responses = [...windows(world, from, from + HOUR, [600])];
      const events = responses.flatMap(response => response.events);
      return { from: text, events: events.length, sha256: hash(responses), first: events[0] };
    });
    expectGolden('demo/feed-hours.json', `${JSON.stringify(hours, null, 2)}\n`);
  });

  test('in a world built again, whatever was asked of it before', () => {
    const again = createWorld(options);
    [...again.events(START + 20 * DAY, START + 20 * DAY + HOUR)];
    const day = (of: World) => hash([...of.events(START + 2 * DAY, START + 3 * DAY)]);
    expect(day(again)).toBe(day(world));
    expect(again.truth).toEqual(world.truth);
  });

  test('another seed, another world', () => {
    const other = createWorld({ ...options, seed: 8 });
    expect(hash([...other.events(START, START + HOUR)])).not.toBe(
      hash([...world.events(START, START + HOUR)]),
    );
  });
});

describe('any cutting gives the same sales', () => {
  const from = START + 2 * DAY + 6 * HOUR + 17 * SECOND + 123_457;
  const until = from + 5 * HOUR + 1;
  const whole = [...world.events(from, until)];

  test.each([1, 7, 59, 61])('of %i minutes and some', minutes => {
    const parts: RawEvent[] = [];
    const step = minutes * MINUTE + 999_983;
    for (let at = from; at < until; at += step) parts.push(...world.events(at, Math.min(at + step, until)));
    expect(parts).toEqual(whole);
  });

  test('from the end to the start', () => {
    const parts: RawEvent[][] = [];
    for (let at = until; at > from; at -= HOUR)
      parts.unshift([...world.events(Math.max(at - HOUR, from), at)]);
    expect(parts.flat()).toEqual(whole);
  });

  test('and they are in order', () => {
    expect(sorted(whole)).toEqual(whole);
  });
});

test('artists of one circle are bought together, far more often than their sales would have it', () => {
  const pairs = new Map<string, number>();
  let beside = 0;
  const sold = new Map<string, number>();
  for (const { items } of world.events(START + 3 * DAY, START + 23 * DAY)) {
    const names = [...new Set(items.map(item => item.artist_name))].sort();
    for (const name of names) sold.set(name, (sold.get(name) ?? 0) + 1);
    if (names.length !== 2) continue;
    beside += 1;
    pairs.set(names.join(' & '), (pairs.get(names.join(' & ')) ?? 0) + 1);
  }
  const all = [...sold.values()].reduce((sum, count) => sum + count, 0);
  const byChance = [...sold.values()].sort((a, b) => b - a).slice(0, 2);
  const most = Math.max(...pairs.values());
  // Of the two largest.
  const expected = (2 * beside * (byChance[0] ?? 0) * (byChance[1] ?? 0)) / all ** 2;
  expect(most).toBeGreaterThan(5 * expected);
});

describe('the feed', () => {
  const from = START + 2 * DAY;
  const until = from + DAY;

  test('holds each checkout once in windows that follow each other, 1% of them late, in no order', () => {
    const margin = 10 * SECOND;
    const responses = [...windows(world, from - margin, until + margin, [60, 308, 480, 600, 13])];
    const within = (event: RawEvent) => event.utc_date >= seconds(from) && event.utc_date < seconds(until);
    const served = responses.flatMap(response => response.events.filter(within));
    expect(sorted(served)).toEqual([...world.events(from, until)]);
    const late = responses.flatMap(({ start_date, events }) =>
      events.filter(({ utc_date }) => utc_date < start_date).map(({ utc_date }) => start_date - utc_date),
    );
    expect(late.length).toBeGreaterThan(0);
    expect(Math.max(...late)).toBeLessThan(6);
    expect(responses.some(({ events }) => events.some((event, at) => event !== sorted(events)[at]))).toBe(
      true,
    );
  });

  test('is read without a reject, each sale by its own instant and item', () => {
    const sales: FeedSale[] = [];
    for (const response of windows(world, from, until, [3600])) {
      const batch = parseFeed(JSON.stringify(response));
      if (batch.kind !== 'sales') throw new Error(batch.kind);
      expect(batch.rejects).toEqual([]);
      sales.push(...batch.sales);
    }
    expect(sales.length).toBeGreaterThan(20_000);
    expect(
      new Set(
        sales.map(({ at, page, itemType, packageImageId }) => `${at} ${page} ${itemType} ${packageImageId}`),
      ).size,
    ).toBe(sales.length);
    expect(sales.filter(({ amountMinor }) => amountMinor <= 0)).toEqual([]);
    expect(sales.filter(({ countryCode }) => countryCode === null)).toEqual([]);
    expect(sales.filter(({ at, checkoutAt }) => at - (checkoutAt ?? 0) < 100_000)).toEqual([]);
  });

  test('has every kind of item', () => {
    const items = [...world.events(from, until)].flatMap(event => event.items);
    const some = (wanted: Partial<Record<string, unknown>>) =>
      items.find(item =>
        Object.entries(wanted).every(([key, value]) => item[key as keyof typeof item] === value),
      );
    expect(some({ item_type: 'p', slug_type: 'a' })?.url).toMatch(/\/album\//);
    expect(some({ item_type: 'p', slug_type: 'p' })?.url).toMatch(/\/merch\//);
    const discography = some({ item_type: 'b' });
    expect(discography?.url).toMatch(/^(?:\/\/|http:\/\/)[^/]+$/);
    expect(discography).toMatchObject({
      slug_type: null,
      item_description: `full digital discography (${discography?.releases} releases)`,
    });
    expect(items.some(({ url }) => /^http:\/\/music\..*\.example\//.test(url))).toBe(true);
    const folded = items.find(item => item.addl_count === 2);
    expect(folded).toMatchObject({ item_type: 't', item_slug: '/album/' });
    expect(items.filter(item => 'amount_over_fmt' in item && item.amount_over_fmt === undefined)).toEqual([]);
    expect(items.some(({ item_price }) => String(item_price).length > 12)).toBe(true);
    expect(items.every(({ item_type, album_title }) => item_type !== 'a' || album_title === null)).toBe(true);
    const names = items.map(({ artist_name }) => artist_name).join('');
    for (const script of [/\p{Script=Han}/u, /\p{Script=Hangul}/u, /\p{Script=Cyrillic}/u, /\p{Mn}/u])
      expect(names).toMatch(script);
  });
});
