/** The Worker's login, which may only read what answers are made of, can ask every question. */
import { afterAll, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { connect } from '../../src/db/connect.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { readerUrl } from '../support/reader.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db, url } = await testDatabase();
const reader = connect(await readerUrl(db, url), { max: 1 });
afterAll(() => reader.end());

test('every question, with every list that it has', async () => {
  await seedWorld(db);
  const named: Record<string, string> = {
    country: 'japan',
    names: 'jungle, techno',
    item: 'jungle 3',
    label: 'g1.bandcamp.com',
    artist: 'Ann Artist ambient 0',
  };
  for (const { name, parameters } of questions) {
    const [needed] = Object.keys(parameters).filter(key => parameters[key].required);
    const lists: readonly string[] = parameters.show?.choices ?? parameters.kind?.choices ?? [''];
    for (const list of lists) {
      const key = parameters.show ? 'show' : 'kind';
      // A comparison of other kinds than were named is refused.
      if (name === 'compare' && list !== 'any' && list !== 'genre') continue;
      const text = [
        name.replaceAll('-', ' '),
        needed && `${named[needed] ?? 'jungle'}`,
        list && `${key}=${list}`,
      ];
      const answer = await ask(
        { db: reader, clock: simulatedClock(WORLD_END, 1) },
        parseText(questions, text.filter(Boolean).join(' ')),
      );
      expect(answer.question).toBe(name);
    }
  }
});
