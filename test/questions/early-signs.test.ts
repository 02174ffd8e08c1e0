/** Who emerges is called where many paid over days; what can be bought for little stays an early sign. */
import { beforeAll, describe, expect, test } from 'vitest';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { DAYS, END, type Plan, sellPlanned } from '../support/planned-sales.ts';

const { db } = await testDatabase();
const inLastDays = (days: number, sales: number) => (day: number) => (day >= DAYS - days ? sales : 0);
const newcomer = (name: string, plan: Partial<Plan>): Plan => ({
  ...{ genre: 'dub', artists: 1, name, sales: inLastDays(7, 6) },
  ...plan,
});

beforeAll(() =>
  sellPlanned(db, [
    { genre: 'ambient', artists: 60, sales: () => 40 },
    newcomer('Many Buyers', {}),
    newcomer('Own Record', { usdCents: 100, sales: inLastDays(7, 7) }),
    newcomer('Few Countries', { countries: 4 }),
    newcomer('Few Buyers', { sales: inLastDays(7, 2) }),
  ]),
);
const asking = async (text: string) => {
  const answer = await ask({ db, clock: simulatedClock(END, 1) }, parseText(questions, text));
  return { ...answer, told: Object.fromEntries(answer.rows.map(({ artist, verdict }) => [artist, verdict])) };
};

describe('emerging artists', () => {
  test('tell early signs from those that are called, who lead', async () => {
    const { told, headline } = await asking('emerging artists');
    // Own Record sells more.
    expect(Object.keys(told)[0]).toBe('Many Buyers');
    expect(told).toEqual({
      'Many Buyers': 'emerging',
      'Own Record': 'early',
      'Few Countries': 'early',
      'Few Buyers': 'early',
    });
    expect(headline).toMatch(/^Many Buyers is emerging: .+ 3 more show early signs\.$/);
  });

  test('without early signs are those that are called', async () => {
    const { told, headline } = await asking('emerging artists show=called');
    expect(told).toEqual({ 'Many Buyers': 'emerging' });
    expect(headline).not.toContain('early signs');
  });

  test('where nobody is called, lead with an early sign that says so', async () => {
    const { headline } = await asking(`emerging artists until=2026-10-04`);
    expect(headline).toMatch(/^\w+ \w+ shows early signs of emerging: .+ \d other artists do too\.$/);
  });
});
