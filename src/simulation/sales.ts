/**
 * The sales of any minute, made from the seed and the minute alone: however an interval is cut, it holds the
 * same sales.
 */
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY, floorTo, HOUR, type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import type { Artists } from './artists.ts';
import {
  BANDCAMP_FRIDAY,
  COUNTRIES,
  type CountryFigures,
  HOURS,
  ITEMS_PER_CHECKOUT,
  WEEKDAYS,
} from './figures.ts';
import type { Weather } from './hardships/weather.ts';
import type { Checkout } from './items.ts';
import { NEW_SHARE, type NewReleases } from './new-releases.ts';
import { mix, named, Random, Weighted } from './random.ts';
import type { Tastes } from './tastes.ts';
import type { Bulk, Ebb, Surge, Truth } from './truth.ts';

/** Checkouts of several items, and each further item: 1 + 0.107 ÷ (1 − 0.42) = 1.185 items on average. */
const SEVERAL = 0.107;
const ONE_MORE = 1 - SEVERAL / (ITEMS_PER_CHECKOUT - 1);
/** How often a further item is by the same artist. */
const SAME_ARTIST = 0.6;
/**
 * An item is noted 0.1 s after its checkout, and each further one up to 0.2 s after the one before, as
 * recorded.
 */
const FIRST_ITEM = 100_000;
const NEXT_ITEM = 200_000;

/** Expected checkouts of a minute in a world that sells so much on an ordinary day. */
function ordinaryRate(minute: Instant, salesADay: number): number {
  const hour = HOURS[Math.floor(minute / HOUR) % 24] ?? 1;
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(Math.floor(minute / DAY) + 4) % 7] ?? 1;
  const friday = isBandcampFriday(minute) ? BANDCAMP_FRIDAY : 1;
  return (salesADay / ITEMS_PER_CHECKOUT / 1440) * hour * weekday * friday;
}

/** Draws of an artist until one has made a debut, and is bought in that weather: one in five. */
const MOST_DRAWS = { debut: 50, weather: 150 };

interface Active {
  day: number;
  surges: Surge[];
  ebbs: Ebb[];
  bulks: Bulk[];
}

export interface SalesParts<Item> {
  seed: number;
  salesADay: number;
  artists: Artists;
  /** Sells something of an artist; see `createShop`. */
  shop: {
    sell(
      random: Random,
      artist: number,
      release: number | null,
      at: Instant,
      buyer: CountryFigures,
      cheapest?: boolean,
    ): Item;
  };
  newReleases: NewReleases;
  tastes: Tastes;
  truth: Truth;
  /** Of a hard world. */
  weather: Weather | null;
}

/** @returns the events of the minute that begins at an instant, sorted */
export function createSales<Item>(parts: SalesParts<Item>): (minute: Instant) => Checkout<Item>[] {
  const { salesADay, artists, shop, newReleases, tastes, truth, weather } = parts;
  const root = mix(parts.seed, named('sales'));
  const random = new Random();
  const everybody = new Weighted(artists.weights);
  const buyers = new Weighted(COUNTRIES.map(({ rows }) => rows));
  let active: Active = { day: Number.NaN, surges: [], ebbs: [], bulks: [] };

  function activeOn(day: number): Active {
    if (active.day === day) return active;
    const touches = ({ from, until }: { from: Instant; until: Instant }) =>
      from < (day + 1) * DAY && until > day * DAY;
    active = {
      day,
      surges: truth.surges.filter(touches),
      ebbs: truth.ebbs.filter(touches),
      bulks: truth.bulks.filter(({ at }) => Math.floor(at / DAY) === day),
    };
    return active;
  }

  const most = weather ? MOST_DRAWS.weather : MOST_DRAWS.debut;

  const anyBuyer = (at: Instant): CountryFigures =>
    COUNTRIES[(weather?.buyers(at) ?? buyers).draw(random)] as CountryFigures;

  /** Somebody who has made a debut by that day. */
  function anyArtist(at: Instant): number {
    const day = Math.floor(at / DAY);
    for (let tries = 0; tries < most; tries += 1) {
      const index = everybody.draw(random);
      if ((artists.debuts[index] ?? 0) > day) continue;
      if (!weather || weather.keeps(random, index, at)) return index;
    }
    return 0;
  }

  function ebbed(artist: number, at: Instant): boolean {
    for (const { scene, from, until, kept } of active.ebbs)
      if (artists.scenes[artist] === scene && at >= from && at < until) return random.next() >= kept(at);
    return false;
  }

  const toEvent = (at: Instant, items: Item[]): Checkout<Item> => ({
    event_type: 'sale',
    utc_date: at / SECOND,
    items,
  });

  /**
   * A checkout that begins with an artist (and a release), and may go on; null where all of it is ebbed away.
   */
  function checkout(
    at: Instant,
    first: number,
    release: number | null,
    buyer: CountryFigures,
  ): Checkout<Item> | null {
    const day = Math.floor(at / DAY);
    const items: Item[] = [];
    let noted = at + FIRST_ITEM;
    if (!ebbed(first, at)) items.push(shop.sell(random, first, release, noted, buyer));
    for (let more = random.chance(SEVERAL); more; more = random.chance(ONE_MORE)) {
      const artist = random.chance(SAME_ARTIST)
        ? first
        : (tastes.companion(random, first, day) ?? anyArtist(at));
      if (ebbed(artist, at)) continue;
      if (items.length > 0) noted += 1 + random.below(NEXT_ITEM);
      items.push(shop.sell(random, artist, null, noted, buyer));
    }
    return items.length > 0 ? toEvent(at, items) : null;
  }

  function newRelease(at: Instant): ReturnType<NewReleases['draw']> {
    const day = Math.floor(at / DAY);
    let drawn = newReleases.draw(random, day);
    for (let tries = 1; weather && drawn && tries < most; tries += 1) {
      if (weather.keeps(random, drawn.artist, at)) break;
      drawn = newReleases.draw(random, day);
    }
    return drawn;
  }

  function ordinary(at: Instant): Checkout<Item> | null {
    const buyer = anyBuyer(at);
    const fresh = random.chance(NEW_SHARE) ? newRelease(at) : null;
    return fresh ? checkout(at, fresh.artist, fresh.number, buyer) : checkout(at, anyArtist(at), null, buyer);
  }

  function inBulk({ at, artists: chosen, country, cheapest }: Bulk): Checkout<Item> {
    let noted = at + FIRST_ITEM;
    const items = chosen.map(artist => {
      noted += 1 + random.below(NEXT_ITEM);
      return shop.sell(random, artist, null, noted, country, cheapest);
    });
    return toEvent(at, items);
  }

  return minute => {
    const rate = ordinaryRate(minute, salesADay) * (weather?.rate(minute) ?? 1);
    const now = activeOn(Math.floor(minute / DAY));
    const number = minute / MINUTE;
    const events: Checkout<Item>[] = [];
    const add = (event: Checkout<Item> | null) => event && events.push(event);
    random.open(mix(root, number));
    for (let left = random.poisson(rate); left > 0; left -= 1) add(ordinary(minute + random.below(MINUTE)));
    for (const surge of now.surges) {
      if (minute < floorTo(surge.from, MINUTE) || minute >= surge.until) continue;
      random.open(mix(surge.hash, number));
      for (let left = random.poisson(surge.rate(minute, rate)); left > 0; left -= 1) {
        const at = minute + random.below(MINUTE);
        add(checkout(at, surge.artist(random, now.day), null, surge.country ?? anyBuyer(at)));
      }
    }
    for (const bulk of now.bulks) {
      if (floorTo(bulk.at, MINUTE) !== minute) continue;
      random.open(mix(mix(root, number), bulk.at % MINUTE));
      add(inBulk(bulk));
    }
    return events.length > 1 ? events.sort((a, b) => a.utc_date - b.utc_date) : events;
  };
}
