/** The backtest over a small simulated world: its truth as labels, and what holds of our methods there. */
import { beforeAll, describe, expect, test } from 'vitest';
import { backtestWorld, type SimulatedBacktest } from '../../src/backtest/simulated.ts';
import { truthOfArtists, truthOfGenres } from '../../src/backtest/truth.ts';
import { logOfWorld } from '../../src/backtest/world.ts';
import { tagKey } from '../../src/core/tags/tag.ts';
import { DAY, MINUTE, parseInstant } from '../../src/core/time/instant.ts';
import type { TruthKind } from '../../src/simulation/truth.ts';

describe('truth', () => {
  const options = { seed: 4, salesADay: 3000, artists: 50_000, start: parseInstant('2026-07-01'), days: 28 };
  const world = logOfWorld(options, 35);
  const { log, truth: ledger } = world;
  const truth = truthOfGenres(world);
  const growing = ledger.find(({ kind, parameters }) => kind === 'growing-genre' && !parameters.country);

  test('is rising once grown by a fifth, until the day after the peak', () => {
    expect(growing).toBeDefined();
    if (!growing) return;
    const subject = log.tagNames.indexOf(tagKey(growing.subject));
    const [from, until] = [(growing.from - log.from) / DAY, (growing.until - log.from) / DAY];
    expect(truth.label(subject, Math.floor(from))).toBe('not');
    expect(truth.label(subject, Math.ceil(from))).toBe('other');
    expect(truth.label(subject, Math.floor(until))).toBe('rising');
    expect(truth.label(subject, Math.floor(until) + 3)).toBe('other');
    expect(truth.episodes).toContainEqual(expect.objectContaining({ subject }));
  });

  test('has its subjects in the log', () => {
    expect(truth.decoys.every(({ subject }) => subject >= 0)).toBe(true);
    const { emerging, decoys } = truthOfArtists(world, 5);
    expect(emerging.length).toBeGreaterThan(0);
    expect([...emerging, ...decoys].every(({ artist }) => artist >= 0)).toBe(true);
  });
});

describe('of a hard world', () => {
  const options = { seed: 4, salesADay: 2000, artists: 12_000, start: parseInstant('2026-07-01'), days: 56 };
  const world = logOfWorld({ ...options, hardships: true }, 35);
  const { log, truth: ledger } = world;
  const of = (kind: TruthKind) => ledger.filter(entry => entry.kind === kind);

  test('the log holds nothing of what nobody read', () => {
    const outages = of('outage');
    expect(outages.length).toBeGreaterThan(0);
    const minutes = log.minutes.subarray(0, log.length);
    for (const { from, until } of outages) {
      const [first, last] = [(from - log.from) / MINUTE, (until - log.from) / MINUTE];
      // An item of the minute before may be noted in the next.
      expect(minutes.filter(minute => minute > first && minute < last).length).toBe(0);
      expect(minutes.filter(minute => minute >= last && minute < last + 60).length).toBeGreaterThan(0);
    }
  });

  test('truth of a country: what grows there alone is to be found there, and not in others', () => {
    const national = of('growing-genre').filter(({ parameters }) => parameters.country);
    let judged = 0;
    for (const { subject, until, parameters } of national) {
      const [at, origin] = [log.tagNames.indexOf(tagKey(subject)), Math.floor((until - log.from) / DAY)];
      if (at < 0 || origin > log.days) continue;
      judged += 1;
      const there = truthOfGenres(world, String(parameters.country));
      const elsewhere = truthOfGenres(world, parameters.country === 'fr' ? 'de' : 'fr');
      expect(there.label(at, origin)).toBe('rising');
      expect(elsewhere.label(at, origin)).not.toBe('rising');
      expect(truthOfGenres(world).label(at, origin)).not.toBe('rising');
      expect(there.episodes).toContainEqual(expect.objectContaining({ subject: at }));
    }
    expect(judged).toBeGreaterThan(2);
  });

  test('decoys and attacks are no rises, and attacks have what they cost', () => {
    const truth = truthOfGenres(world);
    expect(truth.decoys.length).toBeGreaterThan(5);
    expect(truth.attacks.length).toBeGreaterThan(0);
    expect(truth.attacks.every(({ budget }) => budget === 50 || budget === 200)).toBe(true);
    const artists = truthOfArtists(world, 5);
    expect(artists.decoys.length).toBeGreaterThan(5);
    expect(new Set(artists.attacks.map(({ budget }) => budget))).toEqual(new Set([20, 50, 200]));
    for (const { artist, from, until, budget } of artists.attacks) {
      if (until > log.days) continue;
      const sales = log.artists.subarray(0, log.length).filter(one => one === artist).length;
      // What falls into an outage is in no log.
      expect(sales, `${from}`).toBeLessThanOrEqual(budget);
      expect(sales).toBeGreaterThan(0.4 * budget);
      expect(artists.grows(artist, Math.ceil(until))).toBe(false);
    }
  });
});

describe('of a whole world', () => {
  let results: SimulatedBacktest;
  beforeAll(() => {
    results = backtestWorld(5, 1500);
  }, 300_000);

  test('finds more than counting does, and calls no decoy', () => {
    const { ours, 'raw count': raw } = results.all;
    expect(ours?.ordinary.sum).toBeGreaterThan(raw?.ordinary.sum ?? 0);
    expect(ours?.decoysCalled).toBe(0);
  });

  test('finds half of the emerging artists or more within five days, and lists few decoys', () => {
    const { ours } = results.artists;
    expect(ours?.emerging).toBeGreaterThan(5);
    // In so small a world an artist's first days are a handful of sales.
    expect((ours?.foundSoon ?? 0) / (ours?.emerging ?? 1)).toBeGreaterThanOrEqual(0.5);
    expect(ours?.decoysListed).toBeLessThan((ours?.decoys ?? 0) / 3);
  });

  test('says what attacks bring, by what they cost, and judges young histories and countries', () => {
    expect(Object.keys(results.artists.ours?.attacks ?? {})).toEqual(['20', '50', '200']);
    for (const { attacks, listed, called } of Object.values(results.artists.ours?.attacks ?? {})) {
      expect(attacks).toBeGreaterThan(0);
      expect(listed).toBeLessThanOrEqual(attacks);
      expect(called).toBeLessThanOrEqual(attacks);
    }
    expect(Object.keys(results.histories.ours ?? {})).toEqual(['2', '4', '7', '14', '28']);
    expect(results.countries.ours?.episodes).toBeGreaterThan(0);
  });
});
