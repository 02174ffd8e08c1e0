/**
 * A simulated item as the row that the import makes of it, without the checks that the feed of strangers
 * needs.
 */
import { normalisePage } from '../src/core/address.ts';
import { toMinor } from '../src/core/money.ts';
import { codeOf } from '../src/core/places/country.ts';
import { type Instant, instantFromSeconds, MINUTE } from '../src/core/time/instant.ts';
import type { RawEvent, RawItem } from '../src/simulation/world.ts';
import { BURST_MINUTES, COUNTED_A_DAY } from '../src/stats/trend.ts';

interface ReadSale {
  at: Instant;
  checkoutAt: Instant;
  page: string;
  host: string;
  type: string;
  packageImageId: number | null;
  title: string;
  albumTitle: string | null;
  artUrl: string | null;
  /** As spelt; can be empty. */
  artist: string;
  country: { code: string; name: string } | null;
  units: number;
  amountMinor: number;
  currency: string;
  usdCents: number;
  priceMinor: number;
}

export function readSale(item: RawItem, event: RawEvent): ReadSale {
  const address = normalisePage(item.url);
  if (!address) throw new Error(`no address: ${item.url}`);
  const { currency } = item;
  const code = codeOf(item.country_code) ?? codeOf(item.country);
  return {
    at: instantFromSeconds(item.utc_date),
    checkoutAt: instantFromSeconds(event.utc_date),
    page: address.page,
    host: address.seller,
    type: item.item_type,
    packageImageId: item.package_image_id,
    title: item.item_description,
    albumTitle: item.album_title,
    artUrl: item.art_url,
    artist: item.artist_name,
    country: code === null ? null : { code, name: item.country },
    units: 1 + (item.addl_count ?? 0),
    amountMinor: toMinor(item.amount_paid, currency),
    currency,
    usdCents: toMinor(item.amount_paid_usd, 'USD'),
    priceMinor: toMinor(item.item_price, currency),
  };
}

/** With the ids of what it names. */
export interface DaySale extends Omit<ReadSale, 'artist'> {
  item: number;
  artist: number;
  seller: number;
  various: boolean;
}

/**
 * The sales of one UTC day by instant and item, each once, and which of them count (as
 * src/db/write/counted-sales.ts has it).
 */
export function judgeCounted(sales: readonly DaySale[]): (DaySale & { counted: boolean })[] {
  const sorted = sales.toSorted((a, b) => a.at - b.at || a.item - b.item);
  const last = new Map<string, Instant>();
  const counts = new Map<number, number>();
  return sorted.flatMap((sale, n) => {
    const before = sorted[n - 1];
    if (before?.at === sale.at && before.item === sale.item) return [];
    if (sale.various) return [{ ...sale, counted: false }];
    const key = `${sale.artist} ${sale.item} ${sale.country?.code}`;
    const repeat = sale.at - (last.get(key) ?? -Infinity) < BURST_MINUTES * MINUTE;
    last.set(key, sale.at);
    if (repeat) return [{ ...sale, counted: false }];
    const count = (counts.get(sale.artist) ?? 0) + 1;
    counts.set(sale.artist, count);
    return [{ ...sale, counted: count <= COUNTED_A_DAY }];
  });
}
