/** Blocks of counted sales, beside what the database says of the same instants. */
import { expect, test } from 'vitest';
import { DAY, HOUR, parseInstant } from '../../src/core/time/instant.ts';
import { BLOCK_DAYS, blockOf, isOfFriday, shiftOf } from '../../src/stats/counted-blocks.ts';
import { testDatabase } from '../support/database.ts';
import { seeded } from '../support/random.ts';

const { db } = await testDatabase();
const FROM = parseInstant('2026-01-01');

test('code and database say the same of any instant and host', async () => {
  const random = seeded(4);
  const instants = [
    ...Array.from({ length: 500 }, () => FROM + Math.floor(random() * 800 * DAY)),
    ...[0, 7].flatMap(hour =>
      Array.from({ length: 100 }, (_, day) => FROM + day * DAY + hour * HOUR - (day % 2)),
    ),
  ];
  const hosts = Array.from({ length: 50 }, (_, n) => `s${n}.bandcamp.com`);
  const inDatabase = await db<{ block: number }[]>`
    select counted_block(at, n::int % ${BLOCK_DAYS}) as block
    from unnest(${instants}::timestamptz[]) with ordinality as instant (at, n) order by n`;
  expect(inDatabase.map(({ block }) => block)).toEqual(
    instants.map((at, n) => blockOf(at, (n + 1) % BLOCK_DAYS)),
  );
  await db`insert into seller (host) select unnest(${hosts}::text[])`;
  const shifts = await db<{ host: string; shift: number }[]>`
    select host, block_shift as shift from seller where host = any(${hosts}::text[])`;
  for (const { host, shift } of shifts) expect(shift).toBe(shiftOf(host));
  expect(new Set(shifts.map(({ shift }) => shift)).size).toBe(BLOCK_DAYS);
});

test('blocks are days on end, within a month, and a Bandcamp Friday is one by itself', () => {
  for (const shift of [0, 1, 2]) {
    const days = new Map<number, Set<string>>();
    for (let at = FROM; at < FROM + 365 * DAY; at += HOUR) {
      const block = blockOf(at, shift);
      days.set(block, (days.get(block) ?? new Set()).add(new Date(at / 1000).toISOString().slice(0, 10)));
    }
    for (const [block, held] of days) {
      const sorted = [...held].sort();
      const first = parseInstant(sorted[0] as string);
      const last = parseInstant(sorted.at(-1) as string);
      expect((last - first) / DAY).toBeLessThan(BLOCK_DAYS);
      expect(new Set(sorted.map(day => day.slice(0, 7))).size).toBe(1);
      // From 07:00 on, into the next day.
      if (isOfFriday(block)) expect(new Date(first / 1000).getUTCDay()).toBe(5);
    }
    expect([...days.keys()].filter(isOfFriday)).toHaveLength(12);
  }
});
