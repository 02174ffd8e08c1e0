/**
 * Answers and files whose compression is cut or damaged anywhere: never a crash, never a part taken for the
 * whole.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Unavailable } from '../../src/bandcamp/blocked-response.ts';
import { createHttp } from '../../src/bandcamp/client.ts';
import { BadFeed, fetchFeed } from '../../src/bandcamp/feed.ts';
import { readConfig } from '../../src/config.ts';
import { UserError } from '../../src/core/errors.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { unpacked } from '../../src/etl/import-source.ts';
import { silentLog } from '../../src/log.ts';
import { mutatedBody } from '../support/fuzz-feed.ts';
import { sourceOf } from '../support/import.ts';
import { below, seeded } from '../support/mutate.ts';
import { NOON } from '../support/sales.ts';

let answer = Buffer.of();
let asked = 0;
const server = createServer((request, response) => {
  if (request.url === '/robots.txt') {
    response.writeHead(404).end();
    return;
  }
  asked += 1;
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(answer);
});
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const config = readConfig({ UPSTREAM_ORIGIN: `http://127.0.0.1:${port}` });
const http = createHttp({ config, clock: simulatedClock(NOON, 10_000), random: () => 0.5, log: silentLog });
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

const seeds = Array.from({ length: 25 }, (_, n) => n + 1);

test.each(seeds)('the feed, seed %d', async seed => {
  const chance = seeded(seed);
  const whole = gzipSync(mutatedBody(seed));
  answer = whole.subarray(0, 1 + below(chance, whole.length - 1));
  const before = asked;
  const failure = await fetchFeed(http, null).catch((error: unknown) => error);
  expect(failure instanceof Unavailable || failure instanceof BadFeed).toBe(true);
  expect(asked).toBeGreaterThan(before);
});

test.each(seeds)('a file, seed %d', async seed => {
  const chance = seeded(seed);
  const whole = gzipSync(mutatedBody(seed));
  const cut = whole.subarray(0, 2 + below(chance, whole.length - 2));
  const read = async () => {
    for await (const _ of unpacked(sourceOf(cut), () => {}));
  };
  await expect(read()).rejects.toThrow(UserError);
});
