/**
 * What a hostile answer costs: bodies without end and bombs are given up at the limit, and memory stays flat.
 */
import { afterAll, expect, test } from 'vitest';
import { createHttp } from '../../src/bandcamp/client.ts';
import { fetchFeed } from '../../src/bandcamp/feed.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { startDemoServer } from '../../src/simulation/server.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { leapingClock } from '../support/leaping-clock.ts';
import { NOON } from '../support/sales.ts';

const clock = leapingClock(NOON);
const world = createWorld({ seed: 7, salesADay: 4_000, artists: 2_000, start: NOON, days: 1 });
const server = await startDemoServer({ world, clock });
const config = readConfig({ UPSTREAM_ORIGIN: server.origin });
const http = createHttp({ config, clock, random: () => 0, log: silentLog });
afterAll(async () => {
  await http.close();
  await server.close();
});

const MEGABYTE = 1_000_000;

test.each(['huge', 'gzip-bomb'] as const)(
  '%s',
  async kind => {
    server.setFaults([{ kinds: [kind] }]);
    const tooLarge = expect.objectContaining({ name: 'Unavailable', reason: 'too-large' });
    const ask = async (n: number) => {
      const answers = await Promise.allSettled([
        http.get(`https://a${n}.bandcamp.com/album/x`),
        http.get(`https://b${n}.example.com/album/x`),
        ...(n % 5 === 0 ? [fetchFeed(http, null)] : []),
      ]);
      for (const answer of answers) expect(answer).toEqual({ status: 'rejected', reason: tooLarge });
    };
    // The server's own buffers, and what the first of all answers costs.
    for (let n = 0; n < 6; n += 1) await ask(n);
    const before = process.memoryUsage().rss;
    let most = before;
    for (let n = 6; n < 26; n += 1) {
      await ask(n);
      most = Math.max(most, process.memoryUsage().rss);
    }
    // 44 gigabytes were offered. What is let go before it is collected stays within a few bodies of the
    // feed's limit, 32 MB.
    expect((most - before) / MEGABYTE).toBeLessThan(150);
  },
  60_000,
);
