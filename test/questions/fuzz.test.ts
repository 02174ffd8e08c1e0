/**
 * Parameter sets that nobody means are answered or refused in words; the long run asks 100,000.
 */
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { fuzzQuestions } from '../support/fuzz-questions.ts';
import { questionsApp } from '../support/questions-app.ts';
import { seedWorld } from '../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

test('600 fuzzed parameter sets: never a 500', { timeout: 300_000 }, async () => {
  const { statuses, failures } = await fuzzQuestions(questionsApp(db), Array(600).keys());
  expect(failures).toEqual([]);
  // Most are asked, not only refused.
  expect(statuses.get(200)).toBeGreaterThan(180);
  expect(statuses.get(400)).toBeGreaterThan(60);
});
