/**
 * A simulated world's sales as a log, with its truth, for judging the statistics: the world's own sales but
 * for prices and titles.
 */
import { artistKey } from '../core/artist.ts';
import { classifyTags } from '../core/tags/tag.ts';
import { DAY, floorTo, type Instant, MINUTE } from '../core/time/instant.ts';
import type { Artist, Artists } from '../simulation/artists.ts';
import { type CountryFigures, MILLION } from '../simulation/figures.ts';
import { total } from '../simulation/law-of-sales.ts';
import { NEW_SHARE } from '../simulation/new-releases.ts';
import { mix, type Random } from '../simulation/random.ts';
import type { Release, Releases } from '../simulation/releases.ts';
import { createSales } from '../simulation/sales.ts';
import { SCENES } from '../simulation/scenes.ts';
import type { TruthEntry } from '../simulation/truth.ts';
import { createParts, type WorldOptions } from '../simulation/world.ts';
import { type SalesLog, salesLogWriter } from '../stats/sales-log.ts';

/** Names are numbers of the log. */
interface Sold {
  at: Instant;
  scene: number;
  /** null for several artists. */
  artist: number | null;
  seller: number;
  country: number;
  item: number;
  /** US cents, about. */
  cents: number;
  tagSet: number;
}

/** A world's log with what is to be found in it. */
export interface LoggedWorld {
  log: SalesLog;
  truth: readonly TruthEntry[];
  /** By scene: how often each tag stood on what it sold before the start, as in `tagNames`. */
  carried: readonly Float64Array[];
  /**
   * Of ordinary sales, the share that an artist of the log is bound to have on a day of it, by its size and
   * what is new of it; without what is planted.
   */
  bound(artist: number, day: number): number;
}

/**
 * The log of a world of the given days, and of as many days before its start as `before` says; 40,000 sales a
 * day take 3 µs and 30 bytes each. Kinds, artists, countries, tags and truth are those of `createWorld`; the
 * numbers drawn are others, since no prices are.
 */
export function logOfWorld(
  options: WorldOptions & { days: number },
  before: number,
  onShare: (share: number) => void = () => {},
): LoggedWorld {
  const from = floorTo(options.start, DAY) - before * DAY;
  const days = before + options.days;
  const writer = salesLogWriter(from, days);
  const parts = createParts(options);
  const shop = createCountingShop(parts.artists, parts.releases, writer);
  const minuteOf = createSales({ ...parts, shop });
  const { outages } = parts.truth;
  const setsBefore = SCENES.map(() => new Map<number, number>());
  let checkout = 0;
  for (let minute = from; minute < from + days * DAY; minute += MINUTE) {
    if (minute % DAY === 0) onShare((minute - from) / (days * DAY));
    // What nobody read is in no log.
    if (outages.some(outage => minute >= outage.from && minute < outage.until)) continue;
    for (const { items } of minuteOf(minute)) {
      checkout += 1;
      for (const { at, scene, ...sale } of items) {
        writer.add({ ...sale, minute: Math.floor((at - from) / MINUTE), checkout });
        const sets = setsBefore[scene];
        if (at < options.start) sets?.set(sale.tagSet, (sets.get(sale.tagSet) ?? 0) + 1);
      }
    }
  }
  const log = writer.done();
  const carried = setsBefore.map(sets => {
    const tags = new Float64Array(log.tagNames.length);
    for (const [set, count] of sets)
      for (const tag of log.tagSets[set] ?? []) tags[tag] = (tags[tag] ?? 0) + count;
    return tags;
  });
  const { weights, debuts } = parts.artists;
  const all = total(weights);
  const firstDay = from / DAY;
  return {
    log,
    truth: parts.truth.ledger,
    carried,
    bound(artist, day) {
      const index = shop.indices[artist];
      if (index === undefined || firstDay + day < (debuts[index] ?? 0)) return 0;
      const anyway = (weights[index] ?? 0) / all;
      return (1 - NEW_SHARE) * anyway + NEW_SHARE * parts.newReleases.share(index, firstDay + day);
    },
  };
}

/** Middle prices of what the world sells, in US cents; an item's is one of them, whoever buys it. */
const CENTS = {
  track: [100, 100, 100, 150],
  album: [300, 500, 700, 1000],
  physical: [900, 1200, 2000, 2800],
  all: [2500],
};

const MERCH = MILLION.merchPage / MILLION.physical;
const FROM_ALBUM = (MILLION.withAlbumTitle - (MILLION.physical - MILLION.merchPage)) / MILLION.track;

interface Shelf {
  artist: Artist;
  /** Numbers of the artist and of the seller. */
  named: number;
  seller: number;
  releases: Release[];
  tagSets: Map<number, number>;
}

/** Sells as `createShop` does, without making addresses, prices and titles, which take most of its time. */
function createCountingShop(artists: Artists, releases: Releases, writer: ReturnType<typeof salesLogWriter>) {
  const shelves = new Map<number, Shelf>();
  /** Of artists of the log in the world; of several called alike, the first that was sold. */
  const indices: number[] = [];

  function shelfOf(index: number): Shelf {
    const found = shelves.get(index);
    if (found) return found;
    const artist = artists.artist(index);
    const shelf: Shelf = {
      artist,
      named: writer.artist(artistKey(artist.name)),
      seller: writer.seller(artist.seller.host),
      releases: [],
      tagSets: new Map(),
    };
    shelves.set(index, shelf);
    indices[shelf.named] ??= index;
    return shelf;
  }

  function releaseOf(shelf: Shelf, number: number): Release {
    const found = shelf.releases[number];
    if (found) return found;
    const release = releases.release(shelf.artist, number);
    shelf.releases[number] = release;
    return release;
  }

  function tagsOf({ artist, tagSets }: Shelf, hash: number, at: Instant): number {
    const known = tagSets.get(hash);
    if (known !== undefined) return known;
    const place = artist.seller.places.findLast(({ from }) => from <= at / DAY)?.location ?? null;
    const tags = classifyTags(releases.tags(artist, hash), { place });
    const set = writer.tagSet(
      tags.filter(({ kind }) => kind === 'genre' || kind === 'other').map(({ key }) => key),
    );
    tagSets.set(hash, set);
    return set;
  }

  return {
    indices,
    sell(
      random: Random,
      index: number,
      wanted: number | null,
      at: Instant,
      { code, kinds }: CountryFigures,
      cheapest = false,
    ): Sold {
      const shelf = shelfOf(index);
      const { artist, seller, named: self } = shelf;
      const day = Math.floor(at / DAY);
      const count = releases.count(index, day);
      const chosen = releaseOf(
        shelf,
        wanted ?? Math.max(0, count - 1 - Math.floor(count * random.next() ** 6)),
      );
      const release = day < chosen.removedFrom ? chosen : releaseOf(shelf, 0);
      const sold = { at, scene: artist.scene, seller, country: writer.country(code) };
      const named = { ...sold, artist: release.various ? null : self };
      const kind = cheapest ? 0 : random.next();
      const priced = (list: readonly number[], item: number) => list[item % list.length] ?? 0;
      const item = (number: number) => mix(mix(index, release.number), number);
      if (kind < kinds.track) {
        if (cheapest || random.chance(FROM_ALBUM)) {
          const track = item(10 + Math.floor(release.tracks * random.next() ** 5));
          const cents = cheapest ? 100 : priced(CENTS.track, track);
          return { ...named, item: track, cents, tagSet: tagsOf(shelf, release.hash, at) };
        }
        const single = item(1);
        const tagSet = tagsOf(shelf, mix(release.hash, 1), at);
        return { ...sold, artist: self, item: single, cents: priced(CENTS.track, single), tagSet };
      }
      if (kind < kinds.track + kinds.physical) {
        // Pages of merch and of whole discographies have no tags.
        if (random.chance(MERCH))
          return {
            ...sold,
            artist: self,
            item: mix(index, 1000 + random.below(4)),
            cents: 2000,
            tagSet: 0,
          };
        const thing = item(2 + random.below(4));
        const tagSet = tagsOf(shelf, release.hash, at);
        return { ...named, item: thing, cents: priced(CENTS.physical, thing), tagSet };
      }
      if (kind < kinds.track + kinds.physical + kinds.discography)
        return {
          ...sold,
          artist: writer.artist(artistKey(artist.seller.name)),
          item: mix(index, 2000),
          cents: priced(CENTS.all, 0),
          tagSet: 0,
        };
      const album = item(0);
      const tagSet = tagsOf(shelf, release.hash, at);
      return { ...named, item: album, cents: priced(CENTS.album, album), tagSet };
    },
  };
}
