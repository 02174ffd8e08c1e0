/**
 * What is planted shows in the counts: what grows grows, where and when the ledger says, and decoys are what
 * they are.
 */
import { describe, expect, test } from 'vitest';
import { tagKey } from '../../src/core/tags/tag.ts';
import { DAY, type Instant, parseInstant } from '../../src/core/time/instant.ts';
import { createWorld, type RawItem, type TruthEntry, type TruthKind } from '../../src/simulation/world.ts';

const START = parseInstant('2026-07-01');
const options = { seed: 3, salesADay: 4000, artists: 15_000, start: START };
const world = createWorld({ ...options, days: 84 });
/** The same world without any truth: releases burst in it by themselves, as they do. */
const plain = createWorld({ ...options, days: 0 });
const entries = (kind: TruthKind) => world.truth.filter(entry => entry.kind === kind);

const itemsOf = (from: Instant, until: Instant, of = world): RawItem[] =>
  [...of.events(from, until)].flatMap(event => event.items);

const tags = new Map<string, string[]>();
function hasTag(url: string, tag: string, at: Instant): boolean {
  const known = tags.get(url) ?? world.facts(url, at)?.tags.map(tagKey) ?? [];
  tags.set(url, known);
  return known.includes(tagKey(tag));
}

/**
 * These genres' sales in the two days before the peak, in the world and in the one without truth, and what is
 * planted.
 */
function together(
  list: TruthEntry[],
  country?: (entry: TruthEntry) => unknown,
): { found: number; planted: number } {
  let [grown, ordinary, planted] = [0, 0, 0];
  for (const entry of list) {
    const { subject, until, parameters } = entry;
    const there = country?.(entry);
    const count = (of: typeof world) =>
      itemsOf(until - 2 * DAY, until, of).filter(
        ({ url, country_code }) => (!there || country_code === there) && hasTag(url, subject, until),
      ).length;
    const without = count(plain);
    grown += count(world);
    ordinary += without;
    planted += without * Number(parameters.peak) * (1 + Number(parameters.dailyRate ?? 0)) ** -1;
  }
  return { found: grown / ordinary, planted: planted / ordinary };
}

describe('genres', () => {
  const growing = entries('growing-genre');

  test('are planted as the plan says', () => {
    for (const { parameters } of entries('growing-genre')) {
      expect(parameters.dailyRate).toBeGreaterThanOrEqual(0.02);
      expect(parameters.dailyRate).toBeLessThanOrEqual(0.1);
    }
    for (const { parameters } of entries('shrinking-genre')) expect(parameters.peak).toBeLessThan(1);
  });

  test('that grow, grow as much as they should', () => {
    const everywhere = growing.filter(({ parameters }) => !parameters.country).slice(0, 5);
    const { found, planted } = together(everywhere);
    expect(found).toBeGreaterThan(0.7 * planted);
    expect(found).toBeLessThan(1.4 * planted);
  });

  test('that grow in one country grow there, and not elsewhere', () => {
    const national = growing.filter(({ parameters }) => parameters.country);
    expect(national.length).toBeGreaterThan(0);
    const { found, planted } = together(national, ({ parameters }) => parameters.country);
    expect(found).toBeGreaterThan(0.7 * planted);
    expect(found).toBeLessThan(1.4 * planted);
    const elsewhere = together(national, ({ parameters }) =>
      parameters.country === 'fr' ? 'de' : 'fr',
    ).found;
    expect(elsewhere).toBeGreaterThan(0.6);
    expect(elsewhere).toBeLessThan(1.5);
  });

  test('that shrink, shrink as much as they should', () => {
    const { found, planted } = together(entries('shrinking-genre').slice(0, 5));
    expect(found).toBeGreaterThan(0.75 * planted);
    expect(found).toBeLessThan(1.25 * planted);
  });
});

describe('artists', () => {
  test('emerge from nothing to hundreds of sales, over days and countries', () => {
    for (const { subject, from, until, parameters } of entries('emerging-artist').slice(0, 4)) {
      const sold = itemsOf(from, until).filter(item => item.artist_name === subject);
      expect(itemsOf(from - 3 * DAY, from).filter(item => item.artist_name === subject)).toEqual([]);
      expect(sold.length).toBeGreaterThan(0.6 * Number(parameters.sales));
      expect(sold.length).toBeLessThan(1.4 * Number(parameters.sales));
      expect(new Set(sold.map(item => item.country_code)).size).toBeGreaterThan(8);
      expect(new Set(sold.map(item => Math.floor((item.utc_date * 1e6) / DAY))).size).toBeGreaterThan(4);
    }
  });

  test('are lifted by one buyer in an hour', () => {
    for (const { subject, from, until, parameters } of entries('bulk-buyer')) {
      const bulks = [...world.events(from, until)].filter(({ items }) => items.length >= 20);
      const ofArtist = bulks.flatMap(({ items }) => items).filter(item => item.artist_name === subject);
      expect(bulks.length).toBe(parameters.checkouts);
      expect(new Set(ofArtist.map(item => item.country_code))).toEqual(new Set([parameters.country]));
      // Some of the artist's albums may be compilations.
      expect(ofArtist.length).toBeGreaterThan(0.7 * Number(parameters.sales));
    }
  });

  test('are lifted by everybody for a day, and are forgotten', () => {
    for (const { subject, from, parameters } of entries('one-day-spike').slice(0, 3)) {
      const on = (at: Instant) => itemsOf(at, at + DAY).filter(item => item.artist_name === subject).length;
      expect(on(from)).toBeGreaterThan(0.6 * Number(parameters.sales));
      expect(on(from + 2 * DAY)).toBeLessThan(0.25 * on(from));
    }
  });

  test('lift their genre alone', () => {
    const lifted = entries('one-artist-genre').slice(0, 2);
    expect(lifted.length).toBeGreaterThan(0);
    for (const { subject, from, until, parameters } of lifted) {
      const inGenre = (of: typeof world) =>
        itemsOf(from, until, of).filter(({ url }) => hasTag(url, subject, until));
      const ofOthers = (items: RawItem[]) =>
        items.filter(item => item.artist_name !== parameters.artist).length;
      const [found, ordinary] = [inGenre(world), inGenre(plain)];
      expect(found.length).toBeGreaterThan(1.5 * ordinary.length);
      expect(ofOthers(found)).toBeLessThan(1.3 * ofOthers(ordinary) + 10);
    }
  });

  test('are sold together by a label’s campaign', () => {
    for (const { subject, from, until, parameters } of entries('label-campaign')) {
      const sold = [...world.events(from, until)]
        .filter(({ items }) => items.length >= 8 && items.every(({ url }) => url.includes(subject)))
        .flatMap(({ items }) => items);
      expect(sold.length).toBe(parameters.sales);
      expect(new Set(sold.map(item => item.artist_name)).size).toBeGreaterThan(2);
    }
  });
});

test('Bandcamp Friday is the first Friday of each month from 07:00Z', () => {
  expect(entries('bandcamp-friday').map(({ from }) => from)).toEqual(
    ['2026-07-03T07:00Z', '2026-08-07T07:00Z', '2026-09-04T07:00Z'].map(parseInstant),
  );
});
