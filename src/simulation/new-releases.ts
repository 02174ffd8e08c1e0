/** Which releases are new on a day: they burst when they come out and decay over weeks. */
import type { Artists } from './artists.ts';
import { mix, named, Random } from './random.ts';
import type { Releases } from './releases.ts';

/** Share of checkouts that begin with a new release. */
export const NEW_SHARE = 0.3;
/** Days that a release counts as new, and after which its sales have fallen to 1/e. */
const NEW = 42;
const DECAY = 8;
/** Listeners rush more evenly than they stay: the power of an artist's weight in a burst. */
export const EVENNESS = 0.65;

const decay = Array.from({ length: NEW }, (_, age) => Math.exp(-age / DECAY) + 0.02);

interface Day {
  artists: Int32Array;
  numbers: Uint8Array;
  weights: Float64Array;
}

export type NewReleases = ReturnType<typeof createNewReleases>;

export function createNewReleases(seed: number, artists: Artists, releases: Releases) {
  const amplitude = mix(seed, named('bursts'));
  const base = Float64Array.from(artists.weights, weight => weight ** EVENNESS);
  const random = new Random();
  const drops = new Map<number, Day>();
  /** Weights of all that is new on a day. */
  const totals = new Map<number, number>();
  let current = {
    day: Number.NaN,
    artists: [] as number[],
    numbers: [] as number[],
    sums: new Float64Array(0),
  };

  /**
   * What an artist's release of a day weighs, and its number; null where none comes out. It has one in 45
   * days at most, which waits for its Friday for six at most.
   */
  function dropOf(index: number, day: number): { number: number; weight: number } | null {
    const since = day - (artists.debuts[index] ?? 0);
    if (since < 0) return null;
    const period = artists.periods[index] ?? 1;
    const number = Math.floor(since / period);
    if (since - number * period > 6 || number >= 40 || releases.releaseDay(index, number) !== day)
      return null;
    random.open(mix(mix(amplitude, index), number));
    // Some releases are hits: a bell curve (of four dice) on the logarithm.
    const hit = Math.exp(1.4 * (random.next() + random.next() + random.next() + random.next() - 2));
    return { number, weight: (base[index] ?? 0) * hit };
  }

  /** What comes out on a day. */
  function dropsOf(day: number): Day {
    const found = drops.get(day);
    if (found) return found;
    if (drops.size > 3 * NEW) drops.clear();
    const [indices, numbers, weights]: [number[], number[], number[]] = [[], [], []];
    for (let index = 0; index < artists.ordinary; index += 1) {
      const found = dropOf(index, day);
      if (!found) continue;
      indices.push(index);
      numbers.push(found.number);
      weights.push(found.weight);
    }
    const drop = {
      artists: Int32Array.from(indices),
      numbers: Uint8Array.from(numbers),
      weights: Float64Array.from(weights),
    };
    drops.set(day, drop);
    return drop;
  }

  function open(day: number): void {
    const [indices, numbers, sums]: [number[], number[], number[]] = [[], [], []];
    let sum = 0;
    for (let age = 0; age < NEW; age += 1) {
      const drop = dropsOf(day - age);
      for (let at = 0; at < drop.artists.length; at += 1) {
        sum += (drop.weights[at] ?? 0) * (decay[age] ?? 0);
        indices.push(drop.artists[at] ?? 0);
        numbers.push(drop.numbers[at] ?? 0);
        sums.push(sum);
      }
    }
    current = { day, artists: indices, numbers, sums: Float64Array.from(sums) };
    totals.set(day, sum);
  }

  return {
    /** Of all sales of new releases on a day, an artist's share. */
    share(artist: number, day: number): number {
      if (artist >= artists.ordinary) return 0;
      if (!totals.has(day)) open(day);
      let weight = 0;
      for (let age = 0; age < NEW; age += 1)
        weight += (dropOf(artist, day - age)?.weight ?? 0) * (decay[age] ?? 0);
      return weight / (totals.get(day) ?? 1);
    },
    /** A new release of a day by weight; null where nothing is new. Days asked for in order are cheap. */
    draw(from: Random, day: number): { artist: number; number: number } | null {
      if (current.day !== day) open(day);
      const { sums } = current;
      const wanted = from.next() * (sums.at(-1) ?? 0);
      let low = 0;
      let high = sums.length - 1;
      if (high < 0) return null;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) > wanted) high = middle;
        else low = middle + 1;
      }
      return { artist: current.artists[low] ?? 0, number: current.numbers[low] ?? 0 };
    },
  };
}
