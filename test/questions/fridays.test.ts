/**
 * Changes are told against what is typical: no ordinary day or week falls because of a Bandcamp Friday before
 * it, and a Bandcamp Friday is compared with those before.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { FRIDAY_WORLD, seedFridayWorld } from '../support/friday-world.ts';

const { db } = await testDatabase();
beforeAll(() => seedFridayWorld(db));
const asking = (text: string) =>
  ask({ db, clock: simulatedClock(FRIDAY_WORLD.until, 1) }, parseText(questions, text));
const LEFT_OUT = '"Typical" leaves out the Bandcamp Friday of 6 Nov.';

test.each(['overview', 'country germany', 'genre ambient', 'artist Artist 1', 'item First by Artist 1'])(
  '%s says the week after a Bandcamp Friday is as any',
  async text => {
    const { headline, notes } = await asking(`${text} 7d until=2026-11-14T07:00Z`);
    expect(headline).toContain(', as many as in a typical week');
    expect(notes).toContain(LEFT_OUT);
  },
);

test('compare and why tell the same of that week', async () => {
  const { rows, notes } = await asking('compare Artist 1, Artist 2 7d until=2026-11-14T07:00Z');
  expect(rows.map(({ salesChange }) => salesChange)).toEqual([0, 0]);
  expect(notes).toContain(LEFT_OUT);
  const why = await asking('why Artist 1 7d until=2026-11-14T07:00Z');
  expect(why.rows).toEqual([expect.objectContaining({ sales: 168, before: 168, excess: 0 })]);
  expect(why.notes).toContain(LEFT_OUT);
});

describe('overview', () => {
  test.each([
    ['the day after a Bandcamp Friday', '24h until=2026-11-08T07:00Z', 'as many as on a typical day'],
    ['hours after it', '5h until=2026-11-07T14:00Z', 'as many as in 5 typical hours'],
    ['a local day', 'yesterday until=2026-11-12T12:00Z', 'as many as on a typical Wednesday'],
    ['two weeks', '14d until=2026-10-30T07:00Z', '64% more than in 2 typical weeks'],
    ['a week with a rush before it', '7d until=2026-11-04', 'as many as in a typical week'],
    ['a Bandcamp Friday', '24h until=2026-10-03T07:00Z', 'as many as on earlier Bandcamp Fridays'],
    ['a better one', '24h until=2026-11-07T07:00Z', '100% more than on earlier Bandcamp Fridays'],
    ['its week', '7d until=2026-10-05', 'as many as in the week with the Bandcamp Friday of 7 Aug'],
    [
      'the first day after midnight',
      '24h until=2026-10-02T09:00Z',
      'as many as around earlier Bandcamp Fridays',
    ],
    ['a first Friday that was none', '24h until=2026-09-05T07:00Z', 'as many as on a typical day'],
    ['one earlier Friday', '24h until=2026-08-08T07:00Z', 'as many as on the Bandcamp Friday of 3 Jul'],
    ['one earlier week', '24h until=2026-07-12T07:00Z', 'as many as a week earlier'],
    ['some days and hours', '99h until=2026-10-30T07:00Z', 'as many as in a typical period of this length'],
    ['a month', '30d until=2026-10-18', 'as many as in 30 typical days'],
    [
      'a week with a Bandcamp Friday',
      '7d until=2026-11-12',
      '54% more than in earlier weeks with a Bandcamp Friday',
    ],
  ])('compares %s', async (_, asked, words) => {
    expect((await asking(`overview ${asked}`)).headline).toContain(`, ${words};`);
  });

  test('says why there is nothing to compare a first Bandcamp Friday or day with', async () => {
    const friday = await asking('overview 24h until=2026-07-04T07:00Z');
    expect(friday.headline).toBe('1,344 sales for $10,913; 0% of sales were above the asking price.');
    expect(friday.notes).toContain(
      'This period includes a Bandcamp Friday and there is no data for an earlier one, so no comparison ' +
        'is shown.',
    );
    expect((await asking('overview 24h until=2026-07-03T07:00Z')).notes).toContain(
      'There is no data for a comparable earlier period, so no comparison is shown.',
    );
  });

  test('names the Bandcamp Fridays that one is compared with', async () => {
    expect((await asking('overview 24h until=2026-11-07T07:00Z')).notes).toContain(
      'This period includes a Bandcamp Friday, so it is compared with those before: ' +
        '2 Oct, 7 Aug, and 3 Jul.',
    );
  });
});

test('charts shade Bandcamp Fridays at the steps that show them, beside what is typical', async () => {
  const { chart } = await asking('country germany 14d until=2026-11-14');
  if (chart?.kind !== 'lines') throw new Error('no lines');
  const [now, typical] = chart.series;
  const top = now?.points.reduce((a, b) => (b.y > a.y ? b : a));
  expect(top?.x).toBe('2026-11-06T00:00:00Z');
  expect(chart.bands).toEqual([
    { from: '2026-11-05T12:00:00Z', until: '2026-11-06T12:00:00Z', label: 'Bandcamp Friday' },
  ]);
  expect(typical?.label).toBe('typical');
  const hours = (await asking('overview 24h until=2026-11-07')).chart;
  expect(hours && 'bands' in hours && hours.bands).toEqual([
    { from: '2026-11-06T07:00:00Z', until: '2026-11-07T07:00:00Z', label: 'Bandcamp Friday' },
  ]);
  expect((await asking('overview 7d until=2026-11-14T07:00Z')).chart).not.toHaveProperty('bands');
});
