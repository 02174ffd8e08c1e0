/**
 * A simulated world's sales as a log, with its truth, for judging the statistics: the world's own sales but
 * for prices and titles.
 */
import { artistKey } from '../core/artist.ts';
import { classifyTags } from '../core/tags/tag.ts';
import { DAY, floorTo, type Instant, MINUTE } from '../core/time/instant.ts';
import type { Artist, Artists } from '../simulation/artists.ts';
import { type CountryFigures, MILLION } from '../simulation/figures.ts';
import { mix, type Random } from '../simulation/random.ts';
import type { Release, Releases } from '../simulation/releases.ts';
import { createSales } from '../simulation/sales.ts';
import type { TruthEntry } from '../simulation/truth.ts';
import { createParts, type WorldOptions } from '../simulation/world.ts';
import { type SalesLog, salesLogWriter } from '../stats/sales-log.ts';

/** Names are numbers of the log. */
interface Sold {
  at: Instant;
  /** null for several artists. */
  artist: number | null;
  seller: number;
  country: number;
  item: number;
  tagSet: number;
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
): { log: SalesLog; truth: readonly TruthEntry[] } {
  const from = floorTo(options.start, DAY) - before * DAY;
  const days = before + options.days;
  const writer = salesLogWriter(from, days);
  const parts = createParts(options);
  const minuteOf = createSales({ ...parts, shop: createCountingShop(parts.artists, parts.releases, writer) });
  let checkout = 0;
  for (let minute = from; minute < from + days * DAY; minute += MINUTE) {
    if (minute % DAY === 0) onShare((minute - from) / (days * DAY));
    for (const { items } of minuteOf(minute)) {
      checkout += 1;
      for (const { at, ...sale } of items)
        writer.add({ ...sale, minute: Math.floor((at - from) / MINUTE), checkout });
    }
  }
  return { log: writer.done(), truth: parts.truth.ledger };
}

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
    const set = writer.tagSet(tags.filter(({ kind }) => kind !== 'place').map(({ key }) => key));
    tagSets.set(hash, set);
    return set;
  }

  return {
    sell(
      random: Random,
      index: number,
      wanted: number | null,
      at: Instant,
      { code, kinds }: CountryFigures,
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
      const sold = { at, seller, country: writer.country(code) };
      const named = { ...sold, artist: release.various ? null : self };
      const kind = random.next();
      const item = (number: number) => mix(mix(index, release.number), number);
      if (kind < kinds.track) {
        if (random.chance(FROM_ALBUM))
          return {
            ...named,
            item: item(10 + Math.floor(release.tracks * random.next() ** 5)),
            tagSet: tagsOf(shelf, release.hash, at),
          };
        return { ...sold, artist: self, item: item(1), tagSet: tagsOf(shelf, mix(release.hash, 1), at) };
      }
      if (kind < kinds.track + kinds.physical) {
        // Pages of merch and of whole discographies have no tags.
        if (random.chance(MERCH))
          return { ...sold, artist: self, item: mix(index, 1000 + random.below(4)), tagSet: 0 };
        return { ...named, item: item(2 + random.below(4)), tagSet: tagsOf(shelf, release.hash, at) };
      }
      if (kind < kinds.track + kinds.physical + kinds.discography)
        return {
          ...sold,
          artist: writer.artist(artistKey(artist.seller.name)),
          item: mix(index, 2000),
          tagSet: 0,
        };
      return { ...named, item: item(0), tagSet: tagsOf(shelf, release.hash, at) };
    },
  };
}
