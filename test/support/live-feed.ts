/** The real service beside the simulated feed, on one simulated clock, and what it should have stored. */

import { parseFeed } from '../../src/bandcamp/feed.ts';
import { parseClock, realClock } from '../../src/core/time/clock.ts';
import { HOUR, type Instant, MINUTE, SECOND, toIso } from '../../src/core/time/instant.ts';
import type { Sql } from '../../src/db/connect.ts';
import { feedCursor } from '../../src/db/coverage.ts';
import { missedStretches } from '../../src/db/feed-gaps.ts';
import { startDemoServer } from '../../src/simulation/server.ts';
import { createWorld, type World } from '../../src/simulation/world.ts';
import { startNode } from './process.ts';

/** One line a sale, of all that is stored of it. */
const line = (...parts: unknown[]): string => parts.map(part => String(part ?? '')).join(' | ');

export interface LiveRun {
  stored: string[];
  wanted: string[];
}

/**
 * Lets the service read `hours` of the feed from `start` on at `speed`; resolves to what it stored and what
 * the world sold.
 */
export async function runLiveFeed(
  db: Sql,
  url: string,
  { start, hours, speed }: { start: Instant; hours: number; speed: number },
): Promise<LiveRun> {
  const world = createWorld({ seed: 7, salesADay: 4_000, artists: 5_000, start: start - 24 * HOUR });
  const clockText = `${toIso(start)}@${speed}@${toIso(realClock.now())}`;
  const clock = parseClock(clockText);
  const server = await startDemoServer({ world, clock });
  const service = startNode('src/main.ts', [], {
    DATABASE_URL: url,
    CLOCK: clockText,
    UPSTREAM_ORIGIN: server.origin,
    PORT: '0',
    LOG_LEVEL: 'warn',
  });
  const until = start + hours * HOUR;
  try {
    await service.waitFor(/charts/);
    // After a pause of this machine the newest minutes come first, and what was missed after them.
    while (((await feedCursor(db)) ?? 0) < until + MINUTE || (await missedStretches(db)).length > 0) {
      if (service.child.exitCode !== null) throw new Error(service.stderr());
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  } finally {
    await service.stop();
    await server.close();
  }
  return compareSales(db, world, start, until);
}

/**
 * The sales that are stored until an instant beside those that the world sold, from the first that the feed
 * answered.
 */
export async function compareSales(db: Sql, world: World, start: Instant, until: Instant): Promise<LiveRun> {
  const [first] = await db<{ from: Instant }[]>`select min(from_at) as from from window_read`;
  // What the first answer of the feed reached back to, and the last seconds, which may be served late, are
  // not compared.
  const from = (first?.from ?? start) + MINUTE;
  const all = parseFeed(
    JSON.stringify(world.feedResponse(from / SECOND - 60, until / SECOND + 60, until / SECOND + 60)),
  );
  const sales = all.kind === 'sales' ? all.sales : [];
  const stored = await db<Record<string, unknown>[]>`
    select sale.at, page.url, item.type, item.package_image_id as package, sale.units,
      sale.amount_minor as amount, sale.currency, sale.amount_usd_cents as usd,
      sale.country_code as country, sale.checkout_at as checkout
    from sale join item on item.id = item_id join page on page.id = page_id
    where sale.at >= ${from} and sale.at < ${until}`;
  const key = (row: Record<string, unknown>) =>
    line(
      row.at,
      row.url,
      row.type,
      row.package,
      row.units,
      row.amount,
      row.currency,
      row.usd,
      row.country,
      row.checkout,
    );
  return {
    stored: stored.map(key).sort(),
    wanted: sales
      .filter(({ at }) => at >= from && at < until)
      .map(sale =>
        line(
          sale.at,
          sale.page,
          sale.itemType,
          sale.packageImageId,
          sale.units,
          sale.amountMinor,
          sale.currency,
          sale.amountUsdCents,
          sale.countryCode,
          sale.checkoutAt,
        ),
      )
      .sort(),
  };
}
