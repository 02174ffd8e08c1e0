/** What the planner expects of a place: by it it chooses how their sales are read. */
import { expect, test } from 'vitest';
import { sellersFrom } from '../../src/db/read/who-sells.ts';
import { testDatabase } from '../support/database.ts';

const { db } = await testDatabase();

test.each([
  { city: 'city 7', region: 'state 7', country: null },
  { city: 'city 7', region: 'state 7', country: 'us' },
])('a city of a state is not taken for one seller: %o', async place => {
  await db`
    insert into seller (host, city, region, country_code)
    select ${place.country ?? ''} || n || '.example.com', 'city ' || n % 40, 'state ' || n % 40, 'us'
    from generate_series(1, 4000) n`;
  await db`analyze seller`;
  const found = await db`${sellersFrom(db, place)}`;
  const [plan] = await db<{ 'QUERY PLAN': string }[]>`explain ${sellersFrom(db, place)}`;
  const expected = / rows=(\d+) /.exec(plan?.['QUERY PLAN'] ?? '')?.[1];
  expect(Number(expected)).toBeGreaterThan(found.length / 2);
});
