/** The one that a name most likely means, and what else it could mean. */
import { UserError } from '../../core/errors.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Reader } from '../../db/connect.ts';
import { isHidden } from '../../db/hidden-subjects.ts';
import type { Named } from '../../db/read/name-likeness.ts';
import {
  findArtists,
  findReleases,
  findSellers,
  findTags,
  type NamedTag,
} from '../../db/read/name-search.ts';
import type { AnswerBody } from './definition.ts';
import { suggesting } from './refusals.ts';

/** Less alike is another name; such are named in the error. */
const LEAST_LIKENESS = 0.4;
/** Others that are offered. */
const OFFERED = 3;

/** What a name most likely means, and what else it could mean. */
export interface Resolved<N extends Named = Named> {
  best: N;
  /** Other things of about that name. */
  others: N[];
}

const FIND = { artist: findArtists, item: findReleases, genre: findTags, label: findSellers } as const;
/** What can be looked up by `resolve`. */
export type NamedKind = keyof typeof FIND;
type Found<K extends NamedKind> = Awaited<ReturnType<(typeof FIND)[K]>>[number];
const NOUNS: Record<NamedKind, string> = {
  artist: 'artist',
  item: 'release',
  genre: 'genre or style',
  label: 'label or page',
};

/**
 * What a name means in the data, best first.
 * @throws UserError where nothing is called so, or nearly; it names what is near
 */
export async function resolve<K extends NamedKind>(
  db: Reader,
  kind: K,
  name: string,
  until: Instant,
): Promise<Resolved<Found<K>>> {
  if (kind !== 'genre') await refuseHidden(db, kind, name);
  const found = (await FIND[kind](db, name, until)) as Found<K>[];
  const [best, ...others] = found;
  if (!best || best.likeness < LEAST_LIKENESS) throw unknownName(kind, name, found);
  const least = best.likeness === 1 ? 1 : LEAST_LIKENESS;
  return { best, others: others.filter(({ likeness }) => likeness >= least).slice(0, OFFERED) };
}

const HIDDEN_KINDS = { artist: 'artist', item: 'page', label: 'seller' } as const;

/**
 * Refuses a name that is hidden, rather than answer about what is called nearly so.
 * @throws UserError where exactly this is hidden
 */
export async function refuseHidden(db: Reader, kind: keyof typeof HIDDEN_KINDS, name: string): Promise<void> {
  if (await isHidden(db, HIDDEN_KINDS[kind], name))
    throw new UserError(
      `"${shortName(name)}" is not shown here.`,
      'The operator has left it out; its sales stay in the totals.',
      { status: 404 },
    );
}

/** A name, cut to what a button or a sentence has room for. */
export const shortName = (name: string): string =>
  name.length > 40 ? `${name.slice(0, 39).toWellFormed()}…` : name;

/** Labels are not among what `search` finds. */
const HINTS: Partial<Record<NamedKind, string>> = {
  label: 'Try a part of the name, or the address, such as ghostbox.bandcamp.com.',
};

function unknownName(kind: NamedKind, name: string, near: readonly Named[]): UserError {
  return notFound(`No ${NOUNS[kind]} is called "${shortName(name)}".`, near, HINTS[kind]);
}

/** The error for a name that nothing has; it names what is near. */
export function notFound(
  message: string,
  near: readonly Named[],
  hint = 'Try fewer words, or "search" with a part of the name.',
): UserError {
  const names = [...new Set(near.map(({ name }) => shortName(name)))];
  return new UserError(
    message,
    names.length > 0 ? suggesting(message, names, list => `Did you mean ${list}?`).hint : hint,
  );
}

/** Says so where the name was understood as another one. */
export const nameNotes = (asked: string, { best }: Resolved): string[] =>
  best.likeness < 1 ? [`No exact match for "${shortName(asked)}". Showing ${shortName(best.name)}.`] : [];

/** Says so of what stands in no list of genres, whoever asks for it. */
export const descriptorNotes = ({ name, isDescriptor }: NamedTag): string[] =>
  isDescriptor
    ? [`"${shortName(name)}" describes music but is not a genre, so rankings of genres leave it out.`]
    : [];

/** "Did you mean" for what else the name could be, with the parameter of that name. */
export const didYouMean = (parameter: string, { others }: Resolved): AnswerBody['followUps'] =>
  others.map(({ name }) => ({ label: `Did you mean ${shortName(name)}?`, change: { [parameter]: name } }));
