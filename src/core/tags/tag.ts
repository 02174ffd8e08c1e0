/**
 * What a tag is: a genre of Bandcamp's list, a place, or something else, under one key for all its spellings.
 */

import { isKnownPlace, placeKey } from '../places/places.ts';
import { isDescriptor, isDescriptorWord } from './descriptors.ts';
import { genres, spell } from './genres.ts';
import { ALIASES, STYLES } from './tag-aliases.ts';

export interface Tag {
  /** For comparing and storing; one for all spellings. */
  key: string;
  /** For showing: Bandcamp's spelling of genres, else lower case. */
  name: string;
  /** Styles and names are told from the rest by use (docs/design.md: 20 artists in 90 days), later. */
  kind: 'genre' | 'place' | 'descriptor' | 'other';
}

/** A key without the signs that people put or leave out at will. */
const compact = (key: string): string => key.replace(/[ /&+.'!]/g, '');

/** Compact form → key and shown name, of every genre, then every style, then every alias. */
const known = new Map<string, { key: string; name: string }>();
const learn = (spelling: string, meaning: { key: string; name: string }) => {
  const form = compact(spell(spelling));
  if (!known.has(form)) known.set(form, meaning);
};
for (const { key, name } of genres.values()) learn(name, { key, name });
for (const name of STYLES) learn(name, { key: spell(name), name });
for (const [written = '', shown = ''] of ALIASES) {
  const meaning = known.get(compact(spell(shown))) ?? { key: spell(shown), name: shown };
  learn(shown, meaning);
  for (const spelling of written.split(' | ')) learn(spelling, meaning);
}

/** "Highlife music" is highlife, unless the two words are a style of their own ("film music"). */
const meaningOf = (key: string): { key: string; name: string } | undefined =>
  known.get(compact(key)) ?? (/\S musi[ck]$/.test(key) ? known.get(compact(key.slice(0, -6))) : undefined);

/** Whether the text names a genre of Bandcamp's list or a style that everybody knows. */
export const isKnownGenre = (raw: string): boolean => meaningOf(spell(raw)) !== undefined;

/**
 * The key under which a tag is stored and looked up, the same for all its spellings and aliases; '' for what
 * shows nothing.
 */
export function tagKey(raw: string): string {
  const key = spell(raw);
  return meaningOf(key)?.key ?? key;
}

/**
 * The way a tag that is no known genre or style is shown: as written, in lower case and with single spaces.
 */
const shown = (raw: string): string =>
  raw
    .normalize('NFC')
    .toWellFormed()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .replace(/^ *#+/, '')
    .trim()
    .toLowerCase()
    .slice(0, 200)
    .toWellFormed();

/** Aliases have descriptors on their right side, too, such as "remix". */
const kindOfKnown = (key: string): Tag['kind'] => {
  if (genres.has(key)) return 'genre';
  return isDescriptorWord(key) ? 'descriptor' : 'other';
};

/** Whether a tag, by its key, names no music: what `classifyTag` says of it on a page from elsewhere. */
export function isDescriptorTag(key: string): boolean {
  const meaning = meaningOf(key);
  return meaning ? kindOfKnown(meaning.key) === 'descriptor' : isDescriptor(key);
}

/**
 * Decides by the list of genres first, then known styles, then a part of the page's own place ("Montréal,
 * Québec"), then descriptors ("dark", "free download"), then well-known countries, regions, cities, and their
 * peoples.
 */
export function classifyTag(raw: string, page: { place: string | null }): Tag {
  const key = spell(raw);
  const meaning = meaningOf(key);
  if (meaning) return { ...meaning, kind: kindOfKnown(meaning.key) };
  const place = placeKey(raw);
  const own = (page.place ?? '').split(/[,/]/).some(part => placeKey(part) === place);
  const name = shown(raw) || key;
  if (key && own) return { key, name, kind: 'place' };
  if (isDescriptor(key)) return { key, name, kind: 'descriptor' };
  return { key, name, kind: key && isKnownPlace(raw) ? 'place' : 'other' };
}
