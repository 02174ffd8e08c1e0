/**
 * Who sells an artist's music: the artist, or a label, as far as pages tell. Never "unsigned": no page says
 * so.
 */
import { artistKey } from './artist.ts';
import { countOf } from './numbers.ts';
import { foldMarks } from './text.ts';

/**
 * `self`: the page's owner is the artist, and sells nobody else; `own-label`: is the artist, and sells
 * others, too; `label`: is somebody else, or sells for a label that the page is linked to; `unknown`: no
 * page told whose it is.
 */
export type SellerKind = 'self' | 'own-label' | 'label' | 'unknown';

export interface SellerFacts {
  host: string;
  /** As its pages say; null where none was read. */
  name: string | null;
  /** The label that the page of what sells is linked to. */
  label?: string | null;
  /** Whom it sold in 90 days; guests and joint works of one artist count as that artist's. */
  artists: number;
  /** Of them others than the artist who is asked of. */
  others: number;
}

const lettersOf = (name: string): string =>
  foldMarks(artistKey(name))
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What artists put behind their name in an address that is taken: `inhuman1`, `nilsfrahmmusic`. */
const BEHIND_NAME = /^(?:\d{1,4}|music|musik|musique|band|official|uk|usa?|sound|sounds|audio|dj)?$/;

/** Whether a page is the artist's own: by its owner's name, else by its address. */
export function isOwnPage(artist: string, { name, host }: SellerFacts): boolean {
  const letters = lettersOf(artist);
  if (letters === '') return false;
  if (name !== null) return lettersOf(name) === letters;
  const address = host.replace(/\.bandcamp\.com$|\.[a-z]+$/, '').replace(/[^a-z0-9]/g, '');
  return address.startsWith(letters) && BEHIND_NAME.test(address.slice(letters.length));
}

/**
 * Whether a page sells for a label that is not its owner. Where a label's page is linked to another, its
 * owner is who sells.
 */
const isLinked = (artist: string, facts: SellerFacts): boolean =>
  Boolean(facts.label) &&
  lettersOf(facts.label ?? '') !== lettersOf(artist) &&
  (isOwnPage(artist, facts) || (facts.name === null && facts.others === 0));

export function sellerKind(artist: string, facts: SellerFacts): SellerKind {
  if (isLinked(artist, facts)) return 'label';
  if (isOwnPage(artist, facts)) return facts.others === 0 ? 'self' : 'own-label';
  return facts.name !== null || facts.others > 0 ? 'label' : 'unknown';
}

/** What a seller is called: `Posh Isolation`, else its address without Bandcamp's. */
export const sellerName = ({ host, name }: Pick<SellerFacts, 'host' | 'name'>): string =>
  name ?? host.replace(/\.bandcamp\.com$/, '');

/** `self-released`, `own label, 4 artists`, `on Posh Isolation, 12 artists`, `at posh.bandcamp.com`. */
export function soldByText(artist: string, facts: SellerFacts): string {
  if (isLinked(artist, facts)) return `on ${facts.label}`;
  const many = facts.artists > 1 ? `, ${countOf(facts.artists, 'artist')}` : '';
  return {
    self: 'self-released',
    'own-label': `own label${many}`,
    label: `on ${sellerName(facts)}${many}`,
    unknown: `at ${facts.host}`,
  }[sellerKind(artist, facts)];
}
