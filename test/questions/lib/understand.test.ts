/** Names that stand alone, found in the data. */
import { beforeAll, expect, test } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { simulatedClock } from '../../../src/core/time/clock.ts';
import { understand } from '../../../src/questions/lib/understand.ts';
import { questions } from '../../../src/questions/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorld, WORLD_END } from '../../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));
const deps = { db, clock: simulatedClock(WORLD_END, 1) };
const asked = async (given: string | string[]) => {
  const { question, params } = await understand(deps, questions, given);
  return { question: question.name, ...params };
};
const refused = (text: string): Promise<UserError> =>
  asked(text).then(
    () => Promise.reject(new Error('no error')),
    (error: unknown) => (error instanceof UserError ? error : Promise.reject(error)),
  );

test.each([
  ['ann artist ambient 0', { question: 'artist', artist: 'ann artist ambient 0' }],
  ['Ann Artist ambient 0 7d', { question: 'artist', artist: 'Ann Artist ambient 0', window: '7d' }],
  [
    '"молчат дома ambient 4" in japan',
    { question: 'artist', artist: 'молчат дома ambient 4', country: 'jp' },
  ],
  ['林檎の木 ambient 2', { question: 'artist', artist: '林檎の木 ambient 2' }],
  ['ลูกทุ่งอีสาน last week', { question: 'genre', genre: 'ลูกทุ่งอีสาน', window: 'last week' }],
  ['trending genres', { question: 'trending-genres' }],
])('%j', async (text, wanted) => {
  expect(await asked(text)).toMatchObject(wanted);
});

test('words that a shell has split', async () => {
  expect(await asked(['ann', 'artist', 'ambient', '0', 'country=united states'])).toMatchObject({
    question: 'artist',
    artist: 'ann artist ambient 0',
    country: 'us',
  });
});

test('a name that is nearly one is offered, as a question that works', async () => {
  const { text, suggestions } = await refused('молчат дма ambient 4');
  expect(text).toMatch(/\. Did you mean "artist Молчат Дома ambient 4"/);
  expect(await asked(suggestions[0] as string)).toMatchObject({ artist: 'Молчат Дома ambient 4' });
});

test('what is nothing is refused with questions that work', async () => {
  for (const text of ['asdf qwer zxcv', '🎷', 'help', 'report yesterday', 'my subscriptions', '']) {
    const error = await refused(text);
    expect(error.text.length).toBeLessThanOrEqual(160);
    for (const suggestion of error.suggestions) await asked(suggestion);
  }
});
