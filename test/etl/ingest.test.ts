import { expect, test } from 'vitest';
import { createHttp } from '../../src/bandcamp/client.ts';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/clock.ts';
import { HOUR, SECOND } from '../../src/core/instant.ts';
import { ingest } from '../../src/etl/ingest.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';
import { startReplay } from '../support/replay-server.ts';
import { NOON } from '../support/sales.ts';

const { db } = await testDatabase();

test('an answer after hours without one, of many megabytes, is read', async () => {
  const now = NOON / SECOND;
  const events = Array.from({ length: 6_000 }, (_, n) => {
    const utc_date = now - 6 * 3600 + n * 3.5;
    const item = {
      utc_date: utc_date + 0.1,
      artist_name: 'Ann',
      item_type: 'a',
      item_description: 'x'.repeat(900),
      slug_type: 'a',
      currency: 'USD',
      amount_paid: 7,
      item_price: 7,
      amount_paid_usd: 7,
      country: 'Japan',
      country_code: 'jp',
      url: `//a.bandcamp.com/album/${n % 50}`,
    };
    return { event_type: 'sale', utc_date, items: [item] };
  });
  const replay = await startReplay({ feed: { events, now: () => now } });
  const clock = simulatedClock(NOON, 1);
  const http = createHttp({
    config: readConfig({ UPSTREAM_ORIGIN: replay.origin }),
    clock,
    random: () => 0.5,
    log: silentLog,
  });
  await db`insert into window_read (from_at, until_at, source, read_at) values (${NOON - 7 * HOUR}, ${NOON - 6 * HOUR}, 'feed', ${NOON})`;
  expect(JSON.stringify(events).length).toBeGreaterThan(6_000_000);
  expect(await ingest({ db, clock, http, log: silentLog })).toMatchObject({ stored: 6_000, rejected: 0, until: NOON });
  await http.close();
  await replay.close();
});
