/** What the hard world plants is in its sales, as the ledger says; and it is the same however it is asked. */
import { describe, expect, test, vi } from 'vitest';
import { tagKey } from '../../src/core/tags/tag.ts';
import {
  DAY,
  floorTo,
  HOUR,
  type Instant,
  MINUTE,
  parseInstant,
  SECOND,
} from '../../src/core/time/instant.ts';
import { ATTACKS } from '../../src/simulation/hardships/plan.ts';
import { ROLES } from '../../src/simulation/truth.ts';
import {
  createWorld,
  type RawEvent,
  type RawItem,
  type TruthEntry,
  type TruthKind,
} from '../../src/simulation/world.ts';

vi.setConfig({ testTimeout: 120_000 });

const START = parseInstant('2026-07-01');
const options = { seed: 3, salesADay: 2000, artists: 12_000, start: START, days: 28 };
const world = createWorld({ ...options, hardships: true });
/** The same world of the same weather, without what is planted. */
const plain = createWorld({ ...options, days: 0, hardships: true });
const easy = createWorld(options);
const entries = (kind: TruthKind) => world.truth.filter(entry => entry.kind === kind);

const kept = new Map<typeof world, Map<Instant, RawEvent[]>>();
/** The checkouts of an interval; each day is made once. */
function eventsOf(from: Instant, until: Instant, of = world): RawEvent[] {
  const days = kept.get(of) ?? new Map<Instant, RawEvent[]>();
  kept.set(of, days);
  const events: RawEvent[] = [];
  for (let day = floorTo(from, DAY); day < until; day += DAY) {
    const made = days.get(day) ?? [...of.events(day, day + DAY)];
    days.set(day, made);
    for (const event of made) {
      const at = Math.round(event.utc_date * SECOND);
      if (at >= from && at < until) events.push(event);
    }
  }
  return events;
}
const itemsOf = (from: Instant, until: Instant, of = world): RawItem[] =>
  eventsOf(from, until, of).flatMap(({ items }) => items);
const named = (name: string) => (item: RawItem) => item.artist_name === name;

const tags = new Map<string, string[]>();
const isOf =
  (tag: string, at: Instant) =>
  ({ url }: RawItem): boolean => {
    const known = tags.get(url) ?? world.facts(url, at)?.tags.map(tagKey) ?? [];
    tags.set(url, known);
    return known.includes(tagKey(tag));
  };

const sold = (entry: TruthEntry, is: (item: RawItem) => boolean, of = world): RawItem[] =>
  itemsOf(entry.from, entry.until, of).filter(is);

describe('the hard world', () => {
  test('is the same again, and in pieces', () => {
    const from = START + 3 * DAY;
    const whole = [...createWorld({ ...options, hardships: true }).events(from, from + 3 * HOUR)];
    const parts = Array.from({ length: 18 }, (_, n) => 17 - n).map(n => [
      ...world.events(from + n * 10 * MINUTE, from + (n + 1) * 10 * MINUTE),
    ]);
    expect(parts.reverse().flat()).toEqual(whole);
    expect(createWorld({ ...options, hardships: true }).truth).toEqual(world.truth);
  });

  test('has a ledger that says of each what it is', () => {
    const kinds = new Set(world.truth.map(({ kind }) => kind));
    for (const kind of Object.keys(ROLES) as TruthKind[]) expect(kinds).toContain(kind);
    for (const { from, until } of world.truth) expect(until).toBeGreaterThan(from);
  });

  test('leaves the plain one as it is, and has its plants too', () => {
    const plants = easy.truth.filter(({ kind }) => kind === 'growing-genre');
    expect(easy.truth.some(({ kind }) => kind === 'own-records')).toBe(false);
    expect(world.truth.map(({ subject, from }) => `${subject} ${from}`)).toEqual(
      expect.arrayContaining(plants.map(({ subject, from }) => `${subject} ${from}`)),
    );
  });
});

describe('genres', () => {
  test('burn slowly: half as much again each week, for five weeks', () => {
    const slow = entries('growing-genre').filter(({ parameters }) => parameters.shape === 'slow');
    expect(slow.length).toBeGreaterThan(0);
    for (const { from, until, parameters } of slow) {
      expect(until - from).toBe(35 * DAY);
      expect((1 + Number(parameters.dailyRate)) ** 7).toBeCloseTo(1.5, 2);
    }
    const [first] = slow;
    if (!first) return;
    const week = (of: typeof world) =>
      itemsOf(first.until - 7 * DAY, first.until, of).filter(isOf(first.subject, first.until)).length;
    expect(week(world)).toBeGreaterThan(2.5 * week(plain));
  });

  test('are a known artist’s release week, of one to three artists', () => {
    const weeks = entries('release-week');
    expect(weeks.length).toBeGreaterThan(3);
    let [found, planted] = [0, 0];
    for (const entry of weeks) {
      const { artist, artists, sales } = entry.parameters;
      expect(Number(artists)).toBeLessThanOrEqual(3);
      // The artists share evenly.
      found += Number(artists) * sold(entry, named(String(artist))).length;
      planted += Number(sales);
    }
    expect(found).toBeGreaterThan(0.7 * planted);
    expect(found).toBeLessThan(1.6 * planted);
  });

  test('are one label’s campaign, of 8 to 25 artists', () => {
    for (const entry of entries('scene-campaign')) {
      const { seller, artists, sales } = entry.parameters;
      const ofLabel = (of: typeof world) => sold(entry, ({ url }) => url.includes(String(seller)), of).length;
      const names = new Set(
        sold(entry, ({ url }) => url.includes(String(seller))).map(item => item.artist_name),
      );
      expect(Number(artists)).toBeGreaterThanOrEqual(8);
      expect(Number(artists)).toBeLessThanOrEqual(25);
      expect(names.size).toBeGreaterThan(0.7 * Number(artists));
      expect(ofLabel(world) - ofLabel(plain)).toBeGreaterThan(0.6 * Number(sales));
    }
  });

  test('go viral for a day, by one artist for the most part', () => {
    for (const entry of entries('viral-genre')) {
      const { artist, sales } = entry.parameters;
      expect(entry.until - entry.from).toBe(DAY);
      expect(sold(entry, named(String(artist))).length).toBeGreaterThan(0.5 * Number(sales));
    }
  });

  test('have their weekday', () => {
    const habits = entries('habitual-genre').filter(({ subject }) =>
      ['techno', 'house', 'ambient', 'jazz', 'metal', 'folk', 'pop', 'rock'].includes(subject),
    );
    expect(habits.length).toBeGreaterThan(0);
    let [on, off] = [0, 0];
    let expected = 0;
    for (const { subject, parameters } of habits) {
      expected += Number(parameters.times) / habits.length;
      for (let day = START - 28 * DAY; day < START; day += DAY) {
        const items = itemsOf(day, day + DAY, plain);
        const share = items.filter(isOf(subject, day)).length / items.length;
        if ((Math.floor(day / DAY) + 4) % 7 === Number(parameters.weekday)) on += share;
        else off += share / 6;
      }
    }
    expect(on / off).toBeGreaterThan(1 + (expected - 1) / 3);
    expect(on / off).toBeLessThan(1 + 2 * (expected - 1));
  });
});

describe('artists', () => {
  test('of one name are two: a newcomer is called like somebody known', () => {
    for (const entry of entries('namesake')) {
      const hosts = new Set(
        itemsOf(START, entry.until)
          .filter(named(entry.subject))
          .map(({ url }) => url.split('/')[2]),
      );
      expect(hosts.size, entry.subject).toBeGreaterThan(1);
    }
  });

  test('are mostly small, of those who are new', () => {
    const small = entries('small-newcomer');
    expect(small.length).toBeGreaterThan(3 * entries('emerging-artist').length);
    // Compilations name nobody.
    for (const entry of small.slice(0, 8))
      expect(sold(entry, named(entry.subject)).length).toBeLessThanOrEqual(Number(entry.parameters.sales));
  });

  test('buy their own records: so many cheap tracks from so many countries, for the budget', () => {
    const attacks = entries('own-records').filter(({ parameters }) => parameters.target === 'artist');
    expect(attacks.length).toBe(ATTACKS.artists * ATTACKS.budgets.length);
    for (const entry of attacks) {
      const { budget, checkouts, countries, days, loss } = entry.parameters;
      const events = eventsOf(entry.from, entry.until).filter(({ items }) =>
        items.some(named(entry.subject)),
      );
      expect(events.length).toBe(checkouts);
      expect(new Set(events.map(({ items }) => items[0]?.country_code)).size).toBe(countries);
      expect(entry.until - entry.from).toBe(Number(days) * DAY);
      const items = events.flatMap(event => event.items);
      expect(items.every(({ item_type }) => item_type === 't')).toBe(true);
      const paid = items.reduce((sum, { amount_paid_usd }) => sum + amount_paid_usd, 0);
      expect(paid).toBeLessThan(1.5 * Number(budget));
      expect(Number(loss)).toBeCloseTo(0.18 * Number(budget), 2);
    }
  });
});

test('days vary more than chance: the counts of middling artists are overdispersed', () => {
  const dispersion = (of: typeof world): number => {
    const counts = new Map<string, number[]>();
    for (let day = 0; day < 21; day += 1)
      for (const { artist_name } of itemsOf(START - (22 - day) * DAY, START - (21 - day) * DAY, of)) {
        const list = counts.get(artist_name) ?? Array(21).fill(0);
        list[day] += 1;
        counts.set(artist_name, list);
      }
    const ratios = [...counts.values()]
      .map(list => {
        const mean = list.reduce((a, b) => a + b, 0) / list.length;
        return { mean, ratio: list.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (list.length - 1) / mean };
      })
      .filter(({ mean }) => mean >= 3)
      .map(({ ratio }) => ratio)
      .sort((a, b) => a - b);
    return ratios[ratios.length >> 1] ?? 1;
  };
  expect(dispersion(plain)).toBeGreaterThan(1.3 * dispersion(easy));
});
