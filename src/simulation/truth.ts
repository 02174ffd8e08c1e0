/**
 * The truth that is planted in the world, as a ledger and as what it does to the sales: what the statistics
 * are judged by.
 */
import type { Instant } from '../core/time/instant.ts';
import type { CountryFigures } from './figures.ts';
import type { Random } from './random.ts';

export type TruthKind =
  | 'growing-genre'
  | 'shrinking-genre'
  | 'emerging-artist'
  // Decoys: much is sold, but nothing is rising.
  | 'bulk-buyer'
  | 'label-campaign'
  | 'one-artist-genre'
  | 'one-day-spike'
  | 'bandcamp-friday';

export interface TruthEntry {
  kind: TruthKind;
  /** A genre's or style's tag, an artist's name, a seller's host, or "Bandcamp Friday". */
  subject: string;
  /** Half-open. */
  from: Instant;
  until: Instant;
  /**
   * Growing and shrinking: `dailyRate` (0.06: 6% more each day), `peak` (times the ordinary sales at
   * `until`), `fadeDays` (until it is ordinary again), `country` where it is in one alone. Others: `sales`
   * (expected, beyond the ordinary ones), and who is behind it.
   */
  parameters: Record<string, string | number>;
}

/** More checkouts than ordinary, of one scene or artist. */
export interface Surge {
  hash: number;
  from: Instant;
  until: Instant;
  /** Somebody who has made a debut by a day (since 1970). */
  artist: (random: Random, day: number) => number;
  /** Where all buyers are, else anywhere. */
  country: CountryFigures | null;
  /** Expected checkouts in a minute; `ordinary` is what the whole world expects in it. */
  rate(minute: Instant, ordinary: number): number;
}

/** Fewer sales than ordinary in one scene: each is kept with a probability. */
export interface Ebb {
  from: Instant;
  until: Instant;
  scene: number;
  kept(at: Instant): number;
}

/** A single checkout of many things. */
export interface Bulk {
  at: Instant;
  country: CountryFigures;
  /** One item each. */
  artists: number[];
}

export interface Truth {
  ledger: TruthEntry[];
  surges: Surge[];
  ebbs: Ebb[];
  bulks: Bulk[];
}
