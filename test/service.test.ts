/** The service over the recorded feed: each sale once, whatever is read again, runs twice or is killed. */
import { describe, expect, test } from 'vitest';
import { testDatabase } from './support/database.ts';
import { type RunningProcess, startNode } from './support/process.ts';
import { hasRecordings, pagesOfRecordings, readRecording } from './support/recordings.ts';
import { feedOfRecording, startReplay } from './support/replay-server.ts';

const env = (url: string, origin: string, clock: string) => ({
  DATABASE_URL: url,
  UPSTREAM_ORIGIN: origin,
  CLOCK: clock,
  PORT: '0',
  LOG_LEVEL: 'info',
});

const waitUntil = async (condition: () => Promise<boolean>, what: string, timeoutMs = 30_000) => {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};

describe.skipIf(!hasRecordings)('the recorded feed of 2020 (needs ../shared)', () => {
  test('is stored once by two replicas, after three more readings and a kill -9 in the middle', async () => {
    const { db, url } = await testDatabase();
    const recording = feedOfRecording(readRecording('recordings/feed/get-2020-09-09T2200Z.json'));
    const replay = await startReplay({ feed: recording, pages: pagesOfRecordings() });
    const start = () => startNode('src/main.ts', [], env(url, replay.origin, '2020-09-09T22:05:09Z@1'));
    const stored = async () => (await db<{ n: number }[]>`select count(*) as n from sale`)[0]?.n ?? 0;
    const replicas: RunningProcess[] = [start(), start()];
    try {
      await waitUntil(async () => (await stored()) > 0, 'the first sales');
      await replicas[0]?.stop('SIGKILL');
      await waitUntil(async () => (await stored()) === 61, 'all 61 sales');
      for (let again = 0; again < 3; again += 1) {
        await db`delete from window_read`;
        const cli = startNode('src/cli.ts', ['ingest'], env(url, replay.origin, '2020-09-09T22:05:09Z@1'));
        expect([await cli.exited, cli.stdout()]).toEqual([
          0,
          expect.stringMatching(/^1 windows read, 0 sales stored, 61 repeated, 0 rejected/),
        ]);
      }
      expect(await stored()).toBe(61);
      const wanted = recording.events.flatMap(event => event.items);
      expect(await db`select count(distinct checkout_id) as n from sale`).toEqual([{ n: recording.events.length }]);
      const sums =
        await db`select sum(units)::int as units, round(sum(amount_usd_cents) / 100.0, 2)::float8 as usd from sale`;
      expect(sums).toEqual([
        {
          units: wanted.reduce((sum, item) => sum + 1 + Number(item.addl_count ?? 0), 0),
          usd: Number(wanted.reduce((sum, item) => sum + Number(item.amount_paid_usd), 0).toFixed(2)),
        },
      ]);
      const names = (await db<{ name: string }[]>`select distinct name from artist_spelling`).map(row => row.name);
      expect(new Set(names)).toEqual(new Set(wanted.map(item => item.artist_name)));
    } finally {
      await Promise.all(replicas.map(replica => replica.stop()));
      await replay.close();
    }
  }, 90_000);

  test('killed at any moment while it loads, it stores all or nothing and then the rest', async () => {
    const { db, url } = await testDatabase();
    const replay = await startReplay({
      feed: feedOfRecording(readRecording('recordings/feed/get-2020-09-09T2200Z.json')),
    });
    for (const afterMs of [300, 400, 500, 600, 700, 800]) {
      const cli = startNode('src/cli.ts', ['ingest'], env(url, replay.origin, '2020-09-09T22:05:09Z@1'));
      await new Promise(resolve => setTimeout(resolve, afterMs));
      await cli.stop('SIGKILL');
      const [row] = await db<
        { n: number; windows: number }[]
      >`select (select count(*) from sale) as n, (select count(*) from window_read) as windows`;
      expect([
        { n: 0, windows: 0 },
        { n: 61, windows: 1 },
      ]).toContainEqual(row);
    }
    const last = startNode('src/cli.ts', ['ingest'], env(url, replay.origin, '2020-09-09T22:05:09Z@1'));
    expect(await last.exited).toBe(0);
    expect(await db`select count(*) as n from sale`).toEqual([{ n: 61 }]);
    await replay.close();
  }, 60_000);
});
