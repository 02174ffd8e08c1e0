/** Words that are nearly one of those that questions know. */
import { editDistance } from '../../core/edit-distance.ts';
import { codeOf, countryCodes, countryName } from '../../core/places/country.ts';
import { isKnownGenre } from '../../core/tags/tag.ts';
import type { Parameter, Question } from './definition.ts';
import { phrasesOf } from './phrases.ts';
import { bareOf, FILLERS, type Word } from './typed-words.ts';

/** No word of ours has more letters. */
const LONGEST = 40;

/** Letters that a word may have wrong. */
const typosIn = (word: string): number => (word.length < 4 ? 0 : word.length < 6 ? 1 : 2);

/** The words with those spelt right that are nearly one of ours; undefined where there is none. */
export function withoutTypos(registry: readonly Question[], typed: readonly Word[]): Word[] | undefined {
  const known = new Set(
    registry.flatMap(question => [
      ...phrasesOf(question).flatMap(([words]) => words.filter(word => !word.startsWith('<'))),
      ...(Object.values(question.parameters) as Parameter<unknown>[]).flatMap(({ choices = [] }) => choices),
    ]),
  );
  for (const code of countryCodes) known.add(countryName(code).toLowerCase());
  let changed = false;
  const words = typed.map(word => {
    const text = bareOf(word).toLowerCase();
    if (word.quoted !== undefined || /[=:]/.test(text) || known.has(text) || FILLERS.has(text)) return word;
    if (text.length > LONGEST || codeOf(text) !== null || isKnownGenre(text)) return word;
    const near = [...known]
      .map(candidate => ({ candidate, distance: editDistance(text, candidate) }))
      .filter(({ candidate, distance }) => distance <= Math.min(typosIn(text), typosIn(candidate)))
      .sort((a, b) => a.distance - b.distance)[0];
    if (!near) return word;
    changed = true;
    return { text: near.candidate };
  });
  return changed ? words : undefined;
}
