/** Who is bought together is told from chance, also of a handful of checkouts and among many artists. */
import { describe, expect, test } from 'vitest';
import { associatedOf, chanceOfAssociation, logLikelihoodRatio } from '../../src/stats/association.ts';
import { logGamma } from '../../src/stats/gamma.ts';
import { seeded } from '../support/random.ts';

const logChoose = (all: number, some: number): number =>
  logGamma(all + 1) - logGamma(some + 1) - logGamma(all - some + 1);

/** Probability that `least` or more of `marked` of `all` are among so many drawn (hypergeometric). */
function exactChance(least: number, drawn: number, marked: number, all: number): number {
  let sum = 0;
  for (let n = least; n <= Math.min(drawn, marked); n += 1)
    sum += Math.exp(logChoose(marked, n) + logChoose(all - marked, drawn - n) - logChoose(all, drawn));
  return sum;
}

test('the chance that is told is never below the exact one', () => {
  const all = 1_000_000;
  for (const beside of [10, 40, 150])
    for (const theirs of [20, 300, 4_000, 20_000])
      for (const together of [2, 3, 5, 9]) {
        const byChance = (beside * theirs) / all;
        if (together <= byChance) continue;
        const ratio = logLikelihoodRatio(
          together,
          beside - together,
          theirs - together,
          all - beside - theirs + together,
        );
        const exact = exactChance(together, beside, theirs, all);
        expect(chanceOfAssociation(ratio)).toBeGreaterThanOrEqual(exact);
        expect(chanceOfAssociation(ratio)).toBeLessThan(20 * exact);
      }
  expect(chanceOfAssociation(logLikelihoodRatio(1, 99, 200, 700))).toBe(1);
});

describe('among 5,000 artists', () => {
  const ARTISTS = 5_000;
  const sizes = Array.from({ length: ARTISTS }, (_, at) => Math.ceil(20_000 / (at + 10)));
  const sums: number[] = [];
  for (const size of sizes) sums.push((sums.at(-1) ?? 0) + size);
  const sales = sums.at(-1) ?? 0;

  /** What is found of so many items beside an artist, a part of which comes from a circle. */
  function found(seed: number, beside: number, taste: number, circle: readonly number[]) {
    const random = seeded(seed);
    const together = new Map<number, number>();
    for (let n = 0; n < beside; n += 1) {
      const wanted = random() * sales;
      const anybody = sums.findIndex(sum => sum > wanted);
      const id = random() < taste ? (circle[Math.floor(random() * circle.length)] ?? 0) : anybody;
      together.set(id, (together.get(id) ?? 0) + 1);
    }
    const artists = [...together].map(([id, count]) => ({
      id,
      together: count,
      checkouts: sizes[id] ?? 0,
      sales: Math.max(count, sizes[id] ?? 0),
    }));
    return associatedOf({ beside, sales, known: ARTISTS, artists });
  }

  test('chance is hardly ever called likely, and never sure', () => {
    const runs = Array.from({ length: 200 }, (_, seed) => found(seed + 1, 120, 0, []));
    const called = (evidence: string) =>
      runs.filter(run => run.some(one => one.evidence === evidence)).length / runs.length;
    expect(called('sure')).toBeLessThanOrEqual(0.01);
    expect(called('likely')).toBeLessThanOrEqual(0.1);
    expect(called('hint')).toBeLessThanOrEqual(0.5);
  });

  test('a circle of ten is found, and hardly anybody else', () => {
    const circle = [3, 40, 90, 200, 400, 700, 1_000, 1_500, 2_500, 4_000];
    const runs = Array.from({ length: 50 }, (_, seed) => found(seed + 1, 120, 0.7, circle)).flat();
    const sure = runs.filter(({ evidence }) => evidence === 'sure');
    expect(sure.length).toBeGreaterThan(0.7 * 50 * circle.length);
    expect(sure.filter(({ id }) => !circle.includes(id)).length).toBeLessThanOrEqual(0.01 * sure.length);
  });

  test('two checkouts are a hint, however rare the artist is', () => {
    const rare = { id: 1, together: 2, checkouts: 2, sales: 2 };
    const of = (one: typeof rare) =>
      associatedOf({ beside: 10, sales: 1e9, known: ARTISTS, artists: [one] }).map(
        ({ evidence }) => evidence,
      );
    expect(of(rare)).toEqual(['hint']);
    expect(of({ ...rare, together: 3, checkouts: 3, sales: 3 })).toEqual(['sure']);
    expect(of({ ...rare, together: 1 })).toEqual([]);
  });

  test('who sells to everybody is no companion, however often beside', () => {
    const famous = { id: 1, together: 30, checkouts: 500_000, sales: 500_000 };
    expect(associatedOf({ beside: 60, sales: 1_000_000, known: ARTISTS, artists: [famous] })).toEqual([]);
  });
});
