/** A database's host that vanishes from the network: packets are dropped, as a firewall or dead host does. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { startDatabaseProxy } from '../support/database-proxy.ts';
import { createNetwork, whyNoNetwork } from '../support/network.ts';
import { answeredAfter, askTen, probe, slowestMs, statuses } from '../support/probes.ts';
import { longestSilence, openRealWorld, secondsUntil } from '../support/real-world.ts';

const database = await testDatabase();

test.skipIf(whyNoNetwork())(
  'answers within 15 s, reads within two minutes, is ready or says not (needs root, iproute2, iptables)',
  async () => {
    const network = createNetwork();
    const world = await openRealWorld(database);
    const bandcamp = await world.door('in its network');
    // They stand where the network ends: it does not reach what listens for this machine alone.
    const [toDatabase, toBandcamp] = await Promise.all([
      startDatabaseProxy(database.url, network.outside),
      startDatabaseProxy(bandcamp.origin, network.outside),
    ]);
    try {
      const { origin } = await world.start({
        databaseUrl: toDatabase.url,
        upstreamOrigin: toBandcamp.url,
        env: { ROLES: 'web,etl' },
        elsewhere: network,
      });
      await secondsUntil('a first reading', 100, () => world.reads.length > 0);
      const health = probe(() => `${origin}/healthz`, { everyMs: 500, timeoutMs: 10_000 });
      const ready = probe(() => `${origin}/readyz`, { everyMs: 500, timeoutMs: 10_000 });
      const question = (n: number) => `${origin}/api/ask/overview?window=${n + 2}h`;
      const questions = probe(question, { everyMs: 1_000, timeoutMs: 15_000 });
      await askTen(n => question(100 + n));
      const dropped = network.dropConnections(toDatabase.port);
      const began = Date.now();
      await delay(135_000);
      const silence = longestSilence(world.reads, began, Date.now());
      await Promise.all([health, ready, questions].map(one => one.stop()));
      const facts = {
        dropped,
        answered: answeredAfter(questions.samples, began),
        silence,
        readyMs: slowestMs(ready.samples, began),
        ready: statuses(ready.samples, began),
        healthMs: slowestMs(health.samples, began),
      };
      process.stdout.write(`dropped packets: ${JSON.stringify(facts)}\n`);
      expect(dropped).toBeGreaterThan(0);
      expect.soft(facts.answered).toBeLessThan(15);
      expect.soft(facts.silence).toBeLessThan(120);
      expect.soft(facts.readyMs).toBeLessThan(3_000);
      expect.soft(facts.ready.filter(status => status !== 200 && status !== 503)).toEqual([]);
      expect.soft(ready.samples.at(-1)?.status).toBe(200);
      expect.soft(facts.healthMs).toBeLessThan(2_000);
    } finally {
      await world.close();
      await Promise.all([toDatabase.close(), toBandcamp.close()]);
      network.remove();
    }
  },
);
