/**
 * Parameter sets that nobody means are answered or refused in words; the long run asks 100,000.
 */
import { beforeAll, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { testDatabase } from '../support/database.ts';
import { fuzzQuestions } from '../support/fuzz-questions.ts';
import { questionsApp } from '../support/questions-app.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

test('300 fuzzed parameter sets, by the API and typed: never a 500', { timeout: 300_000 }, async () => {
  const asked = { app: questionsApp(db), deps: { db, clock: simulatedClock(WORLD_END, 1) } };
  const { statuses, typed, failures } = await fuzzQuestions(asked, Array(300).keys());
  expect(failures).toEqual([]);
  // Most are asked, not only refused.
  expect(statuses.get(200)).toBeGreaterThan(90);
  expect(typed.answered).toBeGreaterThan(60);
  expect(statuses.get(400)).toBeGreaterThan(30);
});
