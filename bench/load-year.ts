/**
 * Loads a year of simulated sales the quick way: by COPY with ids made here, then indexes, then the project's
 * own roll-ups.
 */
import { artistKey, isVariousArtists, withoutGuests } from '../src/core/artist.ts';
import { formatCount } from '../src/core/numbers.ts';
import { classifyTags } from '../src/core/tags/tag.ts';
import { simulatedClock } from '../src/core/time/clock.ts';
import { DAY, MINUTE, parseInstant } from '../src/core/time/instant.ts';
import { connect, type Sql } from '../src/db/connect.ts';
import { bumpDataVersion, markSimulated } from '../src/db/data-version.ts';
import { storedDays } from '../src/db/read/days.ts';
import { type CopyType, type CopyValue, copyRows, trustReferences } from '../src/db/write/copy.ts';
import { rebuildDay } from '../src/db/write/rollups.ts';
import { ensureSalePartitions, refreshStatistics } from '../src/db/write/sales.ts';
import { placeSellers } from '../src/db/write/seller-facts.ts';
import { judgeTagKinds } from '../src/db/write/tag-kinds.ts';
import { prepareDatabase } from '../src/jobs/prepare-database.ts';
import { recordTrendCalls } from '../src/jobs/record-trend-calls.ts';
import { silentLog } from '../src/log.ts';
import { createWorld } from '../src/simulation/world.ts';
import { countedJudge, type DaySale, readSale } from './year-sales.ts';
import { YEAR_FROM, YEAR_UNTIL } from './year-span.ts';

/** A year holds as many ordinary days of sales: Bandcamp Fridays and what is planted come on top. */
const ORDINARY_DAYS = 467;

const TABLES = {
  country: { code: 'text', name: 'text' },
  seller: { id: 'bigint', host: 'text' },
  artist: { id: 'bigint', key: 'text', name: 'text', first_spelling: 'text', various: 'boolean' },
  page: {
    ...({
      id: 'bigint',
      url: 'text',
      seller_id: 'bigint',
      title: 'text',
      artist_name: 'text',
      place: 'text',
    } as const),
    ...({ published: 'timestamptz', state: 'text', next_ask_at: 'timestamptz' } as const),
  },
  tag: { id: 'bigint', key: 'text', name: 'text', kind: 'text' },
  page_tag: { page_id: 'bigint', tag_id: 'bigint', position: 'integer', is_place: 'boolean' },
  item: {
    ...({ id: 'bigint', page_id: 'bigint', type: 'text', package_image_id: 'bigint' } as const),
    ...({ title: 'text', album_title: 'text', art_url: 'text' } as const),
  },
  sale: {
    ...({ at: 'timestamptz', item_id: 'bigint', artist_id: 'bigint', seller_id: 'bigint' } as const),
    ...({
      checkout_at: 'timestamptz',
      country_code: 'text',
      units: 'integer',
      amount_minor: 'bigint',
    } as const),
    ...({
      currency: 'text',
      amount_usd_cents: 'bigint',
      item_price_minor: 'bigint',
      among_first: 'boolean',
      counted: 'boolean',
    } as const),
  },
} as const satisfies Record<string, Record<string, CopyType>>;
type Table = keyof typeof TABLES;
type Rows = Record<Table, CopyValue[][]>;

const emptyRows = (): Rows =>
  ({
    country: [],
    seller: [],
    artist: [],
    page: [],
    tag: [],
    page_tag: [],
    item: [],
    sale: [],
  }) satisfies Rows;

/**
 * Fills an empty database with about `sales` sales of a world of that size, as the import of its feed and
 * pages would, but for later names of renamed items. `say` gets a line now and then.
 */
async function loadYear(db: Sql, sales: number, say: (line: string) => void): Promise<void> {
  await prepareDatabase({ db, log: silentLog });
  const days = Array.from({ length: 365 }, (_, n) => YEAR_FROM + n * DAY);
  await ensureSalePartitions(db, days);
  const indexes = await dropIndexes(db);
  await storeYear(db, sales, say);
  for (const { table, definition } of indexes) {
    say(`index of ${table}`);
    await db.unsafe(definition);
  }
  // As 0009 has it.
  for (const index of ['artist_by_name', 'item_by_title'])
    await db.unsafe(`alter index ${index} alter column 1 set statistics 0`);
  say('statistics');
  await refreshStatistics(db);
  const clock = simulatedClock(YEAR_UNTIL + MINUTE, 1);
  await judgeTagKinds({ db, clock }, YEAR_UNTIL);
  // The empty database's were placed already.
  await db`delete from job where name like 'seller-places%'`;
  await placeSellers(db);
  await rollUp(db, say);
  await db`vacuum analyze`;
  const late = { db, clock: simulatedClock(YEAR_UNTIL + 2 * MINUTE, 1) };
  for (let called = 0; (await recordTrendCalls(late)) !== undefined; called += 1)
    say(`calls of day ${called + 1}`);
  await db.begin(bumpDataVersion);
  await markSimulated(db);
}

/**
 * All but those of constraints: a million entries at once take a fraction of the time that they take one by
 * one.
 */
async function dropIndexes(db: Sql): Promise<{ table: string; definition: string }[]> {
  const found = await db<{ name: string; table: string; definition: string }[]>`
    select index.relname as name, holder.relname as table, pg_get_indexdef(index.oid) as definition
    from pg_index join pg_class index on index.oid = indexrelid join pg_class holder on holder.oid = indrelid
    where holder.relname in ('artist', 'item', 'page_tag', 'sale', 'page')
      and not indisprimary and not indisunique`;
  for (const { name } of found) await db`drop index ${db(name)}`;
  return found.map(({ table, definition }) => ({
    table,
    definition: definition.replace(' ON ONLY ', ' ON '),
  }));
}

/** When styles are judged for the first time, so that most of their sums come with the days' own. */
const FIRST_JUDGED = YEAR_FROM + 10 * DAY;

async function storeYear(db: Sql, sales: number, say: (line: string) => void): Promise<void> {
  const world = createWorld({
    seed: 1,
    salesADay: sales / ORDINARY_DAYS,
    artists: Math.max(5_000, Math.round(sales / 24.6)),
    start: YEAR_FROM,
  });
  const tags = new Map(
    (await db<{ id: number; key: string }[]>`select id, key from tag`).map(tag => [tag.key, tag.id]),
  );
  let nextTag = Math.max(0, ...tags.values()) + 1;
  const known = {
    pages: new Map<string, number>(),
    items: new Map<string, number>(),
    countries: new Set<string>(),
  };
  const artists = new Map<string, { id: number; various: boolean }>();
  const byName = new Map<string, { id: number; various: boolean }>();
  const sellers = new Map<string, number>();
  /** By item's id. */
  const sellerOf: number[] = [0];
  const pageSeller: number[] = [0];
  let rows = emptyRows();

  function sellerId(host: string): number {
    let id = sellers.get(host);
    if (id === undefined) {
      id = sellers.size + 1;
      sellers.set(host, id);
      rows.seller.push([id, host]);
    }
    return id;
  }

  function artistOf(name: string, host: string): { id: number; various: boolean } {
    const given = byName.get(name || host);
    if (given) return given;
    const spelling = name && artistKey(name) ? withoutGuests(name) : host;
    const key = artistKey(name) || artistKey(host);
    let artist = artists.get(key);
    if (!artist) {
      artist = { id: artists.size + 1, various: isVariousArtists(spelling) };
      artists.set(key, artist);
      rows.artist.push([artist.id, key, spelling, spelling, artist.various]);
    }
    byName.set(name || host, artist);
    return artist;
  }

  function pageId(url: string, host: string, at: number): number {
    const found = known.pages.get(url);
    if (found !== undefined) return found;
    const id = known.pages.size + 1;
    known.pages.set(url, id);
    const seller = sellerId(host);
    pageSeller.push(seller);
    const facts = world.facts(url, at);
    if (!facts) {
      rows.page.push([id, url, seller, null, null, null, null, 'gone', at + 30 * DAY]);
      return id;
    }
    const { title, artist, location, published } = facts;
    const dated = published === null ? null : parseInstant(published);
    rows.page.push([id, url, seller, title, artist, location, dated, 'read', at + 90 * DAY]);
    const told = new Set<number>();
    classifyTags(facts.tags, { place: location }).forEach(({ key, name, kind }, position) => {
      if (!key) return;
      let tag = tags.get(key);
      if (tag === undefined) {
        tag = nextTag++;
        tags.set(key, tag);
        rows.tag.push([tag, key, name, kind]);
      }
      if (told.has(tag)) return;
      told.add(tag);
      rows.page_tag.push([id, tag, position + 1, kind === 'place']);
    });
    return id;
  }

  function take(sale: ReturnType<typeof readSale>): DaySale {
    const { at, page, host, country } = sale;
    if (country && !known.countries.has(country.code)) {
      known.countries.add(country.code);
      rows.country.push([country.code, country.name]);
    }
    const key = `${page} ${sale.type}${sale.packageImageId ?? ''}`;
    let item = known.items.get(key);
    if (item === undefined) {
      item = known.items.size + 1;
      known.items.set(key, item);
      const on = pageId(page, host, at);
      sellerOf.push(pageSeller[on] as number);
      rows.item.push([item, on, sale.type, sale.packageImageId, sale.title, sale.albumTitle, sale.artUrl]);
    }
    const artist = artistOf(sale.artist, host);
    return { ...sale, item, artist: artist.id, various: artist.various, seller: sellerOf[item] as number };
  }

  const judge = countedJudge();
  let storing: Promise<void> = Promise.resolve();
  let [stored, late, began] = [0, [] as DaySale[], performance.now()];
  for (let day = YEAR_FROM; day < YEAR_UNTIL; day += DAY) {
    const until = Math.min(day + DAY, YEAR_UNTIL);
    const sold = late;
    for (const event of world.events(day, until))
      for (const item of event.items) sold.push(take(readSale(item, event)));
    late = sold.filter(({ at }) => at >= until);
    const today = judge(sold.filter(({ at }) => at < until));
    for (const sale of today)
      rows.sale.push([
        sale.at,
        sale.item,
        sale.artist,
        sale.seller,
        sale.checkoutAt,
        sale.country?.code ?? null,
        sale.units,
        sale.amountMinor,
        sale.currency,
        sale.usdCents,
        sale.priceMinor,
        sale.amongFirst,
        sale.counted,
      ]);
    stored += today.length;
    const [batch, last] = [rows, storing];
    rows = emptyRows();
    await last;
    storing = store(db, batch);
    storing.catch(() => {});
    if (((day - YEAR_FROM) / DAY) % 10 === 0) {
      const seconds = Math.round((performance.now() - began) / 1000);
      say(`${formatCount(stored)} sales, ${formatCount(known.items.size)} items, ${seconds} s`);
    }
    if (day === FIRST_JUDGED) {
      await storing;
      await judgeTagKinds({ db, clock: simulatedClock(day, 1) }, day);
    }
  }
  await storing;
  for (const table of ['seller', 'artist', 'page', 'tag', 'item'])
    await db.unsafe(`select setval('${table}_id_seq', (select max(id) from ${table}))`);
  // A service that reads the feed stores a window each minute.
  await db`
    insert into window_read (from_at, until_at, source, read_at)
    select at, at + interval '1 minute', 'feed', at + interval '1 minute'
    from generate_series(
      ${YEAR_FROM}::timestamptz, ${YEAR_UNTIL - MINUTE}::timestamptz, interval '1 minute'
    ) as at`;
  say(
    `${formatCount(stored)} sales, ${formatCount(known.items.size)} items, ` +
      `${formatCount(artists.size)} artists, ${formatCount(known.pages.size)} pages`,
  );
}

const store = (db: Sql, rows: Rows): Promise<void> =>
  db.begin(async sql => {
    await trustReferences(sql);
    for (const table of Object.keys(TABLES) as Table[])
      await copyRows(sql, table, TABLES[table], rows[table]);
  }) as Promise<void>;

/** Connections that roll up days side by side: as many as a small machine has cores. */
const SIDE_BY_SIDE = 2;

async function rollUp(db: Sql, say: (line: string) => void): Promise<void> {
  const days = (await storedDays(db)).values();
  let done = 0;
  const worker = async () => {
    for (const day of days) {
      await db.begin(async sql => {
        // By index, whatever the statistics of its temporary tables say.
        await sql`set local enable_seqscan = off`;
        await sql`set local random_page_cost = 1.1`;
        await rebuildDay(sql, day);
      });
      done += 1;
      if (done % 30 === 0) say(`${done} days rolled up`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

const [url = '', sales = ''] = process.argv.slice(2);
const db = connect(url, { max: SIDE_BY_SIDE + 1 });
const began = performance.now();
await loadYear(db, Number(sales), line => {
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stderr.write(`${String(seconds).padStart(6)} s  ${line}\n`);
});
await db.end();
