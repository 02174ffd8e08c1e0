/**
 * How fast `import` loads, by the real command in a process of its own, beside a bare COPY of the same rows
 * on the same server.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatCount } from '../src/core/numbers.ts';
import { DAY, parseInstant, SECOND } from '../src/core/time/instant.ts';
import { connect, type Sql } from '../src/db/connect.ts';
import { openEmbedded } from '../src/db/embedded.ts';
import { silentLog } from '../src/log.ts';
import { createWorld } from '../src/simulation/world.ts';
import { csvLines, type RawItem } from '../test/support/history.ts';
import { startNode } from '../test/support/process.ts';

const FROM = parseInstant('2026-08-01');
const DAYS = 60;
/** Of one feed response. */
const SPAN_SECONDS = 600;

const databaseUrl = (server: string, name: string): string =>
  Object.assign(new URL(server), { pathname: `/${name}` }).href;

interface Measured {
  what: string;
  rows: number;
  seconds: number;
  peakMb?: number;
}

/**
 * The demo's history (60 days of 4,000 sales), its pages, each of them again, and the public CSV's form of
 * the simulated million.
 */
export async function importBench([sales = '200000']: string[]): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-bench-'));
  await chmod(folder, 0o755);
  const server = await openEmbedded(folder, silentLog);
  const admin = connect(server.url, { max: 1 });
  try {
    const file = (name: string) => join(folder, name);
    const counts = await writeFiles(file, Number(sales));
    await admin`create database small`;
    await admin`create database large`;
    const [small, large] = [databaseUrl(server.url, 'small'), databaseUrl(server.url, 'large')];
    const measured = [
      await measure('feed responses, JSON lines', counts.feed, small, file('feed')),
      await measure('  again', counts.feed, small, file('feed')),
      await measure('page facts, JSON lines', counts.pages, small, file('pages')),
      await measure('  again', counts.pages, small, file('pages')),
      await measure('the public CSV', counts.csv, large, file('csv')),
    ];
    const bare = await bareCopy(small);
    const rate = ({ rows, seconds }: Measured) => rows / seconds;
    return [
      ['import', 'rows', 'seconds', 'rows/s', 'peak MB', 'of bare COPY'],
      ...[...measured, bare].map(one => [
        one.what,
        formatCount(one.rows),
        one.seconds.toFixed(1),
        formatCount(Math.round(rate(one))),
        one.peakMb === undefined ? '' : formatCount(Math.round(one.peakMb)),
        `${((100 * rate(one)) / rate(bare)).toFixed(0)}%`,
      ]),
    ];
  } finally {
    await admin.end();
    await server.leave();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns how many sales and pages are in the files. */
async function writeFiles(
  file: (name: string) => string,
  csv: number,
): Promise<{ feed: number; pages: number; csv: number }> {
  const counts = { feed: 0, pages: 0, csv };
  const write = (name: string, lines: Iterable<string>) =>
    pipeline(Readable.from(lines), createWriteStream(file(name)));
  const world = createWorld({ seed: 1, salesADay: 4_000, artists: 70_000, start: FROM });
  function* feed() {
    const until = (FROM + DAYS * DAY) / SECOND;
    for (let from = FROM / SECOND; from < until; from += SPAN_SECONDS) {
      const response = world.feedResponse(from, from + SPAN_SECONDS, from + SPAN_SECONDS + 11);
      for (const { items } of response.events) counts.feed += items.length;
      yield `${JSON.stringify(response)}\n`;
    }
  }
  function* pages() {
    for (const facts of world.pageFacts(FROM, FROM + DAYS * DAY)) {
      counts.pages += 1;
      yield `${JSON.stringify(facts)}\n`;
    }
  }
  await write('feed', feed());
  await write('pages', pages());
  // As dense as the public one: a million sales in 22 days.
  const dense = createWorld({ seed: 2, salesADay: 45_000, artists: 600_000, start: FROM });
  function* items(): Generator<RawItem> {
    let left = csv;
    for (const event of dense.events(FROM, FROM + 366 * DAY))
      for (const item of event.items) {
        if (left === 0) return;
        left -= 1;
        yield item as unknown as RawItem;
      }
  }
  await write('csv', csvLines(items()));
  return counts;
}

async function measure(what: string, rows: number, url: string, file: string): Promise<Measured> {
  const run = startNode('bench/measured.ts', ['src/cli.ts', 'import', file], {
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
    // As `npm run cli` has it.
    NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=150',
  });
  if ((await run.exited) !== 0) throw new Error(run.stderr());
  const took = JSON.parse(run.stderr().trim().split('\n').at(-1) ?? '') as {
    seconds: number;
    peakMb: number;
  };
  return { what, rows, ...took };
}

/**
 * The sales as they are staged, with names instead of ids, copied out and in again: what the server can take
 * at the most.
 */
async function bareCopy(url: string): Promise<Measured> {
  const db = connect(url, { max: 1 });
  try {
    await db`
      create table bare as
      select sale.at, sale.checkout_at, page.url, host, item.type, item.package_image_id,
        item.title, item.album_title, item.art_url, artist.key, artist.name, various, units,
        amount_minor, currency, item_price_minor, amount_usd_cents,
        sale.country_code, country.name as country_name
      from sale
      join item on item.id = item_id
      join page on page.id = page_id
      join artist on artist.id = artist_id
      join seller on seller.id = sale.seller_id
      left join country on code = sale.country_code`;
    const chunks: Uint8Array[] = [];
    for await (const chunk of await db`copy bare to stdout`.readable()) chunks.push(chunk);
    await db`truncate bare`;
    const began = performance.now();
    await db.begin(sql => copyIn(sql, chunks));
    const seconds = (performance.now() - began) / 1000;
    const [row] = await db<{ rows: number }[]>`select count(*) as rows from bare`;
    return { what: 'bare COPY of these sales', rows: row?.rows ?? 0, seconds };
  } finally {
    await db.end();
  }
}

async function copyIn(sql: Pick<Sql, 'unsafe'>, chunks: readonly Uint8Array[]): Promise<void> {
  const stream = await sql.unsafe('copy bare from stdin').writable();
  for (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}
