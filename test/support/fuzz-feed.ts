/** Mutated answers of the feed, and an oracle that tells from the record alone what its sale must be. */
import { BadFeed, parseFeed } from '../../src/bandcamp/feed.ts';
import { decimalsOf } from '../../src/core/money.ts';
import { codeOf, countryCodes } from '../../src/core/places/country.ts';
import type { FeedReject, FeedSale } from '../../src/core/sale.ts';
import { DAY, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { createWorld } from '../../src/simulation/world.ts';
import { type Aims, aimAt, below, type Chance, mutateJson, mutateText, pick, seeded } from './mutate.ts';
import { NOON } from './sales.ts';

const world = createWorld({ seed: 11, salesADay: 10_000, artists: 1_000, start: NOON, days: 1 });
/** Ten answers of a minute, as text: each case mutates one of them. */
const bodies = Array.from({ length: 10 }, (_, n) => {
  const from = (NOON + n * MINUTE) / SECOND;
  return JSON.stringify(world.feedResponse(from, from + 60, from + 71));
});

/** What the world really sold: whatever happens around it, it is lost only with its event or its window. */
const sold = new Set(
  bodies.flatMap(body =>
    (JSON.parse(body) as { events: { items: unknown[] }[] }).events.flatMap(({ items }) =>
      items.map(item => JSON.stringify(item)),
    ),
  ),
);

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && value >= 1_199_145_600 && value <= 4_102_444_800;

/** Buffers write lone surrogates as U+FFFD, as Postgres's clients do. */
const kept = (value: unknown): string => Buffer.from(String(value)).toString().replaceAll('\0', '\ufffd');

const isExact = (minor: number | null, amount: unknown, currency: string): boolean => {
  if (amount === null || amount === undefined) return minor === null;
  if (minor === null || !Number.isSafeInteger(minor) || minor < 0 || !Number.isFinite(amount)) return false;
  // Half a minor unit, and what a double of 15 digits cannot tell.
  const scaled = (amount as number) * 10 ** decimalsOf(currency);
  return Math.abs(minor - scaled) <= 0.5 + Math.abs(scaled) * 1e-14 + 1e-9;
};

const TEXTS = ['artist_name', 'item_description', 'album_title', 'country', 'country_code', 'art_url'];
const NUMBERS = ['item_price', 'amount_paid_usd', 'package_image_id', 'addl_count'];

/** A field of another type than the feed gives it, which nobody may read as something. */
const mistyped = (item: Json): string | undefined =>
  [...TEXTS, 'url', 'currency'].find(name => item[name] != null && typeof item[name] !== 'string') ??
  [...NUMBERS, 'amount_paid', 'utc_date'].find(name => item[name] != null && typeof item[name] !== 'number');

/** As a reject keeps it: `null` would be a value that is not there. Undefined where it nests too deep. */
function written(record: unknown): string | undefined {
  try {
    return JSON.stringify(record, (_, value) =>
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    );
  } catch {
    return undefined;
  }
}

/** What is stored nowhere is read where it is an id, and costs no sale otherwise. */
const idOrNull = (value: unknown): number | null =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;

/** With escapes in capitals, none of letters and digits, and single slashes. */
const plainPath = (path: string): string =>
  path
    .replace(/%[\da-f]{2}/gi, code => {
      const letter = decodeURIComponent(/%[0-7]/.test(code) ? code : '%25');
      return /[\w.~-]/.test(letter) ? letter : code.toUpperCase();
    })
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');

/** Why this sale is not what the record says; null where it is. */
function wrongIn(sale: FeedSale, item: Json, event: Json): string | null {
  const odd = mistyped(item);
  if (odd) return `${odd} is ${typeof item[odd]}`;
  const currency = String(item.currency).toUpperCase();
  const url = new URL(String(item.url).trim().replace(/^\/\//, 'https://'));
  const host = url.host.replace(/\.(?=:|$)/, '');
  const wanted: Partial<FeedSale> = {
    at: Math.round((item.utc_date as number) * 1e6),
    checkoutAt: Math.round((event.utc_date as number) * 1e6),
    seller: host,
    page: `https://${host}${plainPath(url.pathname)}`,
    itemType: item.item_type as FeedSale['itemType'],
    slugType: (['a', 't', 'p'] as const).find(type => type === item.slug_type) ?? null,
    packageImageId: (item.package_image_id ?? null) as number | null,
    artId: idOrNull(item.art_id),
    releases: idOrNull(item.releases),
    title: kept(item.item_description ?? ''),
    albumTitle: item.album_title == null ? null : kept(item.album_title),
    artist: kept(item.artist_name ?? ''),
    units: 1 + ((item.addl_count as number | null | undefined) ?? 0),
    currency,
    countryName: item.country ? kept(item.country) : null,
    artUrl: item.art_url ? kept(item.art_url) : null,
  };
  for (const [key, value] of Object.entries(wanted)) {
    if (sale[key as keyof FeedSale] !== value)
      return `${key} is ${sale[key as keyof FeedSale]}, wanted ${value}`;
  }
  if (!isExact(sale.amountMinor, item.amount_paid, currency))
    return `amount ${sale.amountMinor} of ${item.amount_paid}`;
  if (!isExact(sale.itemPriceMinor, item.item_price, currency))
    return `price ${sale.itemPriceMinor} of ${item.item_price}`;
  if (!isExact(sale.amountUsdCents, item.amount_paid_usd, 'USD'))
    return `dollars ${sale.amountUsdCents} of ${item.amount_paid_usd}`;
  if (!/^[A-Z]{3}$/.test(currency) || !['a', 't', 'p', 'b'].includes(sale.itemType))
    return 'no such currency or type';
  if (!/^https:\/\/[!-~]+$/.test(sale.page) || /[?#]/.test(sale.page) || sale.page.length > 1000)
    return `page ${sale.page}`;
  if (sale.countryCode !== null && !countryCodes.includes(sale.countryCode))
    return `country ${sale.countryCode}`;
  const code = codeOf(String(item.country_code ?? '')) ?? codeOf(String(item.country ?? ''));
  return sale.countryCode === code ? null : `country ${sale.countryCode}, wanted ${code}`;
}

export interface FeedCase {
  sales: FeedSale[];
  rejects: FeedReject[];
  /** The body was no answer of the feed at all. */
  bad: boolean;
}

const AIMS: Aims = {
  artist_name: 'texts',
  item_description: 'texts',
  album_title: 'texts',
  country: 'texts',
  art_url: 'texts',
  currency: 'codes',
  country_code: 'codes',
  item_type: 'codes',
  slug_type: 'codes',
  url: 'addresses',
  amount_paid: 'numbers',
  item_price: 'numbers',
  amount_paid_usd: 'numbers',
  utc_date: 'numbers',
  addl_count: 'numbers',
  art_id: 'numbers',
  package_image_id: 'numbers',
  releases: 'numbers',
};

/** Makes the mutated body of this seed. */
export function mutatedBody(seed: number): string {
  const chance = seeded(seed);
  const body = pick(chance, bodies);
  const times = 1 + below(chance, 4);
  if (chance() < 0.3) return repeat(chance, times, body);
  const json = JSON.parse(body) as { events: unknown[] };
  // Most of an answer's nodes are in its items; so that its own fields have their share, few events.
  json.events.splice(2 + below(chance, 4));
  const items = json.events.flatMap(event => (event as { items: object[] }).items);
  for (let n = 0; n < times; n += 1) {
    if (chance() < 0.5) aimAt(chance, pick(chance, items), AIMS);
    else mutateJson(chance, json);
  }
  const text = JSON.stringify(chance() < 0.1 ? { feed_data: json } : json);
  return chance() < 0.2 ? mutateText(chance, text) : text;
}

const repeat = (chance: Chance, times: number, text: string): string =>
  Array.from({ length: times }).reduce<string>(mutated => mutateText(chance, mutated), text);

/**
 * Parses the body of a seed and holds every sale and reject to its record.
 * @throws Error that names the seed and what is wrong
 */
export function tryFeed(seed: number): FeedCase {
  const body = mutatedBody(seed);
  const fail = (what: string): never => {
    throw new Error(`feed body of seed ${seed}: ${what}`);
  };
  let batch: ReturnType<typeof parseFeed>;
  try {
    batch = parseFeed(body);
  } catch (error) {
    if (!(error instanceof BadFeed) || error.message.length > 3000)
      fail(`threw ${String(error).slice(0, 300)}`);
    return { sales: [], rejects: [], bad: true };
  }
  if (batch.kind === 'nothing-yet') return { sales: [], rejects: [], bad: false };
  const json = JSON.parse(body) as Json;
  const inner = (json.feed_data ?? json) as Json;
  if (batch.from !== Math.round((inner.start_date as number) * 1e6)) fail('window begins elsewhere');
  if (batch.until !== Math.round((inner.end_date as number) * 1e6)) fail('window ends elsewhere');
  const stray = batch.sales.find(({ at }) => at < batch.from - 2 * DAY || at > batch.until + 2 * DAY);
  if (stray) fail(`sold at ${stray.at}, outside the window`);
  const sales = batch.sales.values();
  const rejects = batch.rejects.values();
  let next = sales.next();
  const refused = (record: unknown, path: (raw: { events: Json[] }) => unknown) => {
    const { value: reject, done } = rejects.next();
    if (done) return fail(`nothing became of ${JSON.stringify(record)?.slice(0, 300)}`);
    if (sold.has(written(record) ?? '') && !reject.reason.startsWith('absurd-date'))
      fail(`lost a sale: ${reject.reason}`);
    if (!/^[a-z-]+: ./s.test(reject.reason) || reject.reason.length > 500) fail(`reason ${reject.reason}`);
    if (reject.raw.includes('\0') || !reject.raw.isWellFormed() || reject.raw.length > 20_000)
      fail('raw cannot be stored');
    if (reject.raw.length < 20_000 && !reject.raw.startsWith('"nested')) {
      if (JSON.stringify(path(JSON.parse(reject.raw))) !== written(record)) fail('raw is another record');
    }
  };
  for (const event of inner.events as unknown[]) {
    const isSale =
      isRecord(event) &&
      event.event_type === 'sale' &&
      isSeconds(event.utc_date) &&
      Array.isArray(event.items) &&
      event.items.length > 0;
    if (!isSale) refused(event, raw => raw.events[0]);
    else
      for (const item of event.items as unknown[]) {
        const wrong = next.done || !isRecord(item) ? 'no sale left' : wrongOrNone(next.value, item, event);
        if (wrong === null) next = sales.next();
        else refused(item, raw => (raw.events[0]?.items as unknown[] | undefined)?.[0]);
      }
  }
  if (!next.done) fail(`a sale of no record: ${JSON.stringify(next.value)}`);
  if (!rejects.next().done) fail('a reject of no record');
  return { sales: batch.sales, rejects: batch.rejects, bad: false };
}

function wrongOrNone(sale: FeedSale, item: Json, event: Json): string | null {
  try {
    return wrongIn(sale, item, event);
  } catch (error) {
    return String(error);
  }
}
