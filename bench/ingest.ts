/**
 * How fast sales get from the feed's form into the database with all sums, beside a bare COPY of the same
 * rows and a loader that goes row by row.
 */
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readFeed } from '../src/bandcamp/feed.ts';
import { formatCount } from '../src/core/numbers.ts';
import type { FeedSale } from '../src/core/sale.ts';
import { DAY, HOUR, parseInstant, SECOND } from '../src/core/time/instant.ts';
import { connect, type Sql } from '../src/db/connect.ts';
import { openEmbedded } from '../src/db/embedded.ts';
import { type CopyType, copyRows } from '../src/db/write/copy.ts';
import { silentLog } from '../src/log.ts';
import { createWorld } from '../src/simulation/world.ts';
import { startNode } from '../test/support/process.ts';

const FROM = parseInstant('2026-08-01');
/** As in 2026: 25 million a year. */
const SALES_A_DAY = 68_000;
/** Enough to be steady, few enough to be borne. */
const ROW_BY_ROW = 3_000;
/** Whose time `pg_stat_statements` shows for which step, the first that matches. */
const STAGES: [string, RegExp][] = [
  [
    'names: look-up, new pages, items, artists',
    /\bnamed\b|insert into country\b|update item\b|copy "(item|artist|page|seller)"|nextval/,
  ],
  ['statistics, what tags are', /^\s*analyze|with sold as/],
  ['staging by COPY', /copy "staged"|create temporary table "staged"/],
  ['which sales count', /judged|with other as/],
  ['dedupe', /delete from staged|update sale set checkout_at|max\(at\) as at from sale/],
  ['sales and their indexes', /insert into sale\b|temporary table fresh/],
  ['sums by artist, seller, page, country', /(artist|seller|page)_day|country_hour|format_hour/],
  ['sums and sales by tag', /tagged|tag_(hour|day|sale)/],
];

/** @param args how many sales: 1,000,000 unless given */
export async function ingestBench([sales = '1000000']: string[]): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'bandcamp-tracker-bench-'));
  await chmod(folder, 0o755);
  const server = await openEmbedded(folder, silentLog, {
    settings: { shared_preload_libraries: 'pg_stat_statements', max_wal_size: '4GB' },
  });
  const db = connect(server.url, { max: 1 });
  try {
    const world = createWorld({
      seed: 1,
      salesADay: SALES_A_DAY,
      artists: Math.round((SALES_A_DAY * 365) / 24.6),
      start: FROM,
    });
    const until = FROM + Math.ceil((Number(sales) / SALES_A_DAY) * 24) * HOUR;
    const file = (name: string) => join(folder, name);
    let rows = 0;
    function* feed() {
      for (let at = FROM; at < until; at += HOUR / 6) {
        const response = world.feedResponse(
          at / SECOND,
          (at + HOUR / 6) / SECOND,
          (at + HOUR / 6) / SECOND + 11,
        );
        for (const { items } of response.events) rows += items.length;
        yield `${JSON.stringify(response)}\n`;
      }
    }
    function* facts() {
      for (const page of world.pageFacts(FROM, FROM + DAY)) yield `${JSON.stringify(page)}\n`;
    }
    await pipeline(Readable.from(feed()), createWriteStream(file('feed')));
    await pipeline(Readable.from(facts()), createWriteStream(file('pages')));
    // The first day's pages, so that genres are summed up from the start as in a service that runs.
    await importFile(server.url, file('pages'));
    await db`create extension pg_stat_statements`;
    await db`select pg_stat_statements_reset()`;
    const loaded = await importFile(server.url, file('feed'));
    const stages = await stageTimes(db);
    const parsed = parseAlone(world, until);
    const own = rows / loaded.seconds;
    const bare = await bareCopy(db, parsed.sales);
    const each = await rowByRow(db, parsed.sales.slice(0, ROW_BY_ROW));
    const line = (what: string, count: number, seconds: number, more: string): string[] => [
      what,
      formatCount(count),
      seconds.toFixed(1),
      formatCount(Math.round(count / seconds)),
      more,
    ];
    return [
      ['ingest', 'rows', 'seconds', 'rows/s', 'beside'],
      line('validate → dedupe → load → sums', rows, loaded.seconds, `peak ${Math.round(loaded.peakMb)} MB`),
      line('  parse and validate alone', parsed.count, parsed.seconds, 'in the other process'),
      ...stages.map(([what, seconds]) => line(`  ${what}`, rows, seconds, 'in the server')),
      line(
        'bare COPY, no index',
        bare.count,
        bare.seconds,
        `1/${(bare.count / bare.seconds / own).toFixed(1)} of it`,
      ),
      line(
        'row by row',
        each.count,
        each.seconds,
        `${Math.round(own / (each.count / each.seconds))} times it`,
      ),
    ];
  } finally {
    await db.end();
    await server.leave();
    await rm(folder, { recursive: true, force: true });
  }
}

async function importFile(url: string, file: string): Promise<{ seconds: number; peakMb: number }> {
  const run = startNode('bench/measured.ts', ['src/cli.ts', 'import', file], {
    DATABASE_URL: url,
    LOG_LEVEL: 'silent',
    // As `npm run cli` has it.
    NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=150',
  });
  if ((await run.exited) !== 0) throw new Error(run.stderr());
  return JSON.parse(run.stderr().trim().split('\n').at(-1) ?? '');
}

async function stageTimes(db: Sql): Promise<[string, number][]> {
  const statements = await db<{ query: string; ms: number }[]>`
    select query, total_exec_time as ms from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database())`;
  const total = new Map<string, number>(STAGES.map(([what]) => [what, 0]));
  for (const { query, ms } of statements) {
    const stage = STAGES.find(([, pattern]) => pattern.test(query))?.[0] ?? 'the rest';
    total.set(stage, (total.get(stage) ?? 0) + ms / 1000);
  }
  return [...total];
}

/** The reading alone, and some of the sales for the peers. */
function parseAlone(
  world: ReturnType<typeof createWorld>,
  until: number,
): { sales: FeedSale[]; count: number; seconds: number } {
  const sales: FeedSale[] = [];
  let [count, seconds] = [0, 0];
  for (let at = FROM; at < until && count < 300_000; at += HOUR / 6) {
    const text = JSON.stringify(
      world.feedResponse(at / SECOND, (at + HOUR / 6) / SECOND, (at + HOUR / 6) / SECOND + 11),
    );
    const began = performance.now();
    const answer = readFeed(JSON.parse(text));
    seconds += (performance.now() - began) / 1000;
    if (answer.kind !== 'sales') continue;
    count += answer.sales.length;
    for (const sale of answer.sales) sales.push(sale);
  }
  return { sales, count, seconds };
}

const BARE: Record<string, CopyType> = {
  at: 'timestamptz',
  checkout_at: 'timestamptz',
  page: 'text',
  host: 'text',
  type: 'text',
  title: 'text',
  artist: 'text',
  units: 'integer',
  amount_minor: 'bigint',
  currency: 'text',
  usd_cents: 'bigint',
  country: 'text',
};

/**
 * The server's own speed: the same sales, already in the binary format of COPY, into a table without any
 * index.
 */
async function bareCopy(db: Sql, sales: readonly FeedSale[]): Promise<{ count: number; seconds: number }> {
  await db.unsafe(
    `create table bare (${Object.entries(BARE)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})`,
  );
  await db.begin(sql =>
    copyRows(
      sql,
      'bare',
      BARE,
      sales
        .values()
        .map(sale => [
          sale.at,
          sale.checkoutAt,
          sale.page,
          sale.seller,
          sale.itemType,
          sale.title,
          sale.artist,
          sale.units,
          sale.amountMinor,
          sale.currency,
          sale.amountUsdCents,
          sale.countryCode,
        ]),
    ),
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of await db`copy bare to stdout (format binary)`.readable()) chunks.push(chunk);
  await db`truncate bare`;
  const began = performance.now();
  await db.begin(async sql => {
    await pipeline(Readable.from(chunks), await sql`copy bare from stdin (format binary)`.writable());
  });
  return { count: sales.length, seconds: (performance.now() - began) / 1000 };
}

/**
 * The way of a first version: for each sale look up its item, insert what is missing, look whether the sale
 * is there, insert it.
 */
async function rowByRow(db: Sql, sales: readonly FeedSale[]): Promise<{ count: number; seconds: number }> {
  await db`
    create table plain_item (
      id bigint generated always as identity primary key, url text unique, title text, artist text
    )`;
  await db`
    create table plain_sale (
      id bigint generated always as identity primary key, at timestamptz,
      item_id bigint references plain_item, usd_cents bigint, country text
    )`;
  await db`create index on plain_sale (at, item_id)`;
  const began = performance.now();
  for (const { at, page, title, artist, amountUsdCents, countryCode } of sales) {
    let [item] = await db<{ id: number }[]>`select id from plain_item where url = ${page}`;
    if (!item)
      [item] = await db<
        { id: number }[]
      >`insert into plain_item (url, title, artist) values (${page}, ${title}, ${artist}) returning id`;
    const id = item?.id ?? 0;
    const [known] = await db`select from plain_sale where at = ${at} and item_id = ${id}`;
    if (!known)
      await db`
        insert into plain_sale (at, item_id, usd_cents, country)
        values (${at}, ${id}, ${amountUsdCents}, ${countryCode})`;
  }
  return { count: sales.length, seconds: (performance.now() - began) / 1000 };
}
