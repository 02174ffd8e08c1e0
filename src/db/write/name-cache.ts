/**
 * What a load knows of the items and artists that sales name: looked up once, remembered while they keep
 * coming.
 */
import { artistKey, withoutGuests } from '../../core/artist.ts';
import type { FeedSale } from '../../core/sale.ts';

export interface KnownPage {
  id: number;
  sellerId: number;
  /** Few: an album is one, its vinyl another. */
  items: KnownItem[];
}

export interface KnownItem {
  id: number;
  type: string;
  packageImageId: number | null;
  title: string;
  albumTitle: string | null;
  artUrl: string | null;
}

export interface KnownArtist {
  id: number;
  /** The one it came with first; others are counted. */
  spelling: string;
  various: boolean;
}

/** An artist's name as it is compared, and as it is shown. */
export interface Spelling {
  key: string;
  name: string;
}

/**
 * Ids never change and rows are deleted only before anything loads (see rekey.ts), so what was looked up
 * stays true, unless its transaction fails.
 */
export interface Names {
  /**
   * By address: as a part of one string with the item's type it would be put together and hashed at each
   * look.
   */
  pages: Memory<KnownPage>;
  artists: Memory<KnownArtist>;
  /** By the spelling that the feed has. */
  spellings: Memory<Spelling>;
  /** Ids by host. */
  sellers: Memory<number>;
  countries: Set<string>;
}

export const createNames = (): Names => ({
  pages: createMemory(),
  artists: createMemory(),
  spellings: createMemory(),
  sellers: createMemory(),
  countries: new Set(),
});

export function forgetNames({ countries, ...memories }: Names): void {
  countries.clear();
  for (const memory of Object.values(memories)) memory.clear();
}

/** Between loads: what was not met for longest goes, of what is more than can be kept. */
export function trimNames({ countries: _, ...memories }: Names): void {
  for (const memory of Object.values(memories)) memory.trim();
}

/**
 * Entries of each memory that are met before others are forgotten; all together about 30 MB. More than two
 * batches name.
 */
const YOUNG = 20_000;

interface Memory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  trim(): void;
  clear(): void;
}

/** Two generations: what is met comes to the young one, and when that is full the old one is forgotten. */
function createMemory<T>(): Memory<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return {
    get(key) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const renewed = old.get(key);
      if (renewed !== undefined) young.set(key, renewed);
      return renewed;
    },
    set: (key, value) => void young.set(key, value),
    trim() {
      if (young.size <= YOUNG) return;
      old = young;
      young = new Map();
    },
    clear() {
      young.clear();
      old.clear();
    },
  };
}

/** Whether they are of the same page, type and package. */
export const isSameItem = (one: FeedSale, other: FeedSale): boolean =>
  one.page === other.page && one.itemType === other.itemType && one.packageImageId === other.packageImageId;

/** The item that a sale names, of those known of its page. */
export const itemOf = (page: KnownPage, { itemType, packageImageId }: FeedSale): KnownItem | undefined =>
  page.items.find(item => item.type === itemType && item.packageImageId === packageImageId);

/** An item whose artist's name is empty belongs to its seller. */
export function artistOf({ artist, seller }: FeedSale, spellings: Names['spellings']): Spelling {
  const known = spellings.get(artist);
  if (known) return known;
  const key = artistKey(artist);
  if (key === '') return { key: artistKey(seller), name: seller };
  const spelling = { key, name: withoutGuests(artist) };
  spellings.set(artist, spelling);
  return spelling;
}

/** A sale and what it names. */
export interface NamedSale {
  sale: FeedSale;
  page: KnownPage;
  item: KnownItem;
  artist: KnownArtist;
  /** As the sale has it. */
  spelling: string;
}

/** Undefined where something is not known yet. */
export function named(
  sale: FeedSale,
  { pages, artists, countries, spellings }: Names,
): NamedSale | undefined {
  const { key, name } = artistOf(sale, spellings);
  const page = pages.get(sale.page);
  const item = page && itemOf(page, sale);
  const artist = artists.get(key);
  if (!item || !artist || (sale.countryCode !== null && !countries.has(sale.countryCode))) return undefined;
  return { sale, page, item, artist, spelling: name };
}
