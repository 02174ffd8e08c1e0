/** Names, addresses and countries as people write them, asked of a few stored sales. */
import { beforeAll, expect, test } from 'vitest';
import type { Column, Row } from '../../src/core/answer.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { MINUTE } from '../../src/core/time/instant.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { formatCell } from '../../src/present/format.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
const answering = (text: string) => ask({ db, clock: simulatedClock(NOON, 1) }, parseText(questions, text));

const UNKNOWN = { countryCode: null, countryName: null };
const DASHES = ['-', '\u2010', '\u2011', '\u2013', '-'];

beforeAll(async () => {
  const sales = Array.from({ length: 20 }, (_, n) => {
    const host = `s${n}.bandcamp.com`;
    const artist = n < 10 ? `Anne${DASHES[n % DASHES.length]}Marie` : `Other ${n}`;
    const country = n < 16 ? { countryCode: 'de', countryName: 'Germany' } : UNKNOWN;
    const page = `https://${host}/album/x`;
    return aSale({
      at: NOON - (60 - n) * MINUTE,
      page,
      seller: host,
      artist,
      title: `Verses ${n}`,
      ...country,
    });
  });
  const batch = { kind: 'sales' as const, from: NOON - 120 * MINUTE, until: NOON, serverTime: NOON };
  await storeBatch(db, { ...batch, sales, rejects: [] }, NOON);
});

test('an artist written with many dashes is one, by the commonest of them', async () => {
  const { rows } = await answering('top kind=artist 24h');
  expect(rows[0]).toMatchObject({ name: 'Anne-Marie', units: 10 });
  expect((await answering('artist Anne\u2013Marie 24h')).title).toContain('Anne-Marie');
});

test('shares of countries are of all sales, and those of no country are named', async () => {
  const { headline, rows, notes } = await answering('countries 24h');
  expect(headline).toBe('Germany buys the most: 16 units (80%).');
  expect(rows).toMatchObject([{ country: 'de', share: 0.8 }]);
  expect(notes).toContain('4 of 20 sales have no known country.');
});

test('headline and table round a share alike', async () => {
  const { db: other } = await testDatabase();
  const countries = [
    ...Array<string>(11).fill('de'),
    ...Array.from({ length: 27 }, (_, n) => `${'abcdefghi'[n % 9]}${'trz'[n % 3]}`),
  ];
  const sales = countries.map((countryCode, n) => aSale({ at: NOON - (n + 1) * MINUTE, countryCode }));
  const batch = { kind: 'sales' as const, from: NOON - 120 * MINUTE, until: NOON, serverTime: NOON };
  await storeBatch(other, { ...batch, sales, rejects: [] }, NOON);
  const asked = { db: other, clock: simulatedClock(NOON, 1) };
  const answer = await ask(asked, parseText(questions, 'countries 24h'));
  const [, said] = /\(([^)]+)\)/.exec(answer.headline) ?? [];
  const share = answer.columns.find(({ key }) => key === 'share') as Column;
  expect(formatCell(share, answer.rows[0] as Row, { zone: 'UTC' })).toBe(said);
});

test.each([
  'https://S3.bandcamp.com/album/x',
  'HTTP://s3.Bandcamp.com/album/x/',
  '//s3.bandcamp.com/album/x?from=feed#a',
  'S3.bandcamp.com/album/x',
  'https://s3.bandcamp.com//album/%78',
])('a release is found by its address: %s', async address => {
  expect((await answering(`item ${address} 24h`)).title).toContain('Verses 3');
});
