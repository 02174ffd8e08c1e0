/** One sold item as the feed writes it, down to its noise and its nulls. */

import type { ItemType, SlugType } from '../core/sale.ts';
import { DAY, type Instant, SECOND } from '../core/time/instant.ts';
import type { Artist, Artists } from './artists.ts';
import { type CountryFigures, MILLION } from './figures.ts';
import { localMinor, type Medium, noisy, paidMinor, shown, toAmount, toUsd } from './prices.ts';
import { choices, mix, named, Random } from './random.ts';
import type { Package, Product, Release, Releases } from './releases.ts';

/** An item of an event, keys in the feed's order. */
export interface RawItem {
  utc_date: number;
  artist_name: string;
  item_type: ItemType;
  item_description: string;
  album_title: string | null;
  slug_type: SlugType;
  track_album_slug_text: string | null;
  currency: string;
  amount_paid: number;
  item_price: number;
  amount_paid_usd: number;
  country: string;
  art_id: number | null;
  releases: number | null;
  package_image_id: number | null;
  url: string;
  country_code: string;
  amount_paid_fmt: string;
  art_url: string | null;
  addl_count?: number;
  item_slug?: string;
  amount_over_fmt?: string;
}

export interface Checkout<Item> {
  event_type: 'sale';
  utc_date: number;
  items: Item[];
}

/** A checkout as the feed gives it. */
export type RawEvent = Checkout<RawItem>;

const dayOf = (at: Instant): number => Math.floor(at / DAY);

/** What the cheapest track is, in a seller's own figures: most tracks cost 1. */
const CHEAPEST = 1;

/** Artists whose things are kept at hand; the heavy few make most sales. */
const SHELVES = 50_000;

const { track, withAlbumTitle, physical, merchPage, addlRows, addlUnits, media } = MILLION;
/** Tracks sold from an album, of all tracks: [M]'s rows with an album title less the physical ones. */
const FROM_ALBUM = (withAlbumTitle - (physical - merchPage)) / track;
const FOLDED = addlRows / (track * FROM_ALBUM);
const FOLDED_MORE = 1 - addlRows / addlUnits;
const MOST_FOLDED = 22;
const ALBUM_SLUG = MILLION.withTrackAlbumSlug / (track * FROM_ALBUM);
const WITHOUT_IMAGE = 1 - MILLION.withPackageImage / physical;
const MERCH = merchPage / physical;
const EMPTY_TITLE = MILLION.emptyTitles / MILLION.rows;
const EMPTY_ARTIST = MILLION.emptyArtists / MILLION.rows;
/**
 * Each size of a discography is this much rarer than the one before, from three releases on; [M]'s 1203,
 * 1094, 939, 768.
 */
const DISCOGRAPHY_STEP = 0.895;

const packageMedium = choices<Medium>([
  ['vinyl', media.vinyl],
  ['cd', media.cd],
  ['tape', media.tape],
  ['bundle', physical - merchPage - media.vinyl - media.cd - media.tape],
]);
const MERCH_OTHER = media.other / merchPage;

interface Shelf {
  artist: Artist;
  url: string;
  releases: Release[];
  products: Map<number, Product | Package>;
}

/** Sells what artists have, at any instant. */
export function createShop(seed: number, artists: Artists, releases: Releases) {
  const shelves = new Map<number, Shelf>();
  const discographies = mix(seed, named('discographies'));
  const apart = new Random();

  function shelfOf(index: number): Shelf {
    const found = shelves.get(index);
    if (found) return found;
    if (shelves.size >= SHELVES) shelves.clear();
    const artist = artists.artist(index);
    // The feed leaves the protocol out, but for domains of the sellers' own.
    const url = artist.seller.host.endsWith('.bandcamp.com')
      ? `//${artist.seller.host}`
      : `http://${artist.seller.host}`;
    const shelf = { artist, url, releases: [], products: new Map() };
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

  function productOf<T extends Product>(shelf: Shelf, key: number, make: () => T): T {
    const found = shelf.products.get(key);
    if (found) return found as T;
    const product = make();
    shelf.products.set(key, product);
    return product;
  }

  /** Newer releases sell more; what is gone is not sold. */
  function pickRelease(random: Random, shelf: Shelf, day: number, wanted: number | null): Release {
    const count = releases.count(shelf.artist.index, day);
    const number = wanted ?? Math.max(0, count - 1 - Math.floor(count * random.next() ** 6));
    const release = releaseOf(shelf, number);
    return day < release.removedFrom ? release : releaseOf(shelf, 0);
  }

  const artUrl = (id: number, size: 7 | 37): string =>
    `https://f4.bcbits.com/img/${size === 7 ? 'a' : ''}${String(id).padStart(10, '0')}_${size}.jpg`;

  /** Number of releases in a seller's discography, 3 or more, the same at every sale. */
  function discographySize(shelf: Shelf): number {
    apart.open(mix(discographies, named(shelf.artist.seller.code)));
    let size = 3;
    while (size < 60 && apart.chance(DISCOGRAPHY_STEP)) size += 1;
    return size;
  }

  return {
    artist: (index: number): Artist => shelfOf(index).artist,
    /**
     * Something of an artist, for a buyer from a country. `wanted`: the number of the release that the buyer
     * came for, else any. The artist must have made a debut by that day. `cheapest`: a track, at its price.
     */
    sell(
      random: Random,
      index: number,
      wanted: number | null,
      at: Instant,
      buyer: CountryFigures,
      cheapest = false,
    ): RawItem {
      const shelf = shelfOf(index);
      const { artist } = shelf;
      const { currency } = artist.seller;
      const day = dayOf(at);
      const release = pickRelease(random, shelf, day, wanted);
      const { kinds } = buyer;
      const kind = cheapest ? 0 : random.next();
      let type: ItemType = 'a';
      let slugType: SlugType = 'a';
      let product: Product = release;
      let path = release.path;
      let title = release.renamed && day >= release.renamed.from ? release.renamed.title : release.title;
      let albumTitle: string | null = null;
      let name = release.artist;
      let priceMinor = -1;
      let folded = 0;
      let count: number | null = null;
      if (kind < kinds.track) {
        type = 't';
        slugType = 't';
        if (cheapest || random.chance(FROM_ALBUM)) {
          const number = Math.floor(release.tracks * random.next() ** 5);
          product = productOf(shelf, 1000 + release.number * 64 + number, () =>
            releases.track(artist, release, number),
          );
          albumTitle = title;
          if (!cheapest && random.chance(FOLDED)) {
            folded = 1;
            while (folded < MOST_FOLDED && random.chance(FOLDED_MORE)) folded += 1;
          }
        } else {
          product = productOf(shelf, release.number, () => releases.single(artist, release.number));
          name = artist.name;
        }
        title = product.title;
        path = product.path;
      } else if (kind < kinds.track + kinds.physical) {
        type = 'p';
        if (random.chance(MERCH)) {
          slugType = 'p';
          const number = 2 * random.below(2) + (random.chance(MERCH_OTHER) ? 0 : 1);
          product = productOf(shelf, 100 + number, () => releases.merch(artist, number));
          name = artist.name;
        } else {
          const medium = packageMedium(random);
          const key = 100_000 + release.number * 8 + ['vinyl', 'cd', 'tape', 'bundle'].indexOf(medium);
          product = productOf(shelf, key, () => releases.package(release, medium));
          albumTitle = title;
        }
        title = product.title;
        path = product.path;
      } else if (kind < kinds.track + kinds.physical + kinds.discography) {
        type = 'b';
        slugType = null;
        count = discographySize(shelf);
        title = `full digital discography (${count} releases)`;
        path = '';
        name = artist.seller.name;
        // A quarter off, in odd cents: the sum of the releases' prices less the seller's discount.
        priceMinor = Math.round(localMinor(3.98, currency) * count * 0.75 ** (1 + (count > 12 ? 1 : 0)));
      }
      if (cheapest) priceMinor = localMinor(CHEAPEST, currency);
      if (priceMinor < 0) priceMinor = localMinor(product.price, currency) * (1 + folded);
      const physicalItem = type === 'p';
      const paid = cheapest ? priceMinor : paidMinor(random, priceMinor, currency, physicalItem);
      const oddity = random.next();
      const hasImage = !physicalItem || (product.imageId % 1000) / 1000 >= WITHOUT_IMAGE;
      const item: RawItem = {
        utc_date: at / SECOND,
        artist_name: oddity < EMPTY_ARTIST ? '' : name,
        item_type: type,
        item_description: oddity > 1 - EMPTY_TITLE ? '' : title,
        album_title: albumTitle,
        slug_type: slugType,
        track_album_slug_text:
          type === 't' && albumTitle !== null && random.chance(ALBUM_SLUG) ? release.path.slice(7) : null,
        currency,
        amount_paid: toAmount(paid, currency),
        item_price: noisy(toAmount(priceMinor, currency)),
        amount_paid_usd: toUsd(paid, currency),
        country: buyer.name,
        art_id: physicalItem ? null : product.imageId,
        releases: count,
        package_image_id: physicalItem && hasImage ? product.imageId : null,
        url: shelf.url + path,
        country_code: buyer.code,
        amount_paid_fmt: shown(folded > 0 ? Math.round(paid / (1 + folded)) : paid, currency),
        art_url: hasImage ? artUrl(product.imageId, physicalItem ? 37 : 7) : null,
      };
      if (folded > 0) {
        item.addl_count = folded;
        item.item_slug = '/album/';
      }
      const over = paid - priceMinor;
      // Up to one unit over is not shown: recorded sales of $1 for a price of 0, and of $30 for $29.99, do
      // not have it.
      if (over > localMinor(1, currency)) item.amount_over_fmt = shown(over, currency);
      return item;
    },
  };
}
