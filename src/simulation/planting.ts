/**
 * What truth is planted with: scenes that are free, artists who are small, growths and rushes over a world's
 * artists.
 */
import { round } from '../core/numbers.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../core/time/instant.ts';
import type { Artists } from './artists.ts';
import { type CountryFigures, HOURS, ITEMS_PER_CHECKOUT, MILLION } from './figures.ts';
import { mix, Random, Weighted } from './random.ts';
import { SCENES } from './scenes.ts';
import type { Surge, Truth, TruthEntry, TruthKind } from './truth.ts';

/** Truth comes in seasons of four weeks. */
export const SEASON = 28 * DAY;
/** Ordinary sales a day, in the world or the country, of a scene whose change could be seen. */
export const LEAST_A_DAY = 2.5;
/** A genre grows by many, or it is one artist who does. */
const LEAST_ARTISTS = 15;
/** The largest part of a scene's growth that one artist may make. */
const BROAD = 1 / 20;
/** Artists among whom decoys are chosen: of these the labels are known. */
const KNOWN = 6_000;

export interface Plant {
  seed: number;
  artists: Artists;
  start: Instant;
  days: number;
  salesADay: number;
  /** Share of ordinary sales by scene. */
  shares: readonly number[];
  /** Whether an artist has made a debut and by how many releases by an instant. */
  releases: (artist: number, at: Instant) => number;
}

/** A change of a scene's sales. */
export interface Change {
  scene: number;
  at: Instant;
  until: Instant;
  /** 0.06: 6% more each day until `until`; below 0 it shrinks. */
  dailyRate: number;
  /** Days until it is ordinary again. */
  fadeDays: number;
  country: CountryFigures | null;
  /** What the ledger says besides. */
  more?: TruthEntry['parameters'];
}

/**
 * How many times the ordinary sales: a daily rate until `until`, then back to 1 within as many days as given.
 */
export function growth(at: Instant, from: Instant, until: Instant, dailyRate: number, fade: number): number {
  const days = (Math.min(at, until) - from) / DAY;
  const full = (1 + dailyRate) ** days;
  return at <= until ? full : full ** Math.max(0, 1 - (at - until) / fade);
}

export type Ground = ReturnType<typeof createGround>;

/** @param root the hash from which all surges have theirs */
export function createGround({ artists, salesADay, shares, releases }: Plant, root: number) {
  const truth: Truth = { ledger: [], surges: [], ebbs: [], bulks: [], habits: [], outages: [] };
  const random = new Random();
  const busy = new Map<number, Instant>();
  const sizes = new Map<number, number>();
  for (const scene of artists.scenes) sizes.set(scene, (sizes.get(scene) ?? 0) + 1);
  const membersOf = new Map<number, Surge['artist']>();
  let labels: Map<string, number[]> | undefined;
  const note = (
    kind: TruthKind,
    subject: string,
    from: Instant,
    until: Instant,
    parameters: TruthEntry['parameters'],
  ) => truth.ledger.push({ kind, subject, from, until, parameters });

  /** Draws artists of a scene by their weight; in scenes of few large ones, none makes too much of it. */
  function members(scene: number): Surge['artist'] {
    const found = membersOf.get(scene);
    if (found) return found;
    const indices: number[] = [];
    for (let at = 0; at < artists.ordinary; at += 1) if (artists.scenes[at] === scene) indices.push(at);
    const weights = indices.map(at => artists.weights[at] ?? 0);
    const most = SCENES[scene]?.plantable
      ? Number.POSITIVE_INFINITY
      : BROAD * weights.reduce((sum, weight) => sum + weight, 0);
    const weighted = new Weighted(weights.map(weight => Math.min(weight, most)));
    const oldest = indices.reduce(
      (a, b) => ((artists.debuts[a] ?? 0) <= (artists.debuts[b] ?? 0) ? a : b),
      indices[0] ?? 0,
    );
    const draw = (from: Random, day: number) => {
      for (let tries = 0; tries < 20; tries += 1) {
        const index = indices[weighted.draw(from)] ?? 0;
        if ((artists.debuts[index] ?? 0) <= day) return index;
      }
      return oldest;
    };
    membersOf.set(scene, draw);
    return draw;
  }

  const surge = (of: Omit<Surge, 'hash'>) =>
    truth.surges.push({ hash: mix(root, truth.ledger.length), ...of });

  return {
    truth,
    random,
    root,
    artists,
    salesADay,
    shares,
    releases,
    /** Absolute numbers (hundreds of sales) in a world of 4,000 sales a day, smaller and larger with it. */
    scale: Math.min(Math.max(salesADay / 4000, 0.15), 4),
    note,
    members,
    surge,

    /** Artists of each label that has four or more of the known ones. */
    mates(): number[][] {
      labels ??= Map.groupBy(
        Array.from({ length: Math.min(artists.ordinary, KNOWN) }, (_, at) => at).filter(
          at => artists.artist(at).seller.label,
        ),
        at => artists.artist(at).seller.code,
      );
      return [...labels.values()].filter(group => group.length >= 4);
    },

    /**
     * A scene without other truth in that time, by the root of its share, and large enough to be seen.
     * @param pool scenes to choose among, as indices
     * @param least the least share, and the largest where one is given
     */
    freeScene(
      pool: readonly number[],
      from: Instant,
      until: Instant,
      least: number,
      largest = 1,
    ): number | null {
      const free = pool.filter(
        scene =>
          (busy.get(scene) ?? 0) < from &&
          (shares[scene] ?? 0) >= least &&
          (shares[scene] ?? 0) <= largest &&
          (sizes.get(scene) ?? 0) >= LEAST_ARTISTS,
      );
      if (free.length === 0) return null;
      const weighted = new Weighted(free.map(scene => Math.sqrt(shares[scene] ?? 0)));
      const scene = free[weighted.draw(random)] ?? null;
      if (scene !== null) busy.set(scene, until);
      return scene;
    },

    /** An artist who is known already, but sells little: about one item a day or less. */
    smallArtist(at: Instant, scene?: number): number {
      for (let tries = 0; tries < 300; tries += 1) {
        const artist =
          scene === undefined
            ? Math.floor(artists.ordinary * (0.02 + 0.2 * random.next()))
            : members(scene)(random, Math.floor(at / DAY));
        if (releases(artist, at) >= 2 && (scene !== undefined || artist >= 3)) return artist;
      }
      return 0;
    },

    /** Lets a scene grow or shrink, and notes it. */
    change({ scene, at, until, dailyRate, fadeDays, country, more }: Change): void {
      const share = shares[scene] ?? 0;
      const fade = fadeDays * DAY;
      const part = country ? country.rows / MILLION.rows : 1;
      const factor = (now: Instant) => growth(now, at, until, dailyRate, fade);
      if (dailyRate < 0) truth.ebbs.push({ from: at, until: until + fade, scene, kept: factor });
      else
        surge({
          from: at,
          until: until + fade,
          artist: members(scene),
          country,
          rate: (minute, ordinary) => ordinary * share * part * (factor(minute) - 1),
        });
      note(dailyRate < 0 ? 'shrinking-genre' : 'growing-genre', SCENES[scene]?.tag ?? '', at, until, {
        dailyRate: round(dailyRate, 4),
        peak: round(factor(until)),
        fadeDays: round(fadeDays, 1),
        ...(country && { country: country.code }),
        ...more,
      });
    },

    /**
     * `sales` more of one artist, or of whom it draws, by the hours of the day, in a shape over its time (a
     * density on 0 to 1).
     */
    rush(
      artist: number | Surge['artist'],
      from: Instant,
      until: Instant,
      sales: number,
      density: (part: number) => number,
    ): void {
      const minutes = (until - from) / MINUTE;
      surge({
        from,
        until,
        artist: typeof artist === 'number' ? () => artist : artist,
        country: null,
        rate: minute =>
          (sales / ITEMS_PER_CHECKOUT / minutes) *
          density((minute - from) / (until - from)) *
          (HOURS[Math.floor(minute / HOUR) % 24] ?? 1),
      });
    },
  };
}
