/**
 * Artists bought together are told from those who sell to everybody; a name in many spellings is one
 * artist's.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { FeedSale } from '../../src/core/sale.ts';
import { classifyTag } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, MINUTE } from '../../src/core/time/instant.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { storePageFacts } from '../../src/db/write/page-facts.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const answering = (text: string) => ask({ db, clock: simulatedClock(NOON, 1) }, parseText(questions, text));

/** One checkout of an item of each artist. */
const checkout = (at: number, artists: readonly string[]) =>
  artists.map((artist, n) => {
    const host = `a${[...artist].map(letter => letter.codePointAt(0)).join('-')}.bandcamp.com`;
    const page = `https://${host}/album/first`;
    return aSale({
      at: at + 100_000 + n,
      checkoutAt: at,
      page,
      seller: host,
      artist,
      title: `First of ${artist}`,
    });
  });

beforeAll(async () => {
  const sales = Array.from({ length: 400 }, (_, n) => {
    const at = NOON - (500 - n) * MINUTE;
    // Everybody buys the famous one; who buys Sigur Rós buys Múm, and the famous one no more than others.
    if (n % 40 === 0) return checkout(at, ['Sigur Rós', 'Múm']);
    if (n % 40 === 1) return checkout(at, ['Sigur Rós', 'The Famous']);
    return checkout(at, n % 2 === 0 ? ['The Famous'] : [`Other ${n % 7}`, 'The Famous']);
  }).flat();
  await storeBatch(
    db,
    { kind: 'sales', from: NOON - 600 * MINUTE, until: NOON, serverTime: NOON, sales, rejects: [] },
    NOON,
  );
});

test('similar ranks by association, not by count', async () => {
  const { headline, rows } = await answering('similar sigur rós 7d');
  expect(rows).toEqual([
    expect.objectContaining({
      name: 'Múm',
      together: 10,
      checkouts: 10,
      // Half of what else is in these checkouts, and 10 of the other artists' 590 sales.
      times: 29.5,
      ratio: expect.any(Number),
      evidence: 'strong',
    }),
  ]);
  expect(headline).toBe('People who buy Sigur Rós also buy Múm (10 of 20 checkouts held both).');
});

test('what stands before the artist in the first checkout counts, too', async () => {
  const { rows } = await answering('similar múm 7d');
  expect(rows).toEqual([expect.objectContaining({ name: 'Sigur Rós', together: 10, checkouts: 20 })]);
});

test('checkouts over days are those of the sales, also of many', async () => {
  const { db: other } = await testDatabase();
  const sales = Array.from({ length: 1_200 }, (_, n) => {
    const at = NOON - 9 * DAY + n * 10 * MINUTE;
    return checkout(
      at,
      n % 3 === 0 ? ['Early', 'Both', 'Late'] : n % 3 === 1 ? ['Both', 'Early'] : ['Other'],
    );
  }).flat();
  const window = { from: NOON - 10 * DAY, until: NOON };
  await storeBatch(other, { kind: 'sales', ...window, serverTime: NOON, sales, rejects: [] }, NOON);
  const { rows, notes } = await ask(
    { db: other, clock: simulatedClock(NOON, 1) },
    parseText(questions, 'similar late 30d'),
  );
  const sold = async (name: string) => {
    const [row] = await other<{ count: number }[]>`
      select count(distinct checkout_at) as count from sale join artist on artist.id = artist_id
      where artist.name = ${name}`;
    return row?.count;
  };
  expect(rows.map(({ name, together, checkouts }) => [name, together, checkouts])).toEqual([
    ['Early', 400, await sold('Early')],
    ['Both', 400, await sold('Both')],
  ]);
  expect(notes).toContain('Based on the newest 400 checkouts with Late, since 28 Sep.');
});

test('a window that says too little is widened to a year, which is said', async () => {
  const { rows, notes } = await answering('similar sigur rós 2h');
  expect(rows).toEqual([expect.objectContaining({ name: 'Múm', together: 10 })]);
  expect(notes).toContain(
    'Based on the newest 20 checkouts with Sigur Rós, since 7 Oct, because there are too few in this ' +
      'period.',
  );
  expect((await answering('similar sigur rós 7d')).notes.join()).not.toContain('too few');
});

test('where nobody is bought together, who shares most tags is told as that', async () => {
  const { db: other } = await testDatabase();
  const tags: Record<string, string[]> = {
    Alone: ['ambient', 'drone'],
    Nearest: ['ambient', 'drone'],
    Near: ['drone'],
    Large: ['ambient'],
    Unlike: ['punk'],
  };
  const days = { from: NOON - 2 * DAY, until: NOON };
  const sold = ['Alone', 'Nearest', 'Near', 'Near', ...Array(9).fill('Large'), ...Array(30).fill('Unlike')];
  const sales = sold.flatMap((artist, n) => checkout(NOON - (n + 2) * MINUTE, [artist]));
  await storePageFacts(
    other,
    Object.entries(tags).map(([artist, own]) => {
      const [{ page, seller }] = checkout(0, [artist]) as [FeedSale];
      return {
        ...{ page, seller, title: null, artist: null, place: null, owner: null, published: null },
        tags: own.flatMap(tag => classifyTag(tag, { place: null })),
      };
    }),
    { at: NOON, nextAskAt: NOON + 90 * DAY },
  );
  await storeBatch(other, { kind: 'sales', ...days, serverTime: NOON, sales, rejects: [] }, NOON);
  const { title, headline, rows, chart, columns } = await ask(
    { db: other, clock: simulatedClock(NOON, 1) },
    parseText(questions, 'similar alone'),
  );
  expect(title).toBe('Similar to Alone');
  expect(headline).toBe(
    'No artist is clearly bought with Alone yet (1 checkout). Nearest shares the most tags with it.',
  );
  expect(rows.map(({ name, evidence, tags }) => [name, evidence, tags])).toEqual([
    ['Nearest', 'tags only', 'drone, ambient'],
    ['Near', 'tags only', 'drone'],
    ['Large', 'tags only', 'ambient'],
  ]);
  expect(columns.map(({ key }) => key)).not.toContain('together');
  expect(chart).toBeUndefined();
});

test('nobody is similar where nothing was bought together', async () => {
  const { headline, rows } = await answering('similar other 1 2026-10-01');
  expect([headline, rows]).toEqual(['No checkouts with Other 1 in the 365 days looked at.', []]);
});

describe('a name', () => {
  test.each(['Sigur Rós', 'SIGUR RÓS', 'sigur ros', 'sigur rso', 'sigurros', 'Ｓｉｇｕｒ Ｒｏｓ', 'sigur'])(
    '%s is Sigur Rós',
    async name => {
      expect((await answering(`artist ${name} 7d`)).title).toBe('Sigur Rós');
    },
  );

  test('that is misspelt is answered with what it was taken for', async () => {
    const { notes } = await answering('artist sigur rso 7d');
    expect(notes).toContain('No exact match for "sigur rso". Showing Sigur Rós.');
    expect((await answering('artist sigur ros 7d')).notes.join()).not.toContain('No exact match');
  });

  test('of several matches offers the others', async () => {
    const { followUps } = await answering('artist other 7d');
    expect(followUps.filter(({ label }) => label.startsWith('Did you mean Other'))).toHaveLength(3);
  });

  test('of nobody gets an error that helps', async () => {
    const error = await answering('artist qqqq').catch(thrown => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error.text).toMatch(/No artist is called "qqqq"\. Try fewer words/);
  });

  test('finds releases by title, title and artist, or address', async () => {
    for (const text of [
      'first of múm',
      'first of mum',
      'First of Múm by Múm',
      'https://a77-250-109.bandcamp.com/album/first?from=x',
    ])
      expect((await answering(`item ${text}`)).title).toBe('First of Múm by Múm');
  });
});
