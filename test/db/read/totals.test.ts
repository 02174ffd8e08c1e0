/** Sums from roll-ups and edges are those of the sales, for windows of every kind. */
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time/instant.ts';
import type { Window } from '../../../src/core/time/window.ts';
import { type Subject, totalsBy } from '../../../src/db/read/totals-by-subject.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorld, WORLD_END } from '../../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

const ending = (length: number, ago = 0): Window => ({
  from: WORLD_END - ago - length,
  until: WORLD_END - ago,
});
const WINDOWS: [string, Window[]][] = [
  ['a week that ends at noon', [ending(7 * DAY)]],
  ['five weeks, the baseline among them', [0, 1, 2, 3, 4].map(weeks => ending(7 * DAY, weeks * 7 * DAY))],
  ['whole UTC days', [ending(3 * DAY, 12 * HOUR)]],
  ['within a day, off the hour', [ending(5 * HOUR, 17 * MINUTE)]],
  ['within an hour', [ending(20 * MINUTE, 90 * SECOND)]],
  ['across midnight, to the second', [ending(13 * HOUR + 7 * SECOND)]],
  ['where nothing was sold', [ending(DAY, 400 * DAY)]],
  [
    'each of fourteen days, and of the hours after',
    Array.from({ length: 14 }, (_, n) => ending(DAY + 3 * HOUR, n * DAY)),
  ],
];
const KEYS: Record<Subject, string> = {
  artist: 'artist_id::text',
  seller: 'sale.seller_id::text',
  tag: 'tag_id::text',
  country: `coalesce(country_code, '')`,
};

async function plainly(subject: Subject, windows: readonly Window[], country?: string) {
  const tags = db`join page_tag using (page_id) join tag on tag.id = tag_id and rolled_up`;
  const here = country ? db`and country_code = ${country}` : db``;
  const all = await Promise.all(
    windows.map(
      ({ from, until }, n) => db`
        select ${n}::int as n, ${db.unsafe(KEYS[subject])} as subject, count(*) as sales,
          count(*) filter (where ${db(subject === 'seller' && !country ? 'among_first' : 'counted')})
            as counted, sum(units)::bigint as units,
          coalesce(sum(amount_usd_cents), 0)::bigint as usd
        from sale join item on item.id = item_id ${subject === 'tag' ? tags : db``}
        where at >= ${from} and at < ${until} ${here} group by 2 order by 2`,
    ),
  );
  return all.flatMap(rows => [...rows]);
}

describe.each(Object.keys(KEYS) as Subject[])('by %s', subject => {
  test.each(WINDOWS)('over %s', async (_, windows) => {
    for (const country of [undefined, 'de']) {
      const sums = await db`
        select n, subject::text as subject, sum(sales)::bigint as sales, sum(counted)::bigint as counted,
          sum(units)::bigint as units, sum(usd_cents)::bigint as usd
        from (${totalsBy(db, subject, windows, country)}) sums group by 1, 2 order by 1, 2`;
      expect([...sums]).toEqual(await plainly(subject, windows, country));
    }
  });
});
