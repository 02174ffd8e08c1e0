/**
 * Seeded chance by counters: any minute, artist or release has its own numbers, got without drawing those
 * before it. The numbers themselves are 32-bit integer arithmetic, the same on every machine; Poisson and
 * normal quantiles use Math.exp and Math.log, which V8 (all of Node) computes alike everywhere.
 */

/**
 * Two 32-bit integers → one, each bit of which depends on all bits of both (the finaliser of MurmurHash3).
 */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A short text → 32 bits (FNV-1a), to give a stream of numbers a name instead of a number. */
export function named(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h >>> 0;
}

/** A hash as a number in [0, 1). */
export const unit = (hash: number): number => hash / 2 ** 32;

/**
 * A sequence of numbers (sfc32) that one hash opens; `open` starts it again, so that one object serves all
 * minutes.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #count = 0;

  open(hash: number): this {
    this.#a = hash | 0;
    this.#b = mix(hash, 1) | 0;
    this.#c = mix(hash, 2) | 0;
    this.#count = 1;
    for (let round = 0; round < 6; round += 1) this.next();
    return this;
  }

  /** Uniform in [0, 1), of 32 bits. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A count with this mean, by inversion; in steps, since e^−mean leaves a double's range at 745. */
  poisson(mean: number): number {
    let count = 0;
    for (let left = mean; left > 0; left -= 30) {
      const floor = Math.exp(-Math.min(left, 30));
      for (let product = this.next(); product > floor; product *= this.next()) count += 1;
    }
    return count;
  }
}

/** Draws indices with given weights in constant time (Vose's alias method). */
export class Weighted {
  readonly size: number;
  #chance: Float64Array;
  #alias: Int32Array;

  constructor(weights: ArrayLike<number>) {
    this.size = weights.length;
    this.#chance = new Float64Array(this.size);
    this.#alias = new Int32Array(this.size);
    let total = 0;
    for (let at = 0; at < this.size; at += 1) total += weights[at] ?? 0;
    const small: number[] = [];
    const large: number[] = [];
    for (let at = 0; at < this.size; at += 1) {
      this.#chance[at] = ((weights[at] ?? 0) * this.size) / total;
      ((this.#chance[at] ?? 0) < 1 ? small : large).push(at);
    }
    for (;;) {
      const less = small.pop();
      const more = large.at(-1);
      if (less === undefined || more === undefined) break;
      this.#alias[less] = more;
      this.#chance[more] = (this.#chance[more] ?? 0) - (1 - (this.#chance[less] ?? 0));
      if ((this.#chance[more] ?? 0) < 1) small.push(large.pop() ?? more);
    }
    // What is left is 1 but for rounding.
    for (const at of [...small, ...large]) {
      this.#chance[at] = 1;
      this.#alias[at] = at;
    }
  }

  draw(random: Random): number {
    const at = random.below(this.size);
    return random.next() < (this.#chance[at] ?? 1) ? at : (this.#alias[at] ?? at);
  }
}

/** A table of values with weights, to be drawn from. */
export function choices<T>(table: readonly (readonly [T, number])[]): (random: Random) => T {
  const weighted = new Weighted(table.map(([, weight]) => weight));
  return random => table[weighted.draw(random)]?.[0] as T;
}

/**
 * Where the normal distribution has passed the share `p` (Acklam's approximation, relative error below
 * 1.2e-9).
 */
export function normalQuantile(p: number): number {
  const tail = (q: number) =>
    (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
      1);
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}
