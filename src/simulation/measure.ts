/** What is counted in a simulated world's sales, to be compared with what was counted in the real one's. */

import { tagKey } from '../core/tags/tag.ts';
import { isBandcampFriday } from '../core/time/bandcamp-friday.ts';
import { DAY, floorTo, HOUR, type Instant, SECOND } from '../core/time/instant.ts';
import { USD_PER, WEEKDAYS } from './figures.ts';
import { mediumOf } from './releases.ts';
import type { RawItem, World } from './world.ts';

/** Sales whose pages' tags are counted. */
const TAGGED = 60_000;
/** Checkouts after which it is told how much is done. */
const EACH = 1_000;

/** Everything that is counted in one pass over the sales. */
export function measure(
  world: World,
  from: Instant,
  until: Instant,
  onShare: (share: number) => void = () => {},
) {
  const counts = new Map<string, number>();
  const add = (key: string, by = 1) => counts.set(key, (counts.get(key) ?? 0) + by);
  const income = new Map<string, number>();
  const urls = new Set<string>();
  const sample: string[] = [];
  const step = Math.max(1, Math.floor((world.options.salesADay * (until - from)) / DAY / TAGGED));
  const hours = Array<number>(24).fill(0);
  const days = new Map<number, number>();
  const prices: number[] = [];
  let rows = 0;

  const count = (item: RawItem) => {
    rows += 1;
    const at = Math.round(item.utc_date * SECOND);
    const usd = item.amount_paid_usd;
    add(`type ${item.item_type}`);
    add(`currency ${item.currency}`);
    add(`country ${item.country_code}`);
    add(`revenue ${item.country_code}`, usd);
    add('usd', usd);
    if (item.slug_type === 'p') add('merch');
    if (item.item_type === 'p') add(`medium ${mediumOf(item.item_description)}`);
    if (item.addl_count) {
      add('addl');
      add('addl units', item.addl_count);
    }
    if (item.amount_over_fmt) add('over');
    if (item.package_image_id !== null) add('image');
    if (item.album_title !== null) add('album title');
    if (item.track_album_slug_text !== null) add('album slug');
    if (item.releases !== null) add(`discography ${item.releases}`);
    if (item.amount_paid < item.item_price - 1e-6) add('discounted');
    if (item.artist_name === 'Various Artists') add('various');
    if (item.artist_name === '') add('no artist');
    if (item.item_description === '') add('no title');
    prices.push(item.item_price * (USD_PER[item.currency] ?? 1));
    income.set(item.artist_name, (income.get(item.artist_name) ?? 0) + usd);
    urls.add(item.url);
    if (rows % step === 0) sample.push(item.url);
    const friday = isBandcampFriday(at);
    if (friday) add('friday');
    const day = Math.floor(at / DAY);
    const hour = Math.floor(at / HOUR) % 24;
    if (!friday) hours[hour] = (hours[hour] ?? 0) + 1;
    days.set(day, (days.get(day) ?? 0) + 1);
  };

  let checkouts = 0;
  for (const { items } of world.events(from, until)) {
    checkouts += 1;
    const at = (items[0]?.utc_date ?? 0) * SECOND;
    if (checkouts % EACH === 0) onShare((at - from) / (until - from));
    items.forEach(count);
  }
  return {
    rows,
    checkouts,
    counts,
    income,
    urls,
    sample,
    hours,
    days,
    prices: Float64Array.from(prices).sort(),
  };
}

export type Measured = ReturnType<typeof measure>;

/** Gini coefficient and the shares of the richest 2% and 5%. */
export function inequality(income: Map<string, number>): { gini: number; top: (share: number) => number } {
  const sorted = Float64Array.from(income.values()).sort();
  const total = sorted.reduce((sum, one) => sum + one, 0);
  const ranked = sorted.reduce((sum, one, at) => sum + (at + 1) * one, 0);
  const gini = (2 * ranked) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
  const top = (share: number) =>
    sorted.subarray(sorted.length - Math.round(sorted.length * share)).reduce((sum, one) => sum + one, 0) /
    total;
  return { gini, top };
}

/**
 * Rows of a mean ordinary hour and weekday, over their own mean: each hour's rows by how often it was seen
 * and on which days.
 */
export function rhythm(
  { hours, days }: Measured,
  from: Instant,
  until: Instant,
): { hours: number[]; weekdays: number[] } {
  const seen = Array<number>(24).fill(0);
  for (let at = floorTo(from, HOUR); at < until; at += HOUR) {
    const hour = (at / HOUR) % 24;
    if (!isBandcampFriday(at))
      seen[hour] = (seen[hour] ?? 0) + (WEEKDAYS[(Math.floor(at / DAY) + 4) % 7] ?? 1);
  }
  const weekdays = Array.from({ length: 7 }, (_, weekday) => {
    const whole = [...days].filter(
      ([day]) =>
        (day + 4) % 7 === weekday &&
        day * DAY >= from &&
        (day + 1) * DAY <= until &&
        !isBandcampFriday(day * DAY) &&
        !isBandcampFriday((day + 1) * DAY - 1),
    );
    return whole.reduce((sum, [, rows]) => sum + rows, 0) / whole.length;
  });
  const overMean = (list: number[]) =>
    list.map(one => one / (list.reduce((sum, other) => sum + other, 0) / list.length));
  return {
    hours: overMean(hours.map((rows, hour) => rows / (seen[hour] ?? 1))),
    weekdays: overMean(weekdays),
  };
}

/** How many of the sampled sales carry each tag on their page. */
export function tagCounts(world: World, sample: readonly string[], until: Instant): Map<string, number> {
  const tags = new Map<string, string[]>();
  const found = new Map<string, number>();
  for (const url of sample) {
    const known = tags.get(url) ?? [...new Set(world.facts(url, until)?.tags.map(tagKey))];
    tags.set(url, known);
    for (const tag of known) found.set(tag, (found.get(tag) ?? 0) + 1);
  }
  return found;
}
