/** A service whose database connections fall silent: it is alive, says so, and soon answers again. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testDatabase } from './support/database.ts';
import { startDatabaseProxy } from './support/database-proxy.ts';
import { answeredAfter, askTen, probe, slowestMs, statuses } from './support/probes.ts';
import { startNode } from './support/process.ts';

const { url } = await testDatabase();

test('a question is answered within 15 s, and /readyz within 2 s all along', async () => {
  const proxy = await startDatabaseProxy(url);
  const settings = { ROLES: 'web', PORT: '0', LOG_LEVEL: 'error', LIMIT_QUESTIONS: '1000' };
  const service = startNode('src/main.ts', [], { ...settings, DATABASE_URL: proxy.url });
  try {
    const [, port] = await service.waitFor(/localhost:(\d+)/);
    const origin = `http://127.0.0.1:${port}`;
    // Each another one, since what was answered before needs no database.
    let hours = 0;
    const question = () => `${origin}/api/ask/overview?window=${++hours}h`;
    expect(await askTen(question)).toContain(200);
    proxy.now('vanish');
    const began = Date.now();
    const questions = probe(question, { everyMs: 1_000, timeoutMs: 15_000 });
    const ready = probe(() => `${origin}/readyz`, { everyMs: 250, timeoutMs: 5_000 });
    const health = probe(() => `${origin}/healthz`, { everyMs: 250, timeoutMs: 5_000 });
    const answered = () => Number.isFinite(answeredAfter(questions.samples, began));
    while (!answered() && Date.now() < began + 16_000) await delay(100);
    // The hung ones are replaced one by one: those that are used again answer, too.
    await delay(2_000);
    await Promise.all([ready, health, questions].map(one => one.stop()));
    const facts = {
      answeredSeconds: answeredAfter(questions.samples, began),
      readyMs: slowestMs(ready.samples, 0),
      healthMs: slowestMs(health.samples, 0),
    };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
    expect.soft(facts.answeredSeconds).toBeLessThan(15);
    expect.soft(statuses(ready.samples, 0).filter(status => status !== 200 && status !== 503)).toEqual([]);
    // Two seconds, and what a busy machine makes of them.
    expect.soft(facts.readyMs).toBeLessThan(3_000);
    expect.soft(statuses(health.samples, 0)).toEqual([200]);
    expect.soft(ready.samples.at(-1)?.status).toBe(200);
    expect.soft(await service.stop()).toBe(0);
  } finally {
    await service.stop('SIGKILL');
    await proxy.close();
  }
}, 60_000);
