/**
 * Who makes and sells the world's music: artists by a heavy-tailed law, their homes, scenes, debuts and
 * sellers.
 */

import { lawOfSales, total } from './law-of-sales.ts';
import { artistName, labelName, plantedName, slug } from './names.ts';
import { mix, named, Random, Weighted } from './random.ts';
import { HOME_COUNTRIES, type Home, type Place, SCENES } from './scenes.ts';

/**
 * The largest part of a scene in which truth is planted that one artist makes: what grows there grows by
 * many.
 */
const BROAD = 1 / 20;
/** Home countries below this percentage are not one artist's either. */
const SMALL_HOME = 1.5;
/**
 * Artists who made their debut only after the world's start, over three years: strangers turn up each day, as
 * in life.
 */
const DEBUTANTS = 0.08;
const SOLD_BY_LABEL = 0.35;
const ARTISTS_A_LABEL = 15;
/**
 * Sellers with a domain of their own; of these the feed gives that domain, or the bandcamp.com one that leads
 * there.
 */
const OWN_DOMAIN = 0.05;
const NO_PLACE = 0.2;
const NO_GENRE = 0.15;

export interface Seller {
  /** What its addresses end in, by which they are found again. */
  code: string;
  name: string;
  label: boolean;
  currency: string;
  /** The host in the feed. */
  host: string;
  /** The host that answers; redirects lead to it from the other one. */
  servedAt: string;
  /** The host that only redirects, if there are two. */
  movedFrom: string | null;
  home: Home;
  /** As its pages say, from the given day on; null where they say nothing. */
  places: { from: number; location: string | null }[];
  /** Genre of Bandcamp's list, where the seller chose one. */
  main: string | null;
}

export interface Artist {
  index: number;
  name: string;
  home: Home;
  place: Place;
  scene: number;
  seller: Seller;
}

export interface Artists {
  /** Artists whose sales follow the law; those in whom truth is planted come after them. */
  readonly ordinary: number;
  /** Ordinary and planted. */
  readonly size: number;
  readonly weights: Float64Array;
  readonly scenes: Uint8Array;
  /** Days since 1970, and days from one release to the next. */
  readonly debuts: Int32Array;
  readonly periods: Uint16Array;
  artist(index: number): Artist;
  /** By what its host ends in; null for a code that nobody has. */
  seller(code: string): Seller | null;
  /**
   * The index of an artist that begins on this day and that nobody else buys: for planted truth. `label` is
   * the code of the seller, else it sells itself; `name` is somebody's whom it is called like.
   */
  plant(day: number, scene: number, as?: { label?: string; name?: string }): number;
}

const bySeed = (seed: number, stream: string): number => mix(seed, named(stream));

/**
 * Gives each of the artists, the largest first, one of several kinds so that each kind has its share of all
 * weight: rank by rank in bands, in each of which a kind is owed its share of the band and what it lacks from
 * those before.
 * @param most the largest part of a kind that one artist may make; kinds of 1 take whoever fits nowhere
 */
function allot(
  shares: readonly number[],
  most: (kind: number) => number,
  weights: Float64Array,
  hash: number,
): Uint8Array {
  const parts = shares.map(share => share / total(shares));
  const all = total(weights);
  const lacking = new Float64Array(parts.length);
  const given = new Uint8Array(weights.length);
  const random = new Random().open(hash);
  const exact = Math.min(weights.length, 20_000);
  for (let from = 0, until = 0; from < exact; from = until) {
    until = Math.min(exact, Math.ceil(1.6 * from) + 8);
    const band = total(weights.subarray(from, until));
    for (const [kind, part] of parts.entries()) lacking[kind] = (lacking[kind] ?? 0) + part * band;
    for (let at = from; at < until; at += 1) {
      const weight = weights[at] ?? 0;
      const fits = (kind: number) => weight <= (parts[kind] ?? 0) * all * most(kind);
      let left = 0;
      for (const [kind, lack] of lacking.entries()) if (lack > 0 && fits(kind)) left += lack;
      left *= random.next();
      let chosen = -1;
      for (let kind = 0; kind < lacking.length && left >= 0; kind += 1) {
        const lack = lacking[kind] ?? 0;
        if (lack <= 0 || !fits(kind)) continue;
        left -= lack;
        chosen = kind;
      }
      if (chosen < 0) {
        const open = lacking.map((lack, kind) => (most(kind) === 1 ? lack : Number.NEGATIVE_INFINITY));
        chosen = open.indexOf(Math.max(...open));
      }
      given[at] = chosen;
      lacking[chosen] = (lacking[chosen] ?? 0) - weight;
    }
  }
  const rest = total(weights.subarray(exact));
  const last = new Weighted(
    parts.map((part, kind) => Math.max(part * rest + (lacking[kind] ?? 0), part * rest * 0.1)),
  );
  for (let at = exact; at < weights.length; at += 1) given[at] = last.draw(random);
  return given;
}

/**
 * @param artists how many sell by the law; @param startDay the world's first day, in days since 1970; @param
 * places for planting
 */
export function createArtists(seed: number, artists: number, startDay: number, places: number): Artists {
  const size = artists + places;
  const weights = lawOfSales(artists);
  const scenes = new Uint8Array(size);
  scenes.set(
    allot(
      SCENES.map(({ share }) => share),
      kind => (SCENES[kind]?.plantable ? BROAD : 1),
      weights,
      bySeed(seed, 'scenes'),
    ),
  );
  const homes = new Uint8Array(size);
  homes.set(
    allot(
      HOME_COUNTRIES.map(({ share }) => share),
      kind => ((HOME_COUNTRIES[kind]?.share ?? 0) < SMALL_HOME ? BROAD : 1),
      weights,
      bySeed(seed, 'homes'),
    ),
  );
  const debuts = new Int32Array(size).fill(2 ** 30);
  const periods = new Uint16Array(size);
  const careers = bySeed(seed, 'careers');
  const random = new Random();
  for (let at = 0; at < artists; at += 1) {
    random.open(mix(careers, at));
    const debutant = random.chance(DEBUTANTS);
    debuts[at] = startDay + (debutant ? random.below(1095) : -60 - Math.floor(4500 * random.next() ** 2));
    periods[at] = 45 + Math.floor(500 * random.next() ** 1.5);
  }
  const homesCount = HOME_COUNTRIES.map(() => 0);
  for (let at = 0; at < artists; at += 1) homesCount[homes[at] ?? 0] = (homesCount[homes[at] ?? 0] ?? 0) + 1;
  const mains = [...new Set(SCENES.map(({ main }) => main))];
  const mainShares = mains.map(main =>
    SCENES.reduce((sum, scene) => sum + (scene.main === main ? scene.share : 0), 0),
  );
  let planted = artists;
  const plantedAs = new Map<number, { label?: string; name?: string }>();

  /** Labels of one country and genre. */
  const labels = (home: number, main: number): number =>
    Math.max(
      1,
      Math.round(((homesCount[home] ?? 0) * (mainShares[main] ?? 0) * SOLD_BY_LABEL) / ARTISTS_A_LABEL),
    );

  function createSeller(
    code: string,
    name: string,
    homeIndex: number,
    main: string | null,
    label: boolean,
  ): Seller {
    const home = HOME_COUNTRIES[homeIndex] as Home;
    random.open(mix(bySeed(seed, 'sellers'), named(code)));
    const place = random.pick(home.places).location;
    const named_ = random.chance(NO_PLACE) ? null : place;
    const moves = random.chance(0.03);
    // Names in other scripts leave nothing for an address.
    const stem = `${slug(name) || 'music'}-${code}`;
    const bandcamp = `${stem}.bandcamp.com`;
    // `.example` is reserved (RFC 6761): no stranger's host is ever asked for a page of this world.
    const own = random.chance(OWN_DOMAIN) ? `music.${stem}.example` : null;
    const ownInFeed = random.chance(0.6);
    return {
      code,
      name,
      label,
      currency: home.currency,
      host: own && ownInFeed ? own : bandcamp,
      servedAt: own ?? bandcamp,
      movedFrom: own ? bandcamp : null,
      home,
      places: [
        { from: -(2 ** 30), location: named_ },
        ...(moves
          ? [
              {
                from: startDay + random.below(120),
                location: random.pick(random.pick(HOME_COUNTRIES).places).location,
              },
            ]
          : []),
      ],
      main: random.chance(NO_GENRE) ? null : main,
    };
  }

  const naming = bySeed(seed, 'names');
  const nameOf = (index: number): string =>
    plantedAs.get(index)?.name ??
    (index < artists
      ? artistName(random.open(mix(naming, index)), HOME_COUNTRIES[homes[index] ?? 0]?.country ?? 'us')
      : plantedName(random.open(mix(naming, index))));

  function seller(code: string): Seller | null {
    const number = Number.parseInt(code.slice(1), 36);
    if (code.slice(1) !== number.toString(36)) return null;
    if (code.startsWith('a')) {
      const main = SCENES[scenes[number] ?? 0]?.main ?? null;
      return number < planted ? createSeller(code, nameOf(number), homes[number] ?? 0, main, false) : null;
    }
    const [home, main, count] = [
      Math.floor(number / 2 ** 21),
      Math.floor(number / 2 ** 16) % 32,
      number % 2 ** 16,
    ];
    if (
      !code.startsWith('l') ||
      home >= HOME_COUNTRIES.length ||
      main >= mains.length ||
      count >= labels(home, main)
    )
      return null;
    const name = labelName(random.open(mix(bySeed(seed, 'labels'), number)));
    return createSeller(code, name, home, mains[main] ?? null, true);
  }

  const sellers = new Map<string, Seller>();
  function sellerOf(index: number): Seller {
    random.open(mix(bySeed(seed, 'selling'), index));
    const home = homes[index] ?? 0;
    const main = mains.indexOf(SCENES[scenes[index] ?? 0]?.main ?? '');
    // The first labels are the large ones.
    const label = (home * 32 + main) * 2 ** 16 + Math.floor(labels(home, main) * random.next() ** 1.5);
    const byLabel = random.chance(SOLD_BY_LABEL) && index < artists;
    const own = byLabel ? `l${label.toString(36)}` : `a${index.toString(36)}`;
    const code = plantedAs.get(index)?.label ?? own;
    const found = sellers.get(code) ?? seller(code);
    if (!found) throw new Error(`no seller ${code}`);
    if (byLabel) sellers.set(code, found);
    return found;
  }

  return {
    ordinary: artists,
    size,
    weights,
    scenes,
    debuts,
    periods,
    seller,
    artist(index) {
      const name = nameOf(index);
      const home = HOME_COUNTRIES[homes[index] ?? 0] as Home;
      const place = random.open(mix(bySeed(seed, 'places'), index)).pick(home.places);
      return { index, name, home, place, scene: scenes[index] ?? 0, seller: sellerOf(index) };
    },
    plant(day, scene, as = {}) {
      const index = planted;
      if (index >= size) throw new Error('no place left for a planted artist');
      planted += 1;
      plantedAs.set(index, as);
      random.open(mix(bySeed(seed, 'planting'), index));
      scenes[index] = scene;
      homes[index] = random.below(24);
      debuts[index] = day;
      periods[index] = 200;
      return index;
    },
  };
}
