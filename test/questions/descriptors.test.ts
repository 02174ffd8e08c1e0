/** What questions make of a descriptor: its own page answers, boards and trends leave it out. */
import { beforeAll, expect, test } from 'vitest';
import { classifyTag } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY } from '../../src/core/time/instant.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';
import { judgeTagKinds } from '../../src/db/write/tag-kinds.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseQuestion } from '../../src/questions/lib/definition.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const clock = simulatedClock(NOON, 1);
const asking = (name: string, params: Record<string, string>) =>
  ask({ db, clock }, parseQuestion(questions, name, params));

beforeAll(async () => {
  const sold = Array.from({ length: 24 }, (_, n) => ({
    seller: `host${n}.bandcamp.com`,
    page: `https://host${n}.bandcamp.com/album/first`,
  }));
  const sales = sold.map((of, n) => aSale({ ...of, at: NOON - DAY + n * 1_000_000, artist: `Artist ${n}` }));
  await storeLoad(db, 'feed', { sales, rejects: [], windows: [{ from: NOON - 7 * DAY, until: NOON }] }, NOON);
  const unsaid = { title: null, artist: null, place: null, published: null };
  const tags = ['house', 'dark'].flatMap(tag => classifyTag(tag, { place: null }));
  const pages = sold.map(of => ({ ...of, ...unsaid, tags }));
  await storePageFacts(db, pages, { at: NOON, nextAskAt: NOON + DAY });
  await judgeTagKinds({ db, clock });
});

test('its own page answers, and says what it is', async () => {
  const answer = await asking('genre', { genre: 'dark' });
  expect(answer.figures?.row).toMatchObject({ sales: 24, rank: null });
  expect(answer.notes).toContainEqual(expect.stringMatching(/"dark" describes music but is not a genre/));
  expect((await asking('genre', { genre: 'house' })).notes.join()).not.toMatch(/describes/);
});

test('boards, trends and near genres leave it out, unless it is asked for', async () => {
  const names = async (name: string, params: Record<string, string>, key: string) =>
    (await asking(name, params)).rows.map(row => row[key]);
  expect(await names('top', { kind: 'genre' }, 'name')).toEqual(['house']);
  expect(await names('trending-genres', {}, 'genre')).toEqual(['house']);
  expect(await names('trending-genres', { level: 'style' }, 'genre')).toEqual([]);
  expect(await names('genre', { genre: 'house', show: 'near' }, 'name')).toEqual([]);
  const asked = await asking('trending-genres', { level: 'descriptor' });
  expect(asked.rows.map(row => row.genre)).toEqual(['dark']);
  expect(asked).toMatchObject({
    title: 'Best-selling descriptors',
    columns: expect.arrayContaining([expect.objectContaining({ label: 'Descriptor' })]),
  });
});

test('search calls it by its kind', async () => {
  expect((await asking('search', { text: 'dark' })).rows).toContainEqual(
    expect.objectContaining({ name: 'dark', kind: 'Descriptor' }),
  );
});
