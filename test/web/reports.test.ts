/** A report is made once: kept as long as it is true, named by its ETag, and not made for HEAD. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { HOUR, type Instant, MINUTE, parseInstant, SECOND } from '../../src/core/time/instant.ts';
import { silentLog } from '../../src/log.ts';
import { createApp } from '../../src/web/app.ts';
import { reportRoutes } from '../../src/web/reports.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

/** How often the database was asked a question, and how often something was drawn. */
const counts = { asked: 0, drawn: 0 };
const counted = new Proxy(db, {
  get: (target, key) =>
    key === 'begin'
      ? (options: string, work: never) => {
          counts.asked += 1;
          return target.begin(options, work);
        }
      : Reflect.get(target, key),
});
let now: Instant;
const clock = { ...simulatedClock(WORLD_END, 1), now: () => now };
const started = () => {
  const deps = {
    config: readConfig({}),
    db: counted,
    clock,
    log: silentLog,
    renderChart: async () => new Uint8Array(),
    renderConfig: async () => new Uint8Array(),
    renderReport: async (report: object) => {
      counts.drawn += 1;
      return new TextEncoder().encode(JSON.stringify(report));
    },
  };
  return createApp(deps, [reportRoutes(deps)]);
};
let app: ReturnType<typeof started>;
const PAST = '/report/2026-10-06.pdf';
const RUNNING = '/report/2026-10-07.pdf';
// What was read of the world was read at its end.
beforeEach(() => {
  now = WORLD_END + MINUTE;
  app = started();
  Object.assign(counts, { asked: 0, drawn: 0 });
});

/** How often a report of that address is made for this request, as [asked at all, drawn]. */
async function madeFor(path: string, at = now): Promise<[boolean, number]> {
  now = at;
  const before = { ...counts };
  expect((await app.request(path)).status).toBe(200);
  return [counts.asked > before.asked, counts.drawn - before.drawn];
}
const NOT: [boolean, number] = [false, 0];
const ANEW: [boolean, number] = [true, 1];

test('a time that is over is told again for an hour, unless more was read of it', async () => {
  const made = now;
  expect(await madeFor(PAST)).toEqual(ANEW);
  expect(await madeFor(PAST, made + 59 * MINUTE)).toEqual(NOT);
  expect(await madeFor('/report/latest.pdf')).toEqual(NOT);
  expect(await madeFor(`${PAST}?paper=letter`)).toEqual(ANEW);
  expect(await madeFor(`${PAST}?zone=Europe/Berlin`)).toEqual(ANEW);
  expect(await madeFor(PAST, made + HOUR + SECOND)).toEqual(ANEW);
  const noon = parseInstant('2026-10-06T12:00Z');
  await db`
    insert into window_read (from_at, until_at, source, read_at)
    values (${noon}, ${noon + MINUTE}, 'import', ${now + MINUTE})`;
  expect(await madeFor(PAST, now + 2 * MINUTE)).toEqual(ANEW);
  expect(await madeFor(PAST, now + MINUTE)).toEqual(NOT);
});

test('a time that goes on is told again for half a minute', async () => {
  const made = now;
  expect(await madeFor(RUNNING)).toEqual(ANEW);
  expect(await madeFor(RUNNING, made + 29 * SECOND)).toEqual(NOT);
  expect(await madeFor(RUNNING, made + 31 * SECOND)).toEqual(ANEW);
});

test('those who ask at once get one', async () => {
  await Promise.all(Array.from({ length: 5 }, () => app.request(PAST)));
  expect(counts.drawn).toBe(1);
});

test('the ETag names the bytes', async () => {
  const first = await app.request(PAST);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\da-f]{32}"$/);
  expect(first.headers.get('cache-control')).toBe('no-cache');
  const ask = (path: string, tag: string) => app.request(path, { headers: { 'If-None-Match': tag } });
  const same = await ask(PAST, `"other", W/${etag}`);
  expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
  expect(same.headers.get('cache-control')).toBe('no-cache');
  expect((await ask(PAST, '"other"')).status).toBe(200);
  expect((await ask(`${PAST}?zone=Europe/Berlin`, etag)).status).toBe(200);
  // Another process makes the same bytes of the same data, and the same name.
  app = started();
  expect((await ask(PAST, etag)).status).toBe(304);
});

test('HEAD makes nothing, and names what is kept', async () => {
  const head = (path: string) => app.request(path, { method: 'HEAD' });
  const day = '/report/2026-10-05.pdf';
  const bare = await head(day);
  expect([bare.status, bare.headers.get('content-type'), bare.headers.get('etag')]).toEqual([
    200,
    'application/pdf',
    null,
  ]);
  expect(bare.headers.get('content-disposition')).toContain('bandcamp-2026-10-05.pdf');
  expect((await head('/report/2026-02-30.pdf')).status).toBe(400);
  expect(counts).toEqual({ asked: 0, drawn: 0 });
  const etag = (await app.request(day)).headers.get('etag');
  expect((await head(day)).headers.get('etag')).toBe(etag);
});

test('many at once: some are made, the others are told to come again', async () => {
  const days = Array.from(
    { length: 20 },
    (_, day) => `/report/2026-09-${String(day + 1).padStart(2, '0')}.pdf`,
  );
  const answers = await Promise.all(days.map(async day => app.request(day)));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeLessThan(20);
  for (const { status, headers } of refused)
    expect([status, headers.get('retry-after')]).toEqual([503, '20']);
  expect(refused.length).toBeGreaterThan(0);
  expect(counts.drawn).toBe(20 - refused.length);
});
