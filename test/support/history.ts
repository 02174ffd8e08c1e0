/**
 * A long history in the feed's shape, made as it is read: for what must load much of it. The same on every
 * run.
 */
import { type Instant, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { seeded } from './random.ts';

export interface HistoryOptions {
  sales: number;
  /** Of the first sale, a whole minute. */
  from: Instant;
  salesADay?: number;
  seed?: number;
}

export type RawItem = Record<string, string | number | null | undefined>;

/** 2020-09-09T22:00:00Z, where the public history begins. */
export const HISTORY_FROM: Instant = 1_599_688_800 * SECOND;
/**
 * Releases to choose from; the choice is so uneven that a million sales meet about 375,000 of them, as the
 * public ones do.
 */
const RELEASES = 1_000_000;
const COUNTRIES = ['United States,us', 'United Kingdom,gb', 'Germany,de', 'Japan,jp', 'France,fr'].map(text =>
  text.split(','),
);
/** With what a unit is worth in dollars. */
const CURRENCIES: [string, number][] = [
  ['USD', 1],
  ['GBP', 1.31],
  ['EUR', 1.17],
  ['JPY', 0.0066],
];
const TAGS = [
  'ambient',
  'jungle',
  'hard techno',
  'city pop',
  'black metal',
  'psytrance',
  'lo-fi',
  'シティポップ',
];

const pageOf = (release: number): string => {
  const label = release % 7 === 0 ? `label-${release % 500}` : `artist-${Math.floor(release / 3)}`;
  return `//${label}.bandcamp.com/${release % 4 === 0 ? 'track' : 'album'}/release-${release}`;
};

/** Items of the feed in the order of their instants, no two alike. */
export function* rawItems({ sales, from, salesADay = 45_000, seed = 1 }: HistoryOptions): Generator<RawItem> {
  const random = seeded(seed);
  const step = (24 * 3600) / salesADay;
  for (let n = 0; n < sales; n += 1) {
    const release = Math.floor(RELEASES * random() ** 3);
    const physical = release % 4 === 1;
    const [country = '', code = ''] = COUNTRIES[Math.floor(COUNTRIES.length * random() ** 2)] ?? [];
    const [currency, rate] = CURRENCIES[release % CURRENCIES.length] ?? ['USD', 1];
    const amount = currency === 'JPY' ? 100 + 50 * (release % 40) : (100 + 50 * (release % 40)) / 100;
    yield {
      utc_date: Math.round(from + (n + 0.9 * random()) * step * SECOND) / SECOND,
      artist_name: `Artist ${Math.floor(release / 3)}`,
      item_type: physical ? 'p' : release % 4 === 0 ? 't' : 'a',
      item_description: physical ? 'Limited Edition 12" Vinyl' : `Release, the ${release}th\nof many`,
      album_title: physical ? `Release ${release}` : null,
      slug_type: release % 4 === 0 ? 't' : 'a',
      track_album_slug_text: null,
      currency,
      amount_paid: amount,
      item_price: amount,
      amount_paid_usd: Number((amount * rate).toFixed(2)),
      country,
      art_id: release + 1_000_000,
      releases: null,
      package_image_id: physical ? 5_000_000 + release : null,
      url: pageOf(release),
      country_code: code,
      amount_paid_fmt: `$${amount}`,
      art_url: `https://f4.bcbits.com/img/a${String(release).padStart(10, '0')}_7.jpg`,
    };
  }
}

/** Responses of the feed, one a line, of `minutes` each, without a gap. */
export function* feedLines(options: HistoryOptions, minutes = 10): Generator<string> {
  const length = (minutes * MINUTE) / SECOND;
  let start = options.from / SECOND;
  let events: object[] = [];
  const response = () => {
    const end = start + length;
    const told = { start_date: start, end_date: end, data_delay_sec: 120, events, server_time: end + 11 };
    return `${JSON.stringify(told)}\n`;
  };
  for (const item of rawItems(options)) {
    for (; (item.utc_date as number) >= start + length; start += length) {
      yield response();
      events = [];
    }
    events.push({
      event_type: 'sale',
      utc_date: Math.round((item.utc_date as number) * 1e6 - 1e5) / 1e6,
      items: [item],
    });
  }
  yield response();
}

/** The columns of the public history, after the unnamed number of the row. */
export const CSV_COLUMNS = (
  '_id,art_url,item_type,utc_date,country_code,track_album_slug_text,country,slug_type,amount_paid_fmt,' +
  'item_price,item_description,art_id,url,amount_paid,releases,artist_name,currency,album_title,' +
  'amount_paid_usd,package_image_id,amount_over_fmt,item_slug,addl_count'
).split(',');

const quoted = (value: string | number | null | undefined): string => {
  const text = value == null ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * Items in the form of the public CSV, its header first; among its numbers those that pandas made floats of
 * (`123.0`).
 */
export function* csvLines(
  items: Iterable<RawItem>,
  columns: readonly string[] = CSV_COLUMNS,
): Generator<string> {
  yield `${['', ...columns].join(',')}\n`;
  let row = 0;
  for (const item of items) {
    const cells: RawItem = {
      ...item,
      _id: `${item.utc_date}&${item.url}`,
      package_image_id: item.package_image_id == null ? null : `${item.package_image_id}.0`,
    };
    yield `${[row, ...columns.map(column => cells[column])].map(quoted).join(',')}\n`;
    row += 1;
  }
}

/** Facts of the pages of the commonest releases, one a line. */
export function* pageLines(pages: number, seed = 1): Generator<string> {
  const random = seeded(seed);
  for (let release = 0; release < pages; release += 1) {
    const tags = [
      TAGS[release % TAGS.length],
      TAGS[Math.floor(TAGS.length * random())],
      `mood ${release % 300}`,
      'Berlin',
    ];
    yield `${JSON.stringify({
      url: `https:${pageOf(release)}`,
      title: `Release ${release}`,
      artist: `Artist ${Math.floor(release / 3)}`,
      tags,
      location: 'Berlin, Germany',
      published: '2020-08-30T00:00:00Z',
    })}\n`;
  }
}
