import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time/instant.ts';
import { coverageOf, newestRead, unreadIn } from '../../src/db/coverage.ts';
import { testDatabase } from '../support/database.ts';
import { NOON } from '../support/sales.ts';

const { db } = await testDatabase();

const read = (from: number, until: number) => db`
  insert into window_read (from_at, until_at, source, read_at)
  values (${NOON + from * MINUTE}, ${NOON + until * MINUTE}, 'feed', ${NOON})`;
const asked = (from: number, until: number) => ({ from: NOON + from * MINUTE, until: NOON + until * MINUTE });

beforeEach(() => db`truncate window_read`);

describe('coverage', () => {
  test('is 0 where nothing was read', async () => {
    expect(await coverageOf(db, [asked(0, 10)])).toBe(0);
    expect(await newestRead(db)).toBeNull();
  });

  test('counts overlapping and repeated windows once, and cuts them to what is asked', async () => {
    await read(-5, 3);
    await read(2, 4);
    await read(2, 5);
    await read(9, 30);
    expect(await coverageOf(db, [asked(0, 10)])).toBeCloseTo(0.6, 12);
    expect(await newestRead(db)).toBe(NOON + 30 * MINUTE);
  });

  test('of several windows is their common share', async () => {
    await read(0, 10);
    expect(await coverageOf(db, [asked(0, 10), asked(20, 30), asked(40, 60)])).toBeCloseTo(0.25, 12);
  });
});

test('what was not read of a window is what lies between its readings, and around them', async () => {
  expect(await unreadIn(db, asked(0, 10))).toEqual([asked(0, 10)]);
  await read(-5, 3);
  await read(2, 4);
  await read(9, 30);
  expect(await unreadIn(db, asked(0, 10))).toEqual([asked(4, 9)]);
  expect(await unreadIn(db, asked(25, 40))).toEqual([asked(30, 40)]);
});
