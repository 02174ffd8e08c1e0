/** 100,000 fuzzed parameter sets: never a 500, never two seconds. */
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { fuzzQuestions } from '../support/fuzz-questions.ts';
import { questionsApp } from '../support/questions-app.ts';
import { seedWorld } from '../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

const SETS = 100_000;
const WORKERS = 4;
/** As issue 7 asks: here a whole request, which is several queries. */
const LONGEST_MS = 2000;

test('100,000 fuzzed parameter sets', { timeout: 3 * 3_600_000 }, async () => {
  const app = questionsApp(db);
  const seeds = Array(SETS).keys();
  // All take from one iterator, so that each seed is asked once.
  const outcomes = await Promise.all(Array.from({ length: WORKERS }, () => fuzzQuestions(app, seeds)));
  expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
  expect(outcomes.map(({ slowest }) => slowest).filter(({ ms }) => ms > LONGEST_MS)).toEqual([]);
});
