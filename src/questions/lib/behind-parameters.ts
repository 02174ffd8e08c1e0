/** What narrows a list by who is behind it: where the music comes from, who sells it, what was released. */
import { UserError } from '../../core/errors.ts';
import { looksLikeCountry } from '../../core/places/country.ts';
import { askedPlace, type Place, parsePlace, placeName } from '../../core/places/place.ts';
import { isKnownTown } from '../../core/places/places.ts';
import { ASKED_RELEASES, type AskedRelease } from '../../core/release.ts';
import type { Reader } from '../../db/connect.ts';
import type { Sellers } from '../../db/read/seller-sales.ts';
import { placedShare, placesMeant, placesNear, sellersFrom } from '../../db/read/who-sells.ts';
import type { Frame, Parameter } from './definition.ts';
import { optionalChoice, parseName } from './parameters.ts';
import { type Resolved, resolve } from './resolve-name.ts';

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
  ASKED_RELEASES,
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

/** The parameters `from`, `label` and `release`, which narrow lists of artists and releases. */
export const behindParameters = {
  from: fromParameter,
  label: labelParameter,
  release: releaseParameter,
};

/** What was asked of them. */
export interface AskedBehind {
  from?: string | undefined;
  label?: string | undefined;
  release?: AskedRelease | undefined;
}

/** The place and the label that are meant, as the data know them. */
export interface Meant {
  place: (Place & { asked: string; where: { region: string | null; country: string | null }[] }) | null;
  label: 'none' | 'any' | (Resolved & { asked: string }) | null;
  /** Of the window's sales, those whose seller's place is known; null unless a place was asked for. */
  placed: number | null;
}

/**
 * What `from` and `label` mean in the data.
 * @throws UserError where no page is from there, or no seller is called so; it names what is near
 */
export async function meantBy(db: Reader, { from, label }: AskedBehind, { window }: Frame): Promise<Meant> {
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

/** The sellers that a place or one label means; undefined where neither was asked for. */
export function sellersMeant(db: Reader, { place, label }: Meant): Sellers | undefined {
  const ofLabel = label !== null && typeof label === 'object' ? label.best.id : null;
  if (!place) return ofLabel === null ? undefined : { ids: db`select id from seller where id = ${ofLabel}` };
  const from = sellersFrom(db, place);
  const origins = [...new Set(place.where.map(({ country }) => country ?? ''))];
  if (ofLabel !== null) return { ids: db`select id from (${from}) meant where id = ${ofLabel}`, origins };
  const isCountry = place.country !== null && place.city === null && place.region === null;
  return { ids: from, origins, ...(isCountry && { allOf: place.country ?? '' }) };
}

/** Whether any of the three narrows the answer. */
export const isNarrowed = ({ from, label, release }: AskedBehind): boolean =>
  from !== undefined || label !== undefined || release !== undefined;
