/** Each question of the registry asked of the world that has something to say about it. */
import type { Answer } from '../../src/core/answer.ts';
import { UserError } from '../../src/core/errors.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import type { Sql } from '../../src/db/connect.ts';
import { type AskDeps, ask } from '../../src/questions/lib/ask.ts';
import { parseQuestion, type Question } from '../../src/questions/lib/definition.ts';
import { questions } from '../../src/questions/registry.ts';
import { RISING_END } from './rising-world.ts';
import { WORLD_END } from './world.ts';

/** Databases with `seedWorld` and with `seedRisingWorld`. */
export interface Worlds {
  small: Sql;
  rising: Sql;
}

/** Asked of the world in which things rise: the small one has no newcomers, calls or checkouts of several. */
const OF_RISING = new Set(['similar', 'emerging-artists', 'scorecard']);

export const worldOf = ({ small, rising }: Worlds, { name }: Question): AskDeps =>
  OF_RISING.has(name)
    ? { db: rising, clock: simulatedClock(RISING_END, 1) }
    : { db: small, clock: simulatedClock(WORLD_END, 1) };

const NAMED: Record<string, string> = {
  artist: 'Ann Artist ambient 0',
  genre: 'jungle',
  country: 'japan',
  item: 'jungle 3',
  label: 'g1.bandcamp.com',
  names: 'jungle, techno',
  text: 'ambient',
  subject: 'jungle',
};

/** What names a question needs, beyond its own defaults. */
export const namesFor = ({ name, parameters }: Question): Record<string, string> => {
  // Whom others are bought with.
  const named: Record<string, string> = name === 'similar' ? { artist: 'quiet harbour' } : NAMED;
  const needed = Object.keys(parameters).filter(key => parameters[key]?.required);
  return Object.fromEntries(needed.map(key => [key, named[key] ?? '']));
};

export const answerOf = (
  worlds: Worlds,
  question: Question,
  more: Record<string, string> = {},
): Promise<Answer> =>
  ask(worldOf(worlds, question), parseQuestion(questions, question.name, { ...namesFor(question), ...more }));

/** The question's answers: the plain one, and one for each choice of a parameter that can be answered. */
export async function answersOf(worlds: Worlds, question: Question): Promise<Answer[]> {
  const { parameters } = question;
  const variants = Object.keys(parameters).flatMap(key =>
    (parameters[key]?.choices ?? []).map((choice: string) => ({ [key]: choice })),
  );
  const answers = [await answerOf(worlds, question, { zone: 'Asia/Tokyo' })];
  for (const variant of [{}, ...variants]) {
    try {
      answers.push(await answerOf(worlds, question, variant));
    } catch (error) {
      // Not every choice goes with the name: jungle is no country.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return answers;
}
