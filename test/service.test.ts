/** The service over a recorded feed: each sale once, whatever is read again, runs twice or is killed. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Sql } from '../src/db/connect.ts';
import { testDatabase } from './support/database.ts';
import { type RunningProcess, startNode } from './support/process.ts';
import { pagesOfRecordings, recordings } from './support/recordings.ts';
import { feedOfRecording, startReplay } from './support/replay-server.ts';

/** A tick every two seconds, beside a feed that stands still where it was recorded. */
const env = (url: string, origin: string) => ({
  DATABASE_URL: url,
  UPSTREAM_ORIGIN: origin,
  CLOCK: '2020-09-09T22:05:09Z@30',
  PORT: '0',
  LOG_LEVEL: 'info',
});

const waitUntil = async (condition: () => Promise<boolean>, what: string, timeoutMs = 40_000) => {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};

/** Holds every load in its middle, pages and items inserted and sales about to be, until it is let go. */
async function holdLoads(db: Sql): Promise<{ held(): Promise<boolean>; letGo(): Promise<void> }> {
  await db`select ensure_sale_partition('2020-09-01T00:00Z')`;
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holder = db.begin(async sql => {
    await sql`lock table sale in share mode`;
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  return {
    held: async () => {
      const [row] = await db<{ n: number }[]>`
        select count(*) as n from pg_stat_activity
        where datname = current_database()
          and wait_event_type = 'Lock'
          and query ilike '%insert into sale %'`;
      return (row?.n ?? 0) > 0;
    },
    letGo: async () => {
      release.resolve();
      await holder;
    },
  };
}

// Real recordings where they are: a process is killed the same whatever it reads.
describe.each(recordings.slice(-1))('the feed of $name', recorded => {
  const recording = () => feedOfRecording(recorded.feed);
  const { length } = recorded.events.flatMap(({ items }) => items);
  const counts = async (db: Sql) =>
    (
      await db`
        select (select count(*) from sale) as sales, (select count(*) from page) as pages,
          (select count(*) from window_read) as windows`
    )[0];

  test('is stored once by two replicas, one killed -9 in mid-load, and three more readings', async () => {
    const { db, url } = await testDatabase();
    const feed = recording();
    const replay = await startReplay({ feed, pages: pagesOfRecordings(recorded) });
    const loads = await holdLoads(db);
    const replicas: RunningProcess[] = [];
    try {
      replicas.push(startNode('src/main.ts', [], env(url, replay.origin)));
      await waitUntil(loads.held, 'a load in its middle');
      replicas.push(startNode('src/main.ts', [], env(url, replay.origin)));
      await replicas[1]?.waitFor(/charts/);
      await replicas[0]?.stop('SIGKILL');
      await loads.letGo();
      await waitUntil(async () => (await counts(db))?.sales === length, 'all sales, by the other replica');
      for (let again = 0; again < 3; again += 1) {
        await db`delete from window_read`;
        const cli = startNode('src/cli.ts', ['ingest'], env(url, replay.origin));
        expect([await cli.exited, cli.stdout()]).toEqual([
          0,
          expect.stringMatching(/ 0 sales stored, .* 0 rejected/),
        ]);
        expect((await counts(db))?.windows).toBe(1);
      }
      expect((await counts(db))?.sales).toBe(length);
      const wanted = feed.events.flatMap(event => event.items);
      expect(await db`select count(distinct checkout_at) as n from sale`).toEqual([
        { n: feed.events.length },
      ]);
      const sums = await db`
        select sum(units)::int as units, round(sum(amount_usd_cents) / 100.0, 2)::float8 as usd from sale`;
      expect(sums).toEqual([
        {
          units: wanted.reduce((sum, item) => sum + 1 + Number(item.addl_count ?? 0), 0),
          usd: Number(wanted.reduce((sum, item) => sum + Number(item.amount_paid_usd), 0).toFixed(2)),
        },
      ]);
      const names = (
        await db<{ name: string }[]>`select name from artist union select name from artist_spelling`
      ).map(row => row.name);
      expect(new Set(names)).toEqual(new Set(wanted.map(item => item.artist_name)));
    } finally {
      await Promise.all(replicas.map(replica => replica.stop()));
      await replay.close();
    }
  }, 120_000);

  test('killed -9 in the middle of a load leaves nothing, and is stored by the next', async () => {
    const { db, url } = await testDatabase();
    const replay = await startReplay({ feed: recording() });
    const loads = await holdLoads(db);
    const killed = startNode('src/cli.ts', ['ingest'], env(url, replay.origin));
    await waitUntil(loads.held, 'a load in its middle');
    await killed.stop('SIGKILL');
    await loads.letGo();
    await waitUntil(async () => !(await loads.held()), 'the end of the killed load');
    expect(await counts(db)).toEqual({ sales: 0, pages: 0, windows: 0 });
    const next = startNode('src/cli.ts', ['ingest'], env(url, replay.origin));
    expect(await next.exited).toBe(0);
    expect(await counts(db)).toMatchObject({ sales: length, windows: 1 });
    await replay.close();
  }, 90_000);
});

describe('a stop', () => {
  const nowhere = { UPSTREAM_ORIGIN: 'http://127.0.0.1:9', PORT: '0', LOG_LEVEL: 'error' };

  test('does not wait for a connection that never says a word', async () => {
    const { url } = await testDatabase();
    const service = startNode('src/main.ts', [], { ...nowhere, DATABASE_URL: url });
    const [, port] = await service.waitFor(/localhost:(\d+)/);
    await service.waitFor(/charts/);
    const silent = connect(Number(port), '127.0.0.1');
    await once(silent, 'connect');
    expect([await service.stop(), service.stderr()]).toEqual([0, '']);
    silent.destroy();
  });

  test('by SIGTERM is told at /readyz first, while new requests are still answered', async () => {
    const { url } = await testDatabase();
    const service = startNode('src/main.ts', [], { ...nowhere, DATABASE_URL: url });
    const [, port] = await service.waitFor(/localhost:(\d+)/);
    await service.waitFor(/charts/);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const before = await get('/readyz');
    expect([before.status, before.headers.get('keep-alive')]).toEqual([200, 'timeout=75']);
    const ended = service.stop('SIGTERM');
    await waitUntil(async () => (await get('/readyz')).status === 503, 'not ready');
    expect(await (await get('/readyz')).json()).toMatchObject({ reason: 'the service is stopping' });
    expect([(await get('/healthz')).status, (await get('/api/ask/overview')).status]).toEqual([200, 200]);
    expect([await ended, service.stderr()]).toEqual([0, '']);
  });

  test('during the start closes what was opened', async () => {
    const { db, url } = await testDatabase();
    const others = () => db<{ n: number }[]>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const service = startNode('src/main.ts', [], { ...nowhere, DATABASE_URL: url });
    // Its first connection: it is in the middle of its start.
    await waitUntil(async () => Number((await others())[0]?.n) > 0, 'a connection');
    expect(await service.stop()).toBe(0);
    await waitUntil(async () => Number((await others())[0]?.n) === 0, 'the end of its connections');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise(closed => server.close(closed));
  return port;
}

test('without the role "web" there is no page, but its health', async () => {
  const { url } = await testDatabase();
  const port = String(await freePort());
  const service = startNode('src/main.ts', [], {
    DATABASE_URL: url,
    PORT: port,
    ROLES: 'etl',
    UPSTREAM_ORIGIN: 'http://127.0.0.1:9',
    LOG_LEVEL: 'error',
  });
  await service.waitFor(/dashboard +off: ROLES has no "web"/);
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([
    await status('/healthz'),
    await status('/readyz'),
    await status('/'),
    await status('/api/questions'),
  ]).toEqual([200, 200, 404, 404]);
  await service.stop();
});

describe('metrics', () => {
  const statusOf = async (env: Record<string, string>, asked: (port: string) => [string, RequestInit?][]) => {
    const { url } = await testDatabase();
    const common = {
      DATABASE_URL: url,
      UPSTREAM_ORIGIN: 'http://127.0.0.1:9',
      LOG_LEVEL: 'error',
      PORT: '0',
    };
    const service = startNode('src/main.ts', [], { ...common, ROLES: 'web', ...env });
    const [, port = ''] = await service.waitFor(/localhost:(\d+)/);
    await service.waitFor(/charts/);
    const statuses: number[] = [];
    for (const [address, init] of asked(port)) statuses.push((await fetch(address, init)).status);
    await service.stop();
    return statuses;
  };
  const metrics = (port: string, headers: Record<string, string> = {}): [string, RequestInit] => [
    `http://127.0.0.1:${port}/metrics`,
    { headers },
  ];

  test('are told to this machine alone, not to whom a proxy on it asks for', async () => {
    const asked = (port: string) => [metrics(port), metrics(port, { 'x-forwarded-for': '192.0.2.1' })];
    expect(await statusOf({}, asked)).toEqual([200, 404]);
  });

  test('want a token where one is set', async () => {
    const asked = (port: string) => [
      metrics(port),
      metrics(port, { authorization: 'Bearer wrong' }),
      metrics(port, { authorization: 'Bearer right', 'x-forwarded-for': '192.0.2.1' }),
    ];
    expect(await statusOf({ METRICS_TOKEN: 'right' }, asked)).toEqual([401, 401, 200]);
  });

  test('have a port of their own where one is set', async () => {
    const own = String(await freePort());
    const asked = (port: string) => [metrics(port), metrics(own, { 'x-forwarded-for': '192.0.2.1' })];
    expect(await statusOf({ METRICS_PORT: own }, asked)).toEqual([404, 200]);
  });
});
