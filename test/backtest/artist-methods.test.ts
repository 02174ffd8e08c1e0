/** Ways to find newcomers, on a few of them; and what a judge makes of their lists. */
import { expect, test } from 'vitest';
import type { Candidate } from '../../src/backtest/artist-windows.ts';
import { judgeArtists } from '../../src/backtest/judge-artists.ts';
import { ARTIST_METHODS } from '../../src/backtest/methods/artists.ts';
import { parseInstant } from '../../src/core/time/instant.ts';
import { salesLogWriter } from '../../src/stats/sales-log.ts';

const START = parseInstant('2026-07-01');
const broad = {
  baseline: 0,
  past: 0,
  countries: 6,
  items: 3,
  sellers: 1,
  busiestHour: 2,
  cents: 9000,
  seller: 0,
};
const artist = (key: number, window: number[], more: Partial<Candidate> = {}): Candidate => ({
  ...broad,
  key,
  window,
  checkouts: window.reduce((sum, count) => sum + count, 0),
  ...more,
});
const totals = { window: Array(7).fill(1000), baseline: 28_000 };
const rank = (name: string, artists: Candidate[]) =>
  ARTIST_METHODS.find(method => method.name === name)
    ?.rank(artists, totals)
    .map(row => row.artist);

test('the sketch lists who is broad and does not fade, the surest first', () => {
  const artists = [
    artist(1, [0, 0, 2, 3, 4, 5, 6]),
    artist(2, [0, 0, 4, 6, 8, 10, 12]),
    artist(3, [9, 12, 10, 8, 3, 1, 0]),
    artist(4, [0, 0, 4, 6, 8, 10, 12], { countries: 3 }),
    artist(5, [0, 0, 4, 6, 8, 10, 12], { items: 1 }),
    artist(6, [0, 0, 0, 0, 0, 0, 40]),
  ];
  expect(rank('sketch', artists)).toEqual([2, 1]);
  expect(rank('sketch, fading ones too', artists)).toEqual(expect.arrayContaining([1, 2, 3]));
});

test('a judge tells who was found, what was wrong, and what an attack brought', () => {
  const writer = salesLogWriter(START, 50);
  const tagSet = writer.tagSet(['techno']);
  const [grows, pays] = [writer.artist('grows'), writer.artist('pays')];
  for (let checkout = 0; checkout < 50 * 12; checkout += 1) {
    const day = Math.floor(checkout / 12);
    const sold = day < 42 ? writer.artist(`other ${checkout % 12}`) : checkout % 2 ? grows : pays;
    writer.add({
      minute: checkout * 120,
      artist: sold,
      seller: writer.seller('host'),
      country: checkout % 5,
      item: checkout % 7,
      checkout,
      cents: sold === pays ? 100 : 800,
      tagSet,
    });
  }
  const truth = {
    emerging: [{ artist: grows, from: 42, until: 50 }],
    decoys: [],
    attacks: [{ artist: pays, from: 42, until: 49, budget: 20 }],
    grows: () => false,
  };
  const all = ARTIST_METHODS.filter(({ name }) => name === 'ours' || name === 'raw count');
  const judged = judgeArtists(writer.done(), truth, [44, 45, 46, 47, 48, 49], all);
  expect(judged['raw count']).toMatchObject({ emerging: 1, foundSoon: 1, rows: { rising: 6, not: 6 } });
  expect(judged['raw count']?.attacks).toEqual({ 20: { attacks: 1, listed: 1, called: 0 } });
  expect(judged.ours?.attacks).toEqual({ 20: { attacks: 1, listed: 1, called: 0 } });
  expect(judged.ours?.calls.rising).toBeGreaterThan(0);
});
