/** Free text → a question, where need be by the data: "boards of canada" alone asks of that artist. */
import type { Ambient } from '../../ambient.ts';
import { UserError } from '../../core/errors.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { HasDb, Reader } from '../../db/connect.ts';
import { newestRead } from '../../db/coverage.ts';
import type { Named } from '../../db/read/name-likeness.ts';
import { findArtists, findReleases, findTags } from '../../db/read/name-search.ts';
import type { ParsedQuestion, Question } from './definition.ts';
import { parseTyped } from './free-text.ts';
import { ANYTHING, refusal } from './refusals.ts';
import { commandOf, type TypedCommand } from './typed-commands.ts';
import { type Word, wordsOf } from './typed-words.ts';

/** Questions of a name, in the order in which one that could be several things is taken. */
const KINDS: readonly [
  question: string,
  find: (db: Reader, name: string, until: Instant) => Promise<Named[]>,
][] = [
  ['artist', findArtists],
  ['genre', findTags],
  ['item', findReleases],
];
/** What is said of a command where it is no command. */
const INSTEAD: Record<TypedCommand, string> = {
  help: 'Ask a question and narrow it in any order.',
  report: 'The report comes with the daily digest and is at /report/latest.pdf.',
  subscriptions: 'Subscriptions are managed in Slack and Discord channels.',
};
/** More words are no name; each takes some queries. */
const MOST_WORDS = 12;
/** A name less like what was typed is not offered. */
const LEAST_LIKENESS = 0.7;
/** Characters of an offer; two of them and the word that was not understood make a line. */
const LONGEST_OFFER = 36;

/**
 * As `parseText`, or a name in the data that is the whole text.
 * @param given a text, or words as a shell has split them
 * @throws UserError that names what is near
 */
export async function understand(
  { db, clock }: HasDb & Pick<Ambient, 'clock'>,
  registry: readonly Question[],
  given: string | readonly string[],
): Promise<ParsedQuestion> {
  const words = wordsOf(given);
  const command = commandOf(typeof given === 'string' ? given : given.join(' '));
  if (command) throw refusal(INSTEAD[command], ANYTHING);
  try {
    return parseTyped(registry, words, { typos: false });
  } catch (error) {
    if (!(error instanceof UserError) || words.length === 0 || words.length > MOST_WORDS) throw error;
  }
  const { exact, near } = await findNamed(db, registry, words, (await newestRead(db)) ?? clock.now());
  if (exact) return exact;
  try {
    return parseTyped(registry, words);
  } catch (error) {
    if (error instanceof UserError) throw offering(error, near);
    throw error;
  }
}

type Near = Named & { kind: string };

/** The question of the name that the words are, or what they are nearly. */
async function findNamed(
  db: Reader,
  registry: readonly Question[],
  words: readonly Word[],
  until: Instant,
): Promise<{ exact?: ParsedQuestion; near: Near[] }> {
  const near: Near[] = [];
  for (const [kind, find] of KINDS) {
    const asked = nameAsked(registry, kind, words);
    if (!asked) continue;
    const [best] = await find(db, asked.params[kind] as string, until);
    if (best?.likeness === 1) return { exact: asked, near };
    if (best && best.likeness >= LEAST_LIKENESS) near.push({ ...best, kind });
  }
  return { near };
}

/** The refusal with what is near, if anything is. */
function offering(error: UserError, near: readonly Near[]): UserError {
  const suggestions = near
    .toSorted((a, b) => b.likeness - a.likeness)
    .map(({ kind, name }) => `${kind} ${name}`)
    .filter(text => text.length <= LONGEST_OFFER)
    .slice(0, 2);
  if (suggestions.length === 0) return error;
  const offer = suggestions.map(text => `"${text}"`).join(' or ');
  return new UserError(error.message, `Did you mean ${offer}?`, { suggestions });
}

/** The question that these words would be behind its name. */
function nameAsked(
  registry: readonly Question[],
  name: string,
  words: readonly Word[],
): ParsedQuestion | undefined {
  try {
    return parseTyped(registry, [{ text: name }, ...words], { typos: false });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
