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
  | 'bandcamp-friday'
  // Of the hard world alone, see hardships/.
  | 'habitual-genre'
  | 'release-week'
  | 'scene-campaign'
  | 'viral-genre'
  | 'small-newcomer'
  | 'namesake'
  | 'own-records'
  | 'outage';

/**
 * What an entry is to a judge: something that truly rises and is to be found; something that only looks like
 * it and is never to be called; what somebody paid for to be called; or what only changes what is sold.
 */
export type TruthRole = 'rise' | 'decoy' | 'attack' | 'setting';

export const ROLES: Readonly<Record<TruthKind, TruthRole>> = {
  'growing-genre': 'rise',
  'shrinking-genre': 'setting',
  'emerging-artist': 'rise',
  'bulk-buyer': 'decoy',
  'label-campaign': 'decoy',
  'one-artist-genre': 'decoy',
  'one-day-spike': 'decoy',
  'bandcamp-friday': 'setting',
  'habitual-genre': 'setting',
  'release-week': 'decoy',
  'scene-campaign': 'decoy',
  'viral-genre': 'decoy',
  'small-newcomer': 'setting',
  namesake: 'decoy',
  'own-records': 'attack',
  outage: 'setting',
};

export interface TruthEntry {
  kind: TruthKind;
  /** A genre's or style's tag, an artist's name, a seller's host, "Bandcamp Friday", or "the feed". */
  subject: string;
  /** Half-open. */
  from: Instant;
  until: Instant;
  /**
   * Growing and shrinking: `dailyRate` (0.06: 6% more each day), `peak` (times the ordinary sales at
   * `until`), `fadeDays` (until it is ordinary again), `country` where it is in one alone. Attacks: `target`
   * (`artist` or `genre`), `budget` (US dollars spent), `loss` (of these, not paid out to the seller),
   * `countries`, `checkouts`. Others: `sales` (expected, beyond the ordinary ones), and who is behind it.
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

/** A single checkout, of one thing or many. */
export interface Bulk {
  at: Instant;
  country: CountryFigures;
  /** One item each. */
  artists: number[];
  /** Of each artist the cheapest thing, a track, at its price. */
  cheapest?: true;
}

/** A scene's drift and weekday: all its times, always, whatever grows beside. */
export interface Habit {
  scene: number;
  /** Drift: e^(amplitude × sin(2π × (days since 1970 ÷ period + phase))). */
  amplitude: number;
  periodDays: number;
  phase: number;
  /** 0 is Sunday; on it the scene sells so many times what it does on others. */
  weekday: number;
  times: number;
}

export interface Truth {
  ledger: TruthEntry[];
  surges: Surge[];
  ebbs: Ebb[];
  bulks: Bulk[];
  habits: Habit[];
  /** Stretches of the feed that nobody reads. */
  outages: { from: Instant; until: Instant }[];
}

/** Times the ordinary sales that a drift makes of a day. */
export const driftOf = (
  { amplitude, periodDays, phase }: Pick<Habit, 'amplitude' | 'periodDays' | 'phase'>,
  day: number,
): number => Math.exp(amplitude * Math.sin(2 * Math.PI * (day / periodDays + phase)));
