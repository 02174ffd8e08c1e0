/**
 * What artists sell: albums, tracks, packages and merch, each found by its artist and number, with its
 * address, price and tags.
 */
import type { Artist, Artists } from './artists.ts';
import { title as makeTitle, slug } from './names.ts';
import { albumPrice, type Medium, mediumPrice, trackPrice } from './prices.ts';
import { mix, named, Random, unit, Weighted } from './random.ts';
import { BESIDE, frequencyOf, MOODS, SCENES } from './scenes.ts';

/** Pages without any tag. */
const UNTAGGED = 0.08;
/** Albums of a label that name no artist, so that [M]'s 1.1% of sales are by "Various Artists". */
const COMPILATIONS = 0.033;
const RENAMED = 0.03;
const REMOVED = 0.02;

export interface Product {
  /** Path of its page. */
  path: string;
  title: string;
  /** A table price, see prices.ts. */
  price: number;
  /** Of the cover, or of a package's picture. */
  imageId: number;
}

export interface Release extends Product {
  number: number;
  artist: string;
  /** By nobody in particular. */
  various: boolean;
  /** Days since 1970: the day it came out, and from which on it has another title or is gone. */
  day: number;
  renamed: { from: number; title: string } | null;
  removedFrom: number;
  tracks: number;
  /** Whether its packages exist: some releases are digital only. */
  hash: number;
}

export interface Package extends Product {
  medium: Medium;
}

const DESCRIPTIONS: Record<Medium, readonly string[]> = {
  vinyl: [
    'Limited Edition 12" Vinyl',
    '2x Vinyl LP',
    'Black Vinyl LP',
    '7" Vinyl Single',
    'Vinyl LP (second pressing)',
  ],
  cd: ['Compact Disc (CD)', 'CD Digipak', 'Limited Edition Compact Disc', 'Handmade CD-R'],
  tape: ['Limited Edition Cassette', 'Cassette + Digital', 'Pro-dubbed Cassette'],
  bundle: ['T-Shirt/Apparel', 'LP + T-Shirt Bundle', 'Hoodie', 'Complete Bundle', 'Tote Bag Bundle'],
  other: ['Poster/Print', 'Sticker Pack', 'Enamel Pin', 'Book', 'Slipmat', 'Lyric Zine'],
};

/** What a package's description says it is. */
export const mediumOf = (description: string): Medium =>
  (Object.keys(DESCRIPTIONS) as Medium[]).find(medium => DESCRIPTIONS[medium].includes(description)) ??
  'other';

/** Art ids have ten digits in addresses; this world's are its own. */
const imageId = (hash: number): number => 1_000_000_000 + (hash % 3_294_967_295);

const join = (...parts: (string | number)[]): string => parts.filter(part => part !== '').join('-');

const besideTables = SCENES.map(({ beside }) =>
  beside.length ? new Weighted(beside.map(frequencyOf)) : null,
);

export type Releases = ReturnType<typeof createReleases>;

/** All of it follows from the seed; nothing is kept but what a caller keeps. */
export function createReleases(seed: number, artists: Artists) {
  const random = new Random();
  const hashOf = (kind: string, artist: number, ...numbers: number[]): number =>
    numbers.reduce(mix, mix(mix(seed, named(kind)), artist));
  const friday = hashOf('friday', 0);

  /** The day a release is out; six in ten wait for the Friday that follows its turn. */
  function releaseDay(artist: number, number: number): number {
    const day = (artists.debuts[artist] ?? 0) + number * (artists.periods[artist] ?? 0);
    // 1970-01-01 was a Thursday.
    return unit(mix(mix(friday, artist), number)) < 0.6 ? day + ((8 - (day % 7)) % 7) : day;
  }

  return {
    releaseDay,
    /** Releases that can be bought on a day, with what can be ordered some days ahead; 0 before the debut. */
    count(artist: number, day: number): number {
      const since = day - (artists.debuts[artist] ?? 0);
      return since < 0 ? 0 : Math.min(40, 1 + Math.floor(since / (artists.periods[artist] ?? 1)));
    },
    release(artist: Artist, number: number): Release {
      const hash = hashOf('release', artist.index, number);
      random.open(hash);
      const title = makeTitle(random, artist.home.country);
      const day = releaseDay(artist.index, number);
      const various = artist.seller.label && random.chance(COMPILATIONS);
      const later = random.chance(0.5) ? `${title} (Remastered)` : `${title} ✦`;
      const renamed = random.chance(RENAMED) ? { from: day + 20 + random.below(600), title: later } : null;
      return {
        number,
        path: `/album/${join(slug(title), artist.index.toString(36), number)}`,
        title,
        various,
        artist: various ? 'Various Artists' : artist.name,
        price: albumPrice(random),
        imageId: imageId(hash),
        day,
        renamed,
        // The first one stays, so that every artist has something.
        removedFrom: number > 0 && random.chance(REMOVED) ? day + 30 + random.below(900) : 2 ** 30,
        tracks: 4 + random.below(9),
        hash,
      };
    },
    /** Track `at` of a release. */
    track(artist: Artist, release: Release, at: number): Product {
      random.open(mix(release.hash, 100 + at));
      const title = makeTitle(random, artist.home.country);
      const path = `/track/${join(slug(title), artist.index.toString(36), release.number, at)}`;
      return { path, title, price: trackPrice(random), imageId: release.imageId };
    },
    /** A track by itself, which came out with the release of this number. */
    single(artist: Artist, number: number): Product {
      const hash = hashOf('single', artist.index, number);
      random.open(hash);
      const title = makeTitle(random, artist.home.country);
      const path = `/track/${join(slug(title), artist.index.toString(36), `s${number}`)}`;
      return { path, title, price: trackPrice(random), imageId: imageId(hash) };
    },
    /** The release on a record, disc, tape or with clothes; its page is the release's. */
    package(release: Release, medium: Medium): Package {
      const hash = mix(release.hash, named(medium));
      random.open(hash);
      const title = random.pick(DESCRIPTIONS[medium]);
      return {
        path: release.path,
        title,
        price: mediumPrice[medium](random),
        imageId: hash % 40_000_000,
        medium,
      };
    },
    /** Things with a page of their own. */
    merch(artist: Artist, number: number): Package {
      const hash = hashOf('merch', artist.index, number);
      random.open(hash);
      const medium: Medium = number % 2 ? 'bundle' : 'other';
      const title = random.pick(DESCRIPTIONS[medium]);
      const path = `/merch/${join(slug(title), artist.index.toString(36), `m${number}`)}`;
      return { path, title, price: mediumPrice[medium](random), imageId: hash % 40_000_000, medium };
    },
    /**
     * Tags of a release's page and of its tracks', as the artist wrote them; the last is usually the artist's
     * place.
     */
    tags(artist: Artist, hash: number): string[] {
      random.open(mix(hash, named('tags')));
      if (random.chance(UNTAGGED)) return [];
      const scene = SCENES[artist.scene];
      if (!scene) return [];
      const tags = new Set<string>();
      if (random.chance(scene.mainToo)) tags.add(scene.main);
      tags.add(scene.tag);
      const table = besideTables[artist.scene];
      // 0, 1 or 2 more, with a mean of BESIDE.
      const wanted = tags.size + (random.chance(BESIDE / 2) ? 1 : 0) + (random.chance(BESIDE / 2) ? 1 : 0);
      for (let tries = 0; table && tags.size < wanted && tries < 6; tries += 1)
        tags.add(SCENES[scene.beside[table.draw(random)] ?? 0]?.tag ?? scene.tag);
      for (let left = random.below(3); left > 0; left -= 1) tags.add(random.pick(MOODS));
      const written = [...tags].map(tag => {
        const manner = random.next();
        if (manner < 0.04) return tag.toUpperCase();
        if (manner < 0.08) return tag.replaceAll(' ', '-');
        return manner < 0.2 ? tag.replace(/\b[a-z]/g, letter => letter.toUpperCase()) : tag;
      });
      return random.chance(0.75) ? [...written, artist.place.tag] : written;
    },
  };
}
