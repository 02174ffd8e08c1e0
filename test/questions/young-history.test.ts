/**
 * A service that has just begun to read: from the second day on what there is is compared, with intervals as
 * wide as that makes them, and it is said so.
 */
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/core/answer.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, toIso } from '../../src/core/time/instant.ts';
import { storeLoad } from '../../src/db/write/feed.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { DAYS, END, type Plan, sellPlanned } from '../support/planned-sales.ts';

/** What rises does so in the later half of what is read. */
const plans = (read: number): Plan[] => {
  const isLate = (day: number) => day >= DAYS - Math.floor(read / 2);
  return [
    { genre: 'ambient', artists: 40, sales: () => 60 },
    { genre: 'techno', artists: 40, sales: () => 50 },
    { genre: 'house', artists: 40, sales: () => 40 },
    { genre: 'punk', artists: 40, sales: () => 30 },
    { genre: 'folk', artists: 40, sales: () => 35 },
    { genre: 'jazz', artists: 40, sales: () => 30 },
    { genre: 'dub', artists: 40, sales: day => (isLate(day) ? 70 : 14) },
    { genre: 'soul', artists: 1, name: 'Newcomer', sales: day => (isLate(day) ? 24 : 0) },
    { genre: 'soul', artists: 1, name: 'Always There', sales: () => 24 },
  ];
};

async function reading(days: number): Promise<(text: string) => Promise<Answer>> {
  const { db } = await testDatabase();
  await sellPlanned(db, plans(days), { first: DAYS - days });
  return text => ask({ db, clock: simulatedClock(END, 1) }, parseText(questions, text));
}
const callsOf = ({ rows }: Answer) =>
  rows.filter(({ verdict }) => verdict === 'trending').map(({ genre }) => genre);

test('after one day best sellers are listed, and it is said what comparing takes', async () => {
  const asking = await reading(1);
  const { title, notes, rows } = await asking('trending genres');
  expect(title).toBe('Best-selling genres');
  expect(rows[0]).toMatchObject({ genre: 'ambient', lift: null });
  expect(notes.join(' ')).toContain('Sales have been read since 7 Oct (1 day); a comparison needs 2 days.');
  expect((await asking('emerging artists')).rows).toEqual([]);
});

describe('after two days', async () => {
  const asking = await reading(2);

  test('the last is compared with the first, and nothing is called', async () => {
    const answer = await asking('trending genres');
    expect(answer.title).toBe('Trending genres');
    expect(answer.rows[0]).toMatchObject({ genre: 'dub', verdict: 'uncertain' });
    expect(callsOf(answer)).toEqual([]);
    expect(answer.window).toEqual({ from: toIso(END - DAY), until: toIso(END) });
    expect(answer.params.window).toBe('7d');
    expect(answer.notes).toContain(
      'Sales have been read since 6 Oct (2 days): the last day is compared with the day before. ' +
        'More reliable from day 14.',
    );
  });

  test('a newcomer emerges, and not who sold as much the day before', async () => {
    const { rows } = await asking('emerging artists');
    expect(rows.map(({ artist }) => artist)).toEqual(['Newcomer']);
    expect(rows[0]?.reason).toMatchObject({ since: toIso(END - DAY), from: 0 });
  });

  test('why shows the days that were read, and the interval', async () => {
    const { headline, chart, notes } = await asking('why dub');
    expect(headline).toMatch(/^Dub is not trending: .*likely .*\. This could still be chance/);
    expect(chart?.kind === 'lines' && chart.series[0]?.points.map(({ x }) => x)).toEqual([
      toIso(END - 2 * DAY),
      toIso(END - DAY),
    ]);
    expect(notes.join(' ')).toContain('More reliable from day 14.');
  });

  test('an hour is compared with the same of the day before', async () => {
    const { rows, notes } = await asking('trending genres 6h');
    expect(rows.map(({ lift }) => typeof lift)).toEqual(rows.map(() => 'number'));
    expect(rows.length).toBeGreaterThan(3);
    expect(notes.join(' ')).toContain('these hours are compared with the same hours of the days before');
  });

  test('trending artists and sellers are compared as well', async () => {
    for (const text of ['trending artists', 'trending sellers']) {
      const { notes, rows } = await asking(text);
      expect(notes.join(' ')).toContain('the last day is compared with the day before');
      expect(rows.every(({ verdict }) => verdict !== 'trending')).toBe(true);
    }
  });
});

test('the more days, the narrower the interval; from six on what is sure is called', async () => {
  const widths: number[] = [];
  for (const days of [2, 4, 7, 13]) {
    const answer = await (await reading(days))('trending genres limit=3');
    const dub = answer.rows.find(({ genre }) => genre === 'dub') as { lift: number; liftLow: number };
    widths.push(dub.lift / dub.liftLow);
    expect(callsOf(answer)).toEqual(days < 6 ? [] : ['dub']);
  }
  expect(widths.toSorted((a, b) => b - a)).toEqual(widths);
});

test('from the fourteenth day on the whole week is compared, with weeks that were read', async () => {
  const asking = await reading(14);
  const { window, notes } = await asking('trending genres');
  expect(window.from).toBe(toIso(END - 7 * DAY));
  expect(notes.join(' ')).not.toContain('More reliable');
  expect((await asking('why dub')).notes).toContain('Compared with 24 Sep, 00:00 – 1 Oct, 00:00 UTC.');
});

test('however many stretches the baseline has, why says them in a few words', async () => {
  const asking = await reading(5);
  expect((await asking('why dub window=6h')).notes).toContain(
    'Compared with the same hours of 4 earlier days since 3 Oct.',
  );
});

describe('a history with gaps', () => {
  /** Days ago, the first and the one after the last. */
  const readOnly = async (...stretches: [first: number, until: number][]) => {
    const { db } = await testDatabase();
    const isWithin = (day: number) => stretches.some(([from, to]) => DAYS - day <= from && DAYS - day > to);
    const sold = plans(4).map(plan => ({ ...plan, sales: (d: number) => (isWithin(d) ? plan.sales(d) : 0) }));
    await sellPlanned(db, sold);
    await db`truncate window_read`;
    for (const [from, to] of stretches) {
      const windows = [{ from: END - from * DAY, until: END - to * DAY }];
      await storeLoad(db, 'import', { sales: [], rejects: [], windows }, END);
    }
    return (text: string) => ask({ db, clock: simulatedClock(END, 1) }, parseText(questions, text));
  };

  describe('a day of long ago, and a fresh start', async () => {
    const asking = await readOnly([30, 29], [4, 0]);
    test.each(['trending genres', 'trending genres 28d'])('%s compares what was read since', async text => {
      const { title, notes } = await asking(text);
      expect(title).toBe('Trending genres');
      expect(notes.join(' ')).toContain('Sales have been read since 4 Oct (4 days): the last 2 days are');
    });
  });

  test('after a day of a fresh start it is that day that is too little', async () => {
    const { title, notes } = await (await readOnly([30, 29], [1, 0]))('trending genres');
    expect(title).toBe('Best-selling genres');
    expect(notes.join(' ')).toContain('Sales have been read since 7 Oct (1 day); a comparison needs 2 days.');
  });

  test('how much of it was read is said, and nothing of a day that has passed', async () => {
    const { notes } = await (await readOnly([20, 15], [3, 0]))('trending genres');
    expect(notes).toContain(
      'Sales have been read since 18 Sep (8 of 20 days): ' +
        'the last 7 days are compared with the 13 days before.',
    );
  });
});

test.each([
  ['trending genres 6h', 'More reliable from day 8.'],
  ['trending genres 1d', 'More reliable from day 8.'],
  ['trending genres', 'More reliable from day 14.'],
  ['trending genres 28d', 'More reliable from day 56.'],
])('%s: %s', async (text, words) => {
  expect((await (await reading(7))(text)).notes.join(' ')).toContain(words);
});
