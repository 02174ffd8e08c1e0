/** What a tag is by its use: a style of many sellers' artists, one seller's or artist's name, or the rest. */
import { foldMarks } from '../text.ts';
import { isDescriptorTag, isKnownGenre } from './tag.ts';

/** All kinds as they are stored; a genre is one by Bandcamp's list alone. */
export type TagKind = 'genre' | 'style' | 'descriptor' | 'place' | 'name' | 'other';

/** Who used a tag in the period by which styles are told. "Various Artists" is left out. */
export interface TagUse {
  artists: number;
  sellers: number;
  /** Those with most artists, the most first: host, and how many of the artists it sells. */
  largest: readonly { host: string; artists: number }[];
  /** Whether one of the artists is called so. */
  isArtist: boolean;
}

/** A style is used by this many artists at least, and so is more than one person's word. */
export const LEAST_ARTISTS = 20;
/** More than the word of one label and those near it. */
const LEAST_SELLERS = 5;
/** A seller with more of the artists than this is the one whose word it is. */
const MOST_OF_ONE_SELLER = 1 / 2;
/** Whoever sells this share and is called so is what the tag means, however many others use it. */
const NAMESAKES_SHARE = 1 / 5;
/** Shorter names are a part of many hosts. */
const LEAST_LETTERS = 4;

/** Whether enough artists use the tag for it to be a style or, of a descriptor, to be counted. */
export const isUsed = (use: TagUse | null): boolean => use !== null && use.artists >= LEAST_ARTISTS;

/** What sellers put behind their names, or in front of Bandcamp's. */
const ADDED = /(?:records?|recordings|recs?|music|musique|label|netlabel|tapes|official|band|shop|store)$/;
const bare = (text: string): string => foldMarks(text).replace(/[^\p{L}\p{N}]/gu, '');
const shortened = (name: string): string => name.replace(ADDED, '') || name;

/** The parts of a host that can be a name: "shop.hyperdub.net" → shop, hyperdub. */
const namesOf = (host: string): string[] =>
  host
    .replace(/\.bandcamp\.com$/, '.')
    .split('.')
    .slice(0, -1)
    .filter(part => part !== 'www')
    .map(bare);

const isNameOf = (key: string, host: string): boolean => {
  const name = shortened(bare(key));
  return namesOf(host).some(part => shortened(part) === name);
};

/** Whether one is about the other: "clan destine records" and `clandestinetraxx.bandcamp.com`. */
const resembles = (key: string, host: string): boolean => {
  const name = shortened(bare(key));
  return namesOf(host).some(part => {
    const [short = '', long = ''] = [shortened(part), name].sort((a, b) => a.length - b.length);
    return short.length >= LEAST_LETTERS && long.startsWith(short);
  });
};

const isOfMany = ({ artists, sellers, largest }: TagUse): boolean =>
  sellers >= LEAST_SELLERS && (largest[0]?.artists ?? 0) <= MOST_OF_ONE_SELLER * artists;

const isNamesake = (key: string, { artists, largest }: TagUse): boolean =>
  largest.some(seller => seller.artists >= NAMESAKES_SHARE * artists && isNameOf(key, seller.host));

/**
 * The kind of a tag that is no genre, by its name or key, whether most of its pages take it for a place, and
 * its use; null: nobody's. A style that everybody knows needs no variety of sellers.
 */
export function kindOfTag(tag: string, isPlace: boolean, use: TagUse | null): Exclude<TagKind, 'genre'> {
  if (isPlace) return 'place';
  if (isDescriptorTag(tag)) return 'descriptor';
  if (use === null || !isUsed(use)) return 'other';
  if (isKnownGenre(tag)) return 'style';
  if (isNamesake(tag, use)) return 'name';
  if (isOfMany(use)) return 'style';
  return use.isArtist || use.largest.some(({ host }) => resembles(tag, host)) ? 'name' : 'other';
}
