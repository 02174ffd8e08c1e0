/** Plants the truth: what grows, shrinks and emerges in the world and when, and what only looks like it. */

import { round } from '../core/numbers.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY, floorTo, HOUR, type Instant, MINUTE } from '../core/time/instant.ts';
import type { Artists } from './artists.ts';
import {
  BANDCAMP_FRIDAY,
  COUNTRIES,
  type CountryFigures,
  HOURS,
  ITEMS_PER_CHECKOUT,
  MILLION,
} from './figures.ts';
import { mix, named, Random, Weighted } from './random.ts';
import { SCENES } from './scenes.ts';

import type { Surge, Truth, TruthEntry, TruthKind } from './truth.ts';

/** Truth comes in seasons of four weeks, each with this much of it. */
const SEASON = 28 * DAY;
const PLAN = {
  growing: 3,
  growingInOneCountry: 2,
  shrinking: 2,
  emerging: 5,
  bulkBuyers: 2,
  campaigns: 1,
  oneArtist: 1,
  spikes: 2,
};
const LARGEST_PEAK = 4;
/** Countries in which alone a genre grows, the more often the larger. */
const LARGE_COUNTRIES = COUNTRIES.slice(0, 8);
/** Ordinary sales a day, in the world or the country, of a scene whose change could be seen. */
const LEAST_A_DAY = 2.5;
/** A genre grows by many, or it is one artist who does. */
const LEAST_ARTISTS = 15;
/** Artists among whom decoys are chosen: of these the labels are known. */
const KNOWN = 6_000;

/**
 * How many times the ordinary sales: a daily rate until `until`, then back to 1 within as many days as given.
 */
export function growth(at: Instant, from: Instant, until: Instant, dailyRate: number, fade: number): number {
  const days = (Math.min(at, until) - from) / DAY;
  const full = (1 + dailyRate) ** days;
  return at <= until ? full : full ** Math.max(0, 1 - (at - until) / fade);
}

export const plantedPlaces = (days: number): number => PLAN.emerging * Math.ceil(days / 28);

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

/** Plants the truth of all seasons from the start on. */
export function plantTruth({ seed, artists, start, days, salesADay, shares, releases }: Plant): Truth {
  const truth: Truth = { ledger: [], surges: [], ebbs: [], bulks: [] };
  const root = mix(seed, named('truth'));
  const random = new Random();
  /** Absolute numbers (hundreds of sales) in a world of 4,000 sales a day, smaller and larger with it. */
  const scale = Math.min(Math.max(salesADay / 4000, 0.15), 4);
  const busy = new Map<number, Instant>();
  const note = (
    kind: TruthKind,
    subject: string,
    from: Instant,
    until: Instant,
    parameters: TruthEntry['parameters'],
  ) => truth.ledger.push({ kind, subject, from, until, parameters });
  const scenes = SCENES.flatMap((scene, at) => (scene.plantable ? [at] : []));
  const sizes = new Map<number, number>();
  for (const scene of artists.scenes) sizes.set(scene, (sizes.get(scene) ?? 0) + 1);
  const membersOf = new Map<number, Surge['artist']>();

  /** Draws artists of a scene by their weight. */
  function members(scene: number): Surge['artist'] {
    const found = membersOf.get(scene);
    if (found) return found;
    const indices: number[] = [];
    for (let at = 0; at < artists.ordinary; at += 1) if (artists.scenes[at] === scene) indices.push(at);
    const weighted = new Weighted(indices.map(at => artists.weights[at] ?? 0));
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

  let labels: Map<string, number[]> | undefined;
  function mates(): number[][] {
    labels ??= Map.groupBy(
      Array.from({ length: Math.min(artists.ordinary, KNOWN) }, (_, at) => at).filter(
        at => artists.artist(at).seller.label,
      ),
      at => artists.artist(at).seller.code,
    );
    return [...labels.values()].filter(group => group.length >= 4);
  }

  /** A scene without other truth in that time, by its share, and large enough to be seen. */
  function freeScene(from: Instant, until: Instant, least: number): number | null {
    const free = scenes.filter(
      scene =>
        (busy.get(scene) ?? 0) < from &&
        (shares[scene] ?? 0) >= least &&
        (sizes.get(scene) ?? 0) >= LEAST_ARTISTS,
    );
    if (free.length === 0) return null;
    const weighted = new Weighted(free.map(scene => Math.sqrt(shares[scene] ?? 0)));
    const scene = free[weighted.draw(random)] ?? null;
    if (scene !== null) busy.set(scene, until);
    return scene;
  }

  /** An artist who is known already, but sells little: about one item a day or less. */
  function smallArtist(at: Instant, scene?: number): number {
    for (let tries = 0; tries < 300; tries += 1) {
      const artist =
        scene === undefined
          ? Math.floor(artists.ordinary * (0.02 + 0.2 * random.next()))
          : members(scene)(random, Math.floor(at / DAY));
      if (releases(artist, at) >= 2 && (scene !== undefined || artist >= 3)) return artist;
    }
    return 0;
  }

  function change(at: Instant, shrinking: boolean, country: CountryFigures | null): void {
    const dailyRate = shrinking
      ? -(0.02 + 0.06 * random.next())
      : country
        ? 0.05 + 0.05 * random.next()
        : 0.02 + 0.08 * random.next();
    const longest = Math.abs(Math.log(LARGEST_PEAK) / Math.log(1 + dailyRate));
    const length = Math.round(Math.min(20, longest, 10 + 12 * random.next())) * DAY;
    const fade = length / 2;
    const until = at + length;
    const least = LEAST_A_DAY / salesADay / (country ? country.rows / MILLION.rows : 1);
    const scene = freeScene(at, until + fade, least);
    if (scene === null) return;
    const share = shares[scene] ?? 0;
    const factor = (now: Instant) => growth(now, at, until, dailyRate, fade);
    if (shrinking) truth.ebbs.push({ from: at, until: until + fade, scene, kept: factor });
    else
      truth.surges.push({
        hash: mix(root, truth.ledger.length),
        from: at,
        until: until + fade,
        artist: members(scene),
        country,
        rate: (minute, ordinary) =>
          ordinary * share * (country ? country.rows / MILLION.rows : 1) * (factor(minute) - 1),
      });
    note(shrinking ? 'shrinking-genre' : 'growing-genre', SCENES[scene]?.tag ?? '', at, until, {
      dailyRate: round(dailyRate, 4),
      peak: round(factor(until)),
      fadeDays: round(fade / DAY, 1),
      ...(country && { country: country.code }),
    });
  }

  /** `sales` more of one artist, by the hours of the day, in a shape over its time (a density on 0 to 1). */
  function rush(
    artist: number,
    from: Instant,
    until: Instant,
    sales: number,
    density: (part: number) => number,
  ): void {
    const minutes = (until - from) / MINUTE;
    truth.surges.push({
      hash: mix(root, truth.ledger.length),
      from,
      until,
      artist: () => artist,
      country: null,
      rate: minute =>
        (sales / ITEMS_PER_CHECKOUT / minutes) *
        density((minute - from) / (until - from)) *
        (HOURS[Math.floor(minute / HOUR) % 24] ?? 1),
    });
  }

  function emerge(at: Instant): void {
    const until = at + Math.round(6 + 8 * random.next()) * DAY;
    // In none of the scenes that grow or shrink, whose few sales one artist would drown.
    const scene = random.pick(
      SCENES.flatMap(({ share, plantable }, at) => (share > 0.001 && !plantable ? [at] : [])),
    );
    const artist = artists.plant(Math.floor(at / DAY), scene);
    const sales = Math.round((150 + 550 * random.next()) * scale);
    rush(artist, at, until, sales, part => 12 * part ** 2 * (1 - part));
    const { name, seller, home } = artists.artist(artist);
    note('emerging-artist', name, at, until, {
      sales,
      seller: seller.host,
      genre: SCENES[scene]?.tag ?? '',
      home: home.country,
    });
  }

  function spike(at: Instant): void {
    const artist = smallArtist(at);
    const sales = Math.round((120 + 280 * random.next()) * scale);
    rush(artist, at, at + DAY, sales, () => 1);
    note('one-day-spike', artists.artist(artist).name, at, at + DAY, { sales });
  }

  function oneArtist(at: Instant): void {
    const until = at + 4 * DAY;
    const scene = freeScene(at, until, LEAST_A_DAY / salesADay);
    if (scene === null) return;
    const artist = smallArtist(at, scene);
    const sales = Math.round(Math.max(2.5 * (shares[scene] ?? 0) * salesADay * 4, 60 * scale));
    rush(artist, at, until, sales, () => 1);
    note('one-artist-genre', SCENES[scene]?.tag ?? '', at, until, {
      sales,
      artist: artists.artist(artist).name,
    });
  }

  function bulkBuyer(at: Instant): void {
    const artist = smallArtist(at);
    const country = COUNTRIES[random.below(15)] as CountryFigures;
    const checkouts = 3 + random.below(3);
    const size = 20 + random.below(25);
    for (let n = 0; n < checkouts; n += 1)
      truth.bulks.push({
        at: at + Math.floor(random.next() * HOUR),
        country,
        artists: Array(size).fill(artist),
      });
    const parameters = { sales: checkouts * size, checkouts, country: country.code };
    note('bulk-buyer', artists.artist(artist).name, at, at + HOUR, parameters);
  }

  function campaign(at: Instant): void {
    const groups = mates();
    if (groups.length === 0) return;
    const group = random.pick(groups).filter(artist => releases(artist, at) > 0);
    const [first] = group;
    if (first === undefined) return;
    const { seller } = artists.artist(first);
    const country =
      COUNTRIES.find(({ code }) => code === seller.home.country) ?? (COUNTRIES[0] as CountryFigures);
    const checkouts = 10 + random.below(6);
    const size = Math.min(15, Math.max(8, group.length));
    for (let n = 0; n < checkouts; n += 1) {
      const chosen = Array.from({ length: size }, () => random.pick(group));
      truth.bulks.push({ at: at + Math.floor(random.next() * 2 * DAY), country, artists: chosen });
    }
    const parameters = { sales: checkouts * size, checkouts, artists: group.length, country: country.code };
    note('label-campaign', seller.host, at, at + 2 * DAY, parameters);
  }

  const largeCountry = new Weighted(LARGE_COUNTRIES.map(({ rows }) => rows ** 0.7));
  const times = (count: number, plant: () => void) => Array.from({ length: count }, plant);
  for (let season = 0; season * SEASON < days * DAY; season += 1) {
    const begin = floorTo(start, HOUR) + season * SEASON;
    random.open(mix(root, season));
    const at = (span = SEASON) => begin + floorTo(random.next() * span, HOUR);
    times(PLAN.growing, () => change(at(), false, null));
    times(PLAN.growingInOneCountry, () =>
      change(at(), false, LARGE_COUNTRIES[largeCountry.draw(random)] ?? null),
    );
    times(PLAN.shrinking, () => change(at(), true, null));
    times(PLAN.emerging, () => emerge(at()));
    times(PLAN.spikes, () => spike(at()));
    times(PLAN.oneArtist, () => oneArtist(at()));
    times(PLAN.bulkBuyers, () => bulkBuyer(at()));
    times(PLAN.campaigns, () => campaign(at()));
  }
  for (let day = floorTo(start, DAY); day < start + days * DAY; day += DAY) {
    const from = day + 7 * HOUR;
    if (isBandcampFriday(from))
      note('bandcamp-friday', 'Bandcamp Friday', from, from + DAY, { factor: BANDCAMP_FRIDAY });
  }
  truth.ledger.sort((a, b) => a.from - b.from || a.subject.localeCompare(b.subject, 'en'));
  return truth;
}
