/** Who is behind a rise: who sells it, from where, and which release stands behind it. */
import type { Column, Row } from '../../core/answer.ts';
import { formatPercent } from '../../core/numbers.ts';
import { countryName } from '../../core/places/country.ts';
import { placeName } from '../../core/places/place.ts';
import {
  type AskedRelease,
  ageOf,
  type Behind as BehindRelease,
  pageReleaseText,
  releaseBehind,
  releaseText,
  type SoldRelease,
} from '../../core/release.ts';
import { isOwnPage, type SellerKind, sellerKind, soldByText } from '../../core/sold-by.ts';
import type { Window } from '../../core/time/window.ts';
import type { Reader } from '../../db/connect.ts';
import {
  artistsSoldBy,
  releasesOf,
  releasesSold,
  type SellerOf,
  sellersAmong,
  whoSells,
  whoSellsPages,
} from '../../db/read/who-sells.ts';
import { type AskedBehind, type Meant, sellersMeant } from './behind-parameters.ts';
import type { Frame } from './definition.ts';
import { nameNotes, shortName } from './resolve-name.ts';

/** What is known of who is behind one artist's sales in a window. */
export interface Behind {
  seller: (SellerOf & { kind: SellerKind; text: string; isOwnPage: boolean }) | null;
  release: BehindRelease;
  /** Of one page, and not of an artist. */
  isPage?: true;
}

/** Who sells each of these artists in a window, and which release is newest, by the artist's number. */
export async function loadBehind(
  db: Reader,
  artistIds: readonly number[],
  window: Window,
): Promise<Map<number, Behind>> {
  const sellers = await whoSells(db, artistIds, window);
  const sold = await releasesSold(db, artistIds, window);
  return new Map(
    artistIds.map(id => {
      const [seller, releases] = [sellers.get(id), sold.get(id) ?? []];
      const release = releaseBehind(releases, window.until);
      return [id, { seller: described(seller, labelOf(releases, seller?.host)), release }];
    }),
  );
}

/** The same for releases, by the number of the page. */
export async function loadBehindPages(
  db: Reader,
  pageIds: readonly number[],
  { until }: Window,
): Promise<Map<number, Behind>> {
  const sellers = await whoSellsPages(db, pageIds, until);
  const releases = await releasesOf(db, pageIds);
  return new Map(
    pageIds.map(id => {
      const release = releases.get(id) ?? null;
      const age = release ? ageOf(release, until) : 'unknown';
      // One page has no newer release beside it: what is old is the catalogue.
      const kind = age === 'none' ? 'catalogue' : age;
      return [
        id,
        { seller: described(sellers.get(id), release?.label), release: { kind, release }, isPage: true },
      ];
    }),
  );
}

/** The label of what sold most at a seller. */
function labelOf(sold: readonly SoldRelease[], host: string | undefined): string | null {
  const [most] = sold
    .filter(({ url }) => url.startsWith(`https://${host}/`))
    .toSorted((a, b) => b.sales - a.sales || a.pageId - b.pageId);
  return most?.label ?? null;
}

function described(of: SellerOf | undefined, label: string | null = null): Behind['seller'] {
  if (!of) return null;
  const seller = { ...of, label };
  const { artist } = seller;
  return {
    ...seller,
    kind: sellerKind(artist, seller),
    text: soldByText(artist, seller),
    isOwnPage: isOwnPage(artist, seller),
  };
}

/** The numbers of those artists or pages that `from`, `label` and `release` let pass. */
export async function passingOf(
  db: Reader,
  behind: ReadonlyMap<number, Behind>,
  meant: Meant,
  { release }: AskedBehind,
): Promise<Set<number>> {
  const among = sellersMeant(db, meant);
  const sellers = [...behind.values()].flatMap(({ seller }) => (seller ? [seller.sellerId] : []));
  const allowed = among && (await sellersAmong(db, sellers, among.ids));
  const isSoldSo = ({ seller }: Behind): boolean => {
    if (allowed && !(seller && allowed.has(seller.sellerId))) return false;
    if (meant.label === 'none') return seller?.kind === 'self';
    if (meant.label === 'any') return seller?.kind === 'label' || seller?.kind === 'own-label';
    return true;
  };
  const passes = (one: Behind) => isSoldSo(one) && (release === undefined || one.release.kind === release);
  return new Set([...behind].filter(([, one]) => passes(one)).map(([id]) => id));
}

/** Artists that are looked up together. */
const AT_ONCE = 200;

/** The first `enough` of these artists that pass, in their order: looked up in stretches until there are. */
export async function passing<A extends { key: number }>(
  db: Reader,
  artists: readonly A[],
  meant: Meant,
  wanted: AskedBehind,
  window: Window,
  enough = Infinity,
): Promise<A[]> {
  const found: A[] = [];
  const among = sellersMeant(db, meant);
  const isLookedUp = !among || wanted.release !== undefined || typeof meant.label === 'string';
  for (let at = 0; at < artists.length && found.length < enough; at += AT_ONCE) {
    const some = artists.slice(at, at + AT_ONCE);
    const ids = some.map(({ key }) => key);
    // Whose seller is none that is meant needs no further look.
    const sold = among ? await artistsSoldBy(db, ids, window, among.ids) : ids;
    const passed = isLookedUp
      ? await passingOf(db, await loadBehind(db, sold, window), meant, wanted)
      : new Set(sold);
    found.push(...some.filter(({ key }) => passed.has(key)));
  }
  return found;
}

/** Columns for who sells an artist and which release is newest; `behindCells` fills them. */
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

/** Whether the seller's place is a label's and not the artist's. */
const isElsewhere = ({ kind, isOwnPage }: NonNullable<Behind['seller']>): boolean =>
  kind === 'label' && !isOwnPage;

/** A page's place is its owner's: on a label's page it is not the artist's. */
function placeText(seller: Behind['seller']): string | null {
  if (!seller?.place) return null;
  return isElsewhere(seller) ? `label in ${seller.place}` : seller.place;
}

/** ` from Glasgow`, ` on Posh Isolation`, ` out in the last 90 days`: behind what is ranked, in texts. */
export function behindWords(
  { from, release }: AskedBehind,
  { label }: Meant,
  of: 'artists' | 'releases' = 'artists',
): string {
  const seller =
    label === null
      ? ''
      : typeof label === 'object'
        ? ` on ${shortName(label.best.name)}`
        : { none: of === 'artists' ? ' who self-release' : ', self-released', any: ' on labels' }[label];
  const released = release === undefined ? '' : ` ${RELEASED[of][release]}`;
  return `${from === undefined ? '' : ` from ${placeName(from)}`}${seller}${released}`;
}

const RELEASED: Record<'artists' | 'releases', Record<AskedRelease, string>> = {
  artists: {
    new: 'with a new release',
    preorder: 'with a pre-order',
    catalogue: 'selling older records',
    none: 'without a release in 90 days',
  },
  releases: {
    new: 'out in the last 90 days',
    preorder: 'on pre-order',
    catalogue: 'older than 90 days',
    none: 'older than 90 days',
  },
};

/**
 * `Among artists from Glasgow who self-release, `: before the name of one who leads them; '' where all
 * of them are looked at.
 */
export const amongArtists = (asked: AskedBehind, meant: Meant): string => {
  const behind = behindWords(asked, meant);
  return behind && `Among artists${behind}, `;
};

/** What has to be known of a place, a label and the rows that they let pass. */
export function behindNotes(meant: Meant, shown: readonly (Behind | undefined)[]): string[] {
  const { place, label, placed } = meant;
  const onLabels = shown.filter(one => one?.seller && isElsewhere(one.seller)).length;
  return [
    ...(place
      ? [
          `From: the place named on the seller's page (known for ${formatPercent(placed ?? 0)} of sales).` +
            (onLabels > 0
              ? ` ${onLabels} of ${shown.length} sell through a label there and may be based elsewhere.`
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
  const rise = quiet === 1 ? '1 of them is' : `${quiet} of them are`;
  return [`${rise} rising without a release in 90 days, which is rare.`];
}

/** " Includes Portland in Oregon and Maine." where one name means several places. */
function otherPlaces({ city, region, where }: NonNullable<Meant['place']>): string {
  if (city === null || region !== null || where.length < 2) return '';
  const names = where
    .slice(0, 3)
    .map(one => (one.region ? placeName(one.region) : one.country ? countryName(one.country) : 'elsewhere'));
  const all = where.length > 3 ? `${names.join(', ')} and more` : placeList.format(names);
  return ` Includes ${placeName(city)} in ${all}.`;
}
const placeList = new Intl.ListFormat('en-GB');
