/**
 * What a tag is: a genre of Bandcamp's list, a place, or something else, under one key for all its spellings;
 * and which tags are several in one.
 */

import { LRUCache } from 'lru-cache';
import { isKnownPlace, placeKey } from '../places/places.ts';
import { foldMarks } from '../text.ts';
import { isDescriptor, isDescriptorWord } from './descriptors.ts';
import { genres, spell } from './genres.ts';
import { SCRIPT_ALIASES } from './script-aliases.ts';
import { ALIASES, STYLES } from './tag-aliases.ts';

export interface Tag {
  /** For comparing and storing; one for all spellings. */
  key: string;
  /** For showing: Bandcamp's spelling of genres, else lower case. */
  name: string;
  /** Styles and names are told from the rest by use (docs/design.md: 20 artists in 90 days), later. */
  kind: 'genre' | 'place' | 'descriptor' | 'other';
}

interface Meaning {
  key: string;
  name: string;
}

/** Signs around a tag that say nothing: `techno,` and `"techno"`; a bracket that is not closed. */
const EDGES = /^[\p{Pi}\p{Pf}\p{Pd}\s"'`´,;:.·•|*~_\\/]+|[\p{Pi}\p{Pf}\p{Pd}\s"'`´,;:.·•|*~_\\/]+$/gu;
/** A tag of signs alone keeps them. */
function trimmed(text: string): string {
  const bare = text.replace(EDGES, '') || text.trim();
  const inner = /^[([{<](.*)[)\]}>]$/su.exec(bare)?.[1]?.trim();
  return inner && !/[()[\]{}<>]/.test(inner) ? inner.replace(EDGES, '') || bare : bare;
}

/** A key without the signs and spaces that people put or leave out at will. */
const compact = (key: string): string => key.replace(/[\s\p{P}\p{S}]+/gu, '') || key.replace(/\s+/g, '');

/** Between the tags of a list that is one tag: "techno, house", "house/techno", "#ambient #drone". */
const SEPARATORS = /[,;|\\/\uff0c\uff0f\uff1b\uff5c\u3001\u060c\u2044\u2022\n]|(?<=\S)\s*[#\uff03]/u;

/** The tags of a list that is one tag; several, or the one alone. */
const partsOf = (raw: string): string[] =>
  raw
    .slice(0, LONGEST)
    .split(SEPARATORS)
    .filter(part => part.trim());
/** Characters of a tag that are looked at for parts. */
const LONGEST = 1000;

/** Compact form → key and shown name, of every genre, then every style, then every alias. */
const known = new Map<string, Meaning>();
/** By the set of its parts' keys, what is written with a slash: "hip-hop/rap" as "rap/hip hop". */
const knownLists = new Map<string, Meaning>();

const listForm = (parts: readonly string[]): string =>
  [...new Set(parts.map(part => oneKey(spell(part))))].sort().join('/');

const listed: [parts: string[], meaning: Meaning][] = [];
function learn(spelling: string, meaning: Meaning): void {
  const key = spell(spelling);
  for (const form of [compact(key), compact(foldMarks(key))]) if (!known.has(form)) known.set(form, meaning);
  const parts = partsOf(spelling);
  if (parts.length > 1) listed.push([parts, meaning]);
}
for (const { key, name } of genres.values()) learn(name, { key, name });
for (const name of STYLES) learn(name, { key: spell(name), name });
for (const [written = '', shown = ''] of [...ALIASES, ...SCRIPT_ALIASES]) {
  const meaning = known.get(compact(spell(shown))) ?? { key: spell(shown), name: shown };
  learn(shown, meaning);
  for (const spelling of written.split(' | ')) learn(spelling, meaning);
}
// Behind all the rest: the parts have their own aliases.
for (const [parts, meaning] of listed) {
  const form = listForm(parts);
  if (!knownLists.has(form)) knownLists.set(form, meaning);
}

/** With its marks first: "electrónica" is Spanish for electronic, "electronica" a genre of its own. */
function knownAs(key: string): Meaning | undefined {
  return known.get(compact(key)) ?? known.get(compact(foldMarks(key)));
}

/**
 * The meaning of a key that is no list. "Highlife music" is highlife, unless the two words are a style of
 * their own ("film music"); "rock & blues" is "blues & rock".
 */
function oneMeaning(key: string): Meaning | undefined {
  const bare = trimmed(key);
  const found = knownAs(bare);
  if (found) return found;
  const [, before] = /^(.*\S) musi[ck]$/.exec(bare) ?? [];
  if (before) return knownAs(before);
  const [first = '', second = '', ...more] = bare.split('&');
  return first && second && more.length === 0 ? knownAs(`${second}&${first}`) : undefined;
}

/** What a whole tag means: a list only where it has become the name of one kind of music. */
function meaningOf(raw: string): Meaning | undefined {
  const parts = partsOf(raw);
  return parts.length > 1 ? knownLists.get(listForm(parts)) : oneMeaning(spell(raw));
}

/**
 * The key of what is no list: where it is unknown, one for all ways to put spaces, hyphens and marks ("2
 * step", "foo-bar").
 */
function oneKey(key: string): string {
  const meaning = oneMeaning(key);
  if (meaning) return meaning.key;
  const bare = foldMarks(trimmed(key));
  return bare.replace(/(?<!\d)\.|\.(?!\d)|['\s]+|(?<=[^!?\s])[!?\s]+$/g, '') || bare;
}

/** Whether the text names a genre of Bandcamp's list or a style that everybody knows. */
export const isKnownGenre = (raw: string): boolean => meaningOf(raw) !== undefined;

/** Two letters with an "and" between them: "d&b", "d n b", "R'n'B", "rnb". */
const ABBREVIATION = /^\p{L}\s*(?:&|\+|and|['’`]?n['’`]?)\s*\p{L}$/iu;

/** The shown name of the genre or style that such an abbreviation means, else null. */
export const spelledOut = (raw: string): string | null =>
  ABBREVIATION.test(raw.trim()) ? (meaningOf(raw)?.name ?? null) : null;

/**
 * The key under which a tag is stored and looked up, the same for all its spellings and aliases; '' for what
 * shows nothing.
 */
export const tagKey = (raw: string): string => meaningOf(raw)?.key ?? oneKey(spell(raw));

/**
 * The way a tag that is no known genre or style is shown: as written, in lower case, with single spaces and
 * without signs around it.
 */
const shown = (raw: string): string =>
  trimmed(
    raw
      .normalize('NFC')
      .toWellFormed()
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
      .replace(/^ *#+/, '')
      .toLowerCase()
      // What is left of İ.
      .replaceAll('i\u0307', 'i')
      .slice(0, 200)
      .toWellFormed(),
  );

/** Whether the text is the page's own place or a part of it: "Montréal" of "Montréal, Québec". */
function isOwnPlace(raw: string, place: string | null): boolean {
  const key = placeKey(raw);
  return key !== '' && [place ?? '', ...(place ?? '').split(/[,/]/)].some(part => placeKey(part) === key);
}

/** Whether a text means a style only by an alias, as "goa" does: at home in Goa it is the place. */
const isNickname = (raw: string, { key, name }: Meaning): boolean =>
  !genres.has(key) && compact(spell(raw)) !== compact(spell(name));

/** What a tag is as a whole. */
function classifyWhole(raw: string, place: string | null): Tag {
  const meaning = meaningOf(raw);
  const isOwn = isOwnPlace(raw, place);
  if (meaning && !(isOwn && isNickname(raw, meaning))) return { ...meaning, kind: kindOfKnown(meaning.key) };
  const key = meaning ? placeKey(raw).replace(/\s+/g, '') : tagKey(raw);
  const name = shown(raw) || key;
  if (key && isOwn) return { key, name, kind: 'place' };
  if (isDescriptor(spell(raw))) return { key, name, kind: 'descriptor' };
  return { key, name, kind: key && isKnownPlace(raw) ? 'place' : 'other' };
}

/** The longest runs of "soul & r&b & funk" that mean something; null where a part does not. */
function joined(names: readonly string[]): string[] | null {
  if (names.length === 0) return [];
  for (let end = names.length; end > 0; end -= 1) {
    const name = names.slice(0, end).join(' & ');
    const rest = oneMeaning(spell(name)) && joined(names.slice(end));
    if (rest) return [name, ...rest];
  }
  return null;
}

/** Of "techno - house", "techno & house" the two, where both are known and together are nothing else. */
function knownParts(raw: string): string[] {
  if (oneMeaning(spell(raw))) return [raw];
  const dashed = raw.split(/\s\p{Pd}+\s|\s·\s/u);
  if (dashed.length > 1 && dashed.every(part => oneMeaning(spell(part)))) return dashed;
  const names = spell(raw).split('&');
  return (names.length < 8 && joined(names)) || [raw];
}

/** Two letters make a name: "r/b" and "w/ dub" are no lists. */
const isName = (part: string): boolean => /\p{L}.*\p{L}|[\p{Lo}\p{N}]{2}/su.test(part);

/**
 * The tags that one tag lists: where it is no place and no one kind of music as a whole, and one part at
 * least is known.
 */
function split(raw: string, place: string | null): string[] {
  if (isOwnPlace(raw, place) || isKnownPlace(raw) || meaningOf(raw)) return [raw];
  const parts = partsOf(raw);
  if (parts.length === 1) return knownParts(raw);
  const meanings = parts.map(part => oneMeaning(spell(part)));
  return meanings.some(Boolean) && parts.every(isName) ? parts.flatMap(knownParts) : [raw];
}

/** Aliases have descriptors on their right side, too, such as "remix". */
const kindOfKnown = (key: string): Tag['kind'] => {
  if (genres.has(key)) return 'genre';
  return isDescriptorWord(key) ? 'descriptor' : 'other';
};

/** Whether a tag names no music: what `classifyTag` says of it on a page from elsewhere. */
export function isDescriptorTag(raw: string): boolean {
  const meaning = meaningOf(raw);
  return meaning ? kindOfKnown(meaning.key) === 'descriptor' : isDescriptor(spell(raw));
}

/**
 * What a tag of a page says: one tag, or several where it lists them ("house/techno", "techno & house").
 * Decides by the list of genres first, then known styles, then a part of the page's own place ("Montréal,
 * Québec"), then descriptors ("dark", "free download"), then well-known countries, regions, cities, and their
 * peoples.
 */
export function classifyTag(raw: string, { place }: { place: string | null }): Tag[] {
  const { tags, letters } = anywhere(raw);
  return namesOf(place).some(name => letters.includes(name)) ? classifyAt(raw, place) : tags;
}

function classifyAt(raw: string, place: string | null): Tag[] {
  const tags = split(raw, place).map(part => classifyWhole(part, place));
  return [...new Map(tags.map(tag => [tag.key, tag])).values()];
}

const lettersOf = (text: string): string => placeKey(text).replaceAll(' ', '');

/** The page's own place and its parts. */
const namesOf = (place: string | null): string[] =>
  place === null ? [] : [place, ...place.split(/[,/]/)].map(lettersOf).filter(Boolean);

/** What a tag is on a page from elsewhere; most of a load's tags were met before. */
const anywheres = new LRUCache<string, { tags: Tag[]; letters: string }>({ max: 10_000 });
function anywhere(raw: string): { tags: Tag[]; letters: string } {
  let found = anywheres.get(raw);
  if (!found) {
    found = { tags: classifyAt(raw, null), letters: lettersOf(raw) };
    if (raw.length <= LONGEST) anywheres.set(raw, found);
  }
  return found;
}

/** The tags of a page, each once, in the page's order. */
export function classifyTags(raws: readonly string[], page: { place: string | null }): Tag[] {
  const found = new Map<string, Tag>();
  for (const tag of raws.flatMap(raw => classifyTag(raw, page)))
    if (!found.has(tag.key)) found.set(tag.key, tag);
  return [...found.values()];
}
