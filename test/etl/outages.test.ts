/**
 * Days of the simulated feed with every fault and long outages: each sale of what was read is stored once,
 * and the rest is gaps, exactly.
 */
import { afterAll, expect, test } from 'vitest';
import { createHttp } from '../../src/bandcamp/client.ts';
import { readConfig } from '../../src/config.ts';
import { DAY, floorTo, HOUR, type Instant, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { coverageOf, feedCursor } from '../../src/db/coverage.ts';
import { gapsWithin, missedStretches } from '../../src/db/feed-gaps.ts';
import { ingestOnTick } from '../../src/etl/ingest.ts';
import { silentLog } from '../../src/log.ts';
import type { FaultKind } from '../../src/simulation/faults.ts';
import { startDemoServer } from '../../src/simulation/server.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { testDatabase } from '../support/database.ts';
import { leapingClock } from '../support/leaping-clock.ts';
import { NOON } from '../support/sales.ts';

/** All but those that take real seconds. */
const FAULTS: FaultKind[] = [
  ...(['forbidden', 'too-many-requests', 'challenge', 'server-error', 'cut', 'cut-json'] as const),
  ...(['wrong-types', 'bad-items', 'huge', 'gzip-bomb', 'private-redirect'] as const),
];
const LOOK_BACK = 2 * HOUR;
/** Minutes without the service, after so many with it. */
const OUTAGES = [3, 70, 119, 125, 700, 30, 240];
const RINGS_BETWEEN = 8;

const { db } = await testDatabase();
const world = createWorld({ seed: 7, salesADay: 2_000, artists: 2_000, start: NOON - DAY, days: 4 });
const clock = leapingClock(NOON);
const server = await startDemoServer({
  world,
  clock,
  lookBackSeconds: LOOK_BACK / SECOND,
  faults: [{ rate: 0.2, kinds: FAULTS, seed: 11 }],
});
const config = readConfig({ UPSTREAM_ORIGIN: server.origin });
const http = createHttp({ config, clock, random: () => 0.5, log: silentLog });
afterAll(async () => {
  await http.close();
  await server.close();
});

test('every sale that the feed served is stored once, and gaps are exact', async () => {
  const deps = { db, clock, random: () => 0.5, http, log: silentLog };
  const tick = async () => {
    await clock.sleep(floorTo(clock.now(), MINUTE) + MINUTE - clock.now());
    await ingestOnTick(deps).catch(() => {});
  };
  while ((await feedCursor(db)) === null) await tick();
  const [first] = await db<{ from: Instant }[]>`select min(from_at) as from from window_read`;
  const begin = first?.from ?? 0;
  const lost: { from: Instant; back: Instant }[] = [];
  for (const minutes of OUTAGES) {
    for (let n = 0; n < RINGS_BETWEEN; n += 1) await tick();
    const cursor = (await feedCursor(db)) ?? 0;
    await clock.sleep(minutes * MINUTE);
    if (clock.now() - cursor > LOOK_BACK + 2 * MINUTE) lost.push({ from: cursor, back: clock.now() });
  }
  const { faults } = server.requests();
  expect(Object.keys(faults).length).toBeGreaterThan(2);
  server.setFaults([]);
  const isDone = async () =>
    clock.now() - ((await feedCursor(db)) ?? 0) < 3 * MINUTE && (await missedStretches(db)).length === 0;
  for (let n = 0; n < 200 && !(await isDone()); n += 1) await tick();

  const end = (await feedCursor(db)) ?? 0;
  const window = { from: begin, until: end };
  expect(clock.now() - end).toBeLessThan(3 * MINUTE);
  expect(await missedStretches(db)).toEqual([]);
  const gaps = await gapsWithin(db, window);
  const missed = gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0);
  expect(await coverageOf(db, [window])).toBeCloseTo(1 - missed / (end - begin), 9);
  for (const { from, back } of lost) {
    const gap = gaps.find(one => one.from === from);
    expect(gap?.reason).toBe('look-back');
    // As far as the feed reached when it was first read again, at once or after some back-offs.
    const least = floorTo(back, MINUTE) - LOOK_BACK;
    expect(gap?.until).toBeGreaterThanOrEqual(least);
    expect(gap?.until).toBeLessThan(least + 80 * MINUTE);
    expect(((gap?.until ?? 0) - least) % MINUTE).toBe(0);
  }
  expect(gaps.length).toBeGreaterThanOrEqual(lost.length);

  const inGap = (at: Instant) => gaps.some(gap => at >= gap.from - 10 * SECOND && at < gap.until);
  const sold = [...world.events(begin + MINUTE, end)]
    .flatMap(({ items }) => items.map(({ utc_date }) => Math.round(utc_date * SECOND)))
    .filter(at => at >= begin + MINUTE && at < end - 10 * SECOND && !inGap(at));
  const stored = await db<{ at: Instant }[]>`
    select at from sale where at >= ${begin + MINUTE} and at < ${end - 10 * SECOND} order by at`;
  expect(sold.length).toBeGreaterThan(500);
  expect(stored.map(({ at }) => at).filter(at => !inGap(at))).toEqual(sold.sort((a, b) => a - b));
}, 180_000);
