/** Sales as columns of numbers: small and quick enough to judge a method on years of them. */
import type { Instant } from '../core/time/instant.ts';

/** Entry `n` of each column is sale `n`, in the order of time. */
export interface SalesLog {
  /** Midnight UTC of the first day, and how many days the log holds. */
  from: Instant;
  days: number;
  length: number;
  /** Whole minutes since `from`. */
  minutes: Uint32Array;
  /** Indices into the names below; −1 is no artist ("Various Artists", an empty name). */
  artists: Int32Array;
  sellers: Uint32Array;
  countries: Uint8Array;
  /** Any number that is the same for the same item, and for the same checkout. */
  items: Uint32Array;
  checkouts: Uint32Array;
  /** US cents paid; 0 where they are not known. */
  cents: Uint32Array;
  /** Index into `tagSets`. */
  tagSetOf: Uint32Array;
  artistNames: string[];
  sellerNames: string[];
  countryCodes: string[];
  tagNames: string[];
  /** Each distinct combination of a page's tags, as indices into `tagNames`; the first is of none. */
  tagSets: Uint16Array[];
}

type Columns = Pick<
  SalesLog,
  'minutes' | 'artists' | 'sellers' | 'countries' | 'items' | 'checkouts' | 'cents' | 'tagSetOf'
>;

export interface LoggedSale {
  minute: number;
  /** As `artist`, `seller` and `country` numbered them; null: no artist. */
  artist: number | null;
  seller: number;
  country: number;
  item: number;
  checkout: number;
  cents?: number;
  /** As `tagSet` numbered the genres and styles of its page. */
  tagSet: number;
}

const columnsOf = (size: number): Columns => ({
  minutes: new Uint32Array(size),
  artists: new Int32Array(size),
  sellers: new Uint32Array(size),
  countries: new Uint8Array(size),
  items: new Uint32Array(size),
  checkouts: new Uint32Array(size),
  cents: new Uint32Array(size),
  tagSetOf: new Uint32Array(size),
});

/** Numbers names by first use. */
function numbering(): { names: string[]; of: (name: string) => number } {
  const names: string[] = [];
  const known = new Map<string, number>();
  return {
    names,
    of(name) {
      const found = known.get(name) ?? names.length;
      if (found === names.length) {
        known.set(name, found);
        names.push(name);
      }
      return found;
    },
  };
}

/** Collects sales, which must be added in the order of time. */
export function salesLogWriter(from: Instant, days: number) {
  let columns = columnsOf(1 << 16);
  let length = 0;
  const [artists, sellers, countries, tags, sets] = Array.from({ length: 5 }, numbering) as [
    Numbering,
    Numbering,
    Numbering,
    Numbering,
    Numbering,
  ];
  const tagSets: Uint16Array[] = [];

  function tagSet(names: readonly string[]): number {
    const indices = [...new Set(names.map(tags.of))].sort((a, b) => a - b);
    const set = sets.of(indices.join());
    if (set === tagSets.length) tagSets.push(Uint16Array.from(indices));
    return set;
  }
  tagSet([]);

  function grow(): void {
    const larger = columnsOf(2 * length);
    for (const key of Object.keys(columns) as (keyof Columns)[]) larger[key].set(columns[key]);
    columns = larger;
  }

  return {
    /** Numbers for names. */
    artist: artists.of,
    seller: sellers.of,
    country: countries.of,
    /** A number for these tags, in whatever order. */
    tagSet,
    add({ minute, artist, seller, country, item, checkout, cents = 0, tagSet }: LoggedSale): void {
      if (length === columns.minutes.length) grow();
      columns.minutes[length] = minute;
      columns.artists[length] = artist ?? -1;
      columns.sellers[length] = seller;
      columns.countries[length] = country;
      columns.items[length] = item;
      columns.checkouts[length] = checkout;
      columns.cents[length] = cents;
      columns.tagSetOf[length] = tagSet;
      length += 1;
    },
    done: (): SalesLog => ({
      from,
      days,
      length,
      ...columns,
      artistNames: artists.names,
      sellerNames: sellers.names,
      countryCodes: countries.names,
      tagNames: tags.names,
      tagSets,
    }),
  };
}

type Numbering = ReturnType<typeof numbering>;
