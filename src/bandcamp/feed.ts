/** The public sales feed: its addresses, and its answers made into sales and rejects. */
import { z } from 'zod';
import { normalisePage } from '../core/address.ts';
import { messageOf } from '../core/errors.ts';
import { toMinor } from '../core/money.ts';
import { codeOf } from '../core/places/country.ts';
import type { FeedBatch, FeedReject, FeedSale } from '../core/sale.ts';
import { storable } from '../core/text.ts';
import { ceilTo, DAY, floorTo, type Instant, instantFromSeconds, SECOND } from '../core/time/instant.ts';
import type { Window } from '../core/time/window.ts';
import { Refused, refusalOf, Unavailable } from './blocked-response.ts';
import type { Http } from './client.ts';

/** The body is no answer of the feed at all. */
export class BadFeed extends Error {
  constructor(reason: string, body: string) {
    super(`not the sales feed: ${reason}: ${JSON.stringify(body.slice(0, 200))}`);
    this.name = 'BadFeed';
  }
}

const ADDRESS = 'https://bandcamp.com/api/salesfeed/1';
const RAW_LIMIT = 20_000;
/** After an outage one answer can hold many hours: twelve of them are about 20 MB in 2026. */
const BODY_LIMIT = 32_000_000;

/** 2008-01-01, the year Bandcamp opened, to 2100: seconds outside are milliseconds or nonsense. */
const seconds = z.number().min(1_199_145_600).max(4_102_444_800);
const amount = z.number().nonnegative();
const id = z.int().nonnegative();
// No transforms in the schema: each would cost more than all its checks. `storable` is applied to what is
// kept.
const name = (limit: number) => z.string().max(limit);

/** What is stored nowhere costs no sale, whatever it has become: `slug_type`, `art_id`, `releases`. */
const item = z.object({
  utc_date: seconds,
  artist_name: name(1000).nullish(),
  item_type: z.enum(['a', 't', 'p', 'b']),
  item_description: name(2000).nullish(),
  album_title: name(2000).nullish(),
  slug_type: z.unknown().optional(),
  currency: z.string().regex(/^[a-z]{3}$/i, 'expected three letters'),
  amount_paid: amount,
  item_price: amount.nullish(),
  amount_paid_usd: amount.nullish(),
  country: name(200).nullish(),
  country_code: z.string().max(20).nullish(),
  art_id: z.unknown().optional(),
  package_image_id: id.nullish(),
  url: z.string().max(4000),
  art_url: name(1000).nullish(),
  releases: z.unknown().optional(),
  addl_count: z.int().min(0).max(10_000).nullish(),
});

const SLUG_TYPES = ['a', 't', 'p'] as const;
const countIn = (value: unknown): number | null => id.safeParse(value).data ?? null;

const event = z.object({ event_type: z.string(), utc_date: seconds, items: z.array(z.unknown()).min(1) });

const published = z
  .object({
    start_date: seconds,
    end_date: seconds,
    server_time: seconds.optional(),
    events: z.array(z.unknown()),
  })
  .refine(feed => feed.start_date <= feed.end_date, 'end_date lies before start_date')
  // It becomes the cursor: an end in the future would stop the reading until then.
  .refine(
    feed => feed.end_date <= (feed.server_time ?? feed.end_date) + 60,
    'end_date lies after server_time',
  );
const unpublished = z.object({ server_time: seconds });

/** The first five things that are wrong with a record, and where. */
export const complaint = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(issue => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ');

/** Keeps a record that cannot be read, whatever it is. */
export function reject(reason: string, raw: unknown): FeedReject {
  let text: string;
  try {
    // 1e999 is a number of JSON, and no number: as null it would be read as a value that is not there.
    text =
      JSON.stringify(raw, (_, value) =>
        value === Infinity || value === -Infinity ? String(value) : value,
      ) ?? 'null';
  } catch {
    text = '"nested too deep to write down"';
  }
  return {
    reason: storable(reason).slice(0, 500).toWellFormed(),
    raw: text.slice(0, RAW_LIMIT).toWellFormed(),
  };
}

/** The days of a window, up to the present where that matters. */
interface Within extends Window {
  notAfter?: Instant;
}

/**
 * One item → its sale, or the reason why it is none. `within` is when it can have been sold: `aroundDays` of
 * the window that was asked for.
 */
function readItem(raw: unknown, checkoutAt: Instant | null, within: Within): FeedSale | string {
  const parsed = item.safeParse(raw);
  if (!parsed.success) return `bad-item: ${complaint(parsed.error)}`;
  const fields = parsed.data;
  const at = instantFromSeconds(fields.utc_date);
  if (at < within.from || at > Math.min(within.until, within.notAfter ?? Infinity))
    return `absurd-date: ${fields.utc_date}`;
  const address = normalisePage(fields.url);
  if (!address) return `bad-address: ${JSON.stringify(fields.url)}`;
  const currency = fields.currency.toUpperCase();
  try {
    return {
      at,
      checkoutAt,
      page: address.page,
      seller: address.seller,
      itemType: fields.item_type,
      slugType: SLUG_TYPES.find(type => type === fields.slug_type) ?? null,
      packageImageId: fields.package_image_id ?? null,
      artId: countIn(fields.art_id),
      title: storable(fields.item_description ?? ''),
      albumTitle: fields.album_title == null ? null : storable(fields.album_title),
      artist: storable(fields.artist_name ?? ''),
      units: 1 + (fields.addl_count ?? 0),
      amountMinor: toMinor(fields.amount_paid, currency),
      currency,
      itemPriceMinor: fields.item_price == null ? null : toMinor(fields.item_price, currency),
      amountUsdCents: fields.amount_paid_usd == null ? null : toMinor(fields.amount_paid_usd, 'USD'),
      countryCode: codeOf(fields.country_code ?? '') ?? codeOf(fields.country ?? ''),
      countryName: fields.country ? storable(fields.country) : null,
      artUrl: fields.art_url ? storable(fields.art_url) : null,
      releases: countIn(fields.releases),
    };
  } catch (error) {
    return `bad-amount: ${messageOf(error)}`;
  }
}

/**
 * One item of the feed without its event → its sale, or what is wrong with it.
 * `within` bounds its instant.
 */
export function parseItem(raw: unknown, checkoutAt: Instant | null, within: Window): FeedSale | FeedReject {
  const read = readItem(raw, checkoutAt, within);
  return typeof read === 'string' ? reject(read, raw) : read;
}

/**
 * When the items of a window can have been sold. They may lie a few seconds before it; more than a day beside
 * its days is nonsense. Whole days, so that what is refused in two windows is the same reject.
 */
const aroundDays = ({ from, until }: Window): Window => ({
  from: floorTo(from, DAY) - DAY,
  until: ceilTo(until, DAY) + DAY,
});

/** Sorts an event's items into sales and rejects; an event that is no sale or has no items is one reject. */
function readEvent(raw: unknown, within: Within, sales: FeedSale[], rejects: FeedReject[]): void {
  const refuse = (reason: string, one: unknown) => rejects.push(reject(reason, answerOf(one, within)));
  const parsed = event.safeParse(raw);
  if (!parsed.success) {
    refuse(`bad-event: ${complaint(parsed.error)}`, raw);
    return;
  }
  const { event_type, utc_date, items } = parsed.data;
  if (event_type !== 'sale') {
    refuse(`unknown-event-type: ${JSON.stringify(event_type)}`, raw);
    return;
  }
  const checkoutAt = instantFromSeconds(utc_date);
  for (const one of items) {
    const read = readItem(one, checkoutAt, within);
    if (typeof read === 'string') refuse(read, { event_type, utc_date, items: [one] });
    else sales.push(read);
  }
}

/**
 * What is refused is kept as an answer of the feed that holds nothing else: read again, it knows its checkout
 * and its time.
 */
const answerOf = (oneEvent: unknown, { from, until }: Window) => ({
  start_date: (from + DAY) / SECOND,
  end_date: (until - DAY) / SECOND,
  events: [oneEvent],
});

/**
 * Reads a response of `get`, or of `get_initial` with its `feed_data` around it. Each event and item is
 * judged by itself.
 * @throws BadFeed when the body is no response of the feed.
 */
export function parseFeed(body: string): FeedBatch {
  try {
    return readFeed(JSON.parse(body));
  } catch (error) {
    throw new BadFeed(messageOf(error), body);
  }
}

/**
 * `parseFeed` of JSON that is parsed already. The `raw` of its rejects is again such JSON, with the refused
 * record alone. No sale is after `notAfter`.
 * @throws TypeError that says why it is no response of the feed
 */
export function readFeed(json: unknown, notAfter: Instant = Infinity): FeedBatch {
  const feed = z.object({ feed_data: z.unknown() }).safeParse(json);
  const inner = feed.success && feed.data.feed_data !== undefined ? feed.data.feed_data : json;
  const parsed = published.safeParse(inner);
  if (!parsed.success) {
    const bare = unpublished.safeParse(inner);
    if (!bare.success || 'events' in (inner as object)) throw new TypeError(complaint(parsed.error));
    return { kind: 'nothing-yet', serverTime: instantFromSeconds(bare.data.server_time) };
  }
  const { start_date, end_date, server_time, events } = parsed.data;
  const window = { from: instantFromSeconds(start_date), until: instantFromSeconds(end_date) };
  const within = { ...aroundDays(window), notAfter };
  const sales: FeedSale[] = [];
  const rejects: FeedReject[] = [];
  for (const one of events) readEvent(one, within, sales, rejects);
  return {
    kind: 'sales',
    ...window,
    serverTime: instantFromSeconds(server_time ?? end_date),
    sales,
    rejects,
  };
}

/** `startDate` in Unix seconds; without one, the address that answers the last two minutes. */
export const feedUrl = (startDate?: number): string =>
  startDate === undefined ? `${ADDRESS}/get_initial` : `${ADDRESS}/get?start_date=${startDate}`;

/**
 * Asks the feed for what came since `cursor` (the `until` of the batch before), or for its newest minutes.
 * @throws Refused, Unavailable, BadFeed
 */
export async function fetchFeed(
  http: Http,
  cursor: Instant | null,
  signal?: AbortSignal,
): Promise<FeedBatch> {
  const url = cursor === null ? feedUrl() : feedUrl(floorTo(cursor, SECOND) / SECOND);
  const fetched = await http.get(url, {
    accept: 'application/json',
    bodyLimit: BODY_LIMIT,
    withoutRobots: true,
    signal,
  });
  const refusal = refusalOf(fetched);
  if (refusal) throw new Refused(new URL(fetched.url).host, refusal);
  if (fetched.status !== 200) throw new Unavailable(url, `http-${fetched.status}`);
  return parseFeed(fetched.body);
}
