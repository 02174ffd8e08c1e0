/** Who is behind a rise: where the music comes from, who sells it, and which release stands behind it. */
import type { Column, Row } from '../../core/answer.ts';
import { UserError } from '../../core/errors.ts';
import { formatPercent } from '../../core/numbers.ts';
import { countryName, looksLikeCountry } from '../../core/places/country.ts';
import { askedPlace, type Place, parsePlace, placeName } from '../../core/places/place.ts';
import { isKnownTown } from '../../core/places/places.ts';
import {
  ageOf,
  type Behind as BehindRelease,
  pageReleaseText,
  RELEASE_KINDS,
  releaseBehind,
  releaseText,
  type SoldRelease,
} from '../../core/release.ts';
import { type SellerKind, sellerKind, soldByText } from '../../core/sold-by.ts';
import type { Window } from '../../core/time/window.ts';
import type { Fragment, Reader } from '../../db/connect.ts';
import {
  placedShare,
  placesMeant,
  placesNear,
  releasesOf,
  releasesSold,
  type SellerOf,
  sellersAmong,
  sellersFrom,
  whoSells,
  whoSellsPages,
} from '../../db/read/who-sells.ts';
import type { Frame, Parameter } from './definition.ts';
import { optionalChoice, parseName } from './parameters.ts';
import { nameNotes, type Resolved, resolve, shortName } from './resolve-name.ts';

/** Where music comes from, by its page's place. */
export const fromParameter: Parameter<string> = {
  describe: 'Where the music comes from: a city, state or country',
  example: 'glasgow',
  parse: parsePlace,
  format: place => place,
  recognises: (word, besideName) => !besideName && (isKnownTown(word) || looksLikeCountry(word)),
};

const SELF_RELEASED = /^(?:none|no|self|self[- ]?released|independent|unsigned|without an? label|no label)$/i;
const ON_ANY = /^(?:any|on an? label|on labels|labels|signed)$/i;

/** Who sells it: nobody but the artist, any label, or one. */
const labelParameter: Parameter<string> = {
  describe: 'Who sells it: none (self-released), any label, or the name of one',
  example: 'none',
  parse: raw => (SELF_RELEASED.test(raw.trim()) ? 'none' : ON_ANY.test(raw.trim()) ? 'any' : parseName(raw)),
  format: label => label,
  recognises: word =>
    /^(?:self[- ]?released|independent|unsigned|without an? label|on an? label|on labels)$/i.test(word),
};

/** What stands behind the sales. */
const releaseParameter = optionalChoice(
  'What stands behind it: a release of 90 days, a pre-order, older records, no release',
  RELEASE_KINDS.filter(kind => kind !== 'unknown') as [
    'new' | 'preorder' | 'catalogue' | 'none',
    ...('new' | 'preorder' | 'catalogue' | 'none')[],
  ],
  {
    'new release': 'new',
    'new releases': 'new',
    'with a new release': 'new',
    preorder: 'preorder',
    preorders: 'preorder',
    'pre-order': 'preorder',
    'pre-orders': 'preorder',
    'pre order': 'preorder',
    'pre orders': 'preorder',
    catalogue: 'catalogue',
    catalog: 'catalogue',
    'back catalogue': 'catalogue',
    'back catalog': 'catalogue',
    'without a release': 'none',
    'without a new release': 'none',
    'without release': 'none',
    'no release': 'none',
    'no new release': 'none',
  },
);

/** What people say of a release in one word that other parameters leave free. */
export const behindParameters = {
  from: fromParameter,
  label: labelParameter,
  release: releaseParameter,
};

interface Asked {
  from?: string | undefined;
  label?: string | undefined;
  release?: string | undefined;
}

/** The place and the label that are meant, as the data know them. */
export interface Meant {
  place: (Place & { asked: string; where: { region: string | null; country: string | null }[] }) | null;
  label: 'none' | 'any' | (Resolved & { asked: string }) | null;
  /** Of the window's sales, those whose seller's place is known; null unless a place was asked for. */
  placed: number | null;
}

/** @throws UserError where no page is from there, or no seller is called so; it names what is near. */
export async function meantBy(db: Reader, { from, label }: Asked, { window }: Frame): Promise<Meant> {
  let place: Meant['place'] = null;
  if (from !== undefined) {
    const asked = askedPlace(from);
    const where = await placesMeant(db, asked);
    if (where.length === 0) {
      const near = await placesNear(db, asked.city ?? asked.region ?? '');
      throw new UserError(
        `No page says that it is from ${placeName(from)}.`,
        near.length > 0
          ? `Did you mean ${near.map(name => `"${placeName(name)}"`).join(' or ')}?`
          : 'Use a city, a state or a country, such as Glasgow, Oregon or Japan.',
      );
    }
    place = { ...asked, asked: from, where };
  }
  return {
    place,
    label:
      label === undefined || label === 'none' || label === 'any'
        ? (label ?? null)
        : { ...(await resolve(db, 'label', label, window.until)), asked: label },
    placed: place ? await placedShare(db, window) : null,
  };
}

/** A query of the sellers that a place or one label means; undefined where neither was asked for. */
export function sellersMeant(db: Reader, { place, label }: Meant): Fragment | undefined {
  const ofLabel = label !== null && typeof label === 'object' ? label.best.id : null;
  if (place && ofLabel !== null)
    return db`select id from (${sellersFrom(db, place)}) meant where id = ${ofLabel}`;
  if (place) return sellersFrom(db, place);
  return ofLabel === null ? undefined : db`select id from seller where id = ${ofLabel}`;
}

/** What is known of who is behind one artist's sales in a window. */
export interface Behind {
  seller: (SellerOf & { kind: SellerKind; text: string }) | null;
  release: BehindRelease;
  /** Of one page, and not of an artist. */
  isPage?: true;
}

/** Of these artists, with their names. */
export async function loadBehind(
  db: Reader,
  artists: ReadonlyMap<number, { name: string }>,
  window: Window,
): Promise<Map<number, Behind>> {
  const ids = [...artists.keys()];
  const [sellers, sold] = [await whoSells(db, ids, window), await releasesSold(db, ids, window)];
  return new Map(
    [...artists].map(([id, { name }]) => {
      const seller = sellers.get(id);
      const release = releaseBehind(sold.get(id) ?? ([] as SoldRelease[]), window.until);
      const known = seller && { ...seller, kind: sellerKind(name, seller), text: soldByText(name, seller) };
      return [id, { seller: known ?? null, release }];
    }),
  );
}

/** Of these releases, by their pages, with whose they are. */
export async function loadBehindPages(
  db: Reader,
  pages: readonly { pageId: number; artistId: number; artist: string }[],
  { until }: Window,
): Promise<Map<number, Behind>> {
  const sellers = await whoSellsPages(db, pages, until);
  const releases = await releasesOf(
    db,
    pages.map(({ pageId }) => pageId),
  );
  return new Map(
    pages.map(({ pageId, artist }) => {
      const seller = sellers.get(pageId);
      const release = releases.get(pageId);
      const age = release ? ageOf(release, until) : 'unknown';
      // One page has no newer release beside it: what is old is the catalogue.
      const kind = age === 'none' ? 'catalogue' : age;
      const known = seller && {
        ...seller,
        kind: sellerKind(artist, seller),
        text: soldByText(artist, seller),
      };
      return [pageId, { seller: known ?? null, release: { kind, release: release ?? null }, isPage: true }];
    }),
  );
}

/** Those of the artists that `from`, `label` and `release` let pass. */
export async function passing(
  db: Reader,
  behind: ReadonlyMap<number, Behind>,
  meant: Meant,
  { release }: Asked,
): Promise<Set<number>> {
  const among = sellersMeant(db, meant);
  const sellers = [...behind.values()].flatMap(({ seller }) => (seller ? [seller.sellerId] : []));
  const allowed = among && (await sellersAmong(db, sellers, among));
  const isSoldSo = ({ seller }: Behind): boolean => {
    if (allowed && !(seller && allowed.has(seller.sellerId))) return false;
    if (meant.label === 'none') return seller?.kind === 'self';
    if (meant.label === 'any') return seller?.kind === 'label' || seller?.kind === 'own-label';
    return true;
  };
  const passes = (one: Behind) => isSoldSo(one) && (release === undefined || one.release.kind === release);
  return new Set([...behind].filter(([, one]) => passes(one)).map(([id]) => id));
}

/** Whether any of the three narrows the answer. */
export const isNarrowed = ({ from, label, release }: Asked): boolean =>
  from !== undefined || label !== undefined || release !== undefined;

export const BEHIND_COLUMNS: Column[] = [
  { key: 'soldBy', label: 'Sold by', kind: 'text', subject: 'seller' },
  { key: 'release', label: 'Release', kind: 'text' },
];

/** The same beside many other columns. */
export const WIDE_BEHIND_COLUMNS: Column[] = BEHIND_COLUMNS.map(column => ({ ...column, only: 'wide' }));

/** Where a row's artist is from, where a place was asked for. */
export const placeColumns = ({ place }: Meant): Column[] =>
  place ? [{ key: 'from', label: 'From', kind: 'text' }] : [];

/** The cells of `BEHIND_COLUMNS` and `placeColumns`. */
export function behindCells(one: Behind | undefined, meant: Meant, { window, zone }: Frame): Row {
  const seller = one?.seller ?? null;
  const release = one?.release ?? { kind: 'unknown' as const, release: null };
  return {
    ...(meant.place && { from: placeText(seller) }),
    soldBy: seller?.text ?? null,
    soldById: seller?.host ?? null,
    soldByUrl: seller ? `https://${seller.host}` : null,
    soldByKind: seller?.kind ?? 'unknown',
    release:
      (one?.isPage
        ? pageReleaseText(release.release, window.until, zone)
        : releaseText(release, window.until, zone)) || null,
    releaseId: release.release?.pageId ?? null,
    releaseUrl: release.release?.url ?? null,
    releaseKind: release.kind,
  };
}

/** A page's place is its owner's: on a label's page it is not the artist's. */
function placeText(seller: Behind['seller']): string | null {
  if (!seller?.place) return null;
  return seller.kind === 'label' ? `label in ${seller.place}` : seller.place;
}

/** ` from Glasgow`, ` on Posh Isolation`, ` self-released`: behind what is ranked, in titles. */
export function behindWords({ from, release }: Asked, { label }: Meant): string {
  const of =
    label === null
      ? ''
      : label === 'none'
        ? ', self-released'
        : label === 'any'
          ? ', on labels'
          : ` on ${shortName(label.best.name)}`;
  const released = { new: ', new releases', preorder: ', pre-orders', catalogue: ', older records' };
  const behind =
    release === undefined
      ? ''
      : (released[release as keyof typeof released] ?? ', without a release in 90 days');
  return `${from === undefined ? '' : ` from ${placeName(from)}`}${of}${behind}`;
}

/** What has to be known of a place, a label and the rows that they let pass. */
export function behindNotes(meant: Meant, shown: readonly (Behind | undefined)[]): string[] {
  const { place, label, placed } = meant;
  const onLabels = shown.filter(one => one?.seller?.kind === 'label').length;
  return [
    ...(place
      ? [
          `From: the place that the seller's page names, known for ${formatPercent(placed ?? 0)} of sales.` +
            (onLabels > 0
              ? ` ${onLabels} of ${shown.length} are sold by a label there: where they live is not known.`
              : '') +
            otherPlaces(place),
        ]
      : []),
    ...(label !== null && typeof label === 'object' ? nameNotes(label.asked, label) : []),
  ];
}

/** `Self-released; EP out 20 Nov.`, for an answer about one artist. */
export function behindSentence(one: Behind | undefined, { window, zone }: Frame): string[] {
  if (!one?.seller) return [];
  const [first = '', ...others] = one.seller.text;
  const release = releaseText(one.release, window.until, zone);
  return [`${first.toUpperCase()}${others.join('')}; ${release}.`];
}

/** Says so where some of those that rise do it without a release: hardly anybody does. */
export function quietNotes(shown: readonly (Behind | undefined)[]): string[] {
  const quiet = shown.filter(one => one?.release.kind === 'none').length;
  if (quiet === 0) return [];
  const rise = quiet === 1 ? 'One of them rises' : `${quiet} of them rise`;
  return [`${rise} without a release in 90 days, which is rare and worth a look.`];
}

/** " It means Portland in Oregon, Maine." where one name means several places. */
function otherPlaces({ city, region, where }: NonNullable<Meant['place']>): string {
  if (city === null || region !== null || where.length < 2) return '';
  const names = where
    .slice(0, 3)
    .map(one => (one.region ? placeName(one.region) : one.country ? countryName(one.country) : 'elsewhere'));
  return ` It means ${placeName(city)} in ${names.join(', ')}${where.length > 3 ? ' and more' : ''}.`;
}
