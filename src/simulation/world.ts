/**
 * The simulated world: sales of any interval, what the feed would answer, pages, and the truth behind it all.
 */
import { DAY, floorTo, type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import { type Artists, createArtists } from './artists.ts';
import { createWeather } from './hardships/weather.ts';
import { createShop, type RawEvent } from './items.ts';
import { createNewReleases, EVENNESS, NEW_SHARE } from './new-releases.ts';
import { createPages, type PageAnswer, type PageFacts } from './pages.ts';
import { plantedPlaces, plantTruth } from './plant.ts';
import { mix, named, Random } from './random.ts';
import { createReleases } from './releases.ts';
import { createSales } from './sales.ts';
import { SCENES } from './scenes.ts';
import { createTastes } from './tastes.ts';
import type { TruthEntry } from './truth.ts';

export type { RawEvent, RawItem } from './items.ts';
export type { PageAnswer } from './pages.ts';
export type { TruthEntry, TruthKind } from './truth.ts';

export interface WorldOptions {
  /** Any 32-bit integer: the same seed and sizes make the same world. */
  seed: number;
  /**
   * Sold items on an ordinary day, on average over a week; planted truth and Bandcamp Fridays come on top.
   */
  salesADay: number;
  /** Artists who sell by the ordinary law; a twentieth of a year's sales is what the real ones are. */
  artists: number;
  /** Truth is planted, and debuts and changes happen, from here on; sales are there before it too. */
  start: Instant;
  /**
   * For how long truth is planted; 400 unless given. With 0 the same world has none: what would have been
   * sold anyway.
   */
  days?: number;
  /** Whether trends are as hard to tell as in life; see hardships/. Else, as unless given, they are plain. */
  hardships?: boolean;
}

/** What the feed answers for a window, in the shape of `get`. */
export interface FeedResponse {
  start_date: number;
  end_date: number;
  data_delay_sec: number;
  events: RawEvent[];
  server_time: number;
}

export interface World {
  readonly options: Required<WorldOptions>;
  readonly truth: readonly TruthEntry[];
  /** The checkouts of a half-open interval, sorted by `utc_date`. */
  events(from: Instant, until: Instant): Iterable<RawEvent>;
  /**
   * The feed's answer for a window of Unix seconds: what was published in it (1% of the checkouts late, by up
   * to five seconds), in no order. With `overlapSeconds` it repeats what was published that long before.
   */
  feedResponse(
    fromSeconds: number,
    untilSeconds: number,
    serverTimeSeconds: number,
    overlapSeconds?: number,
  ): FeedResponse;
  /** What its address answers at an instant; null where no such host or page has ever been. */
  page(url: string, at: Instant): PageAnswer | null;
  /**
   * What the page of an address of the feed says at an instant, wherever it leads; null for one that is gone
   * or never was.
   */
  facts(url: string, at: Instant): PageFacts | null;
  /**
   * What the pages of all items sold in an interval say at its end, each once; none for those that are gone.
   */
  pageFacts(from: Instant, until: Instant): Iterable<PageFacts>;
}

/** Late checkouts and the most seconds by which they are published late. */
const LATE = 0.01;
const MOST_LATE = 5;
/** Of the web page that shows the feed. */
const DATA_DELAY_SECONDS = 120;

/** Share of ordinary sales by scene: of what artists sell anyway, and of what they sell while it is new. */
function sceneShares({ weights, scenes }: Artists): number[] {
  const shares = SCENES.map(() => 0);
  const add = (part: number, weigh: (weight: number) => number) => {
    const all = weights.reduce((sum, weight) => sum + weigh(weight), 0);
    weights.forEach((weight, at) => {
      const scene = scenes[at] ?? 0;
      shares[scene] = (shares[scene] ?? 0) + (part * weigh(weight)) / all;
    });
  };
  add(1 - NEW_SHARE, weight => weight);
  add(NEW_SHARE, weight => weight ** EVENNESS);
  return shares;
}

/** Who and what there is in a world, and its truth; the sales follow from these. */
export function createParts(options: WorldOptions) {
  const { seed, salesADay, artists: size, start, days = 400, hardships = false } = options;
  const artists = createArtists(seed, size, Math.floor(start / DAY), plantedPlaces(days, hardships));
  const releases = createReleases(seed, artists);
  const truth = plantTruth({
    seed,
    artists,
    start,
    days,
    salesADay,
    hardships,
    shares: sceneShares(artists),
    releases: (artist, at) => releases.count(artist, Math.floor(at / DAY)),
  });
  return {
    seed,
    salesADay,
    artists,
    releases,
    truth,
    newReleases: createNewReleases(seed, artists, releases),
    tastes: createTastes(seed, artists),
    weather: hardships ? createWeather(seed, artists, truth.habits) : null,
  };
}

/** Builds a world: milliseconds for thousands of artists, seconds for a million. */
export function createWorld(options: WorldOptions): World {
  const { seed, salesADay, artists: size, start, days = 400, hardships = false } = options;
  const parts = createParts(options);
  const { artists, releases, truth } = parts;
  const minuteOf = createSales({ ...parts, shop: createShop(seed, artists, releases) });
  const pages = createPages(seed, artists, releases);

  function* events(from: Instant, until: Instant): Generator<RawEvent> {
    for (let minute = floorTo(from, MINUTE); minute < until; minute += MINUTE) {
      const whole = minute >= from && minute + MINUTE <= until;
      for (const event of minuteOf(minute)) {
        const at = Math.round(event.utc_date * SECOND);
        if (whole || (at >= from && at < until)) yield event;
      }
    }
  }

  const lateness = mix(seed, named('late'));
  /** Seconds since 1970 at which a checkout is published. */
  function publishedAt({ utc_date }: RawEvent): number {
    const hash = mix(lateness, Math.round((utc_date % 60_000) * SECOND));
    return hash / 2 ** 32 < LATE ? utc_date + 1 + (hash % MOST_LATE) : utc_date;
  }

  const shuffling = new Random();
  function shuffle(list: RawEvent[], hash: number): RawEvent[] {
    shuffling.open(hash);
    for (let at = list.length - 1; at > 0; at -= 1) {
      const other = shuffling.below(at + 1);
      const [a, b] = [list[at], list[other]];
      if (a && b) [list[at], list[other]] = [b, a];
    }
    return list;
  }

  return {
    options: { seed, salesADay, artists: size, start, days, hardships },
    truth: truth.ledger,
    events,
    feedResponse(fromSeconds, untilSeconds, serverTimeSeconds, overlapSeconds = 0) {
      const earliest = fromSeconds - overlapSeconds;
      const list: RawEvent[] = [];
      for (const event of events((earliest - MOST_LATE) * SECOND, untilSeconds * SECOND)) {
        const published = publishedAt(event);
        if (published >= earliest && published < untilSeconds) list.push(event);
      }
      return {
        start_date: fromSeconds,
        end_date: untilSeconds,
        data_delay_sec: DATA_DELAY_SECONDS,
        events: shuffle(list, mix(seed, fromSeconds)),
        server_time: serverTimeSeconds,
      };
    },
    page: pages.page,
    facts: pages.facts,
    *pageFacts(from, until) {
      const seen = new Set<string>();
      for (const { items } of events(from, until))
        for (const { url } of items) {
          if (seen.has(url)) continue;
          seen.add(url);
          const facts = pages.facts(url, until);
          if (facts) yield facts;
        }
    },
  };
}
